// Rules for convolutions of one and two dimensions.
#include "FusedActivation.h"
#include "Rules.h"

using namespace mlir;
using namespace atleus;

namespace {
/// The window of a convolution, a number for each spatial dimension.
struct Window {
  Shape kernel, strides, dilations;
  /// All begins, then all ends.
  Shape pads;
};
} // namespace

/// The attribute `name`, which has `count` numbers, or as many ones or zeros.
static std::optional<Shape> windowAttribute(Node &node, StringRef name,
                                            size_t count, int64_t otherwise) {
  Shape values = node.integersAttribute(name).value_or(Shape(count, otherwise));
  if (values.size() == count)
    return values;
  node.emitError() << "attribute '" << name << "' must have " << count
                   << " numbers, found " << values.size();
  return std::nullopt;
}

/// Pads so that the result has ceil(size / stride) elements.
static Shape samePads(ArrayRef<int64_t> sizes, const Window &window,
                      bool moreAtEnd) {
  size_t count = sizes.size();
  Shape pads(2 * count, 0);
  for (size_t i = 0; i < count; ++i) {
    int64_t steps = (sizes[i] - 1) / window.strides[i];
    int64_t reach = (window.kernel[i] - 1) * window.dilations[i] + 1;
    int64_t total =
        std::max<int64_t>(0, steps * window.strides[i] + reach - sizes[i]);
    pads[i] = moreAtEnd ? total / 2 : (total + 1) / 2;
    pads[count + i] = total - pads[i];
  }
  return pads;
}

static bool setPads(Node &node, ArrayRef<int64_t> sizes, Window &window) {
  StringRef automatic = node.stringAttribute("auto_pad", "NOTSET");
  if (automatic == "NOTSET") {
    auto pads = windowAttribute(node, "pads", 2 * sizes.size(), 0);
    if (pads)
      window.pads = *pads;
    return pads.has_value();
  }
  if (automatic == "VALID")
    window.pads.assign(2 * sizes.size(), 0);
  else if (automatic == "SAME_UPPER" || automatic == "SAME_LOWER")
    window.pads = samePads(sizes, window, automatic == "SAME_UPPER");
  else
    node.emitError() << "attribute 'auto_pad' must be 'NOTSET', 'VALID', "
                        "'SAME_UPPER' or 'SAME_LOWER', found '"
                     << automatic << "'";
  return !node.hasFailed();
}

static std::optional<Window> readWindow(Node &node, Value input, Value weight) {
  ArrayRef<int64_t> sizes = shapeOf(input).drop_front(2);
  Window window;
  window.kernel = Shape(shapeOf(weight).drop_front(2));
  auto kernel = node.integersAttribute("kernel_shape");
  if (kernel && *kernel != window.kernel) {
    node.emitError() << "attribute 'kernel_shape' is ["
                     << ArrayRef<int64_t>(*kernel) << "], but the weight has ["
                     << ArrayRef<int64_t>(window.kernel) << "]";
    return std::nullopt;
  }
  auto strides = windowAttribute(node, "strides", sizes.size(), 1);
  auto dilations = windowAttribute(node, "dilations", sizes.size(), 1);
  if (!strides || !dilations)
    return std::nullopt;
  if (llvm::any_of(*strides, [](int64_t stride) { return stride <= 0; })) {
    node.emitError() << "strides must be positive, found ["
                     << ArrayRef<int64_t>(*strides) << "]";
    return std::nullopt;
  }
  window.strides = *strides;
  window.dilations = *dilations;
  if (!setPads(node, sizes, window))
    return std::nullopt;
  return window;
}

/// A convolution of one dimension as one of two, whose height is 1.
static Value withHeight(Node &node, Value value) {
  SmallVector<int64_t> shape(shapeOf(value));
  shape.insert(shape.begin() + 2, 1);
  return node.reshape(value, shape);
}

static void addHeight(Window &window) {
  window.strides.insert(window.strides.begin(), 1);
  window.dilations.insert(window.dilations.begin(), 1);
  window.pads = {0, window.pads[0], 0, window.pads[1]};
}

static Values convertConv(Node &node) {
  Value input = node.get(0, "X"), weight = node.get(1, "W");
  if (!input || !weight)
    return {};
  size_t rank = shapeOf(input).size();
  if (rank != 3 && rank != 4) {
    node.emitError() << "convolutions of 1 or 2 dimensions are supported, "
                        "found an input of "
                     << rank << " dimensions";
    return {};
  }
  if (!node.requireRank(weight, rank, "W"))
    return {};
  if (!nn::isStatic(weight)) {
    node.emitError() << "the weight of a convolution must be a parameter";
    return {};
  }
  std::optional<Window> window = readWindow(node, input, weight);
  int64_t groups = node.integerAttribute("group", 1);
  if (!window || node.hasFailed())
    return {};
  if (rank == 3) {
    addHeight(*window);
    input = withHeight(node, input);
    weight = withHeight(node, weight);
  }
  Value result = node.emitWithOptional<nn::ConvOp>(
      input, weight, node.getOptional(2), window->strides, window->pads,
      window->dilations, groups);
  if (!result || rank == 4)
    return {result};
  SmallVector<int64_t> shape(shapeOf(result));
  shape.erase(shape.begin() + 2);
  return {node.reshape(result, shape)};
}

/// Conv of com.microsoft with a sum and an activation behind it.
static Values convertFusedConv(Node &node) {
  Values results = convertConv(node);
  if (results.empty())
    return {};
  Value sum = results.front();
  if (Value addend = node.getOptional(3))
    sum = node.emit<nn::AddOp>(sum, addend);
  return {applyFusedActivation(node, sum)};
}

void atleus::addConvolutionRules(Rules &rules) {
  rules.add("Conv", convertConv);
  rules.add("FusedConv", convertFusedConv, "com.microsoft");
}
