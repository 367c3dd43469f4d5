// RUN: cat %source_dir/machines/atleus.mlir %s > %t.mlir
// RUN: atleus-translate --export-trace %t.mlir | FileCheck %s
// RUN: atleus-translate --export-svg %t.mlir | FileCheck %s --check-prefix=SVG

// All tiers of the machine are processes; those that compute are in the chart.
// CHECK: "name":"process_name","pid":2,"args":{"name":"sa0"}
// CHECK: "name":"process_name","pid":3,"args":{"name":"reram0"}
// SVG: >sa0</text>
// SVG-NOT: >reram0</text>
sched.schedule @main on @atleus {
  %0 = sched.task "a"[0] on (0, 1, 0) "array" start 0 duration 450
}
