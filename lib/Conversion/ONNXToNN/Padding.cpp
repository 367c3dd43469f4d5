// Rules for operators that put a border around a tensor.
#include "Rules.h"
#include "SelectedPlaces.h"

using namespace mlir;
using namespace atleus;

namespace {
/// What a Pad does: how many elements at each end, of which value.
struct Border {
  Shape low, high;
  double value = 0;
};
} // namespace

/// Spreads begins and ends of `axes`, or of all dimensions, over the rank.
static std::optional<Border> spreadPads(Node &node, ArrayRef<int64_t> pads,
                                        ArrayRef<int64_t> axes, int64_t rank) {
  if (pads.size() != 2 * axes.size()) {
    node.emitError() << "needs " << 2 * axes.size() << " pads, found "
                     << pads.size();
    return std::nullopt;
  }
  if (llvm::any_of(pads, [](int64_t pad) {
        return pad < -nn::maxElements || pad > nn::maxElements;
      })) {
    node.emitError() << "pads must be from -2^40 to 2^40, found [" << pads
                     << "]";
    return std::nullopt;
  }
  Border border{Shape(rank, 0), Shape(rank, 0)};
  for (auto [i, axis] : llvm::enumerate(axes)) {
    auto counted = node.normalizeAxis(axis, rank);
    if (!counted)
      return std::nullopt;
    border.low[*counted] = pads[i];
    border.high[*counted] = pads[axes.size() + i];
  }
  return border;
}

static std::optional<Border> readBorder(Node &node, int64_t rank) {
  bool hasInputs = node.getOpset() >= 11;
  auto pads =
      hasInputs ? node.getIntegers(1, "pads") : node.integersAttribute("pads");
  if (!pads) {
    if (!node.hasFailed())
      node.emitError() << "attribute 'pads' is missing";
    return std::nullopt;
  }
  std::optional<Shape> axes = countUp(rank);
  if (hasInputs && node.has(3) && !(axes = node.getIntegers(3, "axes")))
    return std::nullopt;
  std::optional<Border> border = spreadPads(node, *pads, *axes, rank);
  if (!border)
    return std::nullopt;
  std::optional<double> value = 0.0;
  if (!hasInputs)
    value = node.floatAttribute("value", 0.0);
  else if (node.has(2))
    value = node.getFloat(2, "constant_value");
  if (!value)
    return std::nullopt;
  border->value = *value;
  return border;
}

/// What element of a dimension of `size` elements stands at `place`, which may
/// lie outside of it; the dimension goes on as `mode` says.
static int64_t continuePlace(int64_t place, int64_t size, StringRef mode) {
  if (mode == "edge")
    return std::clamp<int64_t>(place, 0, size - 1);
  int64_t period = mode == "wrap" ? size : std::max<int64_t>(1, 2 * size - 2);
  int64_t within = ((place % period) + period) % period;
  return within < size ? within : period - within;
}

/// A border of elements of the tensor itself.
static Value continueBorder(Node &node, Value data, const Border &border,
                            StringRef mode) {
  SmallVector<int64_t> shape(shapeOf(data));
  for (auto [axis, size] : llvm::enumerate(shape)) {
    int64_t low = border.low[axis], high = border.high[axis];
    if (low == 0 && high == 0)
      continue;
    if (size == 0 || size + low + high < 0) {
      node.emitError() << "cannot pad dimension " << axis << " of size " << size
                       << " by " << low << " and " << high << " in mode '"
                       << mode << "'";
      return {};
    }
    if (!node.requireFew(size + low + high))
      return {};
    SmallVector<int64_t> places;
    for (int64_t place = -low; place < size + high; ++place)
      places.push_back(continuePlace(place, size, mode));
    data = selectPlaces(node, data, axis, places);
    if (!data)
      return {};
  }
  return data;
}

/// A border of one value.
static Value constantBorder(Node &node, Value data, Border border) {
  // Negative pads take elements away.
  SmallVector<int64_t> offsets, sizes, strides(shapeOf(data).size(), 1);
  for (auto [size, low, high] :
       llvm::zip(shapeOf(data), border.low, border.high)) {
    if (low < -size || high < -size) {
      node.emitError() << "pads " << low << " and " << high
                       << " take away more than the " << size
                       << " elements of a dimension";
      return {};
    }
    offsets.push_back(std::max<int64_t>(0, -low));
    sizes.push_back(size + std::min<int64_t>(0, low) +
                    std::min<int64_t>(0, high));
    low = std::max<int64_t>(0, low);
    high = std::max<int64_t>(0, high);
  }
  Value kept = node.emit<nn::SliceOp>(data, offsets, sizes, strides);
  return node.emit<nn::PadOp>(kept, border.low, border.high,
                              APFloat(border.value));
}

static Values convertPad(Node &node) {
  Value data = node.get(0, "data");
  if (!data)
    return {};
  StringRef mode = node.stringAttribute("mode", "constant");
  if (!node.requireChoice("mode", mode,
                          {"constant", "edge", "reflect", "wrap"}))
    return {};
  std::optional<Border> border = readBorder(node, shapeOf(data).size());
  if (!border)
    return {};
  if (mode == "constant")
    return {constantBorder(node, data, *border)};
  return {continueBorder(node, data, *border, mode)};
}

void atleus::addPaddingRules(Rules &rules) { rules.add("Pad", convertPad); }
