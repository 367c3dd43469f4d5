// RUN: atleus-translate --export-svg %s | FileCheck %s
// RUN: atleus-translate --export-svg %s \
// RUN:   | %python -c "import sys, xml.dom.minidom as d; d.parse(sys.stdin)"

// CHECK: <svg xmlns="http://www.w3.org/2000/svg" width="1000"
// CHECK: >a &lt;tiny&gt; model on m: makespan 1.05 ns</text>
// CHECK: fill="#4e79a7"/>
// CHECK-NEXT: >query</text>
// CHECK: fill="#f28e2b"/>
// CHECK-NEXT: >scores</text>
// CHECK: text-anchor="middle">0 ns</text>
// CHECK: text-anchor="middle">0.2 ns</text>
// CHECK: text-anchor="middle">1 ns</text>
// CHECK-NOT: text-anchor="middle"
// CHECK: font-weight="bold">tier 0</text>
// CHECK-NEXT: >0, 1</text>
// CHECK: font-weight="bold">tier 1</text>
// CHECK-NEXT: >0, 1</text>
// Both layers' queries are one path: half of the 896 pixels each, from 84 on.
// CHECK: <path fill="#4e79a7" d="M84.0 {{[0-9.]+}}h384.0v13.0h-384.0zM596.0 {{[0-9.]+}}h384.0v13.0h-384.0z"/>
// CHECK-NEXT: <path fill="#f28e2b" d="M510.7 {{[0-9.]+}}h85.3v13.0h-85.3z"/>
// CHECK: >links in use</text>
// CHECK: <path fill="#8a8f98" d="M84
sched.schedule @main of "a <tiny> model" on @m {
  %0 = sched.task "layer.0.query"[0] on (0, 1, 1) "arrays" start 0 duration 450
  %1 = sched.transfer "layer.0.query"[0] along (0, 1, 1)[z-] bits 512 flits 4
    flit_ps 10 hop_ps 5 after(%0) start 450 duration 50
  %2 = sched.task "layer.0.scores"[0] on (0, 1, 0) "array" after(%1) start 500
    duration 100
  %3 = sched.task "layer.1.query"[0] on (0, 1, 1) "arrays" after(%2) start 600
    duration 450
}
