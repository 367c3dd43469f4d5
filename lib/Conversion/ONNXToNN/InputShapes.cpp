// Reads the options about sizes and applies them to a model's inputs.
#include "InputShapes.h"

#include "ShapeResolution.h"

#include "atleus/Support/NearestName.h"

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

/// Inputs and named dimensions of all functions of the module.
static void collectNames(ModuleOp module, Names &inputs, Names &dimensions) {
  for (func::FuncOp function : module.getOps<func::FuncOp>())
    for (unsigned i = 0; i < function.getNumArguments(); ++i) {
      if (StringRef name = getInputName(function, i); !name.empty())
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

/// Reports an option that names something the model does not have. A name of
/// the other kind says that the other option is meant.
static LogicalResult reportUnknown(ModuleOp module, StringRef kind,
                                   StringRef name, const Names &known,
                                   const Names &others, StringRef advice) {
  InFlightDiagnostic diagnostic =
      module.emitError() << "the model has no " << kind << " '" << name << "'";
  if (others.contains(name))
    return diagnostic << "; " << advice;
  if (known.empty())
    return diagnostic << "; it has no " << kind << "s";
  std::vector<std::string> candidates;
  for (StringRef candidate : known)
    candidates.push_back(candidate.str());
  diagnostic << "; it has " << listNames(known);
  if (std::string similar = findSimilar(name, candidates); !similar.empty())
    diagnostic << "; did you mean '" << similar << "'?";
  return diagnostic;
}

LogicalResult InputShapes::parseDimension(ModuleOp module, StringRef option,
                                          const Names &inputs,
                                          const Names &dimensions) {
  auto [name, value] = splitOption(option);
  std::optional<int64_t> size = parseSize(value);
  if (name.empty() || !size)
    return module.emitError()
           << "option 'dims' needs NAME=SIZE, found '" << option << "'";
  if (!dimensions.contains(name))
    return reportUnknown(module, "dimension", name, dimensions, inputs,
                         "it is an input: set its shape with --shape");
  return dims.bind(name, *size, "--dim " + option,
                   [&] { return module.emitError(); });
}

LogicalResult InputShapes::parseShape(ModuleOp module, StringRef option,
                                      const Names &inputs,
                                      const Names &dimensions) {
  auto [name, value] = splitOption(option);
  SmallVector<StringRef> parts;
  if (!value.empty())
    value.split(parts, 'x');
  SmallVector<int64_t> shape;
  for (StringRef part : parts)
    shape.push_back(part == "?" ? ShapedType::kDynamic
                                : parseSize(part).value_or(-1));
  if (name.empty() || llvm::is_contained(shape, -1))
    return module.emitError()
           << "option 'shapes' needs NAME=1x2x3, found '" << option << "'";
  if (!inputs.contains(name))
    return reportUnknown(module, "input", name, inputs, dimensions,
                         "it is a dimension: set its size with --dim");
  if (!shapes.try_emplace(name, shape).second)
    return module.emitError()
           << "option 'shapes' has two shapes for input '" << name << "'";
  return success();
}

LogicalResult InputShapes::parse(ModuleOp module, ArrayRef<std::string> dims,
                                 ArrayRef<std::string> shapes) {
  Names inputs, dimensions;
  collectNames(module, inputs, dimensions);
  for (StringRef name : dimensions)
    this->dims.declare(name);
  for (StringRef option : dims)
    if (failed(parseDimension(module, option, inputs, dimensions)))
      return failure();
  for (StringRef option : shapes)
    if (failed(parseShape(module, option, inputs, dimensions)))
      return failure();
  return success();
}

FailureOr<TensorTypes> InputShapes::resolve(func::FuncOp function,
                                            InferResults inferResults) const {
  ShapeResolution resolution(function, dims);
  if (failed(resolution.start(shapes)) || failed(resolution.fillIn()) ||
      failed(resolution.checkSizes()))
    return failure();
  while (!resolution.isComplete()) {
    if (!resolution.learnFrom(inferResults(resolution.getTypes())))
      return resolution.reportOpen();
    if (failed(resolution.fillIn()) || failed(resolution.checkSizes()))
      return failure();
  }
  return resolution.getTypes();
}
