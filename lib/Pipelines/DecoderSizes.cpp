// Compares the shapes of inputs and results.
#include "atleus/Pipelines/DecoderSizes.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringRef.h"

using namespace mlir;
using namespace atleus;

namespace {
/// A size of a shape: a number, or a name, which may be empty.
struct Dimension {
  int64_t size = ShapedType::kDynamic;
  StringRef name;

  bool isOpen() const { return ShapedType::isDynamic(size); }
  bool operator==(const Dimension &other) const {
    return size == other.size && name == other.name;
  }
};

struct Tensor {
  StringRef name;
  Type elements;
  SmallVector<Dimension> shape;
};

using Names = llvm::SmallSetVector<StringRef, 4>;
} // namespace

static Tensor describe(Type type, StringAttr name, ArrayAttr dims) {
  Tensor tensor;
  tensor.name = name ? name.getValue() : StringRef();
  auto ranked = dyn_cast<RankedTensorType>(type);
  if (!ranked)
    return tensor;
  tensor.elements = ranked.getElementType();
  for (auto [i, size] : llvm::enumerate(ranked.getShape())) {
    auto text =
        dims && i < dims.size() ? dyn_cast<StringAttr>(dims[i]) : StringAttr();
    bool isNamed = ShapedType::isDynamic(size) && text;
    tensor.shape.push_back({size, isNamed ? text.getValue() : StringRef()});
  }
  return tensor;
}

static SmallVector<Tensor> describeInputs(func::FuncOp function) {
  SmallVector<Tensor> tensors;
  for (unsigned i = 0; i < function.getNumArguments(); ++i)
    tensors.push_back(
        describe(function.getArgumentTypes()[i],
                 function.getArgAttrOfType<StringAttr>(i, "onnx.name"),
                 function.getArgAttrOfType<ArrayAttr>(i, "onnx.dims")));
  return tensors;
}

static SmallVector<Tensor> describeResults(func::FuncOp function) {
  SmallVector<Tensor> tensors;
  for (unsigned i = 0; i < function.getNumResults(); ++i)
    tensors.push_back(
        describe(function.getResultTypes()[i],
                 function.getResultAttrOfType<StringAttr>(i, "onnx.name"),
                 function.getResultAttrOfType<ArrayAttr>(i, "onnx.dims")));
  return tensors;
}

/// The axis along which `result` is longer than `input`, if all others are the
/// same. An exporter may have given a size of the result no name, or one of its
/// own; so of several axes that differ, the one counts that `isContext` accepts
/// alone.
static std::optional<unsigned>
findGrowingAxis(const Tensor &input, const Tensor &result,
                function_ref<bool(const Dimension &)> isContext) {
  if (input.elements != result.elements ||
      input.shape.size() != result.shape.size() || input.shape.size() < 3 ||
      !isa_and_nonnull<FloatType>(input.elements))
    return std::nullopt;
  std::optional<unsigned> found;
  for (unsigned axis = 0; axis < input.shape.size(); ++axis) {
    const Dimension &before = input.shape[axis], &after = result.shape[axis];
    if (before == after && !(before.isOpen() && before.name.empty()))
      continue;
    if (!before.isOpen() && !after.isOpen() && after.size <= before.size)
      return std::nullopt;
    if (!isContext(before))
      continue;
    if (found)
      return std::nullopt;
    found = axis;
  }
  return found;
}

namespace {
class DimensionFinder {
public:
  explicit DimensionFinder(func::FuncOp function)
      : inputs(describeInputs(function)), results(describeResults(function)) {}

  DecoderDimensions find();

private:
  void findCaches();
  void pairCaches();
  void findTokens();
  void findBatches();

  SmallVector<Tensor> inputs, results;
  std::vector<bool> areCaches;
  /// What is no cache.
  SmallVector<const Tensor *> otherInputs, otherResults;
  DecoderDimensions found;
};
} // namespace

void DimensionFinder::findCaches() {
  pairCaches();
  // Of fixed sizes, one input that is shorter than a result says little: keys
  // and values are two.
  if (found.context.empty() && found.cacheInputs.size() == 1) {
    found.cacheInputs.clear();
    found.fixedContext.reset();
    found.total.clear();
  }
  for (auto [input, isCache] : llvm::zip_equal(inputs, areCaches))
    if (found.cacheInputs.empty() || !isCache)
      otherInputs.push_back(&input);
}

/// Pairs inputs with results in their order: keys and values of a layer have
/// the same shapes as those of all others.
void DimensionFinder::pairCaches() {
  // The context is in no input of integers, which are about tokens or about
  // both.
  Names elsewhere;
  for (const Tensor &input : inputs)
    if (isa_and_nonnull<IntegerType>(input.elements))
      for (const Dimension &dimension : input.shape)
        elsewhere.insert(dimension.name);
  auto isContext = [&](const Dimension &dimension) {
    return !dimension.isOpen() ||
           (!dimension.name.empty() && !elsewhere.contains(dimension.name));
  };
  std::vector<bool> isTaken(results.size());
  for (const Tensor &input : inputs) {
    bool isCache = false;
    for (size_t i = 0; i < results.size() && !isCache; ++i) {
      if (isTaken[i])
        continue;
      auto axis = findGrowingAxis(input, results[i], isContext);
      if (!axis)
        continue;
      const Dimension &context = input.shape[*axis];
      if (context.isOpen() && found.context.empty())
        found.context = context.name.str();
      if (!context.isOpen())
        found.fixedContext = context.size;
      if (found.total.empty())
        found.total = results[i].shape[*axis].name.str();
      found.cacheInputs.push_back(input.name.str());
      isTaken[i] = isCache = true;
    }
    areCaches.push_back(isCache);
  }
  for (auto [result, taken] : llvm::zip_equal(results, isTaken))
    if (!taken)
      otherResults.push_back(&result);
}

/// The tokens are an open dimension of an input that is no cache; that of a
/// result, too, if there are several. The first dimension is that of the batch,
/// if there are others.
void DimensionFinder::findTokens() {
  Names ofInputs, ofResults;
  llvm::SmallSetVector<int64_t, 4> sizes;
  for (const Tensor *input : otherInputs)
    for (auto [axis, dimension] : llvm::enumerate(input->shape)) {
      if (axis == 0 && input->shape.size() > 1)
        continue;
      if (dimension.isOpen() && !dimension.name.empty() &&
          dimension.name != found.total && dimension.name != found.context)
        ofInputs.insert(dimension.name);
      if (!dimension.isOpen() && axis == 1 && input->shape.size() == 2)
        sizes.insert(dimension.size);
    }
  for (const Tensor *result : otherResults)
    for (const Dimension &dimension : result->shape)
      ofResults.insert(dimension.name);
  for (StringRef name : ofInputs)
    if (found.tokens.empty() && ofResults.contains(name))
      found.tokens = name.str();
  if (found.tokens.empty() && !ofInputs.empty())
    found.tokens = ofInputs.front().str();
  if (found.tokens.empty() && !sizes.empty())
    found.fixedTokens = sizes.front();
}

void DimensionFinder::findBatches() {
  Names batches;
  bool isInput = false;
  for (const Tensor &input : inputs)
    for (auto [axis, dimension] : llvm::enumerate(input.shape)) {
      isInput |= dimension.name == found.total;
      if (dimension.name.empty() || dimension.name == found.total ||
          dimension.name == found.tokens || dimension.name == found.context)
        continue;
      if (axis == 0)
        batches.insert(dimension.name);
    }
  if (!isInput)
    found.total.clear();
  for (StringRef name : batches)
    found.batches.push_back(name.str());
}

DecoderDimensions DimensionFinder::find() {
  findCaches();
  findTokens();
  findBatches();
  return std::move(found);
}

DecoderDimensions atleus::findDecoderDimensions(func::FuncOp function) {
  return DimensionFinder(function).find();
}

std::vector<std::string>
DecoderDimensions::makeSizes(int64_t tokenCount, int64_t contextSize) const {
  std::vector<std::string> sizes;
  auto add = [&](const std::string &name, int64_t size) {
    if (!name.empty())
      sizes.push_back(name + "=" + std::to_string(size));
  };
  add(tokens, tokenCount);
  add(context, contextSize);
  if (!context.empty())
    add(total, tokenCount + contextSize);
  return sizes;
}
