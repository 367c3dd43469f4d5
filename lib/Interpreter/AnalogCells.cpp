// Reads cells of real devices: column sums are products of floats.
#include "atleus/Interpreter/AnalogCells.h"
#include "CellReader.h"
#include "ProductPlan.h"

#include "atleus/Interpreter/Parallel.h"

using namespace atleus;

AnalogEffects::~AnalogEffects() = default;

AnalogCells::AnalogCells(const ProgrammedCells &cells,
                         std::shared_ptr<const AnalogEffects> effects)
    : groups(cells.getGroups()), columns(cells.getNumCellColumns()),
      levels(cells.getNumRows() * columns), effects(std::move(effects)) {
  // Columns that repay the wake-up of a thread.
  constexpr int64_t columnsAtOnce = 64;
  parallelChunks(columns, columnsAtOnce, [&](int64_t begin, int64_t end) {
    for (auto [index, group] : llvm::enumerate(groups)) {
      std::vector<float> given = cells.getLevels(index, begin, end);
      this->effects->writeLevels({group, begin, end}, given);
      llvm::copy(given,
                 levels.begin() + group.begin * columns + begin * group.size());
    }
  });
}

namespace {
class AnalogReader : public CellReader {
public:
  AnalogReader(const CellRead &read, const AnalogCells &analog);

protected:
  void addCells(int64_t group, int64_t columnBegin, int64_t columnEnd,
                int64_t *totals) const override;

private:
  void convert(const float *sums, int64_t factor, int64_t *totals) const;

  const AnalogCells &analog;
  int64_t passes;
  /// The digits of each group in the order of a SumBlock.
  std::vector<std::vector<float>> digits;
};
} // namespace

AnalogReader::AnalogReader(const CellRead &read, const AnalogCells &analog)
    : CellReader(read), analog(analog), passes(read.configuration.passes()) {
  int64_t lanes = read.vectors.lanes;
  for (int64_t group = read.groupBegin; group < read.groupEnd; ++group) {
    const WordlineGroup &rows = read.cells.getGroups()[group];
    std::vector<float> &to = digits.emplace_back(passes * lanes * rows.size());
    for (int64_t pass = 0; pass < passes; ++pass) {
      unsigned shift = pass * read.configuration.dacBits;
      unsigned mask = (1u << read.configuration.passBits(pass)) - 1;
      for (int64_t row = rows.begin; row < rows.end; ++row)
        for (int64_t lane = 0; lane < lanes; ++lane)
          to[(pass * lanes + lane) * rows.size() + row - rows.begin] =
              static_cast<float>(read.vectors.row(row)[lane] >> shift & mask);
    }
  }
}

/// Converts the sums of one column in all passes and adds them up.
void AnalogReader::convert(const float *sums, int64_t factor,
                           int64_t *totals) const {
  int64_t lanes = read.vectors.lanes;
  float step = static_cast<float>(conversion.step);
  int64_t largestCode = conversion.limit / conversion.step;
  float most = static_cast<float>(largestCode);
  for (int64_t pass = 0; pass < passes; ++pass, sums += lanes) {
    int64_t weight =
        factor * conversion.step * (int64_t(1) << (pass * conversion.dacBits));
    if (pass == passes - 1 && conversion.subtractsLastPass)
      weight = -weight;
    for (int64_t lane = 0; lane < lanes; ++lane) {
      float code = sums[lane] / step + 0.5f;
      code = code > 0 ? code : 0;
      code = code < most ? code : most;
      // Without its fraction: the nearest code, halves up.
      totals[lane] += weight * static_cast<int32_t>(code);
    }
  }
}

void AnalogReader::addCells(int64_t group, int64_t columnBegin,
                            int64_t columnEnd, int64_t *totals) const {
  const WordlineGroup &rows = read.cells.getGroups()[group];
  int64_t begin = columnBegin * cellsPerWeight;
  int64_t end = columnEnd * cellsPerWeight;
  int64_t lanes = read.vectors.lanes, perColumn = passes * lanes;
  const std::vector<float> &driven = digits[group - read.groupBegin];
  llvm::ArrayRef<float> levels(analog.getLevels(group, begin),
                               (end - begin) * rows.size());
  std::vector<float> sums((end - begin) * perColumn);
  multiplyOnOneThread(/*transposeRhs=*/true, end - begin, perColumn,
                      rows.size(), levels.data(), rows.size(), driven.data(),
                      rows.size(), sums.data(), perColumn);
  analog.getEffects().disturbSums({{rows, begin, end},
                                   passes,
                                   lanes,
                                   static_cast<float>(conversion.step),
                                   levels,
                                   driven},
                                  sums);
  for (int64_t cell = begin; cell < end; ++cell)
    convert(sums.data() + (cell - begin) * perColumn, getFactor(group, cell),
            totals + (cell / cellsPerWeight - columnBegin) * lanes);
}

std::unique_ptr<CellReader> atleus::readAnalog(const CellRead &read,
                                               const AnalogCells &analog) {
  return std::make_unique<AnalogReader>(read, analog);
}
