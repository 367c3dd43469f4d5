// Rules for operators that work element by element.
#include "Rules.h"

using namespace mlir;
using namespace atleus;

template <typename OpTy>
static Values convertUnary(Node &node) {
  return {node.emit<OpTy>(node.get(0, "X"))};
}

template <typename OpTy>
static Values convertBinary(Node &node) {
  return {node.emit<OpTy>(node.get(0, "A"), node.get(1, "B"))};
}

/// The operands of a binary operator. Before opset 7 only the second one was
/// broadcast, and only if attributes said so: its dimensions are those of the
/// first one from `axis` on, or the last ones.
static std::pair<Value, Value> readBroadcast(Node &node) {
  Value lhs = node.get(0, "A"), rhs = node.get(1, "B");
  if (!lhs || !rhs || node.getOpset() >= 7)
    return {lhs, rhs};
  ArrayRef<int64_t> shape = shapeOf(lhs);
  SmallVector<int64_t> other(shapeOf(rhs));
  int64_t rank = shape.size(), rhsRank = other.size();
  if (node.integerAttribute("broadcast", 0) == 0) {
    // Nothing is broadcast along an axis.
    node.ignoreAttribute("axis");
    if (ArrayRef<int64_t>(other) == shape)
      return {lhs, rhs};
    node.emitError() << "operands have shapes [" << shape << "] and ["
                     << ArrayRef<int64_t>(other)
                     << "], which must be equal without the attribute "
                        "'broadcast' before opset 7";
    return {};
  }
  int64_t axis = node.integerAttribute("axis", rank - rhsRank);
  if (axis < 0)
    axis += rank;
  if (axis < 0 || axis > rank - rhsRank) {
    node.emitError() << "attribute 'axis' must be from 0 to " << rank - rhsRank
                     << ", found " << axis;
    return {};
  }
  other.append(rank - axis - rhsRank, 1);
  return {lhs, node.reshape(rhs, other)};
}

template <typename OpTy>
static Values convertBroadcast(Node &node) {
  auto [lhs, rhs] = readBroadcast(node);
  return {node.emit<OpTy>(lhs, rhs)};
}

/// An operator of any number of operands.
template <typename OpTy>
static Values convertVariadic(Node &node) {
  ArrayRef<Value> operands = node.getAll();
  if (operands.empty())
    return {};
  Value result = operands.front();
  for (Value operand : operands.drop_front())
    result = node.emit<OpTy>(result, operand);
  return {result};
}

static Values convertMean(Node &node) {
  Values sum = convertVariadic<nn::AddOp>(node);
  if (sum.empty() || !sum.front())
    return {};
  Value count = node.scalar(node.getNumOperands(), elementTypeOf(sum.front()));
  return {node.emit<nn::DivOp>(sum.front(), count)};
}

static Values convertIdentity(Node &node) { return {node.get(0, "input")}; }

/// Whether a Dropout drops anything: only in training mode, and only if its
/// ratio is not zero. Fails if that cannot be known.
static std::optional<bool> dropsAnything(Node &node) {
  if (node.getOpset() < 7 && node.integerAttribute("is_test", 0) == 0)
    return node.floatAttribute("ratio", 0.5) != 0;
  if (node.getOpset() < 12 || !node.has(2))
    return false;
  std::optional<int64_t> isTraining = node.getInteger(2, "training_mode");
  if (!isTraining || *isTraining == 0)
    return isTraining ? std::optional(false) : std::nullopt;
  std::optional<double> ratio = 0.5;
  if (node.has(1))
    ratio = node.getFloat(1, "ratio");
  return ratio ? std::optional(*ratio != 0) : std::nullopt;
}

static Values convertDropout(Node &node) {
  // They do not matter where nothing is dropped.
  node.ignoreAttribute("ratio");
  node.ignoreAttribute("seed");
  if (node.getOpset() >= 12)
    node.ignoreInput(1);
  std::optional<bool> drops = dropsAnything(node);
  if (!drops)
    return {};
  if (*drops) {
    node.emitError() << "dropout in training mode is not supported";
    return {};
  }
  Value data = node.get(0, "data");
  if (!data)
    return {};
  if (!node.isOutputUsed(1))
    return {data};
  // Nothing is dropped: the mask, of the data's type before opset 10, is true.
  Type maskType = node.getOpset() < 10 ? elementTypeOf(data)
                                       : Type(node.getBuilder().getI1Type());
  return {data, node.splat(1, shapeOf(data), maskType)};
}

/// Attributes of casts to floats of 8 bits, a type that is not supported.
static void ignoreFloat8(Node &node) {
  node.ignoreAttribute("saturate");
  node.ignoreAttribute("round_mode");
}

static Values convertCast(Node &node) {
  ignoreFloat8(node);
  Type type = node.elementTypeAttribute("to");
  if (!type)
    return {};
  return {node.castElements(node.get(0, "input"), type)};
}

static Values convertCastLike(Node &node) {
  ignoreFloat8(node);
  Value input = node.get(0, "input"), target = node.get(1, "target_type");
  if (!target)
    return {};
  return {node.castElements(input, elementTypeOf(target))};
}

/// base to the power of a constant that needs no power, or null.
static Value simplePower(Node &node, Value base, double exponent) {
  if (exponent == 1)
    return base;
  if (exponent == 2)
    return node.emit<nn::MulOp>(base, base);
  if (exponent == 3)
    return node.emit<nn::MulOp>(node.emit<nn::MulOp>(base, base), base);
  if (exponent == 0.5 && isa<FloatType>(elementTypeOf(base)))
    return node.emit<nn::SqrtOp>(base);
  return {};
}

static Values convertPow(Node &node) {
  auto [base, exponent] = readBroadcast(node);
  if (!base || !exponent)
    return {};
  std::optional<double> number = getConstantSplat(exponent);
  if (number && shapeOf(exponent).size() <= shapeOf(base).size() &&
      llvm::all_of(shapeOf(exponent), [](int64_t size) { return size == 1; }))
    if (Value simple = simplePower(node, base, *number))
      return {simple};
  return {node.emit<nn::PowOp>(
      base, node.castElements(exponent, elementTypeOf(base)))};
}

static Values convertMod(Node &node) {
  Value lhs = node.get(0, "A"), rhs = node.get(1, "B");
  if (!lhs || !rhs)
    return {};
  bool isFloat = isa<FloatType>(elementTypeOf(lhs));
  bool signOfDividend = node.integerAttribute("fmod", 0) != 0;
  if (isFloat && !signOfDividend) {
    node.emitError() << "attribute 'fmod' must be 1 for floats, found 0";
    return {};
  }
  if (isFloat || !signOfDividend)
    return {node.emit<nn::ModOp>(lhs, rhs)};
  // a - b * trunc(a / b)
  Value multiple = node.emit<nn::MulOp>(node.emit<nn::DivOp>(lhs, rhs), rhs);
  return {node.emit<nn::SubOp>(lhs, multiple)};
}

static Values convertWhere(Node &node) {
  return {node.emit<nn::SelectOp>(node.get(0, "condition"), node.get(1, "X"),
                                  node.get(2, "Y"))};
}

static Values convertIsNaN(Node &node) {
  Value input = node.get(0, "X");
  return {node.emit<nn::NotOp>(node.emit<nn::EqualOp>(input, input))};
}

/// Whether a number is infinite, of either sign or of one.
static Values convertIsInf(Node &node) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  Value input = node.get(0, "X");
  if (!input)
    return {};
  if (!isa<FloatType>(elementTypeOf(input))) {
    node.emitError() << "input 'X' must hold floating-point numbers, found "
                     << elementTypeOf(input);
    return {};
  }
  bool positive = node.integerAttribute("detect_positive", 1) != 0;
  bool negative = node.integerAttribute("detect_negative", 1) != 0;
  if (!positive && !negative)
    return {node.splat(0, shapeOf(input), node.getBuilder().getI1Type())};
  if (positive && negative)
    input = node.emit<nn::AbsOp>(input);
  if (!input)
    return {};
  Value limit =
      node.scalar(positive ? infinity : -infinity, elementTypeOf(input));
  return {node.emit<nn::EqualOp>(input, limit)};
}

/// A shift of unsigned integers, as a product with or a quotient by a power of
/// two.
static Values convertBitShift(Node &node) {
  Value input = node.get(0, "X"), amount = node.get(1, "Y");
  StringRef direction = node.stringAttribute("direction", "");
  if (!input || !amount)
    return {};
  if (!elementTypeOf(input).isUnsignedInteger()) {
    node.emitError() << "input 'X' must hold unsigned integers, found "
                     << elementTypeOf(input);
    return {};
  }
  Value power =
      node.emit<nn::PowOp>(node.scalar(2, elementTypeOf(input)), amount);
  if (direction == "LEFT")
    return {node.emit<nn::MulOp>(input, power)};
  if (direction == "RIGHT")
    return {node.emit<nn::DivOp>(input, power)};
  node.emitError() << "attribute 'direction' must be 'LEFT' or 'RIGHT', found '"
                   << direction << "'";
  return {};
}

void atleus::addElementwiseRules(Rules &rules) {
  rules.add("Abs", convertUnary<nn::AbsOp>);
  rules.add("Neg", convertUnary<nn::NegOp>);
  rules.add("Sign", convertUnary<nn::SignOp>);
  rules.add("Floor", convertUnary<nn::FloorOp>);
  rules.add("Ceil", convertUnary<nn::CeilOp>);
  rules.add("Round", convertUnary<nn::RoundOp>);
  rules.add("Reciprocal", convertUnary<nn::ReciprocalOp>);
  rules.add("Sqrt", convertUnary<nn::SqrtOp>);
  rules.add("Exp", convertUnary<nn::ExpOp>);
  rules.add("Log", convertUnary<nn::LogOp>);
  rules.add("Erf", convertUnary<nn::ErfOp>);
  rules.add("Sin", convertUnary<nn::SinOp>);
  rules.add("Cos", convertUnary<nn::CosOp>);
  rules.add("Tan", convertUnary<nn::TanOp>);
  rules.add("Asin", convertUnary<nn::AsinOp>);
  rules.add("Acos", convertUnary<nn::AcosOp>);
  rules.add("Atan", convertUnary<nn::AtanOp>);
  rules.add("Sinh", convertUnary<nn::SinhOp>);
  rules.add("Cosh", convertUnary<nn::CoshOp>);
  rules.add("Asinh", convertUnary<nn::AsinhOp>);
  rules.add("Acosh", convertUnary<nn::AcoshOp>);
  rules.add("Atanh", convertUnary<nn::AtanhOp>);
  rules.addSinceFirst("Not", convertUnary<nn::NotOp>);
  rules.add("IsNaN", convertIsNaN);
  rules.add("IsInf", convertIsInf);
  rules.add("BitShift", convertBitShift);
  rules.add("Identity", convertIdentity);
  rules.add("Dropout", convertDropout);
  rules.add("Cast", convertCast);
  rules.add("CastLike", convertCastLike);
  rules.add("Add", convertBroadcast<nn::AddOp>);
  rules.add("Sub", convertBroadcast<nn::SubOp>);
  rules.add("Mul", convertBroadcast<nn::MulOp>);
  rules.add("Div", convertBroadcast<nn::DivOp>);
  rules.add("Mod", convertMod);
  rules.add("Pow", convertPow);
  rules.add("Equal", convertBroadcast<nn::EqualOp>);
  rules.add("Less", convertBroadcast<nn::LessOp>);
  rules.add("LessOrEqual", convertBinary<nn::LessEqualOp>);
  rules.add("Greater", convertBroadcast<nn::GreaterOp>);
  rules.add("GreaterOrEqual", convertBinary<nn::GreaterEqualOp>);
  rules.add("And", convertBroadcast<nn::AndOp>);
  rules.add("Or", convertBroadcast<nn::OrOp>);
  rules.add("Xor", convertBroadcast<nn::XorOp>);
  rules.add("Max", convertVariadic<nn::MaxOp>);
  rules.add("Min", convertVariadic<nn::MinOp>);
  rules.add("Sum", convertVariadic<nn::AddOp>);
  rules.add("Mean", convertMean);
  rules.add("Where", convertWhere);
}
