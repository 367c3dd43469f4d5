// Rules for operators that make images larger or smaller. Every dimension is
// resized by itself: each place of the result is a sum of a few elements with
// weights that are known when compiling.
#include "Rules.h"
#include "SelectedPlaces.h"

using namespace mlir;
using namespace atleus;

namespace {
/// How one dimension is resized.
struct Axis {
  int64_t from, to;
  double scale;
  /// The part of the dimension that is cut out, as fractions of it.
  double start = 0, end = 1;
};

/// What the attributes say about all dimensions.
struct Interpolation {
  StringRef mode, coordinates, rounding;
  double cubicCoefficient;
  bool excludesOutside;
  double extrapolation;

  bool cutsOut() const { return coordinates == "tf_crop_and_resize"; }
  bool alignsCorners() const { return coordinates == "align_corners"; }
};

/// One of the elements that a place of the result is made of: where it stands
/// and how much it counts, for every place.
struct Tap {
  SmallVector<int64_t> places;
  SmallVector<double> weights;
};
} // namespace

//===----------------------------------------------------------------------===//
// Attributes and inputs
//===----------------------------------------------------------------------===//

static std::optional<Interpolation> readInterpolation(Node &node) {
  Interpolation how;
  bool hasCoordinates = node.getType() == "Resize" && node.getOpset() >= 11;
  how.mode = node.stringAttribute("mode", "nearest");
  how.coordinates = "asymmetric";
  how.rounding = "floor";
  if (hasCoordinates) {
    how.coordinates =
        node.stringAttribute("coordinate_transformation_mode", "half_pixel");
    how.rounding = node.stringAttribute("nearest_mode", "round_prefer_floor");
  }
  how.cubicCoefficient = node.floatAttribute("cubic_coeff_a", -0.75);
  how.excludesOutside = node.integerAttribute("exclude_outside", 0) != 0;
  how.extrapolation = node.floatAttribute("extrapolation_value", 0.0);
  if (how.mode == "bilinear")
    how.mode = "linear";
  if (!node.requireChoice("mode", how.mode, {"nearest", "linear", "cubic"}) ||
      !node.requireChoice("coordinate_transformation_mode", how.coordinates,
                          {"half_pixel", "half_pixel_symmetric",
                           "pytorch_half_pixel", "align_corners", "asymmetric",
                           "tf_half_pixel_for_nn", "tf_crop_and_resize"}) ||
      !node.requireChoice(
          "nearest_mode", how.rounding,
          {"round_prefer_floor", "round_prefer_ceil", "floor", "ceil"}))
    return std::nullopt;
  if (int64_t antialias = node.integerAttribute("antialias", 0)) {
    node.emitError() << "attribute 'antialias' must be 0, found " << antialias;
    return std::nullopt;
  }
  return how;
}

/// Numbers that must be there when compiling, one for each of `count` axes.
static std::optional<SmallVector<double>>
readNumbers(Node &node, unsigned index, StringRef name, size_t count) {
  std::optional<Tensor> tensor = node.getConstant(index, name);
  if (!tensor)
    return std::nullopt;
  SmallVector<double> numbers;
  for (int64_t i = 0; i < tensor->numElements(); ++i)
    numbers.push_back(tensor->getFloat(i));
  if (numbers.size() == count)
    return numbers;
  node.emitError() << "input '" << name << "' must have " << count
                   << " numbers, found " << numbers.size();
  return std::nullopt;
}

/// Whether an operand is there and not empty: how a file leaves out the scales.
static bool isGiven(Node &node, unsigned index) {
  return node.has(index) &&
         !llvm::is_contained(shapeOf(node.getOptional(index)), 0);
}

static std::optional<SmallVector<double>> readScales(Node &node, size_t count) {
  unsigned index = node.getType() == "Resize" && node.getOpset() >= 11 ? 2 : 1;
  if (node.getType() == "Resize" || node.getOpset() >= 9)
    return readNumbers(node, index, "scales", count);
  auto scales = node.floatsAttribute("scales");
  if (scales && scales->size() == count)
    return SmallVector<double>(scales->begin(), scales->end());
  if (!node.hasFailed())
    node.emitError() << "attribute 'scales' must have " << count
                     << " numbers, found " << (scales ? scales->size() : 0);
  return std::nullopt;
}

/// Sizes that keep the ratio of the dimensions: the scale of all of them is the
/// least or the greatest that a given size means.
static bool keepAspectRatio(Node &node, SmallVectorImpl<Axis> &axes) {
  StringRef policy =
      node.stringAttribute("keep_aspect_ratio_policy", "stretch");
  if (!node.requireChoice("keep_aspect_ratio_policy", policy,
                          {"stretch", "not_larger", "not_smaller"}))
    return false;
  if (policy == "stretch" || axes.empty())
    return true;
  double scale = axes.front().scale;
  for (const Axis &axis : axes)
    scale = policy == "not_larger" ? std::min(scale, axis.scale)
                                   : std::max(scale, axis.scale);
  for (Axis &axis : axes) {
    axis.scale = scale;
    double to = std::floor(static_cast<double>(axis.from) * scale + 0.5);
    // Also what is no number is too large: zero by zero.
    constexpr auto most = static_cast<double>(nn::maxElements);
    axis.to = to <= most ? static_cast<int64_t>(to) : nn::maxElements;
    if (!node.requireFew(axis.to))
      return false;
  }
  return true;
}

/// Sets how each of the axes is resized, by its size or by its scale.
static bool setSizes(Node &node, SmallVectorImpl<Axis> &axes) {
  bool hasSizes = node.getType() == "Resize" && isGiven(node, 3);
  auto numbers = hasSizes ? readNumbers(node, 3, "sizes", axes.size())
                          : readScales(node, axes.size());
  if (!numbers)
    return false;
  // Sizes take the place of scales, and scales keep no ratio.
  if (hasSizes)
    node.ignoreInput(2);
  else
    node.ignoreAttribute("keep_aspect_ratio_policy");
  for (auto [axis, number] : llvm::zip(axes, *numbers)) {
    double from = static_cast<double>(axis.from);
    axis.scale = hasSizes ? number / from : number;
    double to = hasSizes ? number : std::floor(from * number);
    bool isPositive = axis.from == 0 ? to == 0 : axis.scale > 0 && to >= 0;
    if (!isPositive || !(to <= static_cast<double>(nn::maxElements))) {
      node.emitError() << "cannot resize a dimension of size " << axis.from
                       << (hasSizes ? " to " : " by ") << number;
      return false;
    }
    axis.to = static_cast<int64_t>(to);
    if (!node.requireFew(axis.to))
      return false;
  }
  return !hasSizes || keepAspectRatio(node, axes);
}

/// With aligned corners, a size that a scale gives must be whole: the standard
/// and its implementations do not agree on where the last element stands
/// otherwise.
static bool checkWholeSizes(Node &node, ArrayRef<Axis> axes) {
  for (const Axis &axis : axes) {
    double size = static_cast<double>(axis.from) * axis.scale;
    if (std::fabs(size - static_cast<double>(axis.to)) < 1e-4)
      continue;
    node.emitError() << "with 'align_corners' a scale must give a whole size, "
                        "found "
                     << axis.from << " times " << axis.scale;
    return false;
  }
  return true;
}

/// Sets the part of each axis that is cut out: all starts, then all ends.
static bool setRegion(Node &node, SmallVectorImpl<Axis> &axes) {
  auto region = readNumbers(node, 1, "roi", 2 * axes.size());
  if (!region)
    return false;
  for (auto [i, axis] : llvm::enumerate(axes)) {
    axis.start = (*region)[i];
    axis.end = (*region)[axes.size() + i];
    // Places are integers later; a region is a share of the image.
    for (double end : {axis.start, axis.end})
      if (!(std::abs(end) <= 1 << 20)) {
        node.emitError() << "input 'roi' must be from -2^20 to 2^20, found "
                         << end;
        return false;
      }
  }
  return true;
}

//===----------------------------------------------------------------------===//
// Where the elements come from
//===----------------------------------------------------------------------===//

/// The place in the operand, a fraction perhaps, of place `x` of the result.
static double originalPlace(const Axis &axis, StringRef coordinates,
                            int64_t x) {
  auto from = static_cast<double>(axis.from);
  auto to = static_cast<double>(axis.to), place = static_cast<double>(x);
  if (coordinates == "align_corners")
    return axis.to == 1 ? 0 : place * (from - 1) / (to - 1);
  if (coordinates == "asymmetric")
    return place / axis.scale;
  if (coordinates == "tf_half_pixel_for_nn")
    return (place + 0.5) / axis.scale;
  if (coordinates == "pytorch_half_pixel" && axis.to == 1)
    return 0;
  if (coordinates == "tf_crop_and_resize") {
    if (axis.to == 1)
      return 0.5 * (axis.start + axis.end) * (from - 1);
    return axis.start * (from - 1) +
           place * (axis.end - axis.start) * (from - 1) / (to - 1);
  }
  double offset = 0;
  if (coordinates == "half_pixel_symmetric")
    offset = from / 2 * (1 - to / (axis.scale * from));
  return offset + (place + 0.5) / axis.scale - 0.5;
}

static int64_t roundPlace(double place, StringRef rounding) {
  if (rounding == "round_prefer_floor")
    return static_cast<int64_t>(std::ceil(place - 0.5));
  if (rounding == "round_prefer_ceil")
    return static_cast<int64_t>(std::floor(place + 0.5));
  return static_cast<int64_t>(rounding == "floor" ? std::floor(place)
                                                  : std::ceil(place));
}

/// Weight of an element at distance `t` in a cubic convolution (Keys, 1981).
static double cubicWeight(double t, double a) {
  t = std::fabs(t);
  if (t <= 1)
    return ((a + 2) * t - (a + 3)) * t * t + 1;
  if (t < 2)
    return a * (((t - 5) * t + 8) * t - 4);
  return 0;
}

/// Offsets from the place before it of the elements of which a place between
/// two is made.
static ArrayRef<int64_t> tapOffsets(StringRef mode) {
  static constexpr int64_t nearest[] = {0}, linear[] = {0, 1},
                           cubic[] = {-1, 0, 1, 2};
  if (mode == "nearest")
    return nearest;
  return mode == "linear" ? ArrayRef<int64_t>(linear) : cubic;
}

static double tapWeight(const Interpolation &how, double distance) {
  if (how.mode == "nearest")
    return 1;
  if (how.mode == "linear")
    return 1 - std::fabs(distance);
  return cubicWeight(distance, how.cubicCoefficient);
}

/// The elements of which each place of the result is made. Beyond the ends
/// stand the first and the last element, or nothing.
static SmallVector<Tap> findTaps(const Axis &axis, const Interpolation &how) {
  ArrayRef<int64_t> offsets = tapOffsets(how.mode);
  SmallVector<Tap> taps(offsets.size());
  for (int64_t x = 0; x < axis.to; ++x) {
    double place = originalPlace(axis, how.coordinates, x);
    int64_t base = how.mode == "nearest"
                       ? roundPlace(place, how.rounding)
                       : static_cast<int64_t>(std::floor(place));
    double sum = 0;
    for (auto [tap, offset] : llvm::zip(taps, offsets)) {
      int64_t at = base + offset;
      int64_t inside = std::clamp<int64_t>(at, 0, axis.from - 1);
      double weight = tapWeight(how, place - static_cast<double>(at));
      if (how.excludesOutside && how.mode == "cubic" && at != inside)
        weight = 0;
      tap.places.push_back(inside);
      tap.weights.push_back(weight);
      sum += weight;
    }
    if (how.excludesOutside && how.mode == "cubic")
      for (Tap &tap : taps)
        tap.weights.back() /= sum;
  }
  return taps;
}

//===----------------------------------------------------------------------===//
// Kernels
//===----------------------------------------------------------------------===//

/// A constant with a number for each place of dimension `axis`, which
/// broadcasts to a tensor of `rank` dimensions.
template <typename T>
static Value alongAxis(Node &node, ArrayRef<T> numbers, Type type, int64_t axis,
                       int64_t rank) {
  SmallVector<int64_t> shape(rank, 1);
  shape[axis] = numbers.size();
  Type stored = node.getBuilder().getF64Type();
  SmallVector<double> wide(numbers.begin(), numbers.end());
  return node.castElements(
      node.constant(createElements(Tensor::of<double>(shape, stored, wide))),
      type);
}

/// `data` with dimension `number` resized.
static Value resizeAxis(Node &node, Value data, int64_t number,
                        const Axis &axis, const Interpolation &how) {
  Value sum;
  for (const Tap &tap : findTaps(axis, how)) {
    if (llvm::all_of(tap.weights, [](double weight) { return weight == 0; }))
      continue;
    Value part = selectPlaces(node, data, number, tap.places);
    if (!part)
      return {};
    if (llvm::any_of(tap.weights, [](double weight) { return weight != 1; }))
      part = node.emit<nn::MulOp>(
          part, alongAxis<double>(node, tap.weights, elementTypeOf(data),
                                  number, shapeOf(data).size()));
    sum = sum ? node.emit<nn::AddOp>(sum, part) : part;
    if (!sum)
      return {};
  }
  return sum;
}

/// Replaces what comes from outside the operand.
static Value extrapolate(Node &node, Value data, ArrayRef<int64_t> numbers,
                         ArrayRef<Axis> axes, const Interpolation &how) {
  Value outside;
  for (auto [number, axis] : llvm::zip(numbers, axes)) {
    SmallVector<double> leaves;
    for (int64_t x = 0; x < axis.to; ++x) {
      double place = originalPlace(axis, how.coordinates, x);
      leaves.push_back(place < 0 || place > static_cast<double>(axis.from - 1));
    }
    Value mask = alongAxis<double>(node, leaves, node.getBuilder().getI1Type(),
                                   number, shapeOf(data).size());
    outside = outside ? node.emit<nn::OrOp>(outside, mask) : mask;
  }
  return node.emit<nn::SelectOp>(
      outside, node.scalar(how.extrapolation, elementTypeOf(data)), data);
}

/// The dimensions that are resized: all, or those of the attribute.
static std::optional<Shape> readAxes(Node &node, int64_t rank) {
  Shape axes = node.integersAttribute("axes").value_or(countUp(rank));
  for (int64_t &axis : axes) {
    auto counted = node.normalizeAxis(axis, rank);
    if (!counted)
      return std::nullopt;
    axis = *counted;
  }
  return axes;
}

static Values convertResize(Node &node) {
  Value data = node.get(0, "X");
  if (!data)
    return {};
  // The region, which only one way of counting coordinates needs.
  if (node.getType() == "Resize" && node.getOpset() >= 11)
    node.ignoreInput(1);
  auto numbers = readAxes(node, shapeOf(data).size());
  std::optional<Interpolation> how = readInterpolation(node);
  if (!numbers || !how)
    return {};
  SmallVector<Axis> axes;
  for (int64_t number : *numbers)
    axes.push_back({shapeOf(data)[number], 0, 0});
  if (!setSizes(node, axes) || (how->cutsOut() && !setRegion(node, axes)) ||
      (how->alignsCorners() && !checkWholeSizes(node, axes)))
    return {};
  Type type = elementTypeOf(data);
  bool isExact = how->mode == "nearest" || isa<FloatType>(type);
  if (!isExact)
    data = node.castElements(data, node.getBuilder().getF32Type());
  for (auto [number, axis] : llvm::zip(*numbers, axes)) {
    bool changes = axis.to != axis.from || axis.scale != 1 || how->cutsOut();
    if (changes && axis.from > 0)
      data = resizeAxis(node, data, number, axis, *how);
    if (!data)
      return {};
  }
  if (how->cutsOut())
    data = extrapolate(node, data, *numbers, axes, *how);
  return {node.castElements(data, type)};
}

void atleus::addResizingRules(Rules &rules) {
  rules.add("Resize", convertResize);
  rules.add("Upsample", convertResize);
}
