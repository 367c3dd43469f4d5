// Rules for convolutions of one and two dimensions.
#include "ConvolutionRule.h"
#include "QuantizedTypes.h"
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
  window.kernel.insert(window.kernel.begin(), 1);
  window.strides.insert(window.strides.begin(), 1);
  window.dilations.insert(window.dilations.begin(), 1);
  window.pads = {0, window.pads[0], 0, window.pads[1]};
}

/// Makes a convolution of one dimension one of two and reads its window.
/// Nothing if the node is no convolution that is supported.
static std::optional<Window> prepare(Node &node, Value &input, Value &weight,
                                     bool needsParameter) {
  size_t rank = shapeOf(input).size();
  if (rank != 3 && rank != 4) {
    node.emitError() << "convolutions of 1 or 2 dimensions are supported, "
                        "found an input of "
                     << rank << " dimensions";
    return std::nullopt;
  }
  if (!node.requireRank(weight, rank, "W"))
    return std::nullopt;
  if (needsParameter && !nn::isStatic(weight)) {
    node.emitError() << "the weight of a convolution must be a parameter";
    return std::nullopt;
  }
  std::optional<Window> window = readWindow(node, input, weight);
  if (window && rank == 3) {
    addHeight(*window);
    input = withHeight(node, input);
    weight = withHeight(node, weight);
  }
  return window;
}

/// The result of a convolution without its height, if `rank` is that of one
/// dimension.
static Value dropHeight(Node &node, Value result, size_t rank) {
  if (!result || rank == 4)
    return result;
  SmallVector<int64_t> shape(shapeOf(result));
  shape.erase(shape.begin() + 2);
  return node.reshape(result, shape);
}

Value atleus::convertConvolution(Node &node, Value input, Value weight,
                                 Value bias) {
  size_t rank = shapeOf(input).size();
  std::optional<Window> window =
      prepare(node, input, weight, /*needsParameter=*/true);
  int64_t groups = node.integerAttribute("group", 1);
  if (!window || node.hasFailed())
    return {};
  return dropHeight(node,
                    node.emitWithOptional<nn::ConvOp>(
                        input, weight, bias, window->strides, window->pads,
                        window->dilations, groups),
                    rank);
}

/// Integers less a zero point that is found when the model runs, in 16 bits.
static Value subtractZeroPoint(Node &node, Value value, Value zeroPoint) {
  Type i32 = node.getBuilder().getI32Type();
  Value difference = node.emit<nn::SubOp>(node.castElements(value, i32),
                                          node.castElements(zeroPoint, i32));
  return node.castElements(difference, node.getBuilder().getIntegerType(16));
}

/// The image's windows as rows of integers; outside of the image they hold the
/// zero point.
static Value integerPatches(Node &node, Value input, const Window &window,
                            Value zeroPoint) {
  auto stored = dyn_cast<IntegerType>(elementTypeOf(input));
  QuantizationParameters unit = {node.scalar(1, node.getBuilder().getF32Type()),
                                 zeroPoint};
  Type type = stored ? getQuantizedType(stored, node.getBuilder().getF32Type(),
                                        shapeOf(input), unit)
                     : Type();
  if (!type) {
    node.emitError()
        << "input 'x' must be integers with a constant zero point, "
           "found "
        << input.getType();
    return {};
  }
  Value patches =
      node.emit<nn::PatchesOp>(castStorage(node, input, type), window.kernel,
                               window.strides, window.pads, window.dilations);
  return castStorage(node, patches, stored);
}

Value atleus::convertIntegerConvolution(Node &node, Value input, Value weight,
                                        Value inputZeroPoint,
                                        Value weightZeroPoint) {
  size_t rank = shapeOf(input).size();
  std::optional<Window> window =
      prepare(node, input, weight, /*needsParameter=*/false);
  if (int64_t groups = node.integerAttribute("group", 1); groups != 1)
    node.emitError() << "attribute 'group' must be 1 for integers, found "
                     << groups;
  if (!window || node.hasFailed())
    return {};
  if (inputZeroPoint && !inputZeroPoint.getDefiningOp<nn::ConstantOp>()) {
    input = subtractZeroPoint(node, input, inputZeroPoint);
    inputZeroPoint = {};
  }
  if (!input)
    return {};
  Value patches = integerPatches(node, input, *window, inputZeroPoint);
  if (!patches)
    return {};
  int64_t features = shapeOf(weight)[0], elements = shapeOf(patches).back();
  if (llvm::product_of(shapeOf(weight)) != features * elements) {
    node.emitError() << "filters of " << weight.getType()
                     << " do not fit windows of " << elements << " elements";
    return {};
  }
  Value product = node.emitWithOptional<nn::IntegerMatMulOp>(
      patches, node.reshape(weight, {features, elements}), inputZeroPoint,
      weightZeroPoint, /*transpose_rhs=*/true);
  if (!product)
    return {};
  // [batch, positions, features] to [batch, features, height, width].
  SmallVector<int64_t> shape = {shapeOf(input)[0], features};
  for (unsigned i = 0; i < 2; ++i) {
    int64_t padded =
        shapeOf(input)[2 + i] + window->pads[i] + window->pads[2 + i];
    int64_t reach = (window->kernel[i] - 1) * window->dilations[i] + 1;
    shape.push_back((padded - reach) / window->strides[i] + 1);
  }
  return dropHeight(
      node, node.reshape(node.transpose(product, {0, 2, 1}), shape), rank);
}

static Values convertConv(Node &node) {
  Value input = node.get(0, "X"), weight = node.get(1, "W");
  if (!input || !weight)
    return {};
  return {convertConvolution(node, input, weight, node.getOptional(2))};
}

void atleus::addConvolutionRules(Rules &rules) {
  rules.add("Conv", convertConv);
}
