// Rules for operators that summarize the elements under a window.
#include "Rules.h"
#include "Windows.h"

using namespace mlir;
using namespace atleus;

/// The first operand of a pooling operator, which has spatial dimensions; null
/// if it has none.
static Value readImage(Node &node) {
  Value input = node.get(0, "X");
  if (!input || shapeOf(input).size() >= 3)
    return input;
  node.emitError() << "input 'X' must have 3 dimensions or more, found "
                   << shapeOf(input).size();
  return {};
}

/// The window of a pooling operator over `input`.
static std::optional<Window> readWindow(Node &node, Value input) {
  ArrayRef<int64_t> sizes = shapeOf(input).drop_front(2);
  auto kernel = node.integersAttribute("kernel_shape");
  if (kernel && kernel->size() == sizes.size())
    return readWindow(node, sizes, *kernel);
  if (kernel)
    node.emitError() << "attribute 'kernel_shape' must have " << sizes.size()
                     << " numbers, found " << kernel->size();
  else if (!node.hasFailed())
    node.emitError() << "attribute 'kernel_shape' is missing";
  return std::nullopt;
}

/// How much further the padding must reach at each end so that, with
/// `ceil_mode`, the window also takes a last step that leaves the padded input.
/// It does not begin there.
static Shape readExtraPads(Node &node, ArrayRef<int64_t> sizes,
                           const Window &window) {
  size_t count = sizes.size();
  Shape extra(count, 0);
  if (node.integerAttribute("ceil_mode", 0) == 0)
    return extra;
  for (size_t i = 0; i < count; ++i) {
    int64_t reach = (window.kernel[i] - 1) * window.dilations[i] + 1;
    int64_t room = sizes[i] + window.pads[i] + window.pads[count + i] - reach;
    if (room < 0)
      continue;
    int64_t stride = window.strides[i];
    int64_t steps = (room + stride - 1) / stride;
    if (steps * stride >= sizes[i] + window.pads[i])
      --steps;
    extra[i] = std::max<int64_t>(0, steps * stride - room);
  }
  return extra;
}

template <typename OpTy>
static Value pool(Node &node, Value input, const Window &window) {
  return node.emit<OpTy>(input, window.kernel, window.strides, window.pads,
                         window.dilations);
}

/// Zeros around the spatial dimensions.
static Value padZeros(Node &node, Value input, ArrayRef<int64_t> pads) {
  if (llvm::all_of(pads, [](int64_t pad) { return pad == 0; }))
    return input;
  Shape low(2, 0), high(2, 0);
  llvm::append_range(low, pads.take_front(pads.size() / 2));
  llvm::append_range(high, pads.drop_front(pads.size() / 2));
  return node.emit<nn::PadOp>(input, low, high, APFloat(0.0));
}

//===----------------------------------------------------------------------===//
// Maximum
//===----------------------------------------------------------------------===//

/// Numbers of elements in row-major order as those in an order in which the
/// first spatial dimension is the fastest.
static Value inColumnOrder(Node &node, Value numbers, ArrayRef<int64_t> sizes) {
  Type type = elementTypeOf(numbers);
  auto constant = [&](int64_t number) {
    return node.scalar(static_cast<double>(number), type);
  };
  int64_t channel = llvm::product_of(sizes);
  Value rest = node.emit<nn::ModOp>(numbers, constant(channel));
  Value result = node.emit<nn::SubOp>(numbers, rest);
  for (size_t i = sizes.size(); i-- > 0;) {
    Value index = node.emit<nn::ModOp>(rest, constant(sizes[i]));
    rest = node.emit<nn::DivOp>(rest, constant(sizes[i]));
    int64_t step = llvm::product_of(sizes.take_front(i));
    result = node.emit<nn::AddOp>(result,
                                  node.emit<nn::MulOp>(index, constant(step)));
  }
  return result;
}

static Values convertMaxPool(Node &node) {
  Value input = readImage(node);
  std::optional<Window> window = input ? readWindow(node, input) : std::nullopt;
  if (!window)
    return {};
  ArrayRef<int64_t> sizes = shapeOf(input).drop_front(2);
  Shape extra = readExtraPads(node, sizes, *window);
  for (size_t i = 0; i < extra.size(); ++i)
    window->pads[extra.size() + i] += extra[i];
  Values results = {pool<nn::MaxPoolOp>(node, input, *window)};
  // It says how the indices count.
  node.ignoreAttribute("storage_order");
  if (!node.isOutputUsed(1))
    return results;
  Value indices = pool<nn::ArgMaxPoolOp>(node, input, *window);
  if (indices && node.integerAttribute("storage_order", 0) != 0)
    indices = inColumnOrder(node, indices, sizes);
  results.push_back(indices);
  return results;
}

/// Puts elements to where a maximum was found; zeros elsewhere.
static Values convertMaxUnpool(Node &node) {
  Value input = readImage(node), indices = node.get(1, "I");
  std::optional<Window> window = input ? readWindow(node, input) : std::nullopt;
  if (!window || !indices)
    return {};
  ArrayRef<int64_t> sizes = shapeOf(input).drop_front(2);
  SmallVector<int64_t> shape(shapeOf(input).take_front(2));
  for (size_t i = 0; i < sizes.size(); ++i)
    shape.push_back((sizes[i] - 1) * window->strides[i] + window->kernel[i] -
                    window->pads[i] - window->pads[sizes.size() + i]);
  if (llvm::any_of(shape, [](int64_t size) { return size < 0; }) ||
      !nn::countElements(shape)) {
    node.emitError() << "the result would have the shape ["
                     << ArrayRef<int64_t>(shape) << "]";
    return {};
  }
  auto flatten = [&](Value value) {
    return node.reshape(value, {llvm::product_of(shapeOf(value))});
  };
  Value zeros = node.splat(0, {llvm::product_of(shape)}, elementTypeOf(input));
  Value result =
      node.emit<nn::ScatterElementsOp>(zeros, flatten(indices), flatten(input),
                                       0, nn::ScatterReduction::Replace);
  result = node.reshape(result, shape);
  if (!node.has(2))
    return {result};
  auto target = node.getIntegers(2, "output_shape");
  if (!target)
    return {};
  if (target->size() != shape.size()) {
    node.emitError() << "input 'output_shape' must have " << shape.size()
                     << " numbers, found " << target->size();
    return {};
  }
  Shape low(shape.size(), 0), high;
  for (auto [size, wanted] : llvm::zip(shape, *target))
    high.push_back(wanted - size);
  return {node.emit<nn::PadOp>(result, low, high, APFloat(0.0))};
}

//===----------------------------------------------------------------------===//
// Mean and norms
//===----------------------------------------------------------------------===//

static Values convertAveragePool(Node &node) {
  Value input = readImage(node);
  std::optional<Window> window = input ? readWindow(node, input) : std::nullopt;
  if (!window)
    return {};
  Shape extra = readExtraPads(node, shapeOf(input).drop_front(2), *window);
  if (node.integerAttribute("count_include_pad", 0) != 0) {
    input = padZeros(node, input, window->pads);
    window->pads.assign(window->pads.size(), 0);
  }
  for (size_t i = 0; i < extra.size(); ++i)
    window->pads[extra.size() + i] += extra[i];
  return {pool<nn::AveragePoolOp>(node, input, *window)};
}

/// |x| to the power of `p`.
static Value powerOfMagnitude(Node &node, Value x, int64_t p) {
  if (p == 2)
    return node.emit<nn::MulOp>(x, x);
  Value magnitude = node.emit<nn::AbsOp>(x);
  if (p == 1 || !magnitude)
    return magnitude;
  return node.emit<nn::PowOp>(
      magnitude, node.scalar(static_cast<double>(p), elementTypeOf(magnitude)));
}

/// The root of order `p`.
static Value root(Node &node, Value x, int64_t p) {
  if (p == 1 || !x)
    return x;
  if (p == 2)
    return node.emit<nn::SqrtOp>(x);
  return node.emit<nn::PowOp>(
      x, node.scalar(1.0 / static_cast<double>(p), elementTypeOf(x)));
}

/// The attribute 'p', the order of a norm.
static std::optional<int64_t> readOrder(Node &node) {
  int64_t p = node.integerAttribute("p", 2);
  if (p >= 1)
    return p;
  node.emitError() << "attribute 'p' must be positive, found " << p;
  return std::nullopt;
}

static Values convertLpPool(Node &node) {
  Value input = readImage(node);
  std::optional<int64_t> p = readOrder(node);
  std::optional<Window> window = input ? readWindow(node, input) : std::nullopt;
  if (!window || !p)
    return {};
  Shape extra = readExtraPads(node, shapeOf(input).drop_front(2), *window);
  for (size_t i = 0; i < extra.size(); ++i)
    window->pads[extra.size() + i] += extra[i];
  // Zeros add nothing to a sum, which is the mean times the size of the window.
  Value powers =
      padZeros(node, powerOfMagnitude(node, input, *p), window->pads);
  window->pads.assign(window->pads.size(), 0);
  Value mean = pool<nn::AveragePoolOp>(node, powers, *window);
  if (!mean)
    return {};
  auto count = static_cast<double>(llvm::product_of(window->kernel));
  Value sum =
      node.emit<nn::MulOp>(mean, node.scalar(count, elementTypeOf(mean)));
  return {root(node, sum, *p)};
}

//===----------------------------------------------------------------------===//
// Whole images
//===----------------------------------------------------------------------===//

/// A reduction of all dimensions behind batch and channels.
template <typename OpTy>
static Value reduceImage(Node &node, Value input) {
  if (!input)
    return {};
  int64_t rank = shapeOf(input).size();
  return node.emit<OpTy>(input, llvm::to_vector(llvm::seq<int64_t>(2, rank)),
                         true);
}

template <typename OpTy>
static Values convertGlobalPool(Node &node) {
  return {reduceImage<OpTy>(node, readImage(node))};
}

static Values convertGlobalLpPool(Node &node) {
  Value input = readImage(node);
  std::optional<int64_t> p = readOrder(node);
  if (!input || !p)
    return {};
  Value powers = powerOfMagnitude(node, input, *p);
  return {root(node, reduceImage<nn::ReduceSumOp>(node, powers), *p)};
}

void atleus::addPoolingRules(Rules &rules) {
  rules.add("MaxPool", convertMaxPool);
  rules.add("MaxUnpool", convertMaxUnpool);
  rules.add("AveragePool", convertAveragePool);
  rules.add("LpPool", convertLpPool);
  rules.addSinceFirst("GlobalAveragePool", convertGlobalPool<nn::ReduceMeanOp>);
  rules.addSinceFirst("GlobalMaxPool", convertGlobalPool<nn::ReduceMaxOp>);
  rules.add("GlobalLpPool", convertGlobalLpPool);
}
