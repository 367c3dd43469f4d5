// Which tile of each operand an op reads to compute a tile of its result.
#include "dialects/NN/NNShared.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::nn;

/// Makes dimension `i` of `tile` the whole of a dimension of `size` elements.
static void takeWhole(Tile &tile, unsigned i, int64_t size) {
  tile.offsets[i] = 0;
  tile.sizes[i] = size;
}

static Tile wholeOf(Value operand) { return Tile::whole(getShape(operand)); }

Tile nn::broadcastOperandTile(Operation *op, unsigned operand,
                              const Tile &result) {
  return broadcastTile(result, getShape(op->getOperand(operand)));
}

Tile nn::reductionOperandTile(Value input, ArrayRef<int64_t> axes,
                              bool keepDimensions, const Tile &result) {
  Tile tile = Tile::whole(getShape(input));
  unsigned next = 0;
  for (unsigned i = 0; i < tile.rank(); ++i) {
    if (llvm::is_contained(axes, static_cast<int64_t>(i))) {
      next += keepDimensions ? 1 : 0;
      continue;
    }
    tile.offsets[i] = result.offsets[next];
    tile.sizes[i] = result.sizes[next++];
  }
  return tile;
}

//===----------------------------------------------------------------------===//
// Products
//===----------------------------------------------------------------------===//

/// The box of the weight, k x features or transposed, for a range of features.
static Tile weightTile(Value weight, bool transposed, int64_t offset,
                       int64_t size) {
  Tile tile = Tile::whole(getShape(weight));
  tile.offsets[transposed ? 0 : 1] = offset;
  tile.sizes[transposed ? 0 : 1] = size;
  return tile;
}

Tile LinearOp::getOperandTile(unsigned operand, unsigned, const Tile &result) {
  int64_t offset = result.offsets.back(), size = result.sizes.back();
  if (operand == 1)
    return weightTile(getWeight(), getTransposed(), offset, size);
  if (operand == 2)
    return {{offset}, {size}};
  Tile tile = result;
  takeWhole(tile, tile.rank() - 1, getInnerSize());
  return tile;
}

/// The box of the left or the right operand of a product of matrices.
static Tile matricesTile(ArrayRef<int64_t> shape, bool isLhs, bool transposeRhs,
                         int64_t inner, const Tile &result) {
  unsigned row = result.rank() - 2, column = result.rank() - 1;
  Tile matrix = result;
  if (isLhs) {
    takeWhole(matrix, column, inner);
  } else if (transposeRhs) {
    matrix.offsets[row] = result.offsets[column];
    matrix.sizes[row] = result.sizes[column];
    takeWhole(matrix, column, inner);
  } else {
    takeWhole(matrix, row, inner);
  }
  Tile batch =
      broadcastTile({{matrix.offsets.begin(), matrix.offsets.end() - 2},
                     {matrix.sizes.begin(), matrix.sizes.end() - 2}},
                    shape.drop_back(2));
  batch.offsets.append(matrix.offsets.end() - 2, matrix.offsets.end());
  batch.sizes.append(matrix.sizes.end() - 2, matrix.sizes.end());
  return batch;
}

Tile MatMulOp::getOperandTile(unsigned operand, unsigned, const Tile &result) {
  return matricesTile(getShape(getOperand(operand)), operand == 0,
                      getTransposeRhs(), getShape(getLhs()).back(), result);
}

Tile IntegerMatMulOp::getOperandTile(unsigned operand, unsigned,
                                     const Tile &result) {
  ArrayRef<int64_t> shape = getShape(getOperand(operand));
  if (operand < 2)
    return matricesTile(shape, operand == 0, getTransposeRhs(),
                        getShape(getLhs()).back(), result);
  Tile zeroPoints = Tile::whole(shape);
  if (zeroPoints.numElements() == 1)
    return zeroPoints;
  return {{result.offsets.back()}, {result.sizes.back()}};
}

Tile AttentionOp::getOperandTile(unsigned operand, unsigned,
                                 const Tile &result) {
  ArrayRef<int64_t> shape = getShape(getOperand(operand));
  unsigned token = result.rank() - 2, feature = result.rank() - 1;
  // The heads that the tile of the result touches.
  int64_t headSize = getType().getShape().back() / getHeads();
  int64_t firstHead = result.offsets[feature] / headSize;
  int64_t lastHead =
      (result.offsets[feature] + result.sizes[feature] - 1) / headSize;
  // The tokens of the key that the last query token of the tile sees.
  int64_t keys = getShape(getKey())[token],
          queries = getType().getDimSize(token);
  int64_t visible = keys;
  if (getCausal())
    visible = std::clamp<int64_t>(
        result.offsets[token] + result.sizes[token] + keys - queries, 0, keys);
  if (operand == 3) {
    Tile scores = Tile::whole(getScoresShape());
    for (unsigned i = 0; i < token; ++i) {
      scores.offsets[i] = result.offsets[i];
      scores.sizes[i] = result.sizes[i];
    }
    scores.offsets[token] = firstHead;
    scores.sizes[token] = lastHead - firstHead + 1;
    scores.offsets[token + 1] = result.offsets[token];
    scores.sizes[token + 1] = result.sizes[token];
    scores.sizes[token + 2] = visible;
    return broadcastTile(scores, shape);
  }
  Tile tile = result;
  int64_t heads = operand == 0 ? getHeads() : getKvHeads();
  int64_t group = getHeads() / heads, size = shape.back() / heads;
  tile.offsets[feature] = firstHead / group * size;
  tile.sizes[feature] = (lastHead / group - firstHead / group + 1) * size;
  if (operand != 0)
    takeWhole(tile, token, visible);
  if (operand == 2 && firstHead == lastHead) {
    // A part of a head needs that part of the value's head only.
    tile.offsets[feature] += result.offsets[feature] % headSize;
    tile.sizes[feature] = result.sizes[feature];
  }
  return tile;
}

std::pair<int64_t, int64_t> nn::windowRange(int64_t offset, int64_t size,
                                            int64_t stride, int64_t dilation,
                                            int64_t kernel, int64_t pad,
                                            int64_t extent) {
  int64_t begin = offset * stride - pad;
  int64_t end =
      (offset + size - 1) * stride - pad + (kernel - 1) * dilation + 1;
  begin = std::clamp<int64_t>(begin, 0, extent);
  end = std::clamp<int64_t>(end, begin, extent);
  return {begin, end - begin};
}

Tile ConvOp::getOperandTile(unsigned operand, unsigned, const Tile &result) {
  ArrayRef<int64_t> weight = getShape(getWeight());
  if (operand == 2)
    return {{result.offsets[1]}, {result.sizes[1]}};
  if (operand == 1) {
    Tile tile = Tile::whole(weight);
    tile.offsets[0] = result.offsets[1];
    tile.sizes[0] = result.sizes[1];
    return tile;
  }
  ArrayRef<int64_t> input = getShape(getInput());
  Tile tile = result;
  int64_t perGroup = weight[0] / static_cast<int64_t>(getGroups());
  int64_t firstGroup = result.offsets[1] / perGroup;
  int64_t lastGroup = (result.offsets[1] + result.sizes[1] - 1) / perGroup;
  tile.offsets[1] = firstGroup * weight[1];
  tile.sizes[1] = (lastGroup - firstGroup + 1) * weight[1];
  for (unsigned i = 0; i < 2; ++i)
    std::tie(tile.offsets[2 + i], tile.sizes[2 + i]) = windowRange(
        result.offsets[2 + i], result.sizes[2 + i], getStrides()[i],
        getDilations()[i], weight[2 + i], getPads()[i], input[2 + i]);
  return tile;
}

Tile PatchesOp::getOperandTile(unsigned, unsigned, const Tile &result) {
  ArrayRef<int64_t> input = getShape(getInput());
  Tile tile = Tile::whole(input);
  tile.offsets[0] = result.offsets[0];
  tile.sizes[0] = result.sizes[0];
  // Rows of positions that the tile touches; all columns and channels, also if
  // the tile needs fewer.
  int64_t reach = (getKernel()[1] - 1) * getDilations()[1] + 1;
  int64_t perRow =
      (input[3] + getPads()[1] + getPads()[3] - reach) / getStrides()[1] + 1;
  int64_t first = result.offsets[1] / perRow;
  int64_t last = (result.offsets[1] + result.sizes[1] - 1) / perRow;
  std::tie(tile.offsets[2], tile.sizes[2]) =
      windowRange(first, last - first + 1, getStrides()[0], getDilations()[0],
                  getKernel()[0], getPads()[0], input[2]);
  return tile;
}

//===----------------------------------------------------------------------===//
// Normalization
//===----------------------------------------------------------------------===//

Tile SoftmaxOp::getOperandTile(unsigned, unsigned, const Tile &result) {
  Tile tile = result;
  takeWhole(tile, getAxis(), getType().getDimSize(getAxis()));
  return tile;
}

/// Operand tile of a normalization over the last dimensions of the input.
static Tile normalizationTile(Operation *op, unsigned operand,
                              const Tile &result) {
  if (operand != 0)
    return broadcastTile(result, getShape(op->getOperand(operand)));
  Tile tile = result;
  ArrayRef<int64_t> shape = getShape(op->getOperand(0));
  unsigned normalized = getShape(op->getOperand(1)).size();
  for (unsigned i = shape.size() - normalized; i < shape.size(); ++i)
    takeWhole(tile, i, shape[i]);
  return tile;
}

Tile LayerNormOp::getOperandTile(unsigned operand, unsigned,
                                 const Tile &result) {
  return normalizationTile(*this, operand, result);
}

Tile RMSNormOp::getOperandTile(unsigned operand, unsigned, const Tile &result) {
  return normalizationTile(*this, operand, result);
}

Tile RotaryEmbeddingOp::getOperandTile(unsigned operand, unsigned,
                                       const Tile &result) {
  // The partner of a feature may be any other one.
  Tile tile = result;
  takeWhole(tile, tile.rank() - 1, getShape(getOperand(operand)).back());
  return operand == 0 ? tile
                      : broadcastTile(tile, getShape(getOperand(operand)));
}

//===----------------------------------------------------------------------===//
// Element by element
//===----------------------------------------------------------------------===//

Tile GeluOp::getOperandTile(unsigned, unsigned, const Tile &result) {
  return result;
}
Tile SwiGLUOp::getOperandTile(unsigned, unsigned, const Tile &result) {
  return result;
}
Tile ClipOp::getOperandTile(unsigned, unsigned, const Tile &result) {
  return result;
}
Tile CastOp::getOperandTile(unsigned, unsigned, const Tile &result) {
  return result;
}
Tile DequantizeOp::getOperandTile(unsigned, unsigned, const Tile &result) {
  return result;
}
Tile QuantizeOp::getOperandTile(unsigned, unsigned, const Tile &result) {
  if (!isa<quant::AnyQuantizedType>(getType().getElementType()))
    return result;
  // A scale found at run time depends on all elements that have it in common.
  switch (getScales()) {
  case RunTimeScales::Tensor:
    return wholeOf(getInput());
  case RunTimeScales::Matrix:
  case RunTimeScales::Vector:
    Tile tile = result;
    unsigned shared = getScales() == RunTimeScales::Matrix ? 2 : 1;
    for (unsigned i = tile.rank() - shared; i < tile.rank(); ++i)
      takeWhole(tile, i, getType().getDimSize(i));
    return tile;
  }
  llvm_unreachable("unknown scales");
}
Tile StorageCastOp::getOperandTile(unsigned, unsigned, const Tile &result) {
  return result;
}
Tile ScaleOp::getOperandTile(unsigned, unsigned, const Tile &) {
  return wholeOf(getInput());
}
Tile ZeroPointOp::getOperandTile(unsigned, unsigned, const Tile &) {
  return wholeOf(getInput());
}
Tile SelectOp::getOperandTile(unsigned operand, unsigned, const Tile &result) {
  return broadcastOperandTile(*this, operand, result);
}

//===----------------------------------------------------------------------===//
// Movement of data
//===----------------------------------------------------------------------===//

Tile ConstantOp::getOperandTile(unsigned, unsigned, const Tile &) {
  llvm_unreachable("a constant has no operands");
}

Tile ReshapeOp::getOperandTile(unsigned, unsigned, const Tile &result) {
  return reshapeTile(result, getType().getShape(), getShape(getInput()));
}

Tile TransposeOp::getOperandTile(unsigned, unsigned, const Tile &result) {
  Tile tile = result;
  for (auto [i, dimension] : llvm::enumerate(getPermutation())) {
    tile.offsets[dimension] = result.offsets[i];
    tile.sizes[dimension] = result.sizes[i];
  }
  return tile;
}

Tile SliceOp::getOperandTile(unsigned, unsigned, const Tile &result) {
  Tile tile = result;
  for (unsigned i = 0; i < tile.rank(); ++i) {
    int64_t stride = getStrides()[i];
    int64_t first = getOffsets()[i] + result.offsets[i] * stride;
    int64_t last = first + (result.sizes[i] - 1) * stride;
    tile.offsets[i] = std::min(first, last);
    tile.sizes[i] = std::abs(last - first) + 1;
  }
  return tile;
}

Tile ConcatOp::getOperandTile(unsigned operand, unsigned, const Tile &result) {
  unsigned axis = getAxis();
  Tile place = Tile::whole(getType().getShape());
  place.offsets[axis] = 0;
  for (Value input : getInputs().take_front(operand))
    place.offsets[axis] += getShape(input)[axis];
  int64_t begin = place.offsets[axis];
  place.sizes[axis] = getShape(getOperand(operand))[axis];
  Tile tile = place.intersect(result);
  tile.offsets[axis] -= begin;
  if (tile.isEmpty())
    tile.offsets[axis] = 0;
  return tile;
}

Tile ExpandOp::getOperandTile(unsigned operand, unsigned, const Tile &result) {
  return broadcastOperandTile(*this, operand, result);
}

Tile PadOp::getOperandTile(unsigned, unsigned, const Tile &result) {
  Tile shifted = result;
  for (unsigned i = 0; i < shifted.rank(); ++i)
    shifted.offsets[i] -= getLow()[i];
  Tile tile = shifted.intersect(Tile::whole(getShape(getInput())));
  if (tile.isEmpty())
    tile.offsets.assign(tile.rank(), 0);
  return tile;
}

Tile TriluOp::getOperandTile(unsigned, unsigned, const Tile &result) {
  return result;
}

Tile GatherOp::getOperandTile(unsigned operand, unsigned, const Tile &result) {
  unsigned axis = getAxis(), indexRank = getShape(getIndices()).size();
  if (operand == 1)
    return {
        {result.offsets.begin() + axis,
         result.offsets.begin() + axis + indexRank},
        {result.sizes.begin() + axis, result.sizes.begin() + axis + indexRank}};
  // Which elements are fetched is known only when the op runs.
  Tile tile = Tile::whole(getShape(getInput()));
  for (unsigned i = 0; i < tile.rank(); ++i) {
    if (i == axis)
      continue;
    unsigned from = i < axis ? i : i + indexRank - 1;
    tile.offsets[i] = result.offsets[from];
    tile.sizes[i] = result.sizes[from];
  }
  return tile;
}

Tile EmbeddingOp::getOperandTile(unsigned operand, unsigned,
                                 const Tile &result) {
  unsigned last = result.rank() - 1;
  if (operand == 1)
    return {{result.offsets.begin(), result.offsets.begin() + last},
            {result.sizes.begin(), result.sizes.begin() + last}};
  Tile tile = Tile::whole(getShape(getTable()));
  tile.offsets[1] = result.offsets[last];
  tile.sizes[1] = result.sizes[last];
  return tile;
}

Tile ArgMaxOp::getOperandTile(unsigned, unsigned, const Tile &result) {
  return reductionOperandTile(getInput(), {static_cast<int64_t>(getAxis())},
                              getKeepDimension(), result);
}

Tile CumSumOp::getOperandTile(unsigned, unsigned, const Tile &result) {
  Tile tile = result;
  unsigned axis = getAxis();
  tile.sizes[axis] += tile.offsets[axis];
  tile.offsets[axis] = 0;
  return tile;
}

Tile HostOp::getOperandTile(unsigned operand, unsigned, const Tile &) {
  return wholeOf(getOperand(operand));
}
