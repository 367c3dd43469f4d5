// Machines that cannot be read, and overrides that cannot be applied.

// RUN: not atleus-opt %s --atleus-attach-machine 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: error: no machine is given: expected the name of a preset or the path of a file

// RUN: not atleus-opt %s --atleus-attach-machine=machine=atlas 2>&1 | FileCheck %s --check-prefix=NAME
// NAME: error: no machine is named 'atlas'; available: 'atleus'

// RUN: not atleus-opt %s --atleus-attach-machine=machine=none/such.mlir 2>&1 | FileCheck %s --check-prefix=PATH
// PATH: error: machine file 'none/such.mlir' does not exist

// RUN: not atleus-opt %s --atleus-attach-machine=machine=%S/ 2>&1 | FileCheck %s --check-prefix=FOLDER
// FOLDER: error: machine file '{{.*}}/' is not a file

// RUN: not atleus-opt %s --atleus-attach-machine=machine=%source_dir/test/machines/Inputs/syntax-error.mlir 2>&1 | FileCheck %s --check-prefix=SYNTAX
// SYNTAX: syntax-error.mlir:3:46: error: expected '}'

// RUN: not atleus-opt %s --atleus-attach-machine=machine=%source_dir/test/machines/Inputs/no-machine.mlir 2>&1 | FileCheck %s --check-prefix=EMPTY
// EMPTY: error: expected one arch.machine in '{{.*}}no-machine.mlir', found 0

// RUN: not atleus-opt %s --atleus-attach-machine=machine=%source_dir/test/machines/Inputs/untagged.mlir 2>&1 | FileCheck %s --check-prefix=UNTAGGED
// UNTAGGED: untagged.mlir:3:3: error: 'arch.host' op does not say where

// RUN: not atleus-opt %s --atleus-attach-machine="machine=atleus set=reram.adc_bits" 2>&1 | FileCheck %s --check-prefix=FORM
// FORM: error: override 'reram.adc_bits': expected 'part.attribute=value'

// RUN: not atleus-opt %s --atleus-attach-machine="machine=atleus set=rerem.adc_bits=6" 2>&1 | FileCheck %s --check-prefix=PART
// PART: atleus.mlir:{{.*}} error: override 'rerem.adc_bits=6': machine "atleus" has no part 'rerem'; nearest: 'reram'; it has 'cell', 'dram', 'host'

// RUN: not atleus-opt %s --atleus-attach-machine="machine=atleus set=reram.adc_bit=6" 2>&1 | FileCheck %s --check-prefix=NUMBER
// NUMBER: atleus.mlir:{{.*}} error: override 'reram.adc_bit=6': arch.crossbar has no 'adc_bit'; nearest: 'adc_bits', 'adc_nm2', 'dac_bits'

// RUN: not atleus-opt %s --atleus-attach-machine="machine=atleus set=reram.adc_bits=six" 2>&1 | FileCheck %s --check-prefix=KIND
// KIND: error: override 'reram.adc_bits=six': expected an integer, found 'six'

// RUN: not atleus-opt %s --atleus-attach-machine="machine=atleus set=mesh.dims=4" 2>&1 | FileCheck %s --check-prefix=LIST
// LIST: error: override 'mesh.dims=4': expected integers in brackets, found '4'

// RUN: not atleus-opt %s --atleus-attach-machine="machine=atleus set=reram.encoding=inverted" 2>&1 | FileCheck %s --check-prefix=KEYWORD
// KEYWORD: error: override 'reram.encoding=inverted': expected one of offset, flipped, differential, found 'inverted'

// RUN: not atleus-opt %s --atleus-attach-machine="machine=atleus set=pe.vector=simd" 2>&1 | FileCheck %s --check-prefix=SYMBOL
// SYMBOL: error: override 'pe.vector=simd': expected a symbol such as @name, found 'simd'

// RUN: not atleus-opt %s --atleus-attach-machine="machine=atleus set=rescale.divide_cycles=fast" 2>&1 | FileCheck %s --check-prefix=ABSENT
// ABSENT: error: override 'rescale.divide_cycles=fast': expected an integer, a symbol, true or false, found 'fast'

// RUN: not atleus-opt %s --atleus-attach-machine="machine=atleus set=mesh.speculative=1" 2>&1 | FileCheck %s --check-prefix=OTHER
// OTHER: error: override 'mesh.speculative=1': expected a value of another kind, found '1'

// RUN: not atleus-opt %s --atleus-attach-machine="machine=atleus set=reram.adc_bits=12" 2>&1 | FileCheck %s --check-prefix=LIMIT
// LIMIT: atleus.mlir:{{.*}} error: 'arch.crossbar' op has an ADC of 12 bits, but 'adc_conversion_fj' states energies for 4 to 10 bits
// LIMIT: note: after the overrides reram.adc_bits=12

// Only the whole of the overrides has to be valid.
// RUN: atleus-opt %s --atleus-attach-machine="machine=atleus set=reram.columns_per_adc=256,reram.columns=256" -o /dev/null
