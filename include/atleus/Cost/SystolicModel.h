// Cycles and buffer accesses of a matrix product on a systolic array, in closed
// form. Every tile ("fold") of the operands is padded to the array and pays its
// own fill and drain, as in SCALE-Sim v3, whose counts are met on every row of
// test/reference/scalesim_gemm.csv.
//
// The model knows no bandwidth: stalls are a matter of SystolicCore, which adds
// buffer, vector unit and memory.
#ifndef ATLEUS_COST_SYSTOLICMODEL_H
#define ATLEUS_COST_SYSTOLICMODEL_H

#include "dialects/Arch/ArchEnums.h"

#include "atleus/Support/Units.h"

namespace atleus {

/// An array of rows x columns multiply-accumulate cells.
struct SystolicConstants {
  int64_t rows = 1;
  int64_t columns = 1;
  arch::Dataflow dataflow = arch::Dataflow::WeightStationary;
  /// The next fold fills the array while the previous one drains.
  bool overlapFolds = false;
  Picoseconds clock{1};
  /// Operand width of a cell; wider operands take a pass per pair of parts.
  int64_t macBits = 8;
  /// Energy of a multiply-accumulate of `macBits`.
  Femtojoules mac;
};

/// Counts of one m x k by k x n product with operands of at most macBits.
struct SystolicCounts {
  /// Tiles of the stationary operand.
  int64_t folds = 0;
  /// Clock cycles without stalls.
  int64_t cycles = 0;
  /// Words read from or written to the buffer: of the m x k operand, of the
  /// k x n operand, and of the result (partial sums count each time).
  int64_t lhsReads = 0;
  int64_t rhsReads = 0;
  int64_t resultWrites = 0;
  /// Share of the cells that hold operands, in percent.
  double mappingEfficiency = 0;
};

/// How a dataflow lays a product on the array: the dimensions along its rows
/// and columns, and the one that streams through.
struct SystolicMapping {
  int64_t alongRows, alongColumns, stream;
};

SystolicMapping mapProduct(arch::Dataflow dataflow, int64_t m, int64_t k,
                           int64_t n);

/// Cycles of one fold, and from the start of one fold to that of the next.
int64_t foldCycles(const SystolicConstants &array,
                   const SystolicMapping &mapping);
int64_t foldInterval(const SystolicConstants &array,
                     const SystolicMapping &mapping);

/// Counts of a product of positive dimensions.
///
/// Cycles per fold, for R rows and C columns [exact, SCALE-Sim v3]:
/// ws 2R + C + M - 2, os K + R + C - 2, is 2R + C + N - 2. With overlapFolds
/// each fold after the first takes only max(R, T) cycles, T being M, K or N:
/// the stream of one fold follows the other's, and R cycles load or drain.
SystolicCounts countSystolic(const SystolicConstants &array, int64_t m,
                             int64_t k, int64_t n);

/// Passes through the array for operands of these widths.
int64_t systolicPasses(const SystolicConstants &array, int64_t lhsBits,
                       int64_t rhsBits);

} // namespace atleus

#endif // ATLEUS_COST_SYSTOLICMODEL_H
