// What all reads of cells have in common.
#include "CellReader.h"

#include "llvm/Support/MathExtras.h"

using namespace atleus;
using llvm::ArrayRef;

/// The conversion of sums of the rows that are read.
static ColumnConversion getConversion(const CellRead &read) {
  const CrossbarConfiguration &configuration = read.configuration;
  ArrayRef<WordlineGroup> groups = read.cells.getGroups();
  int64_t rows = groups[read.groupEnd - 1].end - groups[read.groupBegin].begin;
  int64_t largestCode = (int64_t(1) << configuration.adcBits) - 1;
  ColumnConversion conversion;
  conversion.inputBits = configuration.inputBits;
  conversion.dacBits = configuration.dacBits;
  conversion.subtractsLastPass = configuration.subtractsLastPass();
  conversion.largestSum = configuration.largestColumnSum(rows);
  conversion.step =
      configuration.adcRange == AdcRange::UnitStep
          ? 1
          : std::max<int64_t>(
                1, llvm::divideCeil(conversion.largestSum, largestCode));
  conversion.limit = conversion.step * largestCode;
  return conversion;
}

CellReader::CellReader(const CellRead &read)
    : read(read), cellsPerWeight(read.configuration.cellsPerWeight()),
      conversion(getConversion(read)) {
  if (read.configuration.encoding != SignEncoding::Flipped)
    return;
  for (int64_t group = read.groupBegin; group < read.groupEnd; ++group) {
    const WordlineGroup &rows = read.cells.getGroups()[group];
    vectorSums.push_back(read.vectors.sumRows(rows.begin, rows.end));
  }
}

CellReader::~CellReader() = default;

int64_t CellReader::getFactor(int64_t group, int64_t cellColumn) const {
  int64_t cell = cellColumn % cellsPerWeight;
  int64_t slices = read.configuration.slices();
  int64_t factor = int64_t(1) << (cell % slices * read.configuration.cellBits);
  bool negative = cell >= slices || read.cells.isFlipped(group, cellColumn);
  return negative ? -factor : factor;
}

void CellReader::addGroup(int64_t group, int64_t columnBegin, int64_t columnEnd,
                          int64_t *totals) const {
  addCells(group, columnBegin, columnEnd, totals);
  if (vectorSums.empty())
    return;
  ArrayRef<int64_t> sums = vectorSums[group - read.groupBegin];
  int64_t lanes = read.vectors.lanes;
  for (int64_t column = columnBegin; column < columnEnd; ++column) {
    int64_t missing = 0;
    for (int64_t cell = column * cellsPerWeight;
         cell < (column + 1) * cellsPerWeight; ++cell)
      if (read.cells.isFlipped(group, cell))
        missing -= getFactor(group, cell) * read.configuration.largestCell();
    int64_t *to = totals + (column - columnBegin) * lanes;
    for (int64_t lane = 0; lane < lanes; ++lane)
      to[lane] += missing * sums[lane];
  }
}
