//===- NNData.td - constants, reductions, movement of data ----------------===//
//
// Ops that select, rearrange or summarize elements.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_NN_NNDATA_TD
#define ATLEUS_NN_NNDATA_TD

include "dialects/NN/NNBase.td"

def NN_ConstantOp : NN_Op<"constant", [ConstantLike, AllTypesMatch<["value", "result"]>]> {
  let summary = "a parameter or another value known when compiling";
  let description = [{
    The value is an elements attribute; parameters are `dense_resource` blobs,
    which stay in the mapped model file. A resource may be absent, if IR was
    printed without its weights.

    Constraints:
    - C1: a blob has as many bytes as the tensor's elements, packed; a boolean
      is a byte.

    ```mlir
    func.func @main() -> tensor<2xf32> {
      %y = nn.constant dense<[1.0, 2.0]> : tensor<2xf32>
      return %y : tensor<2xf32>
    }
    ```
  }];
  let arguments = (ins ElementsAttr:$value);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = "attr-dict $value";
  let hasVerifier = 1;
  let hasFolder = 1;
}

//===----------------------------------------------------------------------===//
// Layout
//===----------------------------------------------------------------------===//

def NN_ReshapeOp : NN_Op<"reshape", [NN_LayoutOnly]> {
  let summary = "the same elements in another shape";
  let description = [{
    The elements keep their row-major order.

    Constraints:
    - C1: operand and result have the same number of elements.
    - C2: operand and result have the same element type.

    ```mlir
    func.func @main(%x: tensor<2x6xf32>) -> tensor<2x3x2xf32> {
      %y = nn.reshape %x : tensor<2x6xf32> to tensor<2x3x2xf32>
      return %y : tensor<2x3x2xf32>
    }
    ```
  }];
  let arguments = (ins NN_Tensor:$input);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `to` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

def NN_TransposeOp : NN_InferredOp<"transpose", [NN_LayoutOnly]> {
  let summary = "dimensions in another order";
  let description = [{
    Dimension i of the result is dimension `permutation[i]` of the operand.

    Constraints:
    - C1: `permutation` holds each dimension of the operand once.

    ```mlir
    func.func @main(%x: tensor<2x6xf32>) -> tensor<6x2xf32> {
      %y = nn.transpose %x [1, 0] : tensor<2x6xf32> -> tensor<6x2xf32>
      return %y : tensor<6x2xf32>
    }
    ```
  }];
  let arguments = (ins NN_Tensor:$input, DenseI64ArrayAttr:$permutation);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $input $permutation attr-dict `:` type($input) `->` type($result)
  }];
  let hasFolder = 1;
}

def NN_SliceOp : NN_InferredOp<"slice", [NN_LayoutOnly]> {
  let summary = "a box of a tensor, with strides";
  let description = [{
    Element i of dimension d of the result is element
    `offsets[d] + i * strides[d]` of the operand; strides may be negative.

    Constraints:
    - C1: offsets, sizes and strides have one number per dimension.
    - C2: no size is negative and every element lies within the operand.
    - C3: no stride is zero.

    ```mlir
    func.func @main(%x: tensor<8x6xf32>) -> tensor<4x3xf32> {
      %y = nn.slice %x offsets [0, 3] sizes [4, 3] strides [2, 1]
          : tensor<8x6xf32> -> tensor<4x3xf32>
      return %y : tensor<4x3xf32>
    }
    ```
  }];
  let arguments = (ins NN_Tensor:$input, DenseI64ArrayAttr:$offsets,
                       DenseI64ArrayAttr:$sizes, DenseI64ArrayAttr:$strides);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $input `offsets` $offsets `sizes` $sizes `strides` $strides attr-dict
    `:` type($input) `->` type($result)
  }];
  let hasFolder = 1;
}

def NN_ConcatOp : NN_InferredOp<"concat", [NN_LayoutOnly]> {
  let summary = "tensors one after another along a dimension";
  let description = [{
    Constraints:
    - C1: there is at least one operand.
    - C2: `axis` is a dimension of the operands.
    - C3: operands agree in element type, rank and all dimensions but `axis`.

    ```mlir
    func.func @main(%a: tensor<2x3xf32>, %b: tensor<2x1xf32>)
        -> tensor<2x4xf32> {
      %y = nn.concat %a, %b axis 1
          : (tensor<2x3xf32>, tensor<2x1xf32>) -> tensor<2x4xf32>
      return %y : tensor<2x4xf32>
    }
    ```
  }];
  let arguments = (ins Variadic<NN_Tensor>:$inputs, I64Attr:$axis);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $inputs `axis` $axis attr-dict `:` functional-type(operands, results)
  }];
  let hasFolder = 1;
}

def NN_ExpandOp : NN_Op<"expand", [NN_LayoutOnly]> {
  let summary = "broadcast to a shape";
  let description = [{
    Constraints:
    - C1: operand and result have the same element type.
    - C2: the operand's shape broadcasts to the result's.

    ```mlir
    func.func @main(%x: tensor<1x6xf32>) -> tensor<2x3x6xf32> {
      %y = nn.expand %x : tensor<1x6xf32> to tensor<2x3x6xf32>
      return %y : tensor<2x3x6xf32>
    }
    ```
  }];
  let arguments = (ins NN_Tensor:$input);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `to` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

def NN_PadOp : NN_InferredOp<"pad"> {
  let summary = "a border of a constant value";
  let description = [{
    `low[d]` elements of `value` before and `high[d]` after dimension d.

    Constraints:
    - C1: low and high have one number, from 0 to 2^40, per dimension.

    ```mlir
    func.func @main(%x: tensor<2x2xf32>) -> tensor<3x4xf32> {
      %y = nn.pad %x low [0, 1] high [1, 1] value 0.0
          : tensor<2x2xf32> -> tensor<3x4xf32>
      return %y : tensor<3x4xf32>
    }
    ```
  }];
  let arguments = (ins NN_NumberTensor:$input, DenseI64ArrayAttr:$low,
                       DenseI64ArrayAttr:$high, F64Attr:$value);
  let results = (outs NN_NumberTensor:$result);
  let assemblyFormat = [{
    $input `low` $low `high` $high `value` $value attr-dict
    `:` type($input) `->` type($result)
  }];
}

def NN_TriluOp : NN_Op<"trilu", [SameOperandsAndResultType]> {
  let summary = "upper or lower triangle of matrices";
  let description = [{
    Of the last two dimensions, elements below (with `upper`) or above
    (without) the diagonal number `diagonal` become zero.

    Constraints:
    - C1: the operand has at least two dimensions.

    ```mlir
    func.func @main(%x: tensor<4x4xf32>) -> tensor<4x4xf32> {
      %y = nn.trilu %x diagonal 0 {upper} : tensor<4x4xf32>
      return %y : tensor<4x4xf32>
    }
    ```
  }];
  let arguments = (ins NN_NumberTensor:$input, I64Attr:$diagonal,
                       UnitAttr:$upper);
  let results = (outs NN_NumberTensor:$result);
  let assemblyFormat =
      "$input `diagonal` $diagonal attr-dict `:` type($result)";
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Selection by computed indices
//===----------------------------------------------------------------------===//

def NN_GatherOp : NN_InferredOp<"gather"> {
  let summary = "slices of a tensor by computed indices";
  let description = [{
    The result has the shape of `input` with dimension `axis` replaced by the
    shape of `indices`. A negative index counts from the end; an index out of
    range is an error when the op runs.

    Constraints:
    - C1: `axis` is a dimension of the input.

    ```mlir
    func.func @main(%x: tensor<5x6xf32>, %i: tensor<3xi64>)
        -> tensor<5x3xf32> {
      %y = nn.gather %x, %i axis 1
          : (tensor<5x6xf32>, tensor<3xi64>) -> tensor<5x3xf32>
      return %y : tensor<5x3xf32>
    }
    ```
  }];
  let arguments = (ins NN_Tensor:$input, NN_IndexTensor:$indices,
                       I64Attr:$axis);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $input `,` $indices `axis` $axis attr-dict
    `:` functional-type(operands, results)
  }];
}

def NN_EmbeddingOp : NN_InferredOp<"embedding"> {
  let summary = "rows of a parameter table by token";
  let description = [{
    Row `indices[...]` of `table` for every token: a gather along dimension 0 of
    a parameter.

    Constraints:
    - C1: the table has two dimensions.

    ```mlir
    func.func @main(%i: tensor<1x3xi64>) -> tensor<1x3x2xf32> {
      %table = nn.constant dense<0.5> : tensor<10x2xf32>
      %y = nn.embedding %table, %i
          : (tensor<10x2xf32>, tensor<1x3xi64>) -> tensor<1x3x2xf32>
      return %y : tensor<1x3x2xf32>
    }
    ```
  }];
  let arguments = (ins NN_Tensor:$table, NN_IndexTensor:$indices);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $table `,` $indices attr-dict `:` functional-type(operands, results)
  }];
}

//===----------------------------------------------------------------------===//
// Reductions
//===----------------------------------------------------------------------===//

class NN_Reduction<string mnemonic, string what> : NN_InferredOp<mnemonic> {
  let summary = what # " over dimensions";
  let description = "Result: " # what # " over the dimensions `axes`, which\n"
    # "stay with size 1 if `keep_dimensions` is set and vanish otherwise.\n"
    # "\n"
    # "Constraints:\n"
    # "- C1: `axes` are different dimensions of the operand, ascending.\n"
    # "\n"
    # "```mlir\n"
    # "func.func @main(%x: tensor<2x3xf32>) -> tensor<2x1xf32> {\n"
    # "  %y = nn." # mnemonic # " %x axes [1] {keep_dimensions}\n"
    # "      : tensor<2x3xf32> -> tensor<2x1xf32>\n"
    # "  return %y : tensor<2x1xf32>\n"
    # "}\n"
    # "```";
  let arguments = (ins NN_NumberTensor:$input, DenseI64ArrayAttr:$axes,
                       UnitAttr:$keep_dimensions);
  let results = (outs NN_NumberTensor:$result);
  let assemblyFormat = [{
    $input `axes` $axes attr-dict `:` type($input) `->` type($result)
  }];
  let extraClassDefinition = [{
    LogicalResult $cppClass::inferReturnTypes(
        MLIRContext *, std::optional<Location> loc, Adaptor adaptor,
        SmallVectorImpl<Type> &types) {
      return inferReduction({loc, getOperationName()}, adaptor.getInput(),
                            adaptor.getAxes(), adaptor.getKeepDimensions(),
                            types);
    }
    Work $cppClass::getWork() { return reductionWork(*this); }
    Tile $cppClass::getOperandTile(unsigned, unsigned, const Tile &result) {
      return reductionOperandTile(getInput(), getAxes(), getKeepDimensions(),
                                  result);
    }
  }];
}
def NN_ReduceSumOp : NN_Reduction<"reduce_sum", "sum">;
def NN_ReduceMeanOp : NN_Reduction<"reduce_mean", "arithmetic mean">;
def NN_ReduceMaxOp : NN_Reduction<"reduce_max", "maximum">;
def NN_ReduceMinOp : NN_Reduction<"reduce_min", "minimum">;
def NN_ReduceProdOp : NN_Reduction<"reduce_prod", "product">;

def NN_ArgMaxOp : NN_InferredOp<"arg_max"> {
  let summary = "index of the maximum along a dimension";
  let description = [{
    The first index, as i64, at which the maximum along `axis` stands.

    Constraints:
    - C1: `axis` is a dimension of the operand.

    ```mlir
    func.func @main(%x: tensor<2x3xf32>) -> tensor<2xi64> {
      %y = nn.arg_max %x axis 1 : tensor<2x3xf32> -> tensor<2xi64>
      return %y : tensor<2xi64>
    }
    ```
  }];
  let arguments = (ins NN_NumberTensor:$input, I64Attr:$axis,
                       UnitAttr:$keep_dimension);
  let results = (outs NN_IndexTensor:$result);
  let assemblyFormat = [{
    $input `axis` $axis attr-dict `:` type($input) `->` type($result)
  }];
}

def NN_CumSumOp : NN_Op<"cum_sum", [SameOperandsAndResultType]> {
  let summary = "running sum along a dimension";
  let description = [{
    Element i is the sum of the operand's elements 0 to i along `axis`.

    Constraints:
    - C1: `axis` is a dimension of the operand.

    ```mlir
    func.func @main(%x: tensor<2x3xi64>) -> tensor<2x3xi64> {
      %y = nn.cum_sum %x axis 1 : tensor<2x3xi64>
      return %y : tensor<2x3xi64>
    }
    ```
  }];
  let arguments = (ins NN_NumberTensor:$input, I64Attr:$axis);
  let results = (outs NN_NumberTensor:$result);
  let assemblyFormat = "$input `axis` $axis attr-dict `:` type($result)";
  let hasVerifier = 1;
}

#endif // ATLEUS_NN_NNDATA_TD
