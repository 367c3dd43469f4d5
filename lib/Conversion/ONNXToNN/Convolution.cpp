// Rules for convolutions of one and two dimensions, and their transposes.
#include "ConvolutionRule.h"
#include "FusedActivation.h"
#include "QuantizedTypes.h"
#include "Rules.h"
#include "Windows.h"

using namespace mlir;
using namespace atleus;

/// The window of a convolution with `weight`.
static std::optional<Window> readWindow(Node &node, Value input, Value weight) {
  ArrayRef<int64_t> kernel = shapeOf(weight).drop_front(2);
  auto given = node.integersAttribute("kernel_shape");
  if (!given || ArrayRef<int64_t>(*given) == kernel)
    return readWindow(node, shapeOf(input).drop_front(2), kernel);
  node.emitError() << "attribute 'kernel_shape' is ["
                   << ArrayRef<int64_t>(*given) << "], but the weight has ["
                   << kernel << "]";
  return std::nullopt;
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

/// Removes the height again.
static Value withoutHeight(Node &node, Value value) {
  if (!value)
    return {};
  SmallVector<int64_t> shape(shapeOf(value));
  shape.erase(shape.begin() + 2);
  return node.reshape(value, shape);
}

/// Checks the ranks of the operands of a convolution.
static bool checkRanks(Node &node, Value input, Value weight) {
  if (!input || !weight)
    return false;
  size_t rank = shapeOf(input).size();
  if (rank == 3 || rank == 4)
    return node.requireRank(weight, rank, "W");
  node.emitError() << "convolutions of 1 or 2 dimensions are supported, "
                      "found an input of "
                   << rank << " dimensions";
  return false;
}

/// Number of positions of a window; what does not fit is refused before.
static int64_t countPositions(const Window &window, unsigned i, int64_t size) {
  int64_t reach = (window.kernel[i] - 1) * window.dilations[i] + 1;
  return (size + window.pads[i] + window.pads[2 + i] - reach) /
             window.strides[i] +
         1;
}

/// A convolution whose weight is computed: the product of the patches with it,
/// for each group.
static Value convolveComputed(Node &node, Value input, Value weight, Value bias,
                              const Window &window, int64_t groups) {
  ArrayRef<int64_t> shape = shapeOf(input), filters = shapeOf(weight);
  int64_t channels = shape[1], features = filters[0];
  if (groups <= 0 || channels % groups != 0 || features % groups != 0 ||
      filters[1] != channels / groups) {
    node.emitError() << groups << " groups do not go with " << channels
                     << " channels, " << features << " features and "
                     << filters[1] << " channels of the weight";
    return {};
  }
  Value patches = node.emit<nn::PatchesOp>(input, window.kernel, window.strides,
                                           window.pads, window.dilations);
  if (!patches)
    return {};
  int64_t positions = shapeOf(patches)[1];
  int64_t inner = shapeOf(patches)[2] / groups;
  patches = node.reshape(patches, {shape[0], positions, groups, inner});
  patches = node.transpose(patches, {0, 2, 1, 3});
  Value matrices = node.reshape(weight, {1, groups, features / groups, inner});
  Value product = node.emit<nn::MatMulOp>(matrices, patches,
                                          /*transpose_rhs=*/true);
  Value result = node.reshape(product, {shape[0], features,
                                        countPositions(window, 0, shape[2]),
                                        countPositions(window, 1, shape[3])});
  if (!bias || !node.requireRank(bias, 1, "B"))
    return node.hasFailed() ? Value() : result;
  return node.emit<nn::AddOp>(result,
                              node.reshape(bias, {shapeOf(bias)[0], 1, 1}));
}

/// A convolution of two dimensions.
static Value convolve(Node &node, Value input, Value weight, Value bias,
                      const Window &window, int64_t groups) {
  if (!input || !weight)
    return {};
  bool isStatic = nn::isStatic(weight) && (!bias || nn::isStatic(bias));
  if (!isStatic)
    return convolveComputed(node, input, weight, bias, window, groups);
  return node.emitWithOptional<nn::ConvOp>(input, weight, bias, window.strides,
                                           window.pads, window.dilations,
                                           groups);
}

/// Reads the window of a convolution; one of one dimension becomes one of two.
/// Nothing if the node is no convolution that is supported.
static std::optional<Window> prepare(Node &node, Value &input, Value &weight) {
  if (!checkRanks(node, input, weight))
    return std::nullopt;
  std::optional<Window> window = readWindow(node, input, weight);
  if (window && shapeOf(input).size() == 3) {
    addHeight(*window);
    input = withHeight(node, input);
    weight = withHeight(node, weight);
  }
  return window;
}

Value atleus::convertConvolution(Node &node, Value input, Value weight,
                                 Value bias) {
  bool isFlat = input && shapeOf(input).size() == 3;
  std::optional<Window> window = prepare(node, input, weight);
  int64_t groups = node.integerAttribute("group", 1);
  if (!window || node.hasFailed())
    return {};
  Value result = convolve(node, input, weight, bias, *window, groups);
  return isFlat ? withoutHeight(node, result) : result;
}

static Values convertConv(Node &node) {
  Value input = node.get(0, "X"), weight = node.get(1, "W");
  return {convertConvolution(node, input, weight, node.getOptional(2))};
}

//===----------------------------------------------------------------------===//
// Convolution of integers
//===----------------------------------------------------------------------===//

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
  bool isFlat = input && shapeOf(input).size() == 3;
  std::optional<Window> window = prepare(node, input, weight);
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
  Value result = node.reshape(node.transpose(product, {0, 2, 1}),
                              {shapeOf(input)[0], features,
                               countPositions(*window, 0, shapeOf(input)[2]),
                               countPositions(*window, 1, shapeOf(input)[3])});
  return isFlat ? withoutHeight(node, result) : result;
}

//===----------------------------------------------------------------------===//
// Transposed convolution
//===----------------------------------------------------------------------===//

/// `stride` - 1 zeros between the elements of each spatial dimension.
static Value spreadOut(Node &node, Value input, ArrayRef<int64_t> strides) {
  if (llvm::all_of(strides, [](int64_t stride) { return stride == 1; }))
    return input;
  SmallVector<int64_t> shape(shapeOf(input));
  auto [down, right] = std::pair(strides[0], strides[1]);
  // Each element becomes the corner of a block; the last blocks are cut off.
  Value corners =
      node.reshape(input, {shape[0], shape[1], shape[2], 1, shape[3], 1});
  Shape low(6, 0), high = {0, 0, 0, down - 1, 0, right - 1};
  Value blocks = node.emit<nn::PadOp>(corners, low, high, APFloat(0.0));
  Value spread = node.reshape(
      blocks, {shape[0], shape[1], shape[2] * down, shape[3] * right});
  if (!spread)
    return {};
  spread = node.sliceAxis(spread, 2, 0, (shape[2] - 1) * down + 1);
  return node.sliceAxis(spread, 3, 0, (shape[3] - 1) * right + 1);
}

/// The weight [channels, features / groups, kernel...] turned by half a turn,
/// as the weight [features, channels / groups, kernel...] of a convolution.
static Value turnWeight(Node &node, Value weight, int64_t groups) {
  SmallVector<int64_t> s(shapeOf(weight));
  if (groups <= 0 || s[0] % groups != 0) {
    node.emitError() << groups << " groups do not divide " << s[0]
                     << " channels";
    return {};
  }
  Value turned = node.emit<nn::SliceOp>(
      weight, ArrayRef<int64_t>{0, 0, s[2] - 1, s[3] - 1}, s,
      ArrayRef<int64_t>{1, 1, -1, -1});
  turned = node.reshape(turned, {groups, s[0] / groups, s[1], s[2], s[3]});
  turned = node.transpose(turned, {0, 2, 1, 3, 4});
  return node.reshape(turned, {groups * s[1], s[0] / groups, s[2], s[3]});
}

/// The pads of a transposed convolution, which it takes off its result: given,
/// or such that the result has the size of `output_shape` or of the input times
/// the strides.
static bool setTransposedPads(Node &node, ArrayRef<int64_t> sizes,
                              ArrayRef<int64_t> extra, Window &window) {
  StringRef automatic = node.stringAttribute("auto_pad", "NOTSET");
  size_t count = sizes.size();
  auto target = node.integersAttribute("output_shape");
  if (target && target->size() == count + 2)
    target->erase(target->begin(), target->begin() + 2);
  bool isSame = automatic == "SAME_UPPER" || automatic == "SAME_LOWER";
  if (!target && !isSame)
    return !node.hasFailed();
  if (target && target->size() != count) {
    node.emitError() << "attribute 'output_shape' must have " << count
                     << " numbers, found " << target->size();
    return false;
  }
  if (target && !checkRange(node, "output shape", *target, 0))
    return false;
  for (size_t i = 0; i < count; ++i) {
    int64_t reach = (window.kernel[i] - 1) * window.dilations[i] + 1;
    int64_t wanted = target ? (*target)[i] : sizes[i] * window.strides[i];
    int64_t total =
        (sizes[i] - 1) * window.strides[i] + extra[i] + reach - wanted;
    // A negative total means more zeros at the end of the result.
    int64_t smaller = std::max<int64_t>(0, total) / 2;
    bool moreAtEnd = automatic == "SAME_UPPER" || total < 0;
    window.pads[i] = moreAtEnd ? smaller : total - smaller;
    window.pads[count + i] = total - window.pads[i];
  }
  return true;
}

static Values convertConvTranspose(Node &node) {
  Value input = node.get(0, "X"), weight = node.get(1, "W");
  if (!checkRanks(node, input, weight))
    return {};
  bool isFlat = shapeOf(input).size() == 3;
  size_t count = shapeOf(input).size() - 2;
  int64_t groups = node.integerAttribute("group", 1);
  std::optional<Window> window = readWindow(node, input, weight);
  auto extra = windowAttribute(node, "output_padding", count, 0);
  if (!window || !extra || !checkRange(node, "output padding", *extra, 0) ||
      !setTransposedPads(node, shapeOf(input).drop_front(2), *extra, *window))
    return {};
  if (isFlat) {
    addHeight(*window);
    extra->insert(extra->begin(), 0);
    input = withHeight(node, input);
    weight = withHeight(node, weight);
  }
  weight = turnWeight(node, weight, groups);
  input = spreadOut(node, input, window->strides);
  if (!input || !weight)
    return {};
  // What is left is a convolution in steps of one, over a border so wide that
  // the kernel meets an element of the input everywhere.
  Shape border(4), taken(4);
  for (unsigned i = 0; i < 4; ++i) {
    int64_t reach = (window->kernel[i % 2] - 1) * window->dilations[i % 2];
    int64_t pad = reach - window->pads[i] + (i >= 2 ? (*extra)[i - 2] : 0);
    border[i] = std::max<int64_t>(0, pad);
    taken[i] = std::max<int64_t>(0, -pad);
  }
  window->strides = {1, 1};
  window->pads = border;
  Value result =
      convolve(node, input, weight, node.getOptional(2), *window, groups);
  for (unsigned i = 0; i < 2 && result; ++i)
    if (taken[i] || taken[2 + i])
      result = node.sliceAxis(result, 2 + i, taken[i],
                              shapeOf(result)[2 + i] - taken[i] - taken[2 + i]);
  return {isFlat ? withoutHeight(node, result) : result};
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
  rules.add("ConvTranspose", convertConvTranspose);
  rules.add("FusedConv", convertFusedConv, microsoft);
}
