// Closed forms of SCALE-Sim's three dataflows.
#include "atleus/Cost/SystolicModel.h"

#include "atleus/Cost/Arithmetic.h"

#include <algorithm>

using namespace atleus;

namespace {
/// How a dataflow lays a product on the array: the dimensions along rows and
/// columns, and the one that streams through.
struct Mapping {
  int64_t alongRows, alongColumns, stream;
};
} // namespace

static Mapping mapProduct(arch::Dataflow dataflow, int64_t m, int64_t k,
                          int64_t n) {
  switch (dataflow) {
  case arch::Dataflow::WeightStationary:
    return {k, n, m};
  case arch::Dataflow::OutputStationary:
    return {m, n, k};
  case arch::Dataflow::InputStationary:
    return {k, m, n};
  }
  return {k, n, m};
}

SystolicCounts atleus::countSystolic(const SystolicConstants &array, int64_t m,
                                     int64_t k, int64_t n) {
  Mapping mapping = mapProduct(array.dataflow, m, k, n);
  int64_t rowFolds = ceilDivide(mapping.alongRows, array.rows);
  int64_t columnFolds = ceilDivide(mapping.alongColumns, array.columns);
  bool outputStays = array.dataflow == arch::Dataflow::OutputStationary;
  // An operand that stays is loaded row by row before the stream.
  int64_t load = outputStays ? 0 : array.rows;
  int64_t foldCycles = load + array.rows + array.columns + mapping.stream - 2;

  SystolicCounts counts;
  counts.folds = rowFolds * columnFolds;
  counts.cycles = array.overlapFolds
                      ? foldCycles + (counts.folds - 1) *
                                         std::max(array.rows, mapping.stream)
                      : foldCycles * counts.folds;
  bool inputStays = array.dataflow == arch::Dataflow::InputStationary;
  counts.lhsReads = m * k * (inputStays ? 1 : columnFolds);
  counts.rhsReads = k * n;
  if (outputStays)
    counts.rhsReads *= rowFolds;
  else if (inputStays)
    counts.rhsReads *= columnFolds;
  counts.resultWrites = m * n * (outputStays ? 1 : rowFolds);
  counts.mappingEfficiency =
      100.0 * static_cast<double>(m) * static_cast<double>(k) *
      static_cast<double>(n) /
      (static_cast<double>(counts.folds) * static_cast<double>(array.rows) *
       static_cast<double>(array.columns) *
       static_cast<double>(mapping.stream));
  return counts;
}

int64_t atleus::systolicPasses(const SystolicConstants &array, int64_t lhsBits,
                               int64_t rhsBits) {
  return ceilDivide(lhsBits, array.macBits) *
         ceilDivide(rhsBits, array.macBits);
}
