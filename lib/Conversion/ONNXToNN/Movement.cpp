// Rules for operators that give the same elements another shape or order.
#include "Rules.h"

using namespace mlir;
using namespace atleus;

/// The axes of Squeeze or Unsqueeze: an attribute before opset 13.
static std::optional<Shape> readAxes(Node &node) {
  if (node.getOpset() >= 13)
    return node.getIntegers(1, "axes");
  std::optional<Shape> axes = node.integersAttribute("axes");
  if (!axes && !node.hasFailed())
    node.emitError() << "attribute 'axes' is missing";
  return axes;
}

/// Puts the size that follows from the others in the place of -1, and the
/// operand's size in the place of 0.
static bool resolveReshape(Node &node, ArrayRef<int64_t> from, bool allowZero,
                           Shape &to) {
  std::optional<size_t> open;
  for (auto [i, size] : llvm::enumerate(to)) {
    if (size == 0 && !allowZero && i < from.size()) {
      to[i] = from[i];
    } else if (size == -1 && !open) {
      open = i;
    } else if (size < 0) {
      node.emitError() << "shape [" << ArrayRef<int64_t>(to)
                       << "] must have one -1 at most and no other negative "
                          "number";
      return false;
    }
  }
  std::optional<int64_t> total = nn::countElements(from);
  if (open)
    to[*open] = 1;
  std::optional<int64_t> known = checkedNumElements(to);
  if (open && known && *known != 0 && *total % *known == 0) {
    to[*open] = *total / *known;
    return true;
  }
  if (!open && known == total)
    return true;
  if (open)
    to[*open] = -1;
  node.emitError() << *total << " elements cannot take the shape ["
                   << ArrayRef<int64_t>(to) << "]";
  return false;
}

static Values convertReshape(Node &node) {
  Value data = node.get(0, "data");
  std::optional<Shape> shape = node.getIntegers(1, "shape");
  if (!data || !shape)
    return {};
  bool allowZero = node.integerAttribute("allowzero", 0) != 0;
  if (!resolveReshape(node, shapeOf(data), allowZero, *shape))
    return {};
  return {node.reshape(data, *shape)};
}

static Values convertFlatten(Node &node) {
  Value input = node.get(0, "input");
  if (!input)
    return {};
  ArrayRef<int64_t> shape = shapeOf(input);
  int64_t rank = shape.size(), axis = node.integerAttribute("axis", 1);
  if (axis < -rank || axis > rank) {
    node.emitError() << "axis must be from " << -rank << " to " << rank
                     << ", found " << axis;
    return {};
  }
  if (axis < 0)
    axis += rank;
  // Where one side has no elements, the other's sizes may be any.
  std::optional<int64_t> rows = nn::countElements(shape.take_front(axis));
  std::optional<int64_t> columns = nn::countElements(shape.drop_front(axis));
  if (!rows || !columns) {
    node.emitError() << "input of shape [" << shape << "] is too large";
    return {};
  }
  return {node.reshape(input, {*rows, *columns})};
}

static Values convertSqueeze(Node &node) {
  Value data = node.get(0, "data");
  if (!data)
    return {};
  ArrayRef<int64_t> shape = shapeOf(data);
  bool isGiven = node.getOpset() < 13 ? node.hasAttribute("axes") : node.has(1);
  Shape axes;
  if (isGiven) {
    auto given = readAxes(node);
    if (given)
      given = node.normalizeAxes(*given, shape.size());
    if (!given)
      return {};
    axes = *given;
  }
  SmallVector<int64_t> kept;
  for (auto [i, size] : llvm::enumerate(shape)) {
    bool drops =
        isGiven ? llvm::is_contained(axes, static_cast<int64_t>(i)) : size == 1;
    if (drops && size != 1) {
      node.emitError() << "dimension " << i << " must have size 1, found "
                       << size;
      return {};
    }
    if (!drops)
      kept.push_back(size);
  }
  return {node.reshape(data, kept)};
}

static Values convertUnsqueeze(Node &node) {
  Value data = node.get(0, "data");
  std::optional<Shape> axes = data ? readAxes(node) : std::nullopt;
  if (!axes)
    return {};
  size_t rank = shapeOf(data).size() + axes->size();
  axes = node.normalizeAxes(*axes, rank);
  if (!axes)
    return {};
  SmallVector<int64_t> shape(shapeOf(data));
  for (int64_t axis : *axes)
    shape.insert(shape.begin() + axis, 1);
  return {node.reshape(data, shape)};
}

static Values convertTranspose(Node &node) {
  Value data = node.get(0, "data");
  if (!data)
    return {};
  int64_t rank = shapeOf(data).size();
  Shape reversed = countUp(rank);
  std::reverse(reversed.begin(), reversed.end());
  return {
      node.transpose(data, node.integersAttribute("perm").value_or(reversed))};
}

/// The shape to which two shapes broadcast, or std::nullopt.
static std::optional<Shape> broadcast(ArrayRef<int64_t> a,
                                      ArrayRef<int64_t> b) {
  if (a.size() < b.size())
    std::swap(a, b);
  Shape result(a);
  for (size_t i = 0; i < b.size(); ++i) {
    int64_t &size = result[a.size() - b.size() + i];
    if (size == 1)
      size = b[i];
    else if (b[i] != 1 && b[i] != size)
      return std::nullopt;
  }
  return result;
}

static Values convertExpand(Node &node) {
  Value input = node.get(0, "input");
  std::optional<Shape> shape = node.getIntegers(1, "shape");
  if (!input || !shape)
    return {};
  std::optional<Shape> common = broadcast(shapeOf(input), *shape);
  if (!common || !checkedNumElements(*common)) {
    node.emitError() << "input of shape [" << shapeOf(input)
                     << "] does not broadcast to [" << ArrayRef<int64_t>(*shape)
                     << "]";
    return {};
  }
  return {node.expand(input, *common)};
}

/// Repeats along dimensions: [a, b] -> [1, a, 1, b] -> [r, a, s, b].
static Values convertTile(Node &node) {
  Value input = node.get(0, "input");
  std::optional<Shape> repeats = node.getIntegers(1, "repeats");
  if (!input || !repeats)
    return {};
  ArrayRef<int64_t> shape = shapeOf(input);
  if (repeats->size() != shape.size() ||
      llvm::any_of(*repeats, [](int64_t repeat) {
        return repeat < 0 || repeat > nn::maxElements;
      })) {
    node.emitError() << "needs " << shape.size()
                     << " repeats from 0 to 2^40, found ["
                     << ArrayRef<int64_t>(*repeats) << "]";
    return {};
  }
  SmallVector<int64_t> split, repeated, merged;
  for (auto [size, repeat] : llvm::zip(shape, *repeats)) {
    split.append({1, size});
    repeated.append({repeat, size});
    std::optional<int64_t> product = nn::countElements({size, repeat});
    if (!product) {
      node.emitError() << repeat << " times " << size
                       << " elements are too many";
      return {};
    }
    merged.push_back(*product);
  }
  Value spread = node.expand(node.reshape(input, split), repeated);
  return {node.reshape(spread, merged)};
}

/// Block size and operand of DepthToSpace and SpaceToDepth.
static Value readBlocks(Node &node, int64_t &block) {
  Value input = node.get(0, "input");
  block = node.integerAttribute("blocksize", 0);
  if (!input || !node.requireRank(input, 4, "input"))
    return {};
  // The square must fit too.
  if (block > 0 && block <= (int64_t(1) << 20))
    return input;
  node.emitError() << "attribute 'blocksize' must be from 1 to 2^20, found "
                   << block;
  return {};
}

static Values convertDepthToSpace(Node &node) {
  int64_t block;
  Value input = readBlocks(node, block);
  if (!input)
    return {};
  ArrayRef<int64_t> s = shapeOf(input);
  StringRef mode = node.stringAttribute("mode", "DCR");
  if ((mode != "DCR" && mode != "CRD") || s[1] % (block * block) != 0) {
    node.emitError() << "mode '" << mode << "' with block size " << block
                     << " does not go with " << input.getType();
    return {};
  }
  int64_t depth = s[1] / (block * block);
  SmallVector<int64_t> result = {s[0], depth, s[2] * block, s[3] * block};
  bool depthFirst = mode == "CRD";
  SmallVector<int64_t> split = {s[0], block, block, depth, s[2], s[3]};
  if (depthFirst)
    split = {s[0], depth, block, block, s[2], s[3]};
  SmallVector<int64_t> order = {0, 3, 4, 1, 5, 2};
  if (depthFirst)
    order = {0, 1, 4, 2, 5, 3};
  Value moved = node.transpose(node.reshape(input, split), order);
  return {node.reshape(moved, result)};
}

static Values convertSpaceToDepth(Node &node) {
  int64_t block;
  Value input = readBlocks(node, block);
  if (!input)
    return {};
  ArrayRef<int64_t> s = shapeOf(input);
  if (s[2] % block != 0 || s[3] % block != 0) {
    node.emitError() << "block size " << block << " does not divide "
                     << input.getType();
    return {};
  }
  SmallVector<int64_t> result = {s[0], s[1] * block * block, s[2] / block,
                                 s[3] / block};
  Value split = node.reshape(
      input, {s[0], s[1], s[2] / block, block, s[3] / block, block});
  return {node.reshape(node.transpose(split, {0, 3, 5, 1, 2, 4}), result)};
}

void atleus::addMovementRules(Rules &rules) {
  rules.add("Reshape", convertReshape);
  rules.add("Flatten", convertFlatten);
  rules.add("Squeeze", convertSqueeze);
  rules.add("Unsqueeze", convertUnsqueeze);
  rules.add("Transpose", convertTranspose);
  rules.add("Expand", convertExpand);
  rules.add("Tile", convertTile);
  rules.add("DepthToSpace", convertDepthToSpace);
  rules.add("SpaceToDepth", convertSpaceToDepth);
}
