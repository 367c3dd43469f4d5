// Finds the shapes of arguments and says what is missing.
#include "ShapeResolution.h"

#include "atleus/Interpreter/Tensor.h"
#include "dialects/NN/NN.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace atleus;

/// Inputs that a note names before it says how many more there are.
static constexpr size_t namedInputs = 3;

StringRef atleus::getInputName(func::FuncOp function, unsigned index) {
  auto name = function.getArgAttrOfType<StringAttr>(index, "onnx.name");
  return name ? name.getValue() : StringRef();
}

StringRef atleus::getDimensionName(ArrayAttr names, unsigned dimension) {
  return names ? cast<StringAttr>(names[dimension]).getValue() : StringRef();
}

ArrayAttr ShapeResolution::getNames(unsigned index) {
  return function.getArgAttrOfType<ArrayAttr>(index, "onnx.dims");
}

Location ShapeResolution::getLocation(unsigned index) {
  return function.isExternal() ? function.getLoc()
                               : function.getArgument(index).getLoc();
}

//===----------------------------------------------------------------------===//
// What is known
//===----------------------------------------------------------------------===//

LogicalResult ShapeResolution::applyShape(unsigned index,
                                          ArrayRef<int64_t> given) {
  StringRef input = getInputName(function, index);
  std::optional<SmallVector<int64_t>> &shape = shapes[index];
  if (!shape) {
    shape.emplace(given);
    return success();
  }
  if (shape->size() != given.size())
    return function.emitError()
           << "input '" << input << "' has " << shape->size()
           << " dimensions, but the shape " << formatShape(given)
           << " that is given for it has " << given.size();
  for (auto [i, size] : llvm::enumerate(*shape)) {
    if (ShapedType::isDynamic(given[i]) || size == given[i])
      continue;
    if (!ShapedType::isDynamic(size))
      return function.emitError()
             << "dimension " << i << " of input '" << input << "' is " << size
             << ", but " << given[i] << " in the shape " << formatShape(given)
             << " that is given for it";
    size = given[i];
  }
  return success();
}

/// Names of dimensions whose sizes are known get these sizes.
LogicalResult ShapeResolution::bindStatic(unsigned index,
                                          const llvm::Twine &source) {
  ArrayAttr names = getNames(index);
  if (!names || !shapes[index])
    return success();
  for (auto [i, size] : llvm::enumerate(*shapes[index])) {
    StringRef name = getDimensionName(names, i);
    if (name.empty())
      continue;
    dims.declare(name);
    if (!ShapedType::isDynamic(size) &&
        failed(dims.bind(name, size, source,
                         [&] { return function.emitError(); })))
      return failure();
  }
  return success();
}

LogicalResult
ShapeResolution::start(const llvm::StringMap<SmallVector<int64_t>> &given) {
  for (auto [index, argument] : llvm::enumerate(function.getArgumentTypes())) {
    StringRef input = getInputName(function, index);
    auto type = dyn_cast<TensorType>(argument);
    if (!type)
      return function.emitError()
             << "input '" << input << "' is no tensor, found " << argument;
    if (!getElementKind(type.getElementType()))
      return function.emitError()
             << "element type " << type.getElementType() << " of input '"
             << input << "' is not supported";
    shapes.emplace_back();
    if (type.hasRank())
      shapes.back().emplace(type.getShape());
    if (failed(bindStatic(index, "the type of input '" + input + "'")))
      return failure();
    auto shape = given.find(input);
    if (shape == given.end())
      continue;
    if (failed(applyShape(index, shape->second)) ||
        failed(bindStatic(index, "the shape of input '" + input + "'")))
      return failure();
  }
  return success();
}

LogicalResult ShapeResolution::fillIn() {
  if (failed(dims.solve([&] { return function.emitError(); })))
    return failure();
  for (auto [index, shape] : llvm::enumerate(shapes)) {
    ArrayAttr names = getNames(index);
    if (!names || !shape)
      continue;
    for (auto [i, size] : llvm::enumerate(*shape))
      if (ShapedType::isDynamic(size))
        size = dims.lookup(getDimensionName(names, i)).value_or(size);
  }
  return success();
}

bool ShapeResolution::learnFrom(const TensorTypes &results) {
  // Names that results give different sizes say nothing.
  llvm::MapVector<StringRef, std::optional<int64_t>> found;
  for (auto [index, type] : llvm::enumerate(results)) {
    auto names = function.getResultAttrOfType<ArrayAttr>(index, "onnx.dims");
    if (!type || !names || static_cast<int64_t>(names.size()) != type.getRank())
      continue;
    for (auto [i, size] : llvm::enumerate(type.getShape())) {
      StringRef name = getDimensionName(names, i);
      if (name.empty() || dims.lookup(name))
        continue;
      auto [entry, isNew] = found.try_emplace(name, size);
      if (!isNew && entry->second != size)
        entry->second = std::nullopt;
    }
  }
  bool hasLearnt = false;
  for (const auto &[name, size] : found)
    if (size)
      hasLearnt |= succeeded(dims.bind(name, *size, "the results",
                                       [&] { return function.emitError(); }));
  return hasLearnt;
}

TensorTypes ShapeResolution::getTypes() const {
  TensorTypes types;
  for (auto [shape, argument] :
       llvm::zip_equal(shapes, func::FuncOp(function).getArgumentTypes()))
    types.push_back(
        shape && !ShapedType::isDynamicShape(*shape)
            ? RankedTensorType::get(*shape,
                                    cast<TensorType>(argument).getElementType())
            : RankedTensorType());
  return types;
}

LogicalResult ShapeResolution::checkSizes() {
  for (auto [index, shape] : llvm::enumerate(shapes))
    if (shape && !ShapedType::isDynamicShape(*shape) &&
        !nn::countElements(*shape))
      return function.emitError()
             << "input '" << getInputName(function, index) << "' of shape ["
             << ArrayRef<int64_t>(*shape) << "] is too large";
  return success();
}

//===----------------------------------------------------------------------===//
// What is missing
//===----------------------------------------------------------------------===//

/// `text` as a word of a shell's command line.
static std::string quote(const std::string &text) {
  bool isPlain = llvm::all_of(text, [](char c) {
    return llvm::isAlnum(c) || StringRef("_-.,:/=<>").contains(c);
  });
  return isPlain ? text : "'" + text + "'";
}

/// "x=1x<size>x4": the shape as far as it is known.
std::string ShapeResolution::suggestShape(unsigned index) {
  std::string text = getInputName(function, index).str() + "=";
  if (!shapes[index])
    return text + "<sizes>";
  return text + llvm::join(llvm::map_range(*shapes[index],
                                           [](int64_t size) {
                                             return ShapedType::isDynamic(size)
                                                        ? std::string("<size>")
                                                        : std::to_string(size);
                                           }),
                           "x");
}

void ShapeResolution::collectOpenNames(SmallVectorImpl<Open> &open) {
  llvm::MapVector<StringRef, SmallVector<unsigned>> users;
  for (auto [index, shape] : llvm::enumerate(shapes))
    for (unsigned i = 0; shape && i < shape->size(); ++i) {
      StringRef name = getDimensionName(getNames(index), i);
      // A formula gets its value from the dimensions in it.
      if (ShapedType::isDynamic((*shape)[i]) && !name.empty() &&
          !dims.isFormula(name) &&
          (users[name].empty() || users[name].back() != index))
        users[name].push_back(index);
    }
  for (const auto &[name, inputs] : users) {
    std::string text = ("dimension '" + name + "' of " +
                        (inputs.size() == 1 ? "input " : "inputs "))
                           .str();
    llvm::ListSeparator separator;
    for (unsigned index : ArrayRef(inputs).take_front(namedInputs)) {
      text += StringRef(separator);
      text += ("'" + getInputName(function, index) + "'").str();
    }
    if (inputs.size() > namedInputs)
      text += " and " + std::to_string(inputs.size() - namedInputs) + " more";
    open.push_back({text, "--dim " + quote((name + "=<size>").str()),
                    getLocation(inputs.front())});
  }
}

SmallVector<ShapeResolution::Open> ShapeResolution::collectOpen() {
  SmallVector<Open> open;
  collectOpenNames(open);
  for (auto [index, shape] : llvm::enumerate(shapes)) {
    std::string input = ("input '" + getInputName(function, index) + "'").str();
    std::string option = "--shape " + quote(suggestShape(index));
    if (!shape) {
      open.push_back({input, option, getLocation(index)});
      continue;
    }
    SmallVector<std::string> axes;
    for (unsigned i = 0; i < shape->size(); ++i)
      if (ShapedType::isDynamic((*shape)[i]) &&
          getDimensionName(getNames(index), i).empty())
        axes.push_back(std::to_string(i));
    if (!axes.empty())
      open.push_back({(axes.size() == 1 ? "dimension " : "dimensions ") +
                          llvm::join(axes, ", ") + " of " + input,
                      option, getLocation(index)});
  }
  return open;
}

LogicalResult ShapeResolution::reportOpen() {
  SmallVector<Open> open = collectOpen();
  if (open.empty())
    return function.emitError() << "the dimensions of the inputs are formulas "
                                   "that have no solution";
  if (open.size() == 1)
    return function.emitError()
           << open.front().description << " has no value; set it with "
           << open.front().option;
  std::string options = llvm::join(
      llvm::map_range(
          open, [](const Open &item) -> StringRef { return item.option; }),
      " ");
  InFlightDiagnostic error = function.emitError()
                             << open.size() << " sizes of the inputs have no "
                             << "value; set them with " << options;
  for (const Open &item : open)
    error.attachNote(item.location)
        << item.description << " has no value; set it with " << item.option;
  return error;
}
