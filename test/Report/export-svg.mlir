// RUN: atleus-translate --export-svg %s | FileCheck %s
// RUN: atleus-translate --export-svg %s \
// RUN:   | %python -c "import sys, xml.dom.minidom as d; d.parse(sys.stdin)"

// CHECK: <svg xmlns="http://www.w3.org/2000/svg" width="1000"
// CHECK: >a &lt;tiny&gt; model on m: 1.05 ns</text>
// CHECK: >critical chain: 95 % linear, 5 % transfer</text>
// The legend has the kinds that there are.
// CHECK: fill="#4e79a7"/>
// CHECK-NEXT: >linear</text>
// CHECK-NEXT: fill="#8a8f98"/>
// CHECK-NEXT: >transfer</text>
// CHECK-NEXT: fill="#1f2328"/>
// CHECK-NEXT: >critical chain</text>
// Layer 0 goes on until layer 1 begins, after 600 of 1,050 ps, over 850 pixels.
// CHECK: >layers</text>
// CHECK-NEXT: <rect x="130.0" y="82.0" width="485.7"
// CHECK: text-anchor="middle" font-size="10">0</text>
// CHECK: text-anchor="middle" font-size="10">1</text>
// CHECK: text-anchor="middle">0 ns</text>
// CHECK: text-anchor="middle">0.2 ns</text>
// CHECK: text-anchor="middle">1 ns</text>
// CHECK-NOT: text-anchor="middle"

// CHECK: >tier 0</text>
// CHECK-NEXT: >0.0952 of 1 unit</text>
// CHECK: <path fill="#4e79a7" d="M130 175V175.0h404V160.2h1V113.0h80V130.7h1V175.0h364V175z"/>
// CHECK: <path fill="#1f2328" d="M534.8 177h81.0v4h-81.0z"/>
// CHECK: >tier 1</text>
// CHECK-NEXT: >0.857 of 1 unit</text>
// CHECK: <path fill="#1f2328" d="M130.0 261h364.3v4h-364.3zM615.7 261h364.3v4h-364.3z"/>
// CHECK: >links</text>
// CHECK-NEXT: >0.0381 of 1 link</text>
// CHECK: <path fill="#8a8f98"
// CHECK: <path fill="#1f2328"
sched.schedule @main of "a <tiny> model" on @m {
  %0 = sched.task "layer.0.query"[0] on (0, 1, 1) "arrays" start 0 duration 450
  %1 = sched.transfer "layer.0.query"[0] along (0, 1, 1)[z-] bits 512 flits 4
    flit_ps 10 hop_ps 5 after(%0) start 450 duration 50
  %2 = sched.task "layer.0.scores"[0] on (0, 1, 0) "array" after(%1) start 500
    duration 100
  %3 = sched.task "layer.1.query"[0] on (0, 1, 1) "arrays" after(%2) start 600
    duration 450
}
