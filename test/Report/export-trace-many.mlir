// With more than 50,000 dependences, a trace has the last one of each task.
// RUN: %python -c "w = 230; tasks = [f'  %%n{l}_{i} = sched.task \"{l}\"[{i}] on ({i}, 0, 0) \"array\"' + (' after(' + ', '.join(f'%%n0_{j}' for j in range(w)) + ')' if l else '') + f' start {l * 1000000 + i * 1000 * (1 - l)} duration 1000' for l in range(2) for i in range(w)]; print('sched.schedule @main on @m {'); print('\n'.join(tasks)); print('}')" > %t.mlir
// RUN: atleus-translate --export-trace %t.mlir > %t.json
// RUN: %python %inputs/check_trace.py %t.json | FileCheck %s
// RUN: grep -o '"flows":"[a-z ]*"' %t.json | FileCheck %s --check-prefix=FLOWS
// RUN: grep -o '"waits_for":"[^"]*"' %t.json | sort -u | FileCheck %s --check-prefix=LAST

// CHECK: f 230
// CHECK-NEXT: s 230
// FLOWS: "flows":"last dependence of each task"
// LAST: "waits_for":"0[229]"
