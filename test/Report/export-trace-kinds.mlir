// The kernels of the module say what their tasks do.
// RUN: sed '/^\/\/ MACHINE$/r %inputs/small-machine.mlir' %s \
// RUN:   | atleus-translate --export-trace > %t.json
// RUN: %python %inputs/check_trace.py %t.json
// RUN: sed -e 's/},{"ph"/},\n{"ph"/g' %t.json | FileCheck %s

// MACHINE
func.func @main(%a: tensor<2x4x8xf32>, %b: tensor<2x6x8xf32>)
    -> tensor<2x4x6xf32> {
  %y = systolic.matmul %a, %b on @sa0 at (0, 0, 0)(1, 0, 0)
      task_tile [1, 2, 6] {nn.name = "h.0.scores", transpose_rhs}
      : (tensor<2x4x8xf32>, tensor<2x6x8xf32>) -> tensor<2x4x6xf32>
  %z = nn.host (%y) on @host at (0, 0, 0) task_tile [2, 4, 6] {
  ^bb0(%x: tensor<2x4x6xf32>):
    %s = nn.softmax %x axis 2 : tensor<2x4x6xf32>
    nn.yield %s : tensor<2x4x6xf32>
  } {nn.name = "h.0.softmax"} : (tensor<2x4x6xf32>) -> tensor<2x4x6xf32>
  return %z : tensor<2x4x6xf32>
}
// CHECK: "name":"process_name","pid":[[SA0:[0-9]+]],"args":{"name":"sa0"}
// CHECK: "name":"process_name","pid":[[MEMORY:[0-9]+]],"args":{"name":"memory"}
// CHECK: "name":"process_name","pid":[[HOST:[0-9]+]],"args":{"name":"host"}
sched.schedule @main_schedule of "tiny" on @small {
  // CHECK: "name":"memory","cat":"memory","pid":[[MEMORY]],
  // CHECK: "name":"input:a[0]","cat":"memory",{{.*}}"args":{"bytes":256}
  %0 = sched.task "input:a"[0] on (0, 0, 0) "dram" start 0 duration 1000000
    bytes 256
  // CHECK: "name":"attention","cat":"attention","pid":[[SA0]],
  // CHECK: "name":"h.0.scores[3]",{{.*}}"args":{"op":"systolic.matmul","tile":"1, 2..3, 0..5","macs":96,
  %1 = sched.task "h.0.scores"[3] on (1, 0, 0) "array"
    streams "dram" (0, 0, 0) for 400000 after(%0) start 1000000 duration 900000
  // What it streams is the memory's work.
  // CHECK: "name":"memory","cat":"memory","pid":[[MEMORY]],
  // CHECK: "name":"h.0.scores[3]","cat":"memory","pid":[[MEMORY]],
  // CHECK: "name":"host","cat":"host","pid":[[HOST]],
  %2 = sched.task "h.0.softmax"[0] on (0, 0, 0) "host" after(%1) start 1900000
    duration 100000
}
