// Verifiers and names of the onnx dialect.
#include "dialects/ONNX/ONNX.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/CheckedArithmetic.h"

using namespace mlir;
using namespace atleus::onnx;

#include "dialects/ONNX/ONNXDialect.cpp.inc"

#define GET_TYPEDEF_CLASSES
#include "dialects/ONNX/ONNXTypes.cpp.inc"

#define GET_OP_CLASSES
#include "dialects/ONNX/ONNXOps.cpp.inc"

void ONNXDialect::initialize() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "dialects/ONNX/ONNXTypes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/ONNX/ONNXOps.cpp.inc"
      >();
}

//===----------------------------------------------------------------------===//
// Attributes of modules, arguments and results
//===----------------------------------------------------------------------===//

LogicalResult ONNXDialect::verifyOperationAttribute(Operation *op,
                                                    NamedAttribute attribute) {
  StringRef name = attribute.getName();
  Attribute value = attribute.getValue();
  if (name == "onnx.ir_version") {
    if (!isa<IntegerAttr>(value))
      return op->emitError("'onnx.ir_version' must be an integer, found ")
             << value;
    return success();
  }
  if (name == "onnx.producer" || name == "onnx.graph") {
    if (!isa<StringAttr>(value))
      return op->emitError()
             << "'" << name << "' must be a string, found " << value;
    return success();
  }
  bool versions = name == "onnx.opsets";
  if (!versions && name != "onnx.metadata")
    return op->emitError() << "'" << name
                           << "' is not an attribute of the onnx dialect";
  auto dictionary = dyn_cast<DictionaryAttr>(value);
  if (!dictionary || !llvm::all_of(dictionary, [&](NamedAttribute entry) {
        return versions ? isa<IntegerAttr>(entry.getValue())
                        : isa<StringAttr>(entry.getValue());
      }))
    return op->emitError() << "'" << name << "' must be a dictionary of "
                           << (versions ? "integers" : "strings") << ", found "
                           << value;
  return success();
}

static LogicalResult verifyName(Operation *op, NamedAttribute attribute) {
  if (isa<StringAttr>(attribute.getValue()))
    return success();
  return op->emitError("'onnx.name' must be a string, found ")
         << attribute.getValue();
}

/// Whether `attribute` names the dimensions of an argument or a result, whose
/// `type` is null where the op has no signature.
static LogicalResult verifyDims(Operation *op, Attribute attribute, Type type,
                                StringRef role) {
  auto names = dyn_cast<ArrayAttr>(attribute);
  if (!names || !llvm::all_of(names, llvm::IsaPred<StringAttr>))
    return op->emitError("'onnx.dims' must be an array of strings, found ")
           << attribute;
  auto ranked = dyn_cast_or_null<RankedTensorType>(type);
  if (!ranked)
    return op->emitError("'onnx.dims' needs ")
           << role << " of ranked tensor type";
  if (static_cast<int64_t>(names.size()) != ranked.getRank())
    return op->emitError("'onnx.dims' names ")
           << names.size() << " dimensions, but the " << role.rsplit(' ').second
           << " has " << ranked.getRank();
  return success();
}

LogicalResult ONNXDialect::verifyRegionArgAttribute(Operation *op,
                                                    unsigned /*regionIndex*/,
                                                    unsigned argIndex,
                                                    NamedAttribute attribute) {
  StringRef name = attribute.getName();
  if (name == "onnx.name")
    return verifyName(op, attribute);
  if (name != "onnx.dims")
    return op->emitError() << "'" << name
                           << "' is not an argument attribute of the onnx "
                              "dialect";
  auto function = dyn_cast<FunctionOpInterface>(op);
  return verifyDims(op, attribute.getValue(),
                    function ? function.getArgumentTypes()[argIndex] : Type(),
                    "an argument");
}

LogicalResult ONNXDialect::verifyRegionResultAttribute(
    Operation *op, unsigned /*regionIndex*/, unsigned resultIndex,
    NamedAttribute attribute) {
  StringRef name = attribute.getName();
  if (name == "onnx.name")
    return verifyName(op, attribute);
  if (name != "onnx.dims")
    return op->emitError() << "'" << name
                           << "' is not a result attribute of the onnx dialect";
  auto function = dyn_cast<FunctionOpInterface>(op);
  return verifyDims(op, attribute.getValue(),
                    function ? function.getResultTypes()[resultIndex] : Type(),
                    "a result");
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// Suggests the value's name in the file as its SSA name, with '_' for what an
/// SSA name cannot hold.
static void suggestName(Value value, StringRef name,
                        OpAsmSetValueNameFn setName) {
  SmallString<64> spelled;
  for (char c : name)
    if (llvm::isAlnum(c) || StringRef("._-$").contains(c))
      spelled.push_back(c);
    else if (!spelled.empty())
      spelled.push_back('_');
  if (!spelled.empty())
    setName(value, spelled);
}

void NodeOp::getAsmResultNames(OpAsmSetValueNameFn setName) {
  if (std::optional<ArrayAttr> names = getOutputNames())
    for (auto [result, name] :
         llvm::zip(getOutputs(), names->getAsRange<StringAttr>()))
      suggestName(result, name, setName);
}

void InitializerOp::getAsmResultNames(OpAsmSetValueNameFn setName) {
  suggestName(getOutput(), getName(), setName);
}

std::string NodeOp::describe() {
  StringRef name = getName().value_or("");
  if (!name.empty())
    return ("node '" + name + "' (" + getOpType() + ")").str();
  if (ArrayAttr names = getOutputNamesAttr())
    for (StringAttr output : names.getAsRange<StringAttr>())
      if (!output.empty())
        return ("node " + getOpType() + " that makes '" + output.getValue() +
                "'")
            .str();
  return ("node " + getOpType()).str();
}

//===----------------------------------------------------------------------===//
// Verifiers
//===----------------------------------------------------------------------===//

LogicalResult NodeOp::verify() {
  // (C1)
  if (getOpType().empty())
    return emitOpError("needs an operator, found an empty 'op_type'");
  // (C2)
  if (static_cast<int64_t>(getOpset()) <= 0)
    return emitOpError("expects a positive 'opset', found ")
           << static_cast<int64_t>(getOpset());
  // (C3)
  if (ArrayAttr names = getOutputNamesAttr())
    if (names.size() != getOutputs().size())
      return emitOpError("has ") << getOutputs().size() << " outputs, but "
                                 << names.size() << " 'output_names'";
  // (C4)
  ArrayAttr graphNames = getGraphNamesAttr();
  size_t named = graphNames ? graphNames.size() : 0;
  if (named != getGraphs().size())
    return emitOpError("has ") << getGraphs().size() << " graphs, but " << named
                               << " 'graph_names'";
  // (C5)
  if (graphNames)
    for (StringAttr name : graphNames.getAsRange<StringAttr>())
      if (getNodeAttributes().contains(name))
        return emitOpError("has ")
               << name << " both as an attribute and as a graph";
  return success();
}

LogicalResult NodeOp::verifyRegions() {
  // (C6); that a region is one block is a constraint of its type.
  for (auto [index, region] : llvm::enumerate(getGraphs()))
    if (!isa<YieldOp>(region.front().back()))
      return emitOpError("expects graph #")
             << index << " to end with 'onnx.yield', found '"
             << region.front().back().getName() << "'";
  return success();
}

std::optional<int64_t> atleus::onnx::getStoredBytes(ShapedType type) {
  Type element = type.getElementType();
  if (!type.hasStaticShape() ||
      !(element.isIntOrFloat() || isa<ComplexType>(element)))
    return std::nullopt;
  int64_t bits;
  if (auto complex = dyn_cast<ComplexType>(element))
    bits = 2 * complex.getElementType().getIntOrFloatBitWidth();
  else
    bits = element.isInteger(1) ? 8 : element.getIntOrFloatBitWidth();
  for (int64_t dim : type.getShape()) {
    std::optional<int64_t> product = llvm::checkedMul(bits, dim);
    if (!product)
      return std::nullopt;
    bits = *product;
  }
  return bits / 8 + (bits % 8 != 0);
}

LogicalResult InitializerOp::verify() {
  // (C1)
  if (getName().empty())
    return emitOpError("needs a name");
  // (C2)
  auto resource = dyn_cast<DenseResourceElementsAttr>(getValue());
  AsmResourceBlob *blob =
      resource ? resource.getRawHandle().getBlob() : nullptr;
  if (!blob)
    return success();
  std::optional<int64_t> expected = getStoredBytes(resource.getType());
  if (!expected)
    return emitOpError("has a resource of type ")
           << resource.getType() << ", whose size in bytes is not known";
  if (static_cast<uint64_t>(*expected) != blob->getData().size())
    return emitOpError("'")
           << getName() << "' of type " << resource.getType() << " needs "
           << *expected << " bytes, but its resource has "
           << blob->getData().size();
  return success();
}
