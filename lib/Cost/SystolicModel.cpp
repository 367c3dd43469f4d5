// Closed forms of SCALE-Sim's three dataflows.
#include "atleus/Cost/SystolicModel.h"

#include "atleus/Cost/Arithmetic.h"

#include <algorithm>

using namespace atleus;

SystolicMapping atleus::mapProduct(arch::Dataflow dataflow, int64_t m,
                                   int64_t k, int64_t n) {
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

int64_t atleus::foldCycles(const SystolicConstants &array,
                           const SystolicMapping &mapping) {
  // An operand that stays is loaded row by row before the stream.
  int64_t load =
      array.dataflow == arch::Dataflow::OutputStationary ? 0 : array.rows;
  return load + array.rows + array.columns + mapping.stream - 2;
}

int64_t atleus::foldInterval(const SystolicConstants &array,
                             const SystolicMapping &mapping) {
  return array.overlapFolds ? std::max(array.rows, mapping.stream)
                            : foldCycles(array, mapping);
}

SystolicCounts atleus::countSystolic(const SystolicConstants &array, int64_t m,
                                     int64_t k, int64_t n) {
  SystolicMapping mapping = mapProduct(array.dataflow, m, k, n);
  int64_t rowFolds = ceilDivide(mapping.alongRows, array.rows);
  int64_t columnFolds = ceilDivide(mapping.alongColumns, array.columns);
  bool outputStays = array.dataflow == arch::Dataflow::OutputStationary;

  SystolicCounts counts;
  counts.folds = rowFolds * columnFolds;
  counts.cycles = foldCycles(array, mapping) +
                  (counts.folds - 1) * foldInterval(array, mapping);
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
