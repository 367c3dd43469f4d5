// Registration of the dialect and what is true of all its ops.
#include "dialects/NN/NNShared.h"

#include "mlir/IR/Builders.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::nn;

#include "dialects/NN/NNDialect.cpp.inc"

namespace {
/// Prints each quantized type once, as an alias: a per-channel type holds a
/// scale for every channel.
struct TypeAliases : public OpAsmDialectInterface {
  using OpAsmDialectInterface::OpAsmDialectInterface;

  AliasResult getAlias(Type type, raw_ostream &os) const final {
    if (!isa<quant::UniformQuantizedPerAxisType>(type))
      return AliasResult::NoAlias;
    os << "per_axis";
    return AliasResult::OverridableAlias;
  }
};
} // namespace

void NNDialect::initialize() {
  registerNNDialectOperations0(this);
  registerNNDialectOperations1(this);
  addInterfaces<TypeAliases>();
}

Operation *NNDialect::materializeConstant(OpBuilder &builder, Attribute value,
                                          Type type, Location loc) {
  auto elements = dyn_cast<ElementsAttr>(value);
  if (!elements || elements.getType() != type)
    return nullptr;
  return ConstantOp::create(builder, loc, elements);
}

/// Checks that an attribute is `nn.name` and a string.
static LogicalResult verifyName(Operation *op, NamedAttribute attribute) {
  if (attribute.getName() != nameAttribute)
    return op->emitError() << "unknown attribute '" << attribute.getName()
                           << "'; the nn dialect has '" << nameAttribute << "'";
  if (!isa<StringAttr>(attribute.getValue()))
    return op->emitError() << "'" << nameAttribute
                           << "' must be a string, found "
                           << attribute.getValue();
  return success();
}

LogicalResult NNDialect::verifyOperationAttribute(Operation *op,
                                                  NamedAttribute attribute) {
  return verifyName(op, attribute);
}

LogicalResult NNDialect::verifyRegionArgAttribute(Operation *op, unsigned,
                                                  unsigned,
                                                  NamedAttribute attribute) {
  return verifyName(op, attribute);
}

LogicalResult NNDialect::verifyRegionResultAttribute(Operation *op, unsigned,
                                                     unsigned,
                                                     NamedAttribute attribute) {
  return verifyName(op, attribute);
}

StringRef nn::getKernelName(Operation *op) {
  auto name = op->getAttrOfType<StringAttr>(nameAttribute);
  return name ? name.getValue() : StringRef();
}

bool nn::isQuantized(Type type) {
  return isa<quant::QuantizedType>(getElementTypeOrSelf(type));
}

unsigned nn::getElementBits(Type elementType) {
  if (auto quantized = dyn_cast<quant::QuantizedType>(elementType))
    return quantized.getStorageTypeIntegralWidth();
  unsigned bits = elementType.getIntOrFloatBitWidth();
  return bits == 1 ? 8 : bits;
}

int64_t nn::getNumBytes(RankedTensorType type) {
  return (type.getNumElements() * getElementBits(type.getElementType()) + 7) /
         8;
}

bool nn::isStatic(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op || op->getName().getDialectNamespace() !=
                 NNDialect::getDialectNamespace())
    return false;
  return llvm::all_of(op->getOperands(), isStatic);
}

ArrayRef<int64_t> nn::getShape(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}
