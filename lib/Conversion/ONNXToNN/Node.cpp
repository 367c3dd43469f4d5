// Reads the operands and attributes of a node, reports what is wrong in them.
#include "Node.h"

#include "atleus/Support/NearestName.h"

#include "llvm/ADT/DenseSet.h"

using namespace mlir;
using namespace atleus;

Location atleus::getNodeLocation(onnx::NodeOp op) {
  StringAttr name = op.getNameAttr();
  if (!name || name.empty())
    if (ArrayAttr outputs = op.getOutputNamesAttr();
        outputs && !outputs.empty())
      name = cast<StringAttr>(outputs[0]);
  Location location = op.getLoc();
  if (!name || name.empty())
    return location;
  if (auto named = dyn_cast<NameLoc>(location);
      named && named.getName() == name)
    return location;
  return NameLoc::get(name, location);
}

Type atleus::getONNXElementType(MLIRContext *context, int64_t number) {
  auto integer = [&](unsigned bits, bool isUnsigned = false) {
    return IntegerType::get(context, bits,
                            isUnsigned ? IntegerType::Unsigned
                                       : IntegerType::Signless);
  };
  switch (number) {
  case 1:
    return Float32Type::get(context);
  case 2:
    return integer(8, /*isUnsigned=*/true);
  case 3:
    return integer(8);
  case 4:
    return integer(16, /*isUnsigned=*/true);
  case 5:
    return integer(16);
  case 6:
    return integer(32);
  case 7:
    return integer(64);
  case 9:
    return integer(1);
  case 10:
    return Float16Type::get(context);
  case 11:
    return Float64Type::get(context);
  case 12:
    return integer(32, /*isUnsigned=*/true);
  case 13:
    return integer(64, /*isUnsigned=*/true);
  case 16:
    return BFloat16Type::get(context);
  case 21:
    return integer(4, /*isUnsigned=*/true);
  case 22:
    return integer(4);
  case 25:
    return integer(2, /*isUnsigned=*/true);
  case 26:
    return integer(2);
  default:
    return {};
  }
}

Node::Node(onnx::NodeOp op, ArrayRef<Value> operands, OpBuilder &builder,
           ConstantFolding &folding)
    : KernelBuilder(builder, getNodeLocation(op), op.describe(), folding),
      op(op), operands(operands), readOperands(operands.size()) {}

//===----------------------------------------------------------------------===//
// Operands
//===----------------------------------------------------------------------===//

Value Node::get(unsigned index, StringRef name) {
  if (has(index))
    return operands[index];
  emitError() << "input '" << name << "' (" << index << ") is missing";
  return {};
}

ArrayRef<Value> Node::getAll() {
  if (operands.empty()) {
    emitError() << "needs at least one input";
    return {};
  }
  for (unsigned i = 0; i < operands.size(); ++i)
    if (!get(i, "data"))
      return {};
  return operands;
}

/// The first input of the model on which `value` depends.
static BlockArgument findInput(Value value) {
  SmallVector<Value> stack = {value};
  llvm::DenseSet<Value> seen;
  while (!stack.empty()) {
    Value next = stack.pop_back_val();
    if (!seen.insert(next).second)
      continue;
    if (auto argument = dyn_cast<BlockArgument>(next))
      return argument;
    for (Value operand : llvm::reverse(next.getDefiningOp()->getOperands()))
      stack.push_back(operand);
  }
  return {};
}

void Node::reportComputed(unsigned index, StringRef name) {
  InFlightDiagnostic diagnostic =
      emitError() << "input '" << name << "' must be computable when compiling";
  if (ConstantFolding::isAbsent(operands[index])) {
    diagnostic << "; it has no values, because the model was read without "
                  "those of weights (--weights=none)";
    return;
  }
  BlockArgument input = findInput(operands[index]);
  if (!input) {
    diagnostic << "; it takes too much computation or memory";
    return;
  }
  auto function = cast<func::FuncOp>(input.getOwner()->getParentOp());
  auto inputName = function.getArgAttrOfType<StringAttr>(input.getArgNumber(),
                                                         nn::nameAttribute);
  diagnostic << "; it depends on input '"
             << (inputName ? inputName.getValue() : StringRef("?"))
             << "' of the model";
}

std::optional<Tensor> Node::getConstant(unsigned index, StringRef name) {
  if (!get(index, name))
    return std::nullopt;
  std::optional<Tensor> tensor = getFolding().read(operands[index]);
  if (!tensor)
    reportComputed(index, name);
  return tensor;
}

std::optional<Shape> Node::getIntegers(unsigned index, StringRef name) {
  std::optional<Tensor> tensor = getConstant(index, name);
  if (!tensor)
    return std::nullopt;
  if (isFloat(tensor->getKind()) || tensor->getRank() > 1) {
    emitError() << "input '" << name << "' must be a list of integers, found "
                << tensor->getType();
    return std::nullopt;
  }
  Shape integers;
  for (int64_t i = 0; i < tensor->numElements(); ++i)
    integers.push_back(tensor->getInteger(i));
  return integers;
}

std::optional<int64_t> Node::getInteger(unsigned index, StringRef name) {
  std::optional<Shape> integers = getIntegers(index, name);
  if (!integers)
    return std::nullopt;
  if (integers->size() == 1)
    return integers->front();
  emitError() << "input '" << name << "' must be one integer, found "
              << integers->size();
  return std::nullopt;
}

std::optional<double> Node::getFloat(unsigned index, StringRef name) {
  std::optional<Tensor> tensor = getConstant(index, name);
  if (!tensor)
    return std::nullopt;
  if (tensor->numElements() == 1)
    return tensor->getFloat(0);
  emitError() << "input '" << name << "' must be one number, found "
              << tensor->getType();
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

template <typename T>
T Node::typedAttribute(StringRef name, StringRef kind) {
  Attribute value = attribute(name);
  if (!value)
    return {};
  auto typed = dyn_cast<T>(value);
  if (!typed)
    emitError() << "attribute '" << name << "' must be " << kind << ", found "
                << value;
  return typed;
}

int64_t Node::integerAttribute(StringRef name, int64_t otherwise) {
  auto value = typedAttribute<IntegerAttr>(name, "an integer");
  return value ? value.getInt() : otherwise;
}

double Node::floatAttribute(StringRef name, double otherwise) {
  auto value = typedAttribute<FloatAttr>(name, "a float");
  return value ? value.getValueAsDouble() : otherwise;
}

StringRef Node::stringAttribute(StringRef name, StringRef otherwise) {
  auto value = typedAttribute<StringAttr>(name, "a string");
  return value ? value.getValue() : otherwise;
}

std::optional<Shape> Node::integersAttribute(StringRef name) {
  auto value = typedAttribute<DenseI64ArrayAttr>(name, "a list of integers");
  if (!value)
    return std::nullopt;
  return Shape(value.asArrayRef());
}

std::optional<SmallVector<float>> Node::floatsAttribute(StringRef name) {
  auto value = typedAttribute<DenseF32ArrayAttr>(name, "a list of floats");
  if (!value)
    return std::nullopt;
  return SmallVector<float>(value.asArrayRef());
}

ElementsAttr Node::tensorAttribute(StringRef name) {
  Attribute value = attribute(name);
  auto elements = dyn_cast_or_null<ElementsAttr>(value);
  if (value && !elements)
    emitError() << "attribute '" << name << "' must be a tensor, found "
                << value;
  return elements;
}

Type Node::elementTypeAttribute(StringRef name,
                                std::optional<int64_t> otherwise) {
  if (!hasAttribute(name) && !otherwise) {
    emitError() << "attribute '" << name << "' is missing";
    return {};
  }
  int64_t number = integerAttribute(name, otherwise.value_or(0));
  Type type = getONNXElementType(getBuilder().getContext(), number);
  if (!type)
    emitError() << "attribute '" << name << "' is " << number
                << ", an element type that is not supported";
  return type;
}

std::optional<int64_t> Node::normalizeAxis(int64_t axis, int64_t rank) {
  if (axis >= -rank && axis < rank)
    return axis < 0 ? axis + rank : axis;
  emitError() << "axis must be from " << -rank << " to " << rank - 1
              << ", found " << axis;
  return std::nullopt;
}

std::optional<Shape> Node::normalizeAxes(ArrayRef<int64_t> axes, int64_t rank) {
  Shape normalized;
  for (int64_t axis : axes) {
    std::optional<int64_t> counted = normalizeAxis(axis, rank);
    if (!counted)
      return std::nullopt;
    normalized.push_back(*counted);
  }
  llvm::sort(normalized);
  const int64_t *repeated = llvm::adjacent_find(normalized);
  if (repeated == normalized.end())
    return normalized;
  emitError() << "axis " << *repeated << " stands twice in the axes";
  return std::nullopt;
}

std::optional<int64_t> Node::axisAttribute(int64_t otherwise, int64_t rank,
                                           StringRef name) {
  return normalizeAxis(integerAttribute(name, otherwise), rank);
}

Value Node::parameter(ElementsAttr elements) {
  Value value = constant(elements);
  if (auto named = dyn_cast<NameLoc>(getLocation()))
    value.getDefiningOp()->setAttr(nn::nameAttribute, named.getName());
  return value;
}

bool Node::requireAllRead() {
  for (NamedAttribute given : op.getNodeAttributes()) {
    StringRef name = given.getName();
    if (readAttributes.contains(name))
      continue;
    InFlightDiagnostic error = emitError();
    error << "attribute '" << name << "' is not supported";
    if (op.getDomain().empty() || op.getDomain() == "ai.onnx")
      error << " in operator set " << getOpset();
    std::vector<std::string> known;
    for (StringRef read : readAttributes.keys())
      known.push_back(read.str());
    llvm::sort(known); // The set has no order.
    if (std::string similar = findSimilar(name, known); !similar.empty())
      error << "; did you mean '" << similar << "'?";
  }
  for (unsigned i = 0; i < operands.size(); ++i)
    if (operands[i] && !readOperands.test(i))
      emitError() << "input " << i << " is not supported";
  return !hasFailed();
}

bool Node::requireRank(Value value, int64_t rank, StringRef name) {
  int64_t found = shapeOf(value).size();
  if (found == rank)
    return true;
  emitError() << "input '" << name << "' must have " << rank
              << " dimensions, found " << found;
  return false;
}

bool Node::requireChoice(StringRef name, StringRef value,
                         ArrayRef<StringRef> choices) {
  if (llvm::is_contained(choices, value))
    return true;
  InFlightDiagnostic error = emitError();
  error << "attribute '" << name << "' must be ";
  for (auto [i, choice] : llvm::enumerate(choices))
    error << (i == 0                    ? "'"
              : i + 1 == choices.size() ? " or '"
                                        : ", '")
          << choice << "'";
  error << ", found '" << value << "'";
  return false;
}
