//===- PIMOps.td - crossbars that hold weights ----------------------------===//
//
// The dialect, its types and its ops.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_PIM_PIMOPS_TD
#define ATLEUS_PIM_PIMOPS_TD

include "dialects/Arch/ArchDialect.td"
include "dialects/Interfaces/Access.td"
include "dialects/Interfaces/Kernel.td"
include "dialects/Interfaces/WorkOp.td"
include "dialects/NN/NNBase.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/OpBase.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def PIM_Dialect : Dialect {
  let name = "pim";
  let summary = "crossbars: programming weights, and products with them";
  let description = [{
    Processing in memory. A weight is written once into a grid of crossbar
    arrays (`pim.program`) and stays there; a product (`pim.mvm`) sends vectors
    through it. One op stands for the whole grid: a 768x3072 weight of 8 bits in
    128x128 arrays with 2-bit cells is one `pim.program` over 6x96 arrays.
  }];
  let cppNamespace = "::atleus::pim";
  let dependentDialects = ["::atleus::arch::ArchDialect",
                           "::atleus::nn::NNDialect"];
  let useDefaultAttributePrinterParser = 1;
  let useDefaultTypePrinterParser = 1;
}

def PIM_DeviceAttr : AttrDef<PIM_Dialect, "Device"> {
  let mnemonic = "device";
  let summary = "how cells vary";
  let description = [{
    The numbers of an `arch.device`, copied from the machine when a kernel is
    tiled; units are in the names.

    Constraints:
    - C1: `on_nanosiemens` is greater than `off_nanosiemens`, which is positive, as are `read_mv`,
      `bandwidth_hz` and `drift_reference_s`.
    - C2: no number is negative; probabilities add up to at most a million.

    ```mlir
    module attributes {
      x.cell = #pim.device<on_nanosiemens = 750000, off_nanosiemens = 50000, read_mv = 200,
        bandwidth_hz = 10000000, programming_sigma_ppm = 30000,
        stuck_on_ppm = 100, stuck_off_ppm = 100, drift_exponent_ppm = 5000,
        drift_exponent_sigma_ppm = 0, drift_reference_s = 1,
        read_sigma_ppm = 5000>
    } {}
    ```
  }];
  let parameters = (ins "int64_t":$on_nanosiemens, "int64_t":$off_nanosiemens,
                        "int64_t":$read_mv, "int64_t":$bandwidth_hz,
                        "int64_t":$programming_sigma_ppm,
                        "int64_t":$stuck_on_ppm, "int64_t":$stuck_off_ppm,
                        "int64_t":$drift_exponent_ppm,
                        "int64_t":$drift_exponent_sigma_ppm,
                        "int64_t":$drift_reference_s,
                        "int64_t":$read_sigma_ppm);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

def PIM_NoiseAttr : AttrDef<PIM_Dialect, "Noise"> {
  let mnemonic = "noise";
  let summary = "one draw of what devices do to a weight";
  let description = [{
    All random numbers come from a counter-based generator keyed by `seed`,
    `trial`, the number of the array, counted from `first_array` on, and the cell,
    so that they depend neither on threads nor on the order of evaluation. Arrays
    are at `temperature_mk` and are read `elapsed_s` after they were written.

    Constraints:
    - C1: `first_array` is not negative, `temperature_mk` and `elapsed_s` are
      positive.

    ```mlir
    module attributes {
      x.noise = #pim.noise<seed = 1, trial = 0, first_array = 96,
                           temperature_mk = 330000, elapsed_s = 1>
    } {}
    ```
  }];
  let parameters = (ins "int64_t":$seed, "int64_t":$trial,
                        "int64_t":$first_array, "int64_t":$temperature_mk,
                        "int64_t":$elapsed_s);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

def PIM_OverflowParameter : EnumParameter<Arch_Overflow> {
  let defaultValue = "::atleus::arch::Overflow::Wrap";
}

def PIM_AdcRangeParameter : EnumParameter<Arch_AdcRange> {
  let defaultValue = "::atleus::arch::AdcRange::UnitStep";
}

def PIM_CrossbarAttr : AttrDef<PIM_Dialect, "Crossbar"> {
  let mnemonic = "crossbar";
  let summary = "how an array computes";
  let description = [{
    Everything of a crossbar on which the numbers that it computes depend: array
    size, bits of a cell, of a DAC and of an ADC, wordlines that are driven at
    once, the encoding of signs, the width in which the sums of blocks of rows
    are accumulated (0: as wide as they need), what the ADC makes of sums above
    its largest code, and the cells, which are ideal if no device is stated. It is copied from the machine when a kernel is tiled, so
    that cost and numerics follow the same numbers.

    Constraints:
    - C1: there is a row and a column at least.
    - C2: a cell and a DAC have 1 to 8 bits, an ADC 1 to 16.
    - C3: `active_rows` is from 1 to the number of rows.
    - C4: `accumulator_bits` is 0 or from 8 to 64.

    ```mlir
    func.func private @weights(!pim.array<tensor<8x4x!quant.uniform<i8:f32, 0.5>>,
        #pim.crossbar<rows = 128, columns = 128, cell_bits = 2, dac_bits = 1,
                      adc_bits = 8, active_rows = 128, encoding = flipped>>)
    ```
  }];
  let parameters = (ins "int64_t":$rows, "int64_t":$columns,
                        "int64_t":$cell_bits, "int64_t":$dac_bits,
                        "int64_t":$adc_bits, "int64_t":$active_rows,
                        EnumParameter<Arch_Encoding>:$encoding,
                        DefaultValuedParameter<"int64_t", "0">
                          :$accumulator_bits,
                        PIM_OverflowParameter:$overflow,
                        PIM_AdcRangeParameter:$adc_range,
                        OptionalParameter<"::atleus::pim::DeviceAttr">:$device);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

def PIM_ArrayType : TypeDef<PIM_Dialect, "Array"> {
  let mnemonic = "array";
  let summary = "a weight in a grid of crossbar arrays";
  let description = [{
    `matrix` is the weight [k, n] in its quantized type. Rows of the matrix lie
    along wordlines; the slices of one weight lie in adjacent columns.

    Unsigned weights are held less half their range; what that and the zero
    points change in a sum is corrected in the digital part, which knows the sums
    of the columns and counts those of the inputs. Blocks of rows with a scale of
    their own are driven and scaled one after another.

    Constraints:
    - C1: the matrix has two dimensions and 1 to 2^40 weights of a quantized
      type with storage and expressed type.
    - C2: if blocks of rows have scales of their own, their size divides the rows
      of an array or is a multiple of them.
    - C3: `sparsity` has blocks whose lines are left out.
    - C4: with `sparsity`, blocks of rows with scales of their own begin and end
      with its blocks.

    With `sparsity`, whose dimension 0 is k, the lines of each block that are
    zero as a whole are not there: those that are kept lie side by side. Rows
    that are kept of all blocks below each other make up the rows of arrays that
    hold the columns of one block; columns that are kept of all blocks beside
    each other make up the columns of arrays that hold the rows of one block.

    See the crossbar attribute for an example.
  }];
  let parameters = (ins "::mlir::RankedTensorType":$matrix,
                        "::atleus::pim::CrossbarAttr":$crossbar,
                        OptionalParameter<"::atleus::nn::SparsityAttr">
                          :$sparsity);
  let assemblyFormat = "`<` $matrix `,` $crossbar (`,` $sparsity^)? `>`";
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    /// Columns that one weight takes: its bits over the bits of a cell, and
    /// twice that if positive and negative parts lie apart.
    int64_t getSlices() const;
    /// How the matrix lies in the arrays.
    ArrayLayout getLayout() const;
    /// Arrays along the matrix' rows and along its columns times slices.
    int64_t getGridRows() const;
    int64_t getGridColumns() const;
    /// Arrays that hold the matrix.
    int64_t getNumArrays() const { return getGridRows() * getGridColumns(); }
  }];
}

def PIM_ProgramOp : Op<PIM_Dialect, "program", [Pure,
    DeclareOpInterfaceMethods<WorkOpInterface>]> {
  let summary = "writes a weight into crossbar arrays";
  let description = [{
    The arrays of each replica belong to one node of a tier; `replicas` is how
    many nodes hold the weight, so that as many vectors are multiplied at once.
    Weights of one `slot` take turns in the same arrays: each is written anew
    in every inference, after the products with the one before it. Without a slot
    a weight is written once and stays. With `transposed` the weight is
    stored as [n, k]. `features` is the first column of the weight and how many
    of them are written: a weight that is too large for one core is cut along
    its columns. `rows`, if it is there, says the same of rows: where a core has
    no room for the arrays of one column, each of several programs writes some
    of its rows, and `pim.mvm` adds up what they give. `noise` says how the cells deviate from what was written;
    without it they are as they should be.

    Constraints:
    - C1: the weight is a matrix of a quantized type.
    - C2: `features` lies within the weight's columns, and `rows` within its
      rows.
    - C3: the array's matrix is the number of rows that are written by the number
      of features, stored in the same type, and expresses the same type.
    - C4: `replicas` is positive; `nodes` holds as many triples of coordinates
      that are not negative, all different.
    - C5: with `noise` the crossbar of the array states its device.
    - C6: an array with `sparsity` holds a weight of an `nn.sparse_constant` that
      keeps the same lines, from the first row and column of a block on.

    ```mlir
    !array = !pim.array<tensor<8x4x!quant.uniform<i8:f32, 0.5>>,
        #pim.crossbar<rows = 128, columns = 128, cell_bits = 2, dac_bits = 1,
                      adc_bits = 8, active_rows = 128, encoding = flipped>>
    func.func @main(%w: tensor<8x4x!quant.uniform<i8:f32, 0.5>>) {
      %a = pim.program %w on @reram0 at (0, 1, 2) features [0, 4]
          : tensor<8x4x!quant.uniform<i8:f32, 0.5>> -> !array
      return
    }
    ```
  }];
  let arguments = (ins NN_RealTensor:$weight, FlatSymbolRefAttr:$tier,
                       OptionalAttr<DenseI64ArrayAttr>:$nodes,
                       DenseI64ArrayAttr:$features, UnitAttr:$transposed,
                       OptionalAttr<PIM_NoiseAttr>:$noise,
                       DefaultValuedAttr<I64Attr, "1">:$replicas,
                       OptionalAttr<StrAttr>:$slot,
                       OptionalAttr<DenseI64ArrayAttr>:$rows);
  let results = (outs PIM_ArrayType:$array);
  let assemblyFormat = [{
    $weight `on` $tier (`at` custom<Nodes>($nodes)^)? `features` $features
    (`rows` $rows^)? (`replicas` $replicas^)? (`slot` $slot^)? (`noise` $noise^)? attr-dict `:` type($weight) `->` type($array)
  }];
  let builders = [
    OpBuilder<(ins "::mlir::Type":$array, "::mlir::Value":$weight,
                   "::llvm::StringRef":$tier, "::mlir::DenseI64ArrayAttr":$nodes,
                   "::llvm::ArrayRef<int64_t>":$features, "bool":$transposed,
                   "::atleus::pim::NoiseAttr":$noise), [{
      build($_builder, $_state, array, weight, tier, nodes, features, transposed,
            noise, /*replicas=*/1, /*slot=*/nullptr, /*rows=*/nullptr);
    }]>];
  let extraClassDeclaration = [{
    /// The first row of the weight that is written.
    int64_t getFirstRow() { return getRows() ? (*getRows())[0] : 0; }
  }];
  let hasVerifier = 1;
}

def PIM_MVMOp : Op<PIM_Dialect, "mvm", [Pure, AttrSizedOperandSegments,
    DeclareOpInterfaceMethods<WorkOpInterface>,
    DeclareOpInterfaceMethods<AccessOpInterface>,
    DeclareOpInterfaceMethods<KernelOpInterface>]> {
  let summary = "products of vectors with a weight in crossbars";
  let description = [{
    For each vector along the input's last dimension: input bits enter through
    the DACs, columns are summed over the driven wordlines, converted by the
    ADC, shifted and added, the sign encoding and zero points are made up for.
    What an array gives is added to what the arrays of the rows before gave, in
    `accumulator_bits`. The integer sum of each block of rows with scales of its
    own is scaled by the input's and the weight's scales, the blocks and the bias
    are added in floats. If the ADC resolves every column sum and the accumulator
    holds every sum, the integer sum is exact.

    Of a weight that is cut along its rows, the arrays hold some rows only.
    `sums` is what the rows before them gave, and the sums of these arrays are
    added to it as if those were in the same core: integers go on in the
    accumulator, floats (of rows with scales of other blocks) are what scaled
    sums are added to. A result of integers is such sums, corrected for zero
    points and not scaled, for the arrays that hold the rows after these; who has
    the last rows scales.

    Constraints:
    - C1: the input is quantized, its last dimension is the matrix' k, and it
      expresses the same type as the matrix.
    - C2: the bias has one element of that type per column of the matrix.
    - C3: the result has the input's shape, with the matrix' n as last
      dimension. Its elements are of the input's expressed type or, without a
      bias, sums: i32, i64 or f32.
    - C4: `task_tile` has a size, from 1 to the result's, for each dimension;
      `nodes` are triples of coordinates that are not negative.
    - C5: `sums` has the result's shape and elements of i32, i64 or f32, those of
      the result if that is of integers.
    - C6: where sums are integers, all rows of the matrix have scales in common.

    ```mlir
    !array = !pim.array<tensor<8x4x!quant.uniform<i8:f32, 0.5>>,
        #pim.crossbar<rows = 128, columns = 128, cell_bits = 2, dac_bits = 1,
                      adc_bits = 8, active_rows = 128, encoding = flipped>>
    func.func @main(%a: !array, %x: tensor<1x16x8x!quant.uniform<i8:f32, 0.1>>)
        -> tensor<1x16x4xf32> {
      %y = pim.mvm %a, %x on @reram0 at (0, 1, 2) task_tile [1, 4, 4]
          : (!array, tensor<1x16x8x!quant.uniform<i8:f32, 0.1>>)
          -> tensor<1x16x4xf32>
      return %y : tensor<1x16x4xf32>
    }
    ```
  }];
  let arguments = !con((ins PIM_ArrayType:$array, NN_RealTensor:$input,
                            Optional<NN_FloatTensor>:$bias,
                            Optional<NN_NumberTensor>:$sums), kernelAttributes);
  let results = (outs NN_NumberTensor:$result);
  let assemblyFormat = [{
    $array `,` $input (`bias` $bias^)? (`sums` $sums^)? `on` $tier
    (`at` custom<Nodes>($nodes)^)? `task_tile` $task_tile attr-dict
    `:` functional-type(operands, results)
  }];
  let extraClassDeclaration = [{
    /// The number of the operand `sums`, if it is there.
    std::optional<unsigned> getSumsNumber() {
      return getSums() ? std::optional<unsigned>(getNumOperands() - 1)
                       : std::nullopt;
    }
    /// Whether the result is integer sums that others add to and scale.
    bool hasIntegerResult() {
      return ::llvm::isa<::mlir::IntegerType>(getType().getElementType());
    }
  }];
  let hasVerifier = 1;
}

#endif // ATLEUS_PIM_PIMOPS_TD
