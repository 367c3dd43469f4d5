// RUN: not atleus-opt %s --atleus-prune=sparsity=1 2>&1 | FileCheck %s --check-prefix=ONE
// ONE: error: sparsity must be at least 0 and less than 1, found 1{{$}}
// RUN: not atleus-opt %s --atleus-prune=sparsity=-0.25 2>&1 | FileCheck %s --check-prefix=NEGATIVE
// NEGATIVE: error: sparsity must be at least 0 and less than 1, found -0.25
// RUN: not atleus-opt %s --atleus-prune="pattern=n:m group=4 kept=5" 2>&1 | FileCheck %s --check-prefix=GROUP
// GROUP: error: a group of 4 weights cannot keep 5
// RUN: not atleus-opt %s --atleus-prune="group=4 kept=1 sparsity=0.5" 2>&1 | FileCheck %s --check-prefix=LEVELS
// LEVELS: error: groups that keep 1 of 4 weights leave less than the 50.0% that a sparsity of 0.5 keeps
// RUN: not atleus-opt %s --atleus-prune="pattern=block block-rows=-1" 2>&1 | FileCheck %s --check-prefix=ROWS
// ROWS: error: rows of a block must not be negative, found -1
// RUN: not atleus-opt %s --atleus-prune="pattern=block block-columns=-1" 2>&1 | FileCheck %s --check-prefix=COLUMNS
// COLUMNS: error: columns of a block must not be negative, found -1
// RUN: not atleus-opt %s --atleus-prune="group=-1" 2>&1 | FileCheck %s --check-prefix=SIZE
// SIZE: error: weights of a group must not be negative, found -1
// RUN: not atleus-opt %s --atleus-prune="kept=-1" 2>&1 | FileCheck %s --check-prefix=KEPT
// KEPT: error: weights kept of a group must not be negative, found -1
// RUN: not atleus-opt %s --atleus-prune=weight-bits=0 2>&1 | FileCheck %s --check-prefix=BITS
// BITS: error: weight-bits must be from 1 to 32, found 0
// RUN: not atleus-opt %s --atleus-prune="layers=encoder.*,decoder" 2>&1 | FileCheck %s --check-prefix=NAME
// NAME: error: pattern 'decoder' matches no layer with a weight that can be pruned; nearest: 'pooler', 'encoder.query', 'encoder.output'
// RUN: not atleus-opt %s --atleus-prune="layers=[" 2>&1 | FileCheck %s --check-prefix=GLOB
// GLOB: error: pattern '[' of layers: invalid glob pattern, unmatched '['
// RUN: not atleus-opt %s --atleus-prune=by=sensitivity 2>&1 | FileCheck %s --check-prefix=MEASURE
// MEASURE: error: pruning by sensitivity needs calibration samples: give an .npz file with an array for each input of the model
// RUN: not atleus-opt %s --atleus-prune=compensate=true 2>&1 | FileCheck %s --check-prefix=COMPENSATE
// COMPENSATE: error: compensation needs calibration samples: give an .npz file with an array for each input of the model
// RUN: not atleus-opt %s --atleus-prune="by=sensitivity kept=2" 2>&1 | FileCheck %s --check-prefix=STATED
// STATED: error: pruning by sensitivity gives each weight a share of its own, but 'kept' states one: 2
// RUN: not atleus-opt %s --atleus-prune=machine=nowhere 2>&1 | FileCheck %s --check-prefix=MACHINE
// MACHINE: nowhere
// RUN: %python %inputs/make_npz.py %t.npz "y:<f4:1x2=1"
// RUN: not atleus-opt %s --atleus-prune=calibration=%t.npz 2>&1 | FileCheck %s --check-prefix=SAMPLES
// SAMPLES: the dataset has no array 'x'; it has: y

func.func @main(%x: tensor<1x2xf32> {nn.name = "x"}) -> tensor<1x2xf32> {
  %a = nn.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %b = nn.constant dense<[[1.0, 2.0], [3.0, 5.0]]> : tensor<2x2xf32>
  %c = nn.constant dense<[[1.0, 2.0], [3.0, 6.0]]> : tensor<2x2xf32>
  %0 = nn.linear %x, %a {nn.name = "encoder.query"} : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  %1 = nn.linear %0, %b {nn.name = "encoder.output"} : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  %2 = nn.linear %1, %c {nn.name = "pooler"} : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  return %2 : tensor<1x2xf32>
}
