//===- NNIndexing.td - single elements by computed indices ----------------===//
//
// Ops that read or write elements at places which are known only when they run,
// and the op that finds the places of the largest elements.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_NN_NNINDEXING_TD
#define ATLEUS_NN_NNINDEXING_TD

include "dialects/NN/NNBase.td"

def NN_ScatterReduction
    : I32Enum<"ScatterReduction", "what becomes of an element and its update",
              [I32EnumCase<"Replace", 0, "replace">,
               I32EnumCase<"Add", 1, "add">,
               I32EnumCase<"Multiply", 2, "multiply">,
               I32EnumCase<"Maximum", 3, "maximum">,
               I32EnumCase<"Minimum", 4, "minimum">]> {
  let cppNamespace = "::atleus::nn";
}
def NN_ScatterReductionAttr
    : EnumAttr<NN_Dialect, NN_ScatterReduction, "scatter_reduction"> {
  let assemblyFormat = "$value";
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

def NN_GatherElementsOp : NN_InferredOp<"gather_elements"> {
  let summary = "one element per index along a dimension";
  let description = [{
    The element of the result at a place is the element of `input` at the same
    place but for dimension `axis`, where the index at that place stands. A
    negative index counts from the end; an index out of range is an error when
    the op runs.

    Constraints:
    - C1: `axis` is a dimension of the input.
    - C2: input and indices have the same rank, and no dimension of the indices
      but `axis` is longer than the input's.

    ```mlir
    func.func @main(%x: tensor<2x5xf32>, %i: tensor<2x3xi64>)
        -> tensor<2x3xf32> {
      %y = nn.gather_elements %x, %i axis 1
          : (tensor<2x5xf32>, tensor<2x3xi64>) -> tensor<2x3xf32>
      return %y : tensor<2x3xf32>
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

def NN_GatherNDOp : NN_InferredOp<"gather_nd"> {
  let summary = "slices of a tensor by tuples of computed indices";
  let description = [{
    The last dimension of `indices` holds tuples: each names a slice of `input`
    by the indices of as many leading dimensions, behind `batch_dims` dimensions
    that input and indices have in common. A negative index counts from the end;
    an index out of range is an error when the op runs.

    Constraints:
    - C1: the indices have more than `batch_dims` dimensions, which is not
      negative, and the same leading `batch_dims` dimensions as the input.
    - C2: a tuple has at least one index and no more than the input has
      dimensions behind `batch_dims`.

    ```mlir
    func.func @main(%x: tensor<4x5x6xf32>, %i: tensor<3x2xi64>)
        -> tensor<3x6xf32> {
      %y = nn.gather_nd %x, %i batch_dims 0
          : (tensor<4x5x6xf32>, tensor<3x2xi64>) -> tensor<3x6xf32>
      return %y : tensor<3x6xf32>
    }
    ```
  }];
  let arguments = (ins NN_Tensor:$input, NN_IndexTensor:$indices,
      I64Attr:$batch_dims);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = [{
    $input `,` $indices `batch_dims` $batch_dims attr-dict
    `:` functional-type(operands, results)
  }];
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

def NN_ScatterElementsOp : NN_InferredOp<"scatter_elements"> {
  let summary = "a tensor with single elements updated along a dimension";
  let description = [{
    The result is `input`, but for each place of `indices` the element at the
    same place but for dimension `axis`, where the index stands, is updated with
    the element of `updates` at that place: replaced, or combined with it as
    `reduction` says. Updates of one element are made in row-major order of the
    indices. A negative index counts from the end; an index out of range is an
    error when the op runs.

    Constraints:
    - C1: `axis` is a dimension of the input.
    - C2: input and indices have the same rank, and no dimension of the indices
      but `axis` is longer than the input's.
    - C3: the updates have the indices' shape and the input's element type.

    ```mlir
    func.func @main(%x: tensor<2x5xf32>, %i: tensor<2x1xi64>,
                    %u: tensor<2x1xf32>) -> tensor<2x5xf32> {
      %y = nn.scatter_elements %x, %i, %u axis 1 add
          : (tensor<2x5xf32>, tensor<2x1xi64>, tensor<2x1xf32>)
          -> tensor<2x5xf32>
      return %y : tensor<2x5xf32>
    }
    ```
  }];
  let arguments = (ins NN_NumberTensor:$input, NN_IndexTensor:$indices,
      NN_NumberTensor:$updates, I64Attr:$axis,
      NN_ScatterReductionAttr:$reduction);
  let results = (outs NN_NumberTensor:$result);
  let assemblyFormat = [{
    $input `,` $indices `,` $updates `axis` $axis $reduction attr-dict
    `:` functional-type(operands, results)
  }];
}

def NN_ScatterNDOp : NN_InferredOp<"scatter_nd"> {
  let summary = "a tensor with slices updated by tuples of indices";
  let description = [{
    The last dimension of `indices` holds tuples: each names a slice of `input`
    by the indices of as many leading dimensions. The result is `input`, with
    the slice of each tuple updated with the slice of `updates` that belongs to
    it: replaced, or combined with it as `reduction` says, in the order of the
    tuples. A negative index counts from the end; an index out of range is an
    error when the op runs.

    Constraints:
    - C1: the indices have at least one dimension, and a tuple has at least one
      index and no more than the input has dimensions.
    - C2: the updates have the input's element type and the shape of the indices
      without their last dimension, followed by that of a slice.

    ```mlir
    func.func @main(%x: tensor<4x6xf32>, %i: tensor<2x1xi64>,
                    %u: tensor<2x6xf32>) -> tensor<4x6xf32> {
      %y = nn.scatter_nd %x, %i, %u replace
          : (tensor<4x6xf32>, tensor<2x1xi64>, tensor<2x6xf32>)
          -> tensor<4x6xf32>
      return %y : tensor<4x6xf32>
    }
    ```
  }];
  let arguments = (ins NN_NumberTensor:$input, NN_IndexTensor:$indices,
      NN_NumberTensor:$updates, NN_ScatterReductionAttr:$reduction);
  let results = (outs NN_NumberTensor:$result);
  let assemblyFormat = [{
    $input `,` $indices `,` $updates $reduction attr-dict
    `:` functional-type(operands, results)
  }];
}

//===----------------------------------------------------------------------===//
// Order
//===----------------------------------------------------------------------===//

def NN_TopKOp : NN_InferredOp<"top_k"> {
  let summary = "indices of the largest or smallest elements of a dimension";
  let description = [{
    The indices along `axis`, as i64, of the `count` largest elements, largest
    first, or with `smallest` of the smallest, smallest first. Of equal elements
    the one with the lower index comes first; NaN is larger than any number.
    The elements themselves are what `nn.gather_elements` reads there.

    Constraints:
    - C1: `axis` is a dimension of the operand.
    - C2: `count` is from 0 to the size of that dimension.

    ```mlir
    func.func @main(%x: tensor<2x5xf32>) -> tensor<2x3xi64> {
      %y = nn.top_k %x axis 1 count 3 : tensor<2x5xf32> -> tensor<2x3xi64>
      return %y : tensor<2x3xi64>
    }
    ```
  }];
  let arguments = (ins NN_NumberTensor:$input, I64Attr:$axis, I64Attr:$count,
      UnitAttr:$smallest);
  let results = (outs NN_IndexTensor:$result);
  let assemblyFormat = [{
    $input `axis` $axis `count` $count attr-dict
    `:` type($input) `->` type($result)
  }];
}

#endif // ATLEUS_NN_NNINDEXING_TD
