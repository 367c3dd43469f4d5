// Reads the options about sizes and applies them to a model's inputs.
#include "InputShapes.h"

#include "atleus/Interpreter/Tensor.h"

#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace atleus;

using Names = llvm::SmallSetVector<StringRef, 8>;

/// "a, b and c"
static std::string listNames(const Names &names) {
  std::string text;
  llvm::raw_string_ostream os(text);
  for (auto [i, name] : llvm::enumerate(names)) {
    if (i)
      os << (i + 1 == names.size() ? " and " : ", ");
    os << "'" << name << "'";
  }
  return text;
}

static StringRef nameOf(func::FuncOp function, unsigned index) {
  auto name = function.getArgAttrOfType<StringAttr>(index, "onnx.name");
  return name ? name.getValue() : StringRef();
}

/// The name of a dimension of an argument, or an empty string.
static StringRef dimensionName(func::FuncOp function, unsigned index,
                               unsigned dimension) {
  auto names = function.getArgAttrOfType<ArrayAttr>(index, "onnx.dims");
  return names ? cast<StringAttr>(names[dimension]).getValue() : StringRef();
}

/// Inputs and named dimensions of all functions of the module.
static void collectNames(ModuleOp module, Names &inputs, Names &dimensions) {
  for (func::FuncOp function : module.getOps<func::FuncOp>())
    for (unsigned i = 0; i < function.getNumArguments(); ++i) {
      if (StringRef name = nameOf(function, i); !name.empty())
        inputs.insert(name);
      if (auto names = function.getArgAttrOfType<ArrayAttr>(i, "onnx.dims"))
        for (StringAttr name : names.getAsRange<StringAttr>())
          if (!name.empty())
            dimensions.insert(name.getValue());
    }
}

/// Splits "name=value"; names may contain '='.
static std::pair<StringRef, StringRef> splitOption(StringRef text) {
  auto [name, value] = text.rsplit('=');
  return {name.trim(), value.trim()};
}

static std::optional<int64_t> parseSize(StringRef text) {
  int64_t size;
  if (text.getAsInteger(10, size) || size < 0)
    return std::nullopt;
  return size;
}

/// Reports an option that names something the model does not have.
static LogicalResult reportUnknown(ModuleOp module, StringRef kind,
                                   StringRef name, const Names &known) {
  InFlightDiagnostic diagnostic =
      module.emitError() << "the model has no " << kind << " '" << name << "'";
  if (known.empty())
    return diagnostic << "; it has no " << kind << "s";
  return diagnostic << "; it has " << listNames(known);
}

LogicalResult InputShapes::parse(ModuleOp module, ArrayRef<std::string> dims,
                                 ArrayRef<std::string> shapes) {
  Names inputs, dimensions;
  collectNames(module, inputs, dimensions);
  for (StringRef option : dims) {
    auto [name, value] = splitOption(option);
    std::optional<int64_t> size = parseSize(value);
    if (name.empty() || !size)
      return module.emitError()
             << "option 'dims' needs NAME=SIZE, found '" << option << "'";
    if (!dimensions.contains(name))
      return reportUnknown(module, "dimension", name, dimensions);
    this->dims[name] = *size;
  }
  for (StringRef option : shapes) {
    auto [name, value] = splitOption(option);
    SmallVector<StringRef> parts;
    if (!value.empty())
      value.split(parts, 'x');
    SmallVector<int64_t> shape;
    for (StringRef part : parts)
      shape.push_back(parseSize(part).value_or(-1));
    if (name.empty() || llvm::is_contained(shape, -1))
      return module.emitError()
             << "option 'shapes' needs NAME=1x2x3, found '" << option << "'";
    if (!inputs.contains(name))
      return reportUnknown(module, "input", name, inputs);
    this->shapes[name] = shape;
  }
  return success();
}

FailureOr<SmallVector<int64_t>>
InputShapes::applyShape(func::FuncOp function, unsigned index, TensorType type,
                        ArrayRef<int64_t> shape) const {
  StringRef input = nameOf(function, index);
  auto ranked = dyn_cast<RankedTensorType>(type);
  if (!ranked)
    return SmallVector<int64_t>(shape);
  if (ranked.getRank() != static_cast<int64_t>(shape.size()))
    return function.emitError()
           << "input '" << input << "' has " << ranked.getRank()
           << " dimensions, but the option gives " << shape.size();
  for (unsigned i = 0; i < shape.size(); ++i) {
    StringRef name = dimensionName(function, index, i);
    auto known = name.empty() ? dims.end() : dims.find(name);
    int64_t size = known != dims.end() ? known->second : ranked.getDimSize(i);
    if (!ShapedType::isDynamic(size) && size != shape[i])
      return function.emitError()
             << "dimension " << i << " of input '" << input << "' is " << size
             << ", but the option gives " << shape[i];
  }
  return SmallVector<int64_t>(shape);
}

FailureOr<SmallVector<int64_t>>
InputShapes::resolveDimensions(func::FuncOp function, unsigned index,
                               RankedTensorType type) const {
  SmallVector<int64_t> shape(type.getShape());
  for (auto [i, size] : llvm::enumerate(shape)) {
    if (!ShapedType::isDynamic(size))
      continue;
    StringRef name = dimensionName(function, index, i);
    StringRef input = nameOf(function, index);
    auto known = name.empty() ? dims.end() : dims.find(name);
    if (known != dims.end()) {
      size = known->second;
      continue;
    }
    if (!name.empty())
      return function.emitError()
             << "dimension '" << name << "' of input '" << input
             << "' has no value; set it with --dim " << name << "=<size>";
    return function.emitError()
           << "dimension " << i << " of input '" << input
           << "' has no value; set it with --shape " << input << "=<sizes>";
  }
  return shape;
}

FailureOr<RankedTensorType> InputShapes::resolve(func::FuncOp function,
                                                 unsigned index) const {
  StringRef input = nameOf(function, index);
  auto type = dyn_cast<TensorType>(function.getArgumentTypes()[index]);
  if (!type)
    return function.emitError()
           << "input '" << input << "' is no tensor, found "
           << function.getArgumentTypes()[index];
  if (!getElementKind(type.getElementType()))
    return function.emitError()
           << "element type " << type.getElementType() << " of input '" << input
           << "' is not supported";
  FailureOr<SmallVector<int64_t>> shape = failure();
  auto given = shapes.find(input);
  if (given != shapes.end())
    shape = applyShape(function, index, type, given->second);
  else if (auto ranked = dyn_cast<RankedTensorType>(type))
    shape = resolveDimensions(function, index, ranked);
  else
    return function.emitError()
           << "input '" << input << "' has no shape; set it with --shape "
           << input << "=<sizes>";
  if (failed(shape))
    return failure();
  if (!checkedNumElements(*shape))
    return function.emitError()
           << "input '" << input << "' of shape [" << ArrayRef<int64_t>(*shape)
           << "] is too large";
  return RankedTensorType::get(*shape, type.getElementType());
}
