// What the patterns that recognise kernels look for.
#include "Matching.h"

using namespace mlir;
using namespace atleus;

bool atleus::isClose(double a, double b, Type elementType) {
  double tolerance = 1e-6;
  if (elementType.isF16())
    tolerance = 1e-3;
  else if (elementType.isBF16())
    tolerance = 8e-3;
  return std::abs(a - b) <= tolerance * std::max(std::abs(a), std::abs(b));
}

Value atleus::otherOperand(Operation *op, Value operand) {
  return op->getOperand(op->getOperand(0) == operand ? 1 : 0);
}

/// The operand of `op` that has the result's shape, with the other one as a
/// number; std::nullopt if no operand is a number.
static std::optional<WithNumber> splitNumber(Operation *op, bool commutes) {
  for (unsigned i : {1u, 0u}) {
    if (i == 0 && !commutes)
      break;
    Value value = op->getOperand(1 - i);
    std::optional<double> number = getConstantSplat(op->getOperand(i));
    if (number && value.getType() == op->getResult(0).getType())
      return WithNumber{value, *number};
  }
  return std::nullopt;
}

std::optional<WithNumber> atleus::matchScaled(Value value) {
  Operation *op = value.getDefiningOp();
  if (isa_and_present<nn::MulOp>(op))
    return splitNumber(op, /*commutes=*/true);
  if (!isa_and_present<nn::DivOp>(op) || !isa<FloatType>(elementTypeOf(value)))
    return std::nullopt;
  std::optional<WithNumber> split = splitNumber(op, /*commutes=*/false);
  if (!split || split->number == 0)
    return std::nullopt;
  return WithNumber{split->value, 1 / split->number};
}

std::optional<WithNumber> atleus::matchShifted(Value value) {
  Operation *op = value.getDefiningOp();
  if (isa_and_present<nn::AddOp>(op))
    return splitNumber(op, /*commutes=*/true);
  if (!isa_and_present<nn::SubOp>(op))
    return std::nullopt;
  std::optional<WithNumber> split = splitNumber(op, /*commutes=*/false);
  if (!split)
    return std::nullopt;
  return WithNumber{split->value, -split->number};
}

static Polynomial addScaled(const Polynomial &a, const Polynomial &b,
                            double factor) {
  Polynomial sum = a;
  for (size_t i = 0; i < sum.size(); ++i)
    sum[i] += factor * b[i];
  return sum;
}

static std::optional<Polynomial> multiply(const Polynomial &a,
                                          const Polynomial &b) {
  Polynomial product = {};
  for (size_t i = 0; i < a.size(); ++i)
    for (size_t j = 0; j < b.size(); ++j) {
      double term = a[i] * b[j];
      if (i + j < product.size())
        product[i + j] += term;
      else if (term != 0)
        return std::nullopt;
    }
  return product;
}

/// Polynomials are small; a deeper expression is none.
static constexpr unsigned maxDepth = 8;

static std::optional<Polynomial> matchPolynomial(Value value, Value x,
                                                 unsigned depth) {
  if (value == x)
    return Polynomial{0, 1, 0, 0};
  if (std::optional<double> number = getConstantSplat(value))
    return Polynomial{*number, 0, 0, 0};
  Operation *op = value.getDefiningOp();
  if (depth == 0 || !op || op->getNumOperands() != 2 ||
      !isa<nn::AddOp, nn::SubOp, nn::MulOp, nn::DivOp, nn::PowOp>(op))
    return std::nullopt;
  auto lhs = matchPolynomial(op->getOperand(0), x, depth - 1);
  auto rhs = lhs ? matchPolynomial(op->getOperand(1), x, depth - 1) : lhs;
  if (!rhs)
    return std::nullopt;
  if (isa<nn::AddOp>(op))
    return addScaled(*lhs, *rhs, 1);
  if (isa<nn::SubOp>(op))
    return addScaled(*lhs, *rhs, -1);
  if (isa<nn::MulOp>(op))
    return multiply(*lhs, *rhs);
  // What is left needs a number on the right.
  if ((*rhs)[1] != 0 || (*rhs)[2] != 0 || (*rhs)[3] != 0)
    return std::nullopt;
  double number = (*rhs)[0];
  if (isa<nn::DivOp>(op))
    return number == 0 ? std::nullopt
                       : std::optional(addScaled({}, *lhs, 1 / number));
  if (number != 2 && number != 3)
    return std::nullopt;
  std::optional<Polynomial> power = multiply(*lhs, *lhs);
  return power && number == 3 ? multiply(*power, *lhs) : power;
}

std::optional<Polynomial> atleus::matchPolynomial(Value value, Value x) {
  return ::matchPolynomial(value, x, maxDepth);
}

Value atleus::matchSquare(Value value) {
  if (auto product = value.getDefiningOp<nn::MulOp>())
    return product.getLhs() == product.getRhs() ? product.getLhs() : Value();
  auto power = value.getDefiningOp<nn::PowOp>();
  if (power && getConstantSplat(power.getRhs()) == 2.0 &&
      power.getLhs().getType() == power.getType())
    return power.getLhs();
  return {};
}

/// The square root whose reciprocal `value` is, or the value itself if it is a
/// reciprocal square root; null if it is neither.
static Operation *matchReciprocalRoot(Value value) {
  Operation *op = value.getDefiningOp();
  if (isa_and_present<nn::RsqrtOp>(op))
    return op;
  if (auto reciprocal = dyn_cast_or_null<nn::ReciprocalOp>(op))
    return reciprocal.getInput().getDefiningOp<nn::SqrtOp>();
  auto quotient = dyn_cast_or_null<nn::DivOp>(op);
  if (quotient && getConstantSplat(quotient.getLhs()) == 1.0 &&
      quotient.getRhs().getType() == quotient.getType())
    return quotient.getRhs().getDefiningOp<nn::SqrtOp>();
  return nullptr;
}

std::optional<RootQuotient> atleus::matchRootQuotient(Operation *op) {
  if (auto quotient = dyn_cast<nn::DivOp>(op)) {
    Operation *root = quotient.getRhs().getDefiningOp<nn::SqrtOp>();
    if (!root)
      return std::nullopt;
    return RootQuotient{quotient.getLhs(), root->getOperand(0),
                        quotient.getRhs()};
  }
  if (!isa<nn::MulOp>(op))
    return std::nullopt;
  for (unsigned i : {0u, 1u})
    if (Operation *root = matchReciprocalRoot(op->getOperand(i)))
      return RootQuotient{op->getOperand(1 - i), root->getOperand(0),
                          op->getOperand(i)};
  return std::nullopt;
}

Value atleus::asTailParameter(OpBuilder &builder, Value parameter,
                              ArrayRef<int64_t> tail) {
  if (!nn::isStatic(parameter))
    return {};
  ArrayRef<int64_t> shape = shapeOf(parameter);
  while (shape.size() > tail.size() && shape.front() == 1)
    shape = shape.drop_front();
  if (shape != tail)
    return {};
  if (shapeOf(parameter) == tail)
    return parameter;
  return builder.createOrFold<nn::ReshapeOp>(
      parameter.getLoc(), RankedTensorType::get(tail, elementTypeOf(parameter)),
      parameter);
}
