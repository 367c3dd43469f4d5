//===- NNQuantization.td - quantized values -------------------------------===//
//
// Ops between floats, quantized values and the integers that store them.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_NN_NNQUANTIZATION_TD
#define ATLEUS_NN_NNQUANTIZATION_TD

include "dialects/NN/NNBase.td"

def NN_QuantizeOp : NN_Op<"quantize", [SameOperandsAndResultShape]> {
  let summary = "floats to quantized values";
  let description = [{
    clamp(round(x / scale) + zero point), ties to even, with the scale, zero
    point and storage type of the result's `quant` type. `!quant.any` states the
    storage only; scale and zero point are then computed when the op runs
    (dynamic quantization) and go along with the value. Of signed storage the
    scale is the largest absolute value of the tensor over the largest storage
    value, and the zero point is 0. Of unsigned storage the range from the least
    to the greatest element, with 0 in it, is mapped to the whole storage, as
    ONNX DynamicQuantizeLinear does: scale = (max - min) / (high - low), zero
    point = clamp(round(low - min / scale)). `scales` says for what a scale is
    found: for the whole tensor, for each `matrix` of the last two dimensions,
    which are the keys of a head, or for each `vector` along the last one, which
    is a token. To `!nn.codebook`: the code of the
    table's nearest value, the lower one of two that are as near, after division
    by the block's largest magnitude.

    Constraints:
    - C1: the result holds values of a quantized type or codes of a codebook.
    - C2: the result's expressed type is the operand's element type.
    - C3: a type with a scale per index of an axis, or per block of several
      axes, has as many scales as the tensor has indices or blocks there.
    - C4: `scales` other than of the tensor are those of `!quant.any`, and the
      tensor has the dimensions that they run along.

    ```mlir
    func.func @main(%x: tensor<4x8xf32>)
        -> tensor<4x8x!quant.uniform<i8:f32, 0.05>> {
      %y = nn.quantize %x
          : tensor<4x8xf32> to tensor<4x8x!quant.uniform<i8:f32, 0.05>>
      %z = nn.quantize %x scales<vector>
          : tensor<4x8xf32> to tensor<4x8x!quant.any<i8:f32>>
      return %y : tensor<4x8x!quant.uniform<i8:f32, 0.05>>
    }
    ```
  }];
  let arguments = (ins NN_FloatTensor:$input,
                       DefaultValuedAttr<NN_RunTimeScalesAttr,
                         "::atleus::nn::RunTimeScales::Tensor">:$scales);
  let results = (outs NN_WeightTensor:$result);
  let assemblyFormat = [{
    $input (`scales` `` $scales^)? attr-dict `:` type($input) `to` type($result)
  }];
  let builders = [
    OpBuilder<(ins "::mlir::Type":$result, "::mlir::Value":$input), [{
      build($_builder, $_state, result, input, RunTimeScales::Tensor);
    }]>];
  let hasVerifier = 1;
}

def NN_DequantizeOp : NN_Op<"dequantize", [SameOperandsAndResultShape]> {
  let summary = "quantized values to floats";
  let description = [{
    (q - zero point) * scale, or the table's value times the scale of the block.

    Constraints:
    - C1: the operand holds values of a quantized type or codes of a codebook.
    - C2: the operand's expressed type is the result's element type.
    - C3: a type with a scale per index of an axis, or per block of several
      axes, has as many scales as the tensor has indices or blocks there.

    ```mlir
    func.func @main(%x: tensor<4x!quant.uniform<i8:f32, 0.05>>)
        -> tensor<4xf32> {
      %y = nn.dequantize %x
          : tensor<4x!quant.uniform<i8:f32, 0.05>> to tensor<4xf32>
      return %y : tensor<4xf32>
    }
    ```
  }];
  let arguments = (ins NN_WeightTensor:$input);
  let results = (outs NN_FloatTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `to` type($result)";
  let hasVerifier = 1;
}

def NN_StorageCastOp : NN_Op<"storage_cast", [NN_LayoutOnly,
    SameOperandsAndResultShape]> {
  let summary = "stored integers seen as quantized values, or the reverse";
  let description = [{
    The integers stay as they are; what they mean changes. A parameter that a
    file holds in integers gets its scales so, and an integer result of the
    model loses them.

    Constraints:
    - C1: operand and result are integers, or quantized and stored in integers,
      of equal width and sign. Integers without sign semantics are signed.
    - C2: a type with a scale per index of an axis, or per block of several
      axes, has as many scales as the tensor has indices or blocks there.
    - C3: the result is no `!quant.any`, whose scale would not be known.

    ```mlir
    func.func @main() -> tensor<2x!quant.uniform<i8:f32, 0.05>> {
      %x = nn.constant dense<[20, -7]> : tensor<2xi8>
      %y = nn.storage_cast %x
          : tensor<2xi8> to tensor<2x!quant.uniform<i8:f32, 0.05>>
      return %y : tensor<2x!quant.uniform<i8:f32, 0.05>>
    }
    ```
  }];
  let arguments = (ins NN_Tensor:$input);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `to` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

/// A number that a dynamically quantized value carries.
class NN_QuantizationParameterOp<string mnemonic, string what, string type,
                                 string element>
    : NN_InferredOp<mnemonic> {
  let summary = what # " of a dynamically quantized value";
  let description = "The " # what # " that `nn.quantize` has found for a value "
    # "of type `!quant.any`,\nas " # type # ".\n"
    # "\n"
    # "Constraints:\n"
    # "- C1: the operand is of type `!quant.any`.\n"
    # "\n"
    # "```mlir\n"
    # "func.func @main(%x: tensor<4x!quant.any<u8:f32>>) -> tensor<" # element
    # "> {\n"
    # "  %y = nn." # mnemonic # " %x : tensor<4x!quant.any<u8:f32>> -> tensor<"
    # element # ">\n"
    # "  return %y : tensor<" # element # ">\n"
    # "}\n"
    # "```";
  let arguments = (ins NN_RealTensor:$input);
  let results = (outs NN_NumberTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
}
def NN_ScaleOp : NN_QuantizationParameterOp<
    "scale", "scale", "a scalar of its expressed type", "f32">;
def NN_ZeroPointOp : NN_QuantizationParameterOp<
    "zero_point", "zero point", "a scalar of its storage type", "ui8">;

def NN_IntegerMatMulOp : NN_InferredOp<"integer_matmul",
                                       [AttrSizedOperandSegments]> {
  let summary = "product of integers, which keeps its sums";
  let description = [{
    The product of `lhs` and `rhs`, after their zero points are subtracted, as
    32-bit integers. Matrices are the last two dimensions; the leading ones are
    broadcast. With `transpose_rhs` the right operand's matrices are [n, k]. A
    product whose scales are known is an `nn.linear` or `nn.matmul` of quantized
    operands instead.

    Constraints:
    - C1: both operands have two dimensions or more.
    - C2: the inner dimensions are equal.
    - C3: the leading dimensions broadcast.
    - C4: the operands are integers of 2 to 16 bits.
    - C5: a zero point has its operand's element type and one element; that of
      `rhs` may have one for each of the n columns.

    ```mlir
    func.func @main(%a: tensor<4x8xui8>, %b: tensor<8x6xi8>, %z: tensor<ui8>)
        -> tensor<4x6xi32> {
      %y = nn.integer_matmul %a zero_point %z, %b
          : (tensor<4x8xui8>, tensor<8x6xi8>, tensor<ui8>) -> tensor<4x6xi32>
      return %y : tensor<4x6xi32>
    }
    ```
  }];
  let arguments = (ins NN_NumberTensor:$lhs, NN_NumberTensor:$rhs,
                       Optional<NN_NumberTensor>:$lhs_zero_point,
                       Optional<NN_NumberTensor>:$rhs_zero_point,
                       UnitAttr:$transpose_rhs);
  let results = (outs NN_NumberTensor:$result);
  let assemblyFormat = [{
    $lhs (`zero_point` $lhs_zero_point^)? `,`
    $rhs (`zero_point` $rhs_zero_point^)? attr-dict
    `:` functional-type(operands, results)
  }];
}

#endif // ATLEUS_NN_NNQUANTIZATION_TD
