// Registration of the dialect and what is true of all its ops.
#include "dialects/NN/NNShared.h"
#include "dialects/NN/ONNXValues.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::nn;

#include "dialects/NN/NNDialect.cpp.inc"
#include "dialects/NN/NNEnums.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/NN/NNAttributes.cpp.inc"

#define GET_TYPEDEF_CLASSES
#include "dialects/NN/NNTypes.cpp.inc"

namespace {
/// Prints quantized types of many scales once, as an alias: those with a scale
/// for every channel or for every block.
struct TypeAliases : public OpAsmDialectInterface {
  using OpAsmDialectInterface::OpAsmDialectInterface;

  AliasResult getAlias(Type type, raw_ostream &os) const final {
    if (isa<quant::UniformQuantizedPerAxisType>(type))
      os << "per_axis";
    else if (isa<quant::UniformQuantizedSubChannelType>(type))
      os << "per_block";
    else
      return AliasResult::NoAlias;
    return AliasResult::OverridableAlias;
  }
};
} // namespace

void NNDialect::initialize() {
  registerNNDialectOperations0(this);
  registerNNDialectOperations1(this);
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialects/NN/NNAttributes.cpp.inc"
      >();
  addTypes<
#define GET_TYPEDEF_LIST
#include "dialects/NN/NNTypes.cpp.inc"
      >();
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
    return op->emitError() << "unknown attribute '"
                           << attribute.getName().getValue()
                           << "'; the nn dialect has '" << nameAttribute << "'";
  if (!isa<StringAttr>(attribute.getValue()))
    return op->emitError() << "'" << nameAttribute
                           << "' must be a string, found "
                           << attribute.getValue();
  return success();
}

/// Checks that there is one string for each result.
static LogicalResult verifyONNXValues(Operation *op, Attribute attribute) {
  auto names = dyn_cast<ArrayAttr>(attribute);
  if (!names || !llvm::all_of(names, llvm::IsaPred<StringAttr>) ||
      names.size() != op->getNumResults())
    return op->emitError() << "'" << onnxValuesAttribute << "' must be "
                           << op->getNumResults()
                           << " strings, one for each result, found "
                           << attribute;
  return success();
}

/// Checks that a precision stands on a product.
static LogicalResult verifyPrecision(Operation *op, Attribute attribute) {
  if (!isa<LinearOp, MatMulOp, AttentionOp>(op))
    return op->emitError() << "'" << precisionAttribute
                           << "' must be on a product";
  if (!isa<PrecisionAttr>(attribute))
    return op->emitError() << "'" << precisionAttribute
                           << "' must be a '#nn.precision', found "
                           << attribute;
  return success();
}

LogicalResult NNDialect::verifyOperationAttribute(Operation *op,
                                                  NamedAttribute attribute) {
  if (attribute.getName() == onnxValuesAttribute)
    return verifyONNXValues(op, attribute.getValue());
  if (attribute.getName() == precisionAttribute)
    return verifyPrecision(op, attribute.getValue());
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
  auto quantized = dyn_cast<quant::QuantizedType>(getElementTypeOrSelf(type));
  return quantized && quantized.getStorageType() &&
         quantized.getExpressedType();
}

bool nn::isCoded(Type type) {
  return isa<CodebookType>(getElementTypeOrSelf(type));
}

std::optional<int64_t> nn::countElements(ArrayRef<int64_t> shape) {
  int64_t count = 1;
  for (int64_t size : shape) {
    if (size < 0 || size > maxElements || llvm::MulOverflow(count, size, count))
      return std::nullopt;
    if (count > maxElements)
      return std::nullopt;
  }
  return count;
}

unsigned nn::getElementBits(Type elementType) {
  if (auto quantized = dyn_cast<quant::QuantizedType>(elementType))
    return quantized.getStorageTypeIntegralWidth();
  if (auto codebook = dyn_cast<CodebookType>(elementType))
    return codebook.getCodeBits();
  unsigned bits = elementType.getIntOrFloatBitWidth();
  return bits == 1 ? 8 : bits;
}

int64_t nn::getNumBytes(RankedTensorType type) {
  int64_t elements = type.getNumElements();
  int64_t bytes =
      llvm::divideCeil(elements * getElementBits(type.getElementType()), 8);
  if (auto codebook = dyn_cast<CodebookType>(type.getElementType()))
    bytes += llvm::divideCeil(elements, codebook.getBlock()) * sizeof(float);
  return bytes;
}

/// The operand that a kernel hands to its region as `argument`, or null.
static Value kernelOperand(BlockArgument argument) {
  Operation *parent = argument.getOwner()->getParentOp();
  unsigned number = argument.getArgNumber();
  if (!isa_and_nonnull<KernelOpInterface>(parent) ||
      number >= parent->getNumOperands())
    return {};
  return parent->getOperand(number);
}

bool nn::isStatic(Value value) {
  llvm::SmallPtrSet<Operation *, 8> seen;
  SmallVector<Value> open = {value};
  while (!open.empty()) {
    Value next = open.pop_back_val();
    if (auto argument = dyn_cast<BlockArgument>(next)) {
      open.push_back(kernelOperand(argument));
      if (!open.back())
        return false;
      continue;
    }
    Operation *op = next.getDefiningOp();
    if (!isa_and_nonnull<NNDialect>(op->getDialect()))
      return false;
    if (seen.insert(op).second)
      llvm::append_range(open, op->getOperands());
  }
  return true;
}

ArrayRef<int64_t> nn::getShape(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}
