//===- NNElementwise.td - element by element ------------------------------===//
//
// Ops that compute each element of their result from one element of each
// operand.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_NN_NNELEMENTWISE_TD
#define ATLEUS_NN_NNELEMENTWISE_TD

include "dialects/NN/NNBase.td"

//===----------------------------------------------------------------------===//
// One operand
//===----------------------------------------------------------------------===//

class NN_UnaryBase<string mnemonic, string what, string unit, Type tensor,
                   string element> : NN_Op<mnemonic,
                                           [SameOperandsAndResultType]> {
  let summary = what # ", element by element";
  let description = "Result: " # what # " of each element of the operand.\n"
    # "\n"
    # "```mlir\n"
    # "func.func @main(%x: tensor<2x3x" # element # ">) -> tensor<2x3x"
    # element # "> {\n"
    # "  %y = nn." # mnemonic # " %x : tensor<2x3x" # element # ">\n"
    # "  return %y : tensor<2x3x" # element # ">\n"
    # "}\n"
    # "```";
  let arguments = (ins tensor:$input);
  let results = (outs tensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($result)";
  let extraClassDefinition = [{
    Work $cppClass::getWork() {
      return elementwiseWork(*this, VectorOperation::}] # unit # [{);
    }
    Tile $cppClass::getOperandTile(unsigned, unsigned, const Tile &result) {
      return result;
    }
  }];
}
class NN_Unary<string mnemonic, string what, string unit>
    : NN_UnaryBase<mnemonic, what, unit, NN_NumberTensor, "f32">;
class NN_FloatUnary<string mnemonic, string what, string unit>
    : NN_UnaryBase<mnemonic, what, unit, NN_FloatTensor, "f32">;

def NN_AbsOp : NN_Unary<"abs", "absolute value", "Add">;
def NN_NegOp : NN_Unary<"neg", "negation", "Add">;
def NN_SignOp : NN_Unary<"sign", "sign (-1, 0 or 1)", "Add">;
def NN_ReluOp : NN_Unary<"relu", "maximum with zero", "Add">;
def NN_FloorOp : NN_FloatUnary<"floor", "rounding down", "Convert">;
def NN_CeilOp : NN_FloatUnary<"ceil", "rounding up", "Convert">;
def NN_RoundOp
    : NN_FloatUnary<"round", "rounding to nearest, ties to even", "Convert">;
def NN_ReciprocalOp : NN_FloatUnary<"reciprocal", "1 / x", "Divide">;
def NN_SqrtOp : NN_FloatUnary<"sqrt", "square root", "SquareRoot">;
def NN_RsqrtOp
    : NN_FloatUnary<"rsqrt", "reciprocal of the square root", "SquareRoot">;
def NN_ExpOp : NN_FloatUnary<"exp", "exponential function", "Exponential">;
def NN_LogOp : NN_FloatUnary<"log", "natural logarithm", "Exponential">;
def NN_ErfOp : NN_FloatUnary<"erf", "error function", "Exponential">;
def NN_TanhOp : NN_FloatUnary<"tanh", "hyperbolic tangent", "Exponential">;
def NN_SigmoidOp
    : NN_FloatUnary<"sigmoid", "logistic function 1 / (1 + exp(-x))",
                    "Exponential">;
def NN_SinOp : NN_FloatUnary<"sin", "sine", "Exponential">;
def NN_CosOp : NN_FloatUnary<"cos", "cosine", "Exponential">;
def NN_TanOp : NN_FloatUnary<"tan", "tangent", "Exponential">;
def NN_AsinOp : NN_FloatUnary<"asin", "inverse sine", "Exponential">;
def NN_AcosOp : NN_FloatUnary<"acos", "inverse cosine", "Exponential">;
def NN_AtanOp : NN_FloatUnary<"atan", "inverse tangent", "Exponential">;
def NN_SinhOp : NN_FloatUnary<"sinh", "hyperbolic sine", "Exponential">;
def NN_CoshOp : NN_FloatUnary<"cosh", "hyperbolic cosine", "Exponential">;
def NN_AsinhOp
    : NN_FloatUnary<"asinh", "inverse hyperbolic sine", "Exponential">;
def NN_AcoshOp
    : NN_FloatUnary<"acosh", "inverse hyperbolic cosine", "Exponential">;
def NN_AtanhOp
    : NN_FloatUnary<"atanh", "inverse hyperbolic tangent", "Exponential">;
def NN_NotOp : NN_UnaryBase<"not", "logical negation", "Add", NN_BoolTensor,
                            "i1">;

def NN_SiluOp : NN_FloatUnary<"silu", "x * sigmoid(x)", "Exponential"> {
  let extraClassDefinition = [{
    Work $cppClass::getWork() {
      Work work = elementwiseWork(*this, VectorOperation::Exponential);
      work[VectorOperation::Multiply] += getType().getNumElements();
      return work;
    }
    Tile $cppClass::getOperandTile(unsigned, unsigned, const Tile &result) {
      return result;
    }
  }];
}

def NN_GeluApproximation : I32Enum<
    "GeluApproximation", "how the normal distribution is computed", [
    I32EnumCase<"None", 0, "none">,
    I32EnumCase<"Tanh", 1, "tanh">,
    I32EnumCase<"Sigmoid", 2, "sigmoid">]> {
  let cppNamespace = "::atleus::nn";
}
def NN_GeluApproximationAttr
    : EnumAttr<NN_Dialect, NN_GeluApproximation, "gelu_approximation">;

def NN_GeluOp : NN_Op<"gelu", [SameOperandsAndResultType]> {
  let summary = "Gaussian error linear unit";
  let description = [{
    x * Phi(x), where Phi is the normal distribution (Hendrycks and Gimpel,
    arXiv 1606.08415): 0.5 x (1 + erf(x / sqrt 2)), or one of its approximations
    - `tanh`: 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))),
    - `sigmoid`: x * sigmoid(1.702 x), also called quick GELU.

    ```mlir
    func.func @main(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
      %y = nn.gelu %x approximation tanh : tensor<2x3xf32>
      return %y : tensor<2x3xf32>
    }
    ```
  }];
  let arguments = (ins NN_FloatTensor:$input,
      DefaultValuedAttr<NN_GeluApproximationAttr,
                        "GeluApproximation::None">:$approximation);
  let results = (outs NN_FloatTensor:$result);
  let assemblyFormat = [{
    $input (`approximation` $approximation^)? attr-dict `:` type($result)
  }];
}

def NN_SwiGLUOp : NN_Op<"swiglu", [SameOperandsAndResultType]> {
  let summary = "SiLU of a gate times a value";
  let description = [{
    silu(`gate`) * `value`, element by element: what stands between the linear
    layers of a gated feed-forward network (Shazeer, arXiv 2002.05202).

    ```mlir
    func.func @main(%g: tensor<2x3xf32>, %v: tensor<2x3xf32>)
        -> tensor<2x3xf32> {
      %y = nn.swiglu %g, %v : tensor<2x3xf32>
      return %y : tensor<2x3xf32>
    }
    ```
  }];
  let arguments = (ins NN_FloatTensor:$gate, NN_FloatTensor:$value);
  let results = (outs NN_FloatTensor:$result);
  let assemblyFormat = "$gate `,` $value attr-dict `:` type($result)";
}

def NN_ClipOp : NN_Op<"clip", [SameOperandsAndResultType]> {
  let summary = "limits each element to an interval";
  let description = [{
    min(max(x, `minimum`), `maximum`).

    Constraints:
    - C1: `minimum` is not greater than `maximum`.

    ```mlir
    func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
      %y = nn.clip %x {minimum = 0.0 : f64, maximum = 6.0 : f64} : tensor<4xf32>
      return %y : tensor<4xf32>
    }
    ```
  }];
  let arguments = (ins NN_NumberTensor:$input, F64Attr:$minimum,
                       F64Attr:$maximum);
  let results = (outs NN_NumberTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($result)";
  let hasVerifier = 1;
}

def NN_CastOp : NN_Op<"cast", [SameOperandsAndResultShape]> {
  let summary = "change of element type";
  let description = [{
    Converts each element as ONNX Cast does: floats are truncated to integers,
    a boolean is whether a number differs from zero.

    ```mlir
    func.func @main(%x: tensor<4xi64>) -> tensor<4xf32> {
      %y = nn.cast %x : tensor<4xi64> to tensor<4xf32>
      return %y : tensor<4xf32>
    }
    ```
  }];
  let arguments = (ins NN_NumberTensor:$input);
  let results = (outs NN_NumberTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `to` type($result)";
  let hasFolder = 1;
}

//===----------------------------------------------------------------------===//
// Several operands, broadcast
//===----------------------------------------------------------------------===//

class NN_BinaryBase<string mnemonic, string what, string unit, Type operand,
                    Type outcome, string inElement, string outElement>
    : NN_InferredOp<mnemonic> {
  let summary = what # ", element by element";
  let description = "Result: " # what # ".\n"
    # "Dimensions of size 1 and missing leading dimensions are broadcast.\n"
    # "\n"
    # "Constraints:\n"
    # "- C1: the operands have the same element type.\n"
    # "- C2: the operands' shapes broadcast.\n"
    # "\n"
    # "```mlir\n"
    # "func.func @main(%a: tensor<2x3x" # inElement # ">, %b: tensor<3x"
    # inElement # ">) -> tensor<2x3x" # outElement # "> {\n"
    # "  %y = nn." # mnemonic # " %a, %b : (tensor<2x3x" # inElement
    # ">, tensor<3x" # inElement # ">) -> tensor<2x3x" # outElement # ">\n"
    # "  return %y : tensor<2x3x" # outElement # ">\n"
    # "}\n"
    # "```";
  let arguments = (ins operand:$lhs, operand:$rhs);
  let results = (outs outcome:$result);
  let assemblyFormat =
      "$lhs `,` $rhs attr-dict `:` functional-type(operands, results)";
  string classDefinition = [{
    Work $cppClass::getWork() {
      return elementwiseWork(*this, VectorOperation::}] # unit # [{);
    }
    Tile $cppClass::getOperandTile(unsigned operand, unsigned,
                                   const Tile &result) {
      return broadcastOperandTile(*this, operand, result);
    }
  }];
}
class NN_Binary<string mnemonic, string what, string unit>
    : NN_BinaryBase<mnemonic, what, unit, NN_NumberTensor, NN_NumberTensor,
                    "f32", "f32"> {
  let extraClassDefinition = classDefinition # [{
    LogicalResult $cppClass::inferReturnTypes(
        MLIRContext *, std::optional<Location> loc, Adaptor adaptor,
        SmallVectorImpl<Type> &types) {
      return inferBroadcast({loc, getOperationName()}, adaptor.getOperands(),
                            Type(), types);
    }
  }];
}
class NN_Comparison<string mnemonic, string what>
    : NN_BinaryBase<mnemonic, what, "Add", NN_NumberTensor, NN_BoolTensor,
                    "f32", "i1"> {
  let extraClassDefinition = classDefinition # [{
    LogicalResult $cppClass::inferReturnTypes(
        MLIRContext *context, std::optional<Location> loc, Adaptor adaptor,
        SmallVectorImpl<Type> &types) {
      return inferBroadcast({loc, getOperationName()}, adaptor.getOperands(),
                            IntegerType::get(context, 1), types);
    }
  }];
}
class NN_Logical<string mnemonic, string what>
    : NN_BinaryBase<mnemonic, what, "Add", NN_BoolTensor, NN_BoolTensor, "i1",
                    "i1"> {
  let extraClassDefinition = classDefinition # [{
    LogicalResult $cppClass::inferReturnTypes(
        MLIRContext *, std::optional<Location> loc, Adaptor adaptor,
        SmallVectorImpl<Type> &types) {
      return inferBroadcast({loc, getOperationName()}, adaptor.getOperands(),
                            Type(), types);
    }
  }];
}

def NN_AddOp : NN_Binary<"add", "a + b", "Add">;
def NN_SubOp : NN_Binary<"sub", "a - b", "Add">;
def NN_MulOp : NN_Binary<"mul", "a * b", "Multiply">;
def NN_DivOp
    : NN_Binary<"div", "a / b, truncated toward zero for integers", "Divide">;
def NN_ModOp
    : NN_Binary<"mod", "remainder with the sign of b (floats: of a)", "Divide">;
def NN_PowOp : NN_Binary<"pow", "a to the power of b", "Exponential">;
def NN_MaxOp : NN_Binary<"max", "the greater of a and b", "Add">;
def NN_MinOp : NN_Binary<"min", "the smaller of a and b", "Add">;
def NN_EqualOp : NN_Comparison<"equal", "whether a = b">;
def NN_LessOp : NN_Comparison<"less", "whether a < b">;
def NN_LessEqualOp : NN_Comparison<"less_equal", "whether a <= b">;
def NN_GreaterOp : NN_Comparison<"greater", "whether a > b">;
def NN_GreaterEqualOp : NN_Comparison<"greater_equal", "whether a >= b">;
def NN_AndOp : NN_Logical<"and", "logical a and b">;
def NN_OrOp : NN_Logical<"or", "logical a or b">;
def NN_XorOp : NN_Logical<"xor", "logical exclusive or of a and b">;

def NN_SelectOp : NN_InferredOp<"select"> {
  let summary = "one of two values, by a condition";
  let description = [{
    Where `condition` holds the element of `then`, elsewhere that of `otherwise`;
    all three are broadcast.

    Constraints:
    - C1: `then` and `otherwise` have the same element type.
    - C2: the operands' shapes broadcast.

    ```mlir
    func.func @main(%c: tensor<4xi1>, %a: tensor<4xf32>, %b: tensor<f32>)
        -> tensor<4xf32> {
      %y = nn.select %c, %a, %b
          : (tensor<4xi1>, tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
      return %y : tensor<4xf32>
    }
    ```
  }];
  let arguments = (ins NN_BoolTensor:$condition, NN_NumberTensor:$then,
                       NN_NumberTensor:$otherwise);
  let results = (outs NN_NumberTensor:$result);
  let assemblyFormat = [{
    $condition `,` $then `,` $otherwise attr-dict
    `:` functional-type(operands, results)
  }];
}

#endif // ATLEUS_NN_NNELEMENTWISE_TD
