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
    : features(matrix.values.getDim(1)), accumulator(configuration.accumulator),
      parts(std::move(newParts)) {
  std::vector<bool> seen(features);
  for (const PackedPart &part : parts)
    for (int64_t column : part.columns) {
      hasOwnFeatures &= !seen[column];
      seen[column] = true;
    }
  for (const PackedPart &part : parts)
    weights.push_back(std::make_unique<CrossbarWeight>(
        gatherWeights(matrix.values, part),
        part.scaleBlock ? static_cast<int64_t>(part.rows.size()) : rowsPerScale,
        gatherZeroPoints(matrix, part), configuration));
}

/// Adds the sums of a part, of i32 or i64, to those of its columns.
template <typename T>
static void addSums(ArrayRef<T> sums, ArrayRef<int64_t> columns,
                    const Accumulator &accumulator, int64_t features,
                    MutableArrayRef<int64_t> totals) {
  size_t count = columns.size();
  for (size_t row = 0; row * count < sums.size(); ++row)
    for (size_t i = 0; i < count; ++i) {
      int64_t &total = totals[row * features + columns[i]];
      total = accumulator.store(total + sums[row * count + i]);
    }
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
  Tensor result = Tensor::zeros(
      shape, IntegerType::get(input.getElementType().getContext(), 64));
  // Features that are in several parts add these up one after another; others
  // go on in the arrays of their part.
  if (before && !hasOwnFeatures)
    result = before;
  MutableArrayRef<int64_t> totals = result.mutableAs<int64_t>();
  for (auto [part, weight] : llvm::zip_equal(parts, weights)) {
    if (part.scaleBlock && *part.scaleBlock != block)
      continue;
    Tensor sums = weight->multiply(
        gatherInputs(input, part.rows), inputBits, inputZeros,
        part.scaleBlock ? 0 : block,
        before && hasOwnFeatures ? gatherSums(before, part.columns) : Tensor());
    if (sums.getKind() == ElementKind::Int32)
      addSums(sums.as<int32_t>(), part.columns, accumulator, features, totals);
    else
      addSums(sums.as<int64_t>(), part.columns, accumulator, features, totals);
  }
  return result;
}
