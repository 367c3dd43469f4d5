// Slices, passes, conversions and shift-and-add of crossbar arrays. The column
// sums of all passes and slices of a group of wordlines are one matrix product.
#include "atleus/Interpreter/CrossbarNumerics.h"
#include "ProductPlan.h"

#include "atleus/Interpreter/MatrixProduct.h"
#include "atleus/Interpreter/Parallel.h"

#include "llvm/Support/MathExtras.h"

#include <algorithm>
#include <atomic>
#include <limits>

using namespace mlir;
using namespace atleus;

int64_t CrossbarConfiguration::largestColumnSum(int64_t innerSize) const {
  int64_t driven = std::min({innerSize, rows, activeRows});
  int64_t largestDigit = (int64_t(1) << std::min(dacBits, inputBits)) - 1;
  int64_t cells = driven * largestCell();
  if (encoding == SignEncoding::Flipped)
    cells /= 2;
  return cells * largestDigit;
}

unsigned CrossbarConfiguration::losslessAdcBits(int64_t innerSize) const {
  return llvm::Log2_64_Ceil(largestColumnSum(innerSize) + 1);
}

namespace {
/// Consecutive rows of the weight that are driven at once.
struct RowGroup {
  int64_t begin, end;
};

/// The cells of a weight: a column for each slice of each column of the weight,
/// those of one weight side by side, positive before negative ones. T is a
/// float type that holds all sums exactly.
template <typename T>
struct Cells {
  int64_t columns;
  std::vector<T> values;
  /// For each group and column: the sum of the cells as they should be is
  /// base * (sum of digits) + sign * (sum of the cells as they are stored).
  std::vector<T> base, sign;
};

/// The digits of inputs: for each vector one row per pass.
template <typename T>
struct Digits {
  std::vector<T> values;
  /// For each group, vector and pass the sum of the digits.
  std::vector<T> sums;
};
} // namespace

static std::vector<RowGroup>
rowGroups(int64_t innerSize, const CrossbarConfiguration &configuration) {
  std::vector<RowGroup> groups;
  for (int64_t block = 0; block < innerSize; block += configuration.rows) {
    int64_t end = std::min(innerSize, block + configuration.rows);
    for (int64_t row = block; row < end; row += configuration.activeRows)
      groups.push_back({row, std::min(end, row + configuration.activeRows)});
  }
  return groups;
}

/// Bits [shift, shift + width) of a number that is not negative.
static int64_t bitField(int64_t value, unsigned shift, unsigned width) {
  return (value >> shift) & ((int64_t(1) << width) - 1);
}

/// Stores columns whose cells sum past half of the largest sum inverted.
template <typename T>
static void flipColumns(Cells<T> &cells, ArrayRef<RowGroup> groups,
                        T largestCell) {
  for (auto [index, group] : llvm::enumerate(groups)) {
    T half = largestCell * static_cast<T>(group.end - group.begin) / T(2);
    for (int64_t column = 0; column < cells.columns; ++column) {
      T sum = 0;
      for (int64_t row = group.begin; row < group.end; ++row)
        sum += cells.values[row * cells.columns + column];
      if (sum <= half)
        continue;
      for (int64_t row = group.begin; row < group.end; ++row) {
        T &cell = cells.values[row * cells.columns + column];
        cell = largestCell - cell;
      }
      cells.base[index * cells.columns + column] = largestCell;
      cells.sign[index * cells.columns + column] = T(-1);
    }
  }
}

template <typename T>
static Cells<T> sliceWeights(const Tensor &weight, ArrayRef<RowGroup> groups,
                             const CrossbarConfiguration &configuration) {
  unsigned slices = configuration.slices(), bits = configuration.cellBits;
  bool differential = configuration.encoding == SignEncoding::Differential;
  int64_t perWeight = differential ? 2 * slices : slices;
  int64_t offset = int64_t(1) << (configuration.weightBits - 1);
  Cells<T> cells;
  cells.columns = weight.getDim(1) * perWeight;
  cells.values.resize(weight.numElements() * perWeight);
  ArrayRef<int8_t> weights = weight.as<int8_t>();
  for (size_t i = 0; i < weights.size(); ++i) {
    int64_t value = weights[i];
    int64_t stored =
        differential ? std::max<int64_t>(0, value) : value + offset;
    int64_t negative = std::max<int64_t>(0, -value);
    T *to = cells.values.data() + i * perWeight;
    for (unsigned slice = 0; slice < slices; ++slice) {
      to[slice] = static_cast<T>(bitField(stored, slice * bits, bits));
      if (differential)
        to[slices + slice] =
            static_cast<T>(bitField(negative, slice * bits, bits));
    }
  }
  cells.base.assign(groups.size() * cells.columns, T(0));
  cells.sign.assign(groups.size() * cells.columns, T(1));
  if (configuration.encoding == SignEncoding::Flipped)
    flipColumns(cells, groups, static_cast<T>(configuration.largestCell()));
  return cells;
}

/// Whether inputs are stored plus half their range.
static bool offsetInputs(const CrossbarConfiguration &configuration) {
  return configuration.signedInputs && configuration.dacBits > 1;
}

/// The digits of `count` vectors from `inputs` on.
template <typename T, typename Input>
static Digits<T> splitInputs(const Input *inputs, int64_t count,
                             int64_t innerSize, ArrayRef<RowGroup> groups,
                             const CrossbarConfiguration &configuration) {
  int64_t passes = configuration.passes();
  unsigned bits = configuration.dacBits;
  int64_t offset = offsetInputs(configuration)
                       ? int64_t(1) << (configuration.inputBits - 1)
                       : 0;
  Digits<T> digits;
  digits.values.resize(count * passes * innerSize);
  digits.sums.resize(groups.size() * count * passes);
  for (int64_t row = 0; row < count * passes; ++row) {
    unsigned shift = row % passes * bits;
    // In two's complement the field of bits is taken as it stands.
    unsigned width = std::min<unsigned>(bits, configuration.inputBits - shift);
    const Input *from = inputs + row / passes * innerSize;
    T *to = digits.values.data() + row * innerSize;
    for (int64_t i = 0; i < innerSize; ++i)
      to[i] = static_cast<T>(bitField(from[i] + offset, shift, width));
    for (auto [index, group] : llvm::enumerate(groups)) {
      T sum = 0;
      for (int64_t i = group.begin; i < group.end; ++i)
        sum += to[i];
      digits.sums[index * count * passes + row] = sum;
    }
  }
  return digits;
}

namespace {
/// The factors with which conversions are put together.
template <typename T>
struct Converter {
  explicit Converter(const CrossbarConfiguration &configuration,
                     int64_t innerSize) {
    int64_t largestCode = (int64_t(1) << configuration.adcBits) - 1;
    int64_t largestSum = configuration.largestColumnSum(innerSize);
    if (configuration.adcRange == AdcRange::FullScale)
      step = std::max<T>(1, std::ceil(static_cast<T>(largestSum) /
                                      static_cast<T>(largestCode)));
    limit = step * static_cast<T>(largestCode);
    for (unsigned pass = 0; pass < configuration.passes(); ++pass)
      passFactors.push_back(
          static_cast<T>(int64_t(1) << (pass * configuration.dacBits)));
    if (configuration.signedInputs && !offsetInputs(configuration))
      passFactors.back() = -passFactors.back();
  }

  /// Converts a column's sum. The rounding keeps whole steps exact.
  T convert(T sum) const {
    if (step != T(1))
      sum = std::floor(sum / step + T(0.5)) * step;
    return sum < limit ? sum : limit;
  }

  T step = 1, limit = 0;
  llvm::SmallVector<T> passFactors;
};
} // namespace

/// Converts the column sums of one group of wordlines and adds up its passes
/// into `totals`, which has one number per vector and column of the cells from
/// `columnBegin` on.
template <typename T>
static void addGroup(const Converter<T> &converter, const Cells<T> &cells,
                     int64_t groupIndex, int64_t columnBegin, int64_t columns,
                     ArrayRef<T> digitSums, ArrayRef<T> sums,
                     MutableArrayRef<T> totals) {
  int64_t passes = converter.passFactors.size();
  const T *base = cells.base.data() + groupIndex * cells.columns + columnBegin;
  const T *sign = cells.sign.data() + groupIndex * cells.columns + columnBegin;
  for (auto [row, digitSum] : llvm::enumerate(digitSums)) {
    T factor = converter.passFactors[row % passes];
    T bias = digitSum;
    const T *from = sums.data() + row * columns;
    T *to = totals.data() + row / passes * columns;
    if (converter.step == T(1)) {
      T limit = converter.limit;
      for (int64_t i = 0; i < columns; ++i) {
        T code = from[i] < limit ? from[i] : limit;
        to[i] += factor * (base[i] * bias + sign[i] * code);
      }
    } else {
      for (int64_t i = 0; i < columns; ++i)
        to[i] +=
            factor * (base[i] * bias + sign[i] * converter.convert(from[i]));
    }
  }
}

/// Adds the slices of each weight, shifted, to `result`.
template <typename T>
static void addSlices(ArrayRef<T> totals,
                      const CrossbarConfiguration &configuration,
                      MutableArrayRef<int64_t> result) {
  unsigned slices = configuration.slices();
  bool differential = configuration.encoding == SignEncoding::Differential;
  size_t perWeight = differential ? 2 * slices : slices;
  for (size_t i = 0; i < result.size(); ++i) {
    const T *from = totals.data() + i * perWeight;
    for (unsigned slice = 0; slice < slices; ++slice) {
      int64_t sum = static_cast<int64_t>(from[slice]);
      if (differential)
        sum -= static_cast<int64_t>(from[slices + slice]);
      result[i] += sum * (int64_t(1) << (slice * configuration.cellBits));
    }
  }
}

/// Computes the corrections that the digital part knows exactly: those of the
/// offsets of weights and of inputs.
template <typename Input>
static void correctOffsets(const Input *input, const Tensor &weight,
                           const CrossbarConfiguration &configuration,
                           MutableArrayRef<int64_t> result) {
  int64_t k = weight.getDim(0), n = weight.getDim(1);
  int64_t inputOffset = offsetInputs(configuration)
                            ? int64_t(1) << (configuration.inputBits - 1)
                            : 0;
  int64_t weightOffset = configuration.encoding == SignEncoding::Differential
                             ? 0
                             : int64_t(1) << (configuration.weightBits - 1);
  std::vector<int64_t> weightSums(n);
  if (inputOffset)
    for (int64_t i = 0; i < k * n; ++i)
      weightSums[i % n] += weight.as<int8_t>()[i];
  for (size_t vector = 0; vector * n < result.size(); ++vector) {
    int64_t inputSum = k * inputOffset;
    for (int64_t i = 0; i < k; ++i)
      inputSum += input[vector * k + i];
    for (int64_t column = 0; column < n; ++column)
      result[vector * n + column] -=
          weightOffset * inputSum + inputOffset * weightSums[column];
  }
}

/// Computes the sums of some vectors with the columns of the cells from
/// `columnBegin` to `columnEnd`.
template <typename T>
static std::vector<int64_t>
simulateColumns(const Cells<T> &cells, const Digits<T> &digits,
                ArrayRef<RowGroup> groups, int64_t innerSize,
                const CrossbarConfiguration &configuration, int64_t columnBegin,
                int64_t columnEnd, int64_t perWeight) {
  Converter<T> converter(configuration, innerSize);
  int64_t columns = columnEnd - columnBegin;
  int64_t rows = digits.sums.size() / groups.size();
  std::vector<T> sums(rows * columns);
  std::vector<T> totals(rows / configuration.passes() * columns);
  for (auto [index, group] : llvm::enumerate(groups)) {
    multiplyOnOneThread(
        /*transposeRhs=*/false, rows, columns, group.end - group.begin,
        digits.values.data() + group.begin, innerSize,
        cells.values.data() + group.begin * cells.columns + columnBegin,
        cells.columns, sums.data(), columns);
    addGroup<T>(converter, cells, index, columnBegin, columns,
                ArrayRef<T>(digits.sums).slice(index * rows, rows), sums,
                totals);
  }
  std::vector<int64_t> result(totals.size() / perWeight);
  addSlices<T>(totals, configuration, result);
  return result;
}

/// Simulates all vectors, a block of them and of columns at a time, so that the
/// sums of a block stay in the cache.
template <typename T, typename Input>
static std::vector<int64_t>
simulate(const Tensor &input, const Tensor &weight,
         const CrossbarConfiguration &configuration) {
  int64_t k = weight.getDim(0), n = weight.getDim(1);
  int64_t vectors = input.numElements() / std::max<int64_t>(1, k);
  std::vector<RowGroup> groups = rowGroups(k, configuration);
  Cells<T> cells = sliceWeights<T>(weight, groups, configuration);
  int64_t perWeight = cells.columns / n;
  const Input *inputs = input.as<Input>().data();
  std::vector<int64_t> result(vectors * n);
  constexpr int64_t vectorsPerBlock = 64, weightsPerBlock = 64;
  for (int64_t first = 0; first < vectors; first += vectorsPerBlock) {
    int64_t count = std::min(vectorsPerBlock, vectors - first);
    Digits<T> digits =
        splitInputs<T>(inputs + first * k, count, k, groups, configuration);
    parallelChunks(n, weightsPerBlock, [&](int64_t begin, int64_t end) {
      std::vector<int64_t> block =
          simulateColumns(cells, digits, groups, k, configuration,
                          begin * perWeight, end * perWeight, perWeight);
      for (int64_t row = 0; row < count; ++row)
        std::copy_n(block.data() + row * (end - begin), end - begin,
                    result.data() + (first + row) * n + begin);
    });
  }
  correctOffsets(inputs, weight, configuration,
                 MutableArrayRef<int64_t>(result));
  return result;
}

/// Simulates in floats if they hold every sum of a column exactly, else in
/// doubles.
template <typename Input>
static std::vector<int64_t>
simulateExactly(const Tensor &input, const Tensor &weight,
                const CrossbarConfiguration &configuration) {
  constexpr int64_t digits = std::numeric_limits<float>::digits;
  int64_t bits = configuration.inputBits + configuration.cellBits + 1;
  bool fits = bits < digits && weight.getDim(0) >> (digits - bits) == 0;
  return fits ? simulate<float, Input>(input, weight, configuration)
              : simulate<double, Input>(input, weight, configuration);
}

llvm::Expected<Tensor>
atleus::simulateCrossbar(const Tensor &input, const Tensor &weight,
                         const CrossbarConfiguration &configuration) {
  Shape shape(input.getShape());
  shape.back() = weight.getDim(1);
  Tensor result = Tensor::zeros(
      shape, IntegerType::get(input.getElementType().getContext(), 32));
  if (result.numElements() == 0 || weight.getDim(0) == 0)
    return result;
  std::vector<int64_t> sums =
      dispatchElement(input.getKind(), [&](auto tag) -> std::vector<int64_t> {
        using T = typename decltype(tag)::Type;
        if constexpr (std::is_integral_v<T> && sizeof(T) <= 2)
          return simulateExactly<T>(input, weight, configuration);
        else
          llvm_unreachable("inputs are integers of up to 16 bits");
      });
  MutableArrayRef<int32_t> to = result.mutableAs<int32_t>();
  for (auto [sum, stored] : llvm::zip_equal(sums, to)) {
    if (!llvm::isInt<32>(sum))
      return llvm::createStringError("sum " + llvm::Twine(sum) +
                                     " of a crossbar does not fit in 32 bits");
    stored = static_cast<int32_t>(sum);
  }
  return result;
}

llvm::Expected<Tensor>
atleus::crossbarProduct(const Tensor &input, const Tensor &weight,
                        const CrossbarConfiguration &configuration) {
  if (configuration.adcBits >= configuration.losslessAdcBits(weight.getDim(0)))
    return kernels::exactProduct(input, weight);
  return simulateCrossbar(input, weight, configuration);
}
