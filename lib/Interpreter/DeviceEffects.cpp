// Cells and reads of devices that are not ideal, in units of one level.
#include "atleus/Interpreter/DeviceEffects.h"
#include "ProductPlan.h"

#include "llvm/Support/xxhash.h"

#include <algorithm>
#include <cmath>
#include <optional>

using namespace atleus;
using llvm::ArrayRef;
using llvm::MutableArrayRef;

/// The current that one level and one unit of a digit make, in A.
static double unitCurrent(const DeviceConstants &device, double step,
                          const CrossbarConfiguration &configuration) {
  double largestDigit =
      static_cast<double>((int64_t(1) << configuration.dacBits) - 1);
  return device.readVoltage / largestDigit * step;
}

DeviceEffects::DeviceEffects(const DeviceNoise &noise, const ArrayGrid &grid,
                             const CrossbarConfiguration &configuration)
    : noise(noise), grid(grid),
      step(noise.getDevice().step(int64_t(1) << configuration.cellBits)) {
  const DeviceConstants &device = noise.getDevice();
  double unit = unitCurrent(device, step, configuration);
  thermalVariance =
      thermalNoiseVariance(step, noise.getDraw().temperature,
                           device.bandwidth) /
      (unit * unit);
}

uint32_t DeviceEffects::arrayOf(const WordlineGroup &group,
                                int64_t column) const {
  return static_cast<uint32_t>(grid.firstArray +
                               group.arrayRow * grid.gridColumns +
                               column / grid.columns);
}

std::vector<double> DeviceEffects::referencesOf(const WordlineGroup &group,
                                                uint32_t array) const {
  std::vector<double> references(group.size());
  for (int64_t row = 0; row < group.size(); ++row)
    references[row] = noise.referenceConductance(
                          array, static_cast<uint32_t>(group.firstWordline +
                                                       row)) /
                      step;
  return references;
}

/// Consecutive columns of cells within one array.
struct DeviceEffects::ColumnRange {
  int64_t begin, end;
  uint32_t array;

  int64_t size() const { return end - begin; }
};

/// Calls `body(begin, end)` for the parts of a range that lie in blocks of
/// `size`, the first of which begins at `origin`.
static void forEachPart(int64_t begin, int64_t end, int64_t origin,
                        int64_t size,
                        llvm::function_ref<void(int64_t, int64_t)> body) {
  while (begin < end) {
    int64_t partEnd = std::min(end, begin - (begin - origin) % size + size);
    body(begin, partEnd);
    begin = partEnd;
  }
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

void DeviceEffects::writeRange(const WordlineGroup &group,
                               const ColumnRange &range, float *levels) const {
  std::vector<double> references = referencesOf(group, range.array);
  double off = noise.getDevice().offConductance;
  for (int64_t column = range.begin; column < range.end; ++column)
    for (int64_t row = 0; row < group.size(); ++row, ++levels) {
      int64_t cell = (group.firstWordline + row) * grid.columns +
                     column % grid.columns;
      double written =
          noise.conductance(range.array, static_cast<uint32_t>(cell),
                            off + static_cast<double>(*levels) * step);
      *levels = static_cast<float>(written / step - references[row]);
    }
}

void DeviceEffects::writeLevels(const CellBlock &cells,
                                MutableArrayRef<float> levels) const {
  forEachPart(cells.columnBegin, cells.columnEnd, 0, grid.columns,
              [&](int64_t begin, int64_t end) {
                writeRange(cells.group,
                           {begin, end, arrayOf(cells.group, begin)},
                           levels.data() +
                               (begin - cells.columnBegin) *
                                   cells.group.size());
              });
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

template <typename T>
static uint64_t hash(ArrayRef<T> values) {
  return llvm::xxh3_64bits(
      ArrayRef(reinterpret_cast<const uint8_t *>(values.data()),
               values.size() * sizeof(T)));
}

/// What tells the reads of a vector from those of others is its digits on the
/// wordlines of the group.
static std::vector<ReadNoise> noiseOfVectors(const SumBlock &block,
                                             const NoiseDraw &draw) {
  std::vector<ReadNoise> noises;
  std::vector<uint64_t> ofPasses(block.passes);
  int64_t size = block.cells.group.size();
  for (int64_t vector = 0; vector < block.vectors; ++vector) {
    for (int64_t pass = 0; pass < block.passes; ++pass)
      ofPasses[pass] = hash(
          block.digits.slice((pass * block.vectors + vector) * size, size));
    noises.emplace_back(draw, hash(ArrayRef(ofPasses)));
  }
  return noises;
}

void DeviceEffects::disturbSums(const SumBlock &block,
                                MutableArrayRef<float> sums) const {
  if (thermalVariance == 0 && noise.getDevice().readSigma == 0)
    return;
  std::vector<ReadNoise> vectors = noiseOfVectors(block, noise.getDraw());
  const CellBlock &cells = block.cells;
  forEachPart(cells.columnBegin, cells.columnEnd, 0, grid.columns,
              [&](int64_t begin, int64_t end) {
                disturbRange(block, {begin, end, arrayOf(cells.group, begin)},
                             vectors,
                             sums.data() + (begin - cells.columnBegin) *
                                               block.passes * block.vectors);
              });
}

std::vector<float>
DeviceEffects::deviationsOf(const SumBlock &block,
                            const ColumnRange &range) const {
  int64_t size = block.cells.group.size();
  int64_t reads = block.passes * block.vectors;
  std::vector<double> references = referencesOf(block.cells.group, range.array);
  double readVariance = noise.getDevice().readSigma;
  readVariance *= readVariance;
  // Per cell what it adds to the variance for a digit of 1, and per column what
  // the thermal noise of all cells is.
  std::vector<float> shares(range.size() * size), thermal(range.size());
  const float *level =
      block.levels.data() + (range.begin - block.cells.columnBegin) * size;
  float *share = shares.data();
  for (float &sum : thermal) {
    double conductance = 0;
    for (int64_t row = 0; row < size; ++row, ++level, ++share) {
      double reference = references[row];
      double own = static_cast<double>(*level) + reference;
      conductance += own + reference;
      *share = static_cast<float>(readVariance *
                                  (own * own + reference * reference));
    }
    sum = static_cast<float>(thermalVariance * conductance);
  }
  std::vector<float> deviations(range.size() * reads);
  if (readVariance > 0) {
    std::vector<float> squares(block.digits);
    for (float &digit : squares)
      digit *= digit;
    multiplyOnOneThread(/*transposeRhs=*/true, range.size(), reads, size,
                        shares.data(), size, squares.data(), size,
                        deviations.data(), reads);
  }
  for (size_t i = 0; i < deviations.size(); ++i)
    deviations[i] = std::sqrt(deviations[i] + thermal[i / reads]);
  return deviations;
}

/// The largest integer that is not above `x`, in a way that the compiler can
/// compute for several at once. Codes have far fewer than 30 bits.
static int32_t floorOf(float x) {
  x = std::clamp(x, -0x1p30F, 0x1p30F);
  auto integer = static_cast<int32_t>(x);
  return integer - (x < static_cast<float>(integer));
}

/// Whether the ADC might make different codes of sums up to `margin` away.
static bool mayChange(float sum, float margin, float step) {
  return floorOf((sum - margin) / step + 0.5F) !=
         floorOf((sum + margin) / step + 0.5F);
}

void DeviceEffects::disturbRange(const SumBlock &block,
                                 const ColumnRange &range,
                                 ArrayRef<ReadNoise> vectors,
                                 float *sums) const {
  int64_t reads = block.passes * block.vectors;
  uint32_t firstRead = block.cells.group.firstWordline * block.passes;
  std::vector<float> deviations = deviationsOf(block, range);
  std::vector<std::optional<RandomBlock>> bits(reads);
  auto disturb = [&](int64_t column) {
    int64_t ofArray = column % grid.columns;
    for (int64_t read = 0; read < reads; ++read) {
      int64_t index = (column - range.begin) * reads + read;
      float deviation = deviations[index];
      if (!mayChange(sums[index], largestNormal * deviation,
                     block.step))
        continue;
      if (!bits[read])
        bits[read] = vectors[read % block.vectors].drawQuad(
            range.array, static_cast<uint32_t>(ofArray / 4),
            firstRead + static_cast<uint32_t>(read / block.vectors));
      sums[index] += static_cast<float>(
          deviation * toNormal((*bits[read])[ofArray % 4]));
    }
  };
  int64_t origin = range.begin - range.begin % grid.columns;
  forEachPart(range.begin, range.end, origin, /*size=*/4,
              [&](int64_t begin, int64_t end) {
                llvm::fill(bits, std::nullopt);
                for (int64_t column = begin; column < end; ++column)
                  disturb(column);
              });
}
