//===- PIMOps.td - crossbars that hold weights ----------------------------===//
//
// The ops of the dialect.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_PIM_PIMOPS_TD
#define ATLEUS_PIM_PIMOPS_TD

include "dialects/Interfaces/Access.td"
include "dialects/Interfaces/Kernel.td"
include "dialects/Interfaces/WorkOp.td"
include "dialects/PIM/PIMBase.td"
include "mlir/IR/OpBase.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

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
