// What the elementwise ops of the nn dialect compute.
#include "EvaluationModel.h"

#include "atleus/Interpreter/Elementwise.h"

#include "dialects/NN/NN.h"

using namespace mlir;
using namespace atleus;
using kernels::Binary;
using kernels::Comparison;
using kernels::Unary;

template <typename OpTy, Unary function>
static llvm::Expected<Tensor> evaluateUnary(OpTy, ArrayRef<Tensor> operands) {
  return kernels::unary(function, operands[0]);
}

template <typename OpTy, Binary function>
static llvm::Expected<Tensor> evaluateBinary(OpTy, ArrayRef<Tensor> operands) {
  return kernels::binary(function, operands[0], operands[1]);
}

template <typename OpTy, Comparison comparison>
static llvm::Expected<Tensor> evaluateComparison(OpTy,
                                                 ArrayRef<Tensor> operands) {
  return kernels::compare(comparison, operands[0], operands[1]);
}

template <typename OpTy, Unary function>
static void attachUnary(MLIRContext *context) {
  attachEvaluation<OpTy, evaluateUnary<OpTy, function>>(context);
}

template <typename OpTy, Binary function>
static void attachBinary(MLIRContext *context) {
  attachEvaluation<OpTy, evaluateBinary<OpTy, function>>(context);
}

template <typename OpTy, Comparison comparison>
static void attachComparison(MLIRContext *context) {
  attachEvaluation<OpTy, evaluateComparison<OpTy, comparison>>(context);
}

static llvm::Expected<Tensor> evaluateGelu(nn::GeluOp op,
                                           ArrayRef<Tensor> operands) {
  switch (op.getApproximation()) {
  case nn::GeluApproximation::None:
    return kernels::unary(Unary::Gelu, operands[0]);
  case nn::GeluApproximation::Tanh:
    return kernels::unary(Unary::GeluTanh, operands[0]);
  case nn::GeluApproximation::Sigmoid:
    return kernels::unary(Unary::GeluSigmoid, operands[0]);
  }
  llvm_unreachable("not an approximation");
}

static llvm::Expected<Tensor> evaluateSwiGLU(nn::SwiGLUOp,
                                             ArrayRef<Tensor> operands) {
  return kernels::binary(Binary::Multiply,
                         kernels::unary(Unary::Silu, operands[0]), operands[1]);
}

static llvm::Expected<Tensor> evaluateClip(nn::ClipOp op,
                                           ArrayRef<Tensor> operands) {
  return kernels::clip(operands[0], op.getMinimum().convertToDouble(),
                       op.getMaximum().convertToDouble());
}

static llvm::Expected<Tensor> evaluateCast(nn::CastOp op,
                                           ArrayRef<Tensor> operands) {
  return kernels::convert(operands[0],
                          getElementTypeOrSelf(op.getResult().getType()));
}

static llvm::Expected<Tensor> evaluateSelect(nn::SelectOp,
                                             ArrayRef<Tensor> operands) {
  return kernels::select(operands[0], operands[1], operands[2]);
}

static void attachUnaryModels(MLIRContext *context) {
  attachUnary<nn::AbsOp, Unary::Abs>(context);
  attachUnary<nn::NegOp, Unary::Negate>(context);
  attachUnary<nn::SignOp, Unary::Sign>(context);
  attachUnary<nn::ReluOp, Unary::Relu>(context);
  attachUnary<nn::FloorOp, Unary::Floor>(context);
  attachUnary<nn::CeilOp, Unary::Ceil>(context);
  attachUnary<nn::RoundOp, Unary::Round>(context);
  attachUnary<nn::ReciprocalOp, Unary::Reciprocal>(context);
  attachUnary<nn::SqrtOp, Unary::Sqrt>(context);
  attachUnary<nn::RsqrtOp, Unary::Rsqrt>(context);
  attachUnary<nn::ExpOp, Unary::Exp>(context);
  attachUnary<nn::LogOp, Unary::Log>(context);
  attachUnary<nn::ErfOp, Unary::Erf>(context);
  attachUnary<nn::TanhOp, Unary::Tanh>(context);
  attachUnary<nn::SigmoidOp, Unary::Sigmoid>(context);
  attachUnary<nn::SiluOp, Unary::Silu>(context);
  attachUnary<nn::SinOp, Unary::Sin>(context);
  attachUnary<nn::CosOp, Unary::Cos>(context);
  attachUnary<nn::TanOp, Unary::Tan>(context);
  attachUnary<nn::AsinOp, Unary::Asin>(context);
  attachUnary<nn::AcosOp, Unary::Acos>(context);
  attachUnary<nn::AtanOp, Unary::Atan>(context);
  attachUnary<nn::SinhOp, Unary::Sinh>(context);
  attachUnary<nn::CoshOp, Unary::Cosh>(context);
  attachUnary<nn::AsinhOp, Unary::Asinh>(context);
  attachUnary<nn::AcoshOp, Unary::Acosh>(context);
  attachUnary<nn::AtanhOp, Unary::Atanh>(context);
  attachUnary<nn::NotOp, Unary::Not>(context);
}

static void attachBinaryModels(MLIRContext *context) {
  attachBinary<nn::AddOp, Binary::Add>(context);
  attachBinary<nn::SubOp, Binary::Subtract>(context);
  attachBinary<nn::MulOp, Binary::Multiply>(context);
  attachBinary<nn::DivOp, Binary::Divide>(context);
  attachBinary<nn::ModOp, Binary::Modulo>(context);
  attachBinary<nn::PowOp, Binary::Power>(context);
  attachBinary<nn::MaxOp, Binary::Maximum>(context);
  attachBinary<nn::MinOp, Binary::Minimum>(context);
  attachBinary<nn::AndOp, Binary::And>(context);
  attachBinary<nn::OrOp, Binary::Or>(context);
  attachBinary<nn::XorOp, Binary::Xor>(context);
  attachComparison<nn::EqualOp, Comparison::Equal>(context);
  attachComparison<nn::LessOp, Comparison::Less>(context);
  attachComparison<nn::LessEqualOp, Comparison::LessEqual>(context);
  attachComparison<nn::GreaterOp, Comparison::Greater>(context);
  attachComparison<nn::GreaterEqualOp, Comparison::GreaterEqual>(context);
}

void atleus::attachElementwiseModels(MLIRContext *context) {
  attachUnaryModels(context);
  attachBinaryModels(context);
  attachEvaluation<nn::GeluOp, evaluateGelu>(context);
  attachEvaluation<nn::SwiGLUOp, evaluateSwiGLU>(context);
  attachEvaluation<nn::ClipOp, evaluateClip>(context);
  attachEvaluation<nn::CastOp, evaluateCast>(context);
  attachEvaluation<nn::SelectOp, evaluateSelect>(context);
}
