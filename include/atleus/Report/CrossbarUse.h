// How the arrays of a crossbar tier are used: copies of weights, what is left,
// and in how many pieces.
#ifndef ATLEUS_REPORT_CROSSBARUSE_H
#define ATLEUS_REPORT_CROSSBARUSE_H

#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/JSON.h"

#include <string>
#include <vector>

namespace atleus {

struct Report;
struct TierReport;

struct CrossbarUse {
  /// Arrays of all copies of weights but one of each.
  int64_t replicas = 0;
  /// The most arrays that one node has left.
  int64_t largestFree = 0;
  /// Cells that hold weights, of all cells of the arrays that hold weights.
  int64_t cellsUsed = 0;
  int64_t cells = 0;
  /// Weights of which no node has all rows, so that sums travel.
  int64_t weightsCutAlongRows = 0;
};

/// Fills in the `crossbars` of the report's tiers from the weights of a module
/// whose kernels are placed. Weights that take turns in their arrays count
/// once.
void readCrossbarUse(mlir::ModuleOp module, Report &report);

/// Writes the attributes from "crossbar_replicas" on into an object.
void writeCrossbarUse(const CrossbarUse &use, llvm::json::OStream &json);

/// Lines such as "reram0: 1,152 hold weights, 576 of them replicas, in 98.2 %
/// of their cells; 384 free, at most 96 in one node", one for each tier of
/// crossbars. Weights that are cut along their rows follow, if there are any.
std::vector<std::string> describeCrossbarUse(const Report &report);

} // namespace atleus

#endif // ATLEUS_REPORT_CROSSBARUSE_H
