// Products with weights in crossbars: blocks of scales, rows of arrays, and the
// digital part.
#include "atleus/Interpreter/CrossbarNumerics.h"
#include "CellReader.h"

#include "atleus/Interpreter/AccumulatedProduct.h"
#include "atleus/Interpreter/DataMovement.h"
#include "atleus/Interpreter/MatrixProduct.h"
#include "atleus/Interpreter/Parallel.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace atleus;

int64_t CrossbarConfiguration::largestColumnSum(int64_t innerSize) const {
  int64_t driven = std::min(rows, activeRows);
  if (adcRange == AdcRange::UnitStep)
    driven = std::min(driven, innerSize);
  int64_t largestDigit = (int64_t(1) << std::min(dacBits, inputBits)) - 1;
  int64_t cells = driven * largestCell();
  if (encoding == SignEncoding::Flipped)
    cells /= 2;
  return cells * largestDigit;
}

unsigned CrossbarConfiguration::losslessAdcBits(int64_t innerSize) const {
  return llvm::Log2_64_Ceil(largestColumnSum(innerSize) + 1);
}

//===----------------------------------------------------------------------===//
// The weight
//===----------------------------------------------------------------------===//

CrossbarWeight::CrossbarWeight(const Tensor &weight, int64_t rowsPerScale,
                               ArrayRef<int64_t> zeroPoints,
                               const CrossbarConfiguration &configuration)
    : weight(weight), configuration(configuration),
      groups(
          formWordlineGroups(weight.getDim(0), rowsPerScale, configuration)) {
  formBlocks(rowsPerScale, zeroPoints);
  for (ScaleBlock &block : blocks)
    measure(block);
}

CrossbarWeight::~CrossbarWeight() = default;

const ProgrammedCells &CrossbarWeight::getCells() const {
  std::call_once(cellsFormed, [&] {
    cells = std::make_unique<ProgrammedCells>(
        weight.as<int8_t>(), weight.getDim(1), groups, configuration);
  });
  return *cells;
}

void CrossbarWeight::formBlocks(int64_t rowsPerScale,
                                ArrayRef<int64_t> zeroPoints) {
  int64_t rows = weight.getDim(0);
  int64_t perBlock = zeroPoints.size() / llvm::divideCeil(rows, rowsPerScale);
  for (auto [index, group] : llvm::enumerate(groups)) {
    if (group.begin % rowsPerScale == 0) {
      ScaleBlock &block = blocks.emplace_back();
      block.begin = group.begin;
      block.end = std::min(rows, group.begin + rowsPerScale);
      block.zeroPoints.assign(
          zeroPoints.slice((blocks.size() - 1) * perBlock, perBlock));
    }
    std::vector<ArrayRows> &arrays = blocks.back().arrays;
    bool sameArray =
        !arrays.empty() && groups[index - 1].arrayRow == group.arrayRow;
    if (!sameArray)
      arrays.push_back({group.begin, 0, static_cast<int64_t>(index), 0, {}});
    arrays.back().end = group.end;
    arrays.back().groupEnd = index + 1;
  }
}

void CrossbarWeight::measure(ScaleBlock &block) {
  int64_t columns = weight.getDim(1);
  const int8_t *weights = weight.as<int8_t>().data();
  std::vector<int64_t> magnitudes(columns);
  for (ArrayRows &array : block.arrays) {
    array.columnSums.resize(columns);
    for (int64_t row = array.begin; row < array.end; ++row)
      for (int64_t column = 0; column < columns; ++column) {
        int64_t value = weights[row * columns + column];
        array.columnSums[column] += value;
        magnitudes[column] += std::abs(value - block.getZeroPoint(column));
      }
  }
  block.magnitude = *llvm::max_element(magnitudes);
}

void CrossbarWeight::setAnalogEffects(
    std::shared_ptr<const AnalogEffects> effects) {
  analog = std::make_unique<AnalogCells>(getCells(), std::move(effects));
}

CrossbarConfiguration CrossbarWeight::withInputs(const Tensor &input,
                                                 unsigned inputBits) const {
  CrossbarConfiguration result = configuration;
  result.inputBits = inputBits;
  result.signedInputs = input.getKind() == ElementKind::Int8 ||
                        input.getKind() == ElementKind::Int16;
  return result;
}

//===----------------------------------------------------------------------===//
// Exact products
//===----------------------------------------------------------------------===//

/// Rows [begin, end) of a weight, or elements of vectors.
static Tensor sliceInner(const Tensor &tensor, int64_t dimension, int64_t begin,
                         int64_t end) {
  if (begin == 0 && end == tensor.getDim(dimension))
    return tensor;
  Shape offsets(tensor.getRank(), 0), sizes(tensor.getShape());
  offsets[dimension] = begin;
  sizes[dimension] = end - begin;
  return kernels::slice(tensor, offsets, sizes, Shape(tensor.getRank(), 1));
}

Tensor CrossbarWeight::multiplyExactly(const Tensor &input,
                                       ArrayRef<int64_t> inputZeros,
                                       const ScaleBlock &block,
                                       const Tensor &before) const {
  auto product = [&](int64_t begin, int64_t end) {
    return kernels::exactSums(
        sliceInner(input, input.getRank() - 1, begin, end),
        sliceInner(weight, 0, begin, end), /*transposeRhs=*/false,
        {inputZeros, block.zeroPoints});
  };
  const Accumulator &accumulator = configuration.accumulator;
  int64_t largestInput = kernels::largestMagnitude(input, inputZeros);
  if (accumulator.holds(largestInput * block.magnitude)) {
    if (!before)
      return product(block.begin, block.end);
    // What wraps is the same in any order.
    if (accumulator.overflow == Overflow::Wrap)
      return kernels::accumulate(before, product(block.begin, block.end),
                                 accumulator);
  }
  Tensor total = before;
  for (const ArrayRows &array : block.arrays)
    total = kernels::accumulate(total, product(array.begin, array.end),
                                accumulator);
  return total;
}

Tensor CrossbarWeight::multiply(const Tensor &input, unsigned inputBits,
                                ArrayRef<int64_t> inputZeros, int64_t index,
                                const Tensor &before) const {
  const ScaleBlock &block = blocks[index];
  CrossbarConfiguration withInput = withInputs(input, inputBits);
  if (!analog &&
      withInput.adcBits >= withInput.losslessAdcBits(block.end - block.begin))
    return multiplyExactly(input, inputZeros, block, before);
  return simulate(input, inputBits, inputZeros, index, before);
}

//===----------------------------------------------------------------------===//
// Simulation
//===----------------------------------------------------------------------===//

/// Some vectors by all columns of a block.
class CrossbarWeight::Simulation {
public:
  Simulation(const CrossbarWeight &weight, const ScaleBlock &block,
             const CrossbarConfiguration &configuration,
             const DrivenVectors &vectors, ArrayRef<int64_t> inputZeros);

  /// Adds to the sums of columns [begin, end) in rows of `stride` sums.
  void computeColumns(int64_t begin, int64_t end, int64_t *sums,
                      int64_t stride) const;

private:
  void correct(size_t arrayIndex, int64_t begin, int64_t end,
               MutableArrayRef<int64_t> sums) const;

  const ScaleBlock &block;
  const CrossbarConfiguration &configuration;
  const DrivenVectors &vectors;
  /// What the digital part has to subtract from each input of each lane.
  SmallVector<int64_t> inputOffsets;
  std::unique_ptr<CellReader> reader;
  /// For each row of arrays the sums of the codes of each vector.
  SmallVector<std::vector<int64_t>> vectorSums;
};

CrossbarWeight::Simulation::Simulation(
    const CrossbarWeight &weight, const ScaleBlock &block,
    const CrossbarConfiguration &configuration, const DrivenVectors &vectors,
    ArrayRef<int64_t> inputZeros)
    : block(block), configuration(configuration), vectors(vectors),
      inputOffsets(vectors.lanes, configuration.inputOffset()) {
  // Lanes beyond the last vector are computed and not used.
  for (int64_t lane = 0; lane < vectors.count && !inputZeros.empty(); ++lane)
    inputOffsets[lane] += inputZeros[inputZeros.size() == 1 ? 0 : lane];
  CellRead read = {weight.getCells(), configuration, vectors,
                   block.arrays.front().groupBegin,
                   block.arrays.back().groupEnd};
  reader = weight.analog ? readAnalog(read, *weight.analog) : readByTable(read);
  for (const ArrayRows &array : block.arrays)
    vectorSums.push_back(vectors.sumRows(array.begin, array.end));
}

/// With codes X = x + p and stored weights V = w + q, where p and q take in
/// both the offsets and the zero points: sum of (X - p)(V - q) = sum of XV - q
/// * sum of X - p * (sum of V - rows * q).
void CrossbarWeight::Simulation::correct(size_t arrayIndex, int64_t begin,
                                         int64_t end,
                                         MutableArrayRef<int64_t> sums) const {
  const ArrayRows &array = block.arrays[arrayIndex];
  ArrayRef<int64_t> codes = vectorSums[arrayIndex];
  int64_t rows = array.end - array.begin;
  for (int64_t column = begin; column < end; ++column) {
    int64_t zeroPoint = block.getZeroPoint(column);
    int64_t weightOffset = configuration.weightOffset() + zeroPoint;
    int64_t columnSum = array.columnSums[column] - rows * zeroPoint;
    int64_t *to = sums.data() + (column - begin) * vectors.lanes;
    for (int64_t lane = 0; lane < vectors.lanes; ++lane)
      to[lane] -= weightOffset * codes[lane] + inputOffsets[lane] * columnSum;
  }
}

void CrossbarWeight::Simulation::computeColumns(int64_t begin, int64_t end,
                                                int64_t *sums,
                                                int64_t stride) const {
  int64_t lanes = vectors.lanes;
  std::vector<int64_t> total((end - begin) * lanes), part(total.size());
  for (int64_t vector = 0; vector < vectors.count; ++vector)
    for (int64_t column = begin; column < end; ++column)
      total[(column - begin) * lanes + vector] = sums[vector * stride + column];
  for (auto [index, array] : llvm::enumerate(block.arrays)) {
    llvm::fill(part, 0);
    for (int64_t group = array.groupBegin; group < array.groupEnd; ++group)
      reader->addGroup(group, begin, end, part.data());
    correct(index, begin, end, part);
    for (size_t i = 0; i < total.size(); ++i)
      total[i] = configuration.accumulator.store(total[i] + part[i]);
  }
  for (int64_t vector = 0; vector < vectors.count; ++vector)
    for (int64_t column = begin; column < end; ++column)
      sums[vector * stride + column] = total[(column - begin) * lanes + vector];
}

Tensor CrossbarWeight::simulate(const Tensor &input, unsigned inputBits,
                                ArrayRef<int64_t> inputZeros, int64_t index,
                                const Tensor &before) const {
  const ScaleBlock &block = blocks[index];
  CrossbarConfiguration withInput = withInputs(input, inputBits);
  int64_t k = weight.getDim(0), n = weight.getDim(1);
  Shape shape(input.getShape());
  shape.back() = n;
  Tensor result =
      before
          ? before
          : Tensor::zeros(shape, IntegerType::get(
                                     input.getElementType().getContext(), 64));
  int64_t *sums = result.mutableAs<int64_t>().data();
  int64_t vectors = input.numElements() / k;
  // What is prepared for the vectors, and the sums of the columns, stay in the
  // cache.
  constexpr int64_t vectorsAtOnce = 128, columnsAtOnce = 16;
  for (int64_t first = 0; first < vectors; first += vectorsAtOnce) {
    int64_t count = std::min(vectorsAtOnce, vectors - first);
    DrivenVectors driven(input, first, count,
                         analog ? count : countLanes(count, withInput),
                         block.begin, block.end, withInput);
    Simulation simulation(
        *this, block, withInput, driven,
        inputZeros.size() <= 1 ? inputZeros : inputZeros.slice(first, count));
    parallelChunks(n, columnsAtOnce, [&](int64_t begin, int64_t end) {
      simulation.computeColumns(begin, end, sums + first * n, n);
    });
  }
  return result;
}
