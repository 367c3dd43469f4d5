// Products of crossbars that leave out lines.
#include "atleus/Interpreter/PackedCrossbar.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace atleus;

/// The elements of some columns of rows of `width` elements.
template <typename T>
static void gatherColumns(ArrayRef<T> from, int64_t width,
                          ArrayRef<int64_t> columns, MutableArrayRef<T> to) {
  size_t count = columns.size();
  for (size_t row = 0; row * count < to.size(); ++row)
    for (size_t i = 0; i < count; ++i)
      to[row * count + i] = from[row * width + columns[i]];
}

/// The inputs of some rows of the weight.
static Tensor gatherInputs(const Tensor &input, ArrayRef<int64_t> rows) {
  Shape shape(input.getShape());
  int64_t width = shape.back();
  shape.back() = rows.size();
  Tensor result(shape, input.getElementType());
  if (getElementBytes(input.getKind()) == 1)
    gatherColumns(input.as<uint8_t>(), width, rows,
                  result.mutableAs<uint8_t>());
  else
    gatherColumns(input.as<uint16_t>(), width, rows,
                  result.mutableAs<uint16_t>());
  return result;
}

static Tensor gatherWeights(const Tensor &values, const PackedPart &part) {
  int64_t rows = part.rows.size(), columns = part.columns.size();
  int64_t width = values.getDim(1);
  Tensor result({rows, columns}, values.getElementType());
  ArrayRef<int8_t> from = values.as<int8_t>();
  MutableArrayRef<int8_t> to = result.mutableAs<int8_t>();
  for (int64_t row = 0; row < rows; ++row)
    for (int64_t column = 0; column < columns; ++column)
      to[row * columns + column] =
          from[part.rows[row] * width + part.columns[column]];
  return result;
}

/// The zero points of a part, for each of its blocks of scales and columns.
static SmallVector<int64_t> gatherZeroPoints(const CrossbarMatrix &matrix,
                                             const PackedPart &part) {
  SmallVector<int64_t> result;
  int64_t width = matrix.values.getDim(1);
  int64_t blocks = matrix.zeroPoints.size() / width;
  int64_t first = part.scaleBlock.value_or(0);
  int64_t end = part.scaleBlock ? first + 1 : blocks;
  if (!matrix.zeroPoints.empty())
    for (int64_t block = first; block < end; ++block)
      for (int64_t column : part.columns)
        result.push_back(matrix.zeroPoints[block * width + column]);
  return result;
}

PackedCrossbarWeight::PackedCrossbarWeight(
    const CrossbarMatrix &matrix, std::vector<PackedPart> newParts,
    int64_t rowsPerScale, const CrossbarConfiguration &configuration)
    : features(matrix.values.getDim(1)), parts(std::move(newParts)) {
  for (const PackedPart &part : parts)
    weights.push_back(std::make_unique<CrossbarWeight>(
        gatherWeights(matrix.values, part),
        part.scaleBlock ? static_cast<int64_t>(part.rows.size()) : rowsPerScale,
        gatherZeroPoints(matrix, part), configuration));
}

/// Puts the sums of a part in the place of those of its columns.
static void putSums(ArrayRef<int64_t> sums, ArrayRef<int64_t> columns,
                    int64_t features, MutableArrayRef<int64_t> totals) {
  size_t count = columns.size();
  for (size_t row = 0; row * count < sums.size(); ++row)
    for (size_t i = 0; i < count; ++i)
      totals[row * features + columns[i]] = sums[row * count + i];
}

/// The sums of some columns.
static Tensor gatherSums(const Tensor &sums, ArrayRef<int64_t> columns) {
  Shape shape(sums.getShape());
  int64_t width = shape.back();
  shape.back() = columns.size();
  Tensor result(shape, sums.getElementType());
  gatherColumns(sums.as<int64_t>(), width, columns,
                result.mutableAs<int64_t>());
  return result;
}

Tensor PackedCrossbarWeight::multiply(const Tensor &input, unsigned inputBits,
                                      ArrayRef<int64_t> inputZeros,
                                      int64_t block,
                                      const Tensor &before) const {
  Shape shape(input.getShape());
  shape.back() = features;
  Tensor result =
      before
          ? before
          : Tensor::zeros(shape, IntegerType::get(
                                     input.getElementType().getContext(), 64));
  for (auto [part, weight] : llvm::zip_equal(parts, weights)) {
    if (part.scaleBlock && *part.scaleBlock != block)
      continue;
    // Features that are in several parts go on where the one before ended.
    Tensor sums = weight->multiply(gatherInputs(input, part.rows), inputBits,
                                   inputZeros, part.scaleBlock ? 0 : block,
                                   gatherSums(result, part.columns));
    assert(sums.getKind() == ElementKind::Int64);
    putSums(sums.as<int64_t>(), part.columns, features,
            result.mutableAs<int64_t>());
  }
  return result;
}
