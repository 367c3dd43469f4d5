// What kernels would take on each tier of a machine, by the cost models of its
// cores, memory and network.
//
// The numbers are of a kernel by itself: on all nodes of a tier, as tiles
// divide it among them, or in one replica of its weight. A layer whose weight
// streams is divided by features, and every node gets the whole input; other
// kernels are divided by rows. Inputs and results of layers take the time of
// the ports that they pass, and the links of a path of mean length, or of a
// tree if the network has multicast.
#ifndef ATLEUS_LIB_TRANSFORMS_TIERCOSTS_H
#define ATLEUS_LIB_TRANSFORMS_TIERCOSTS_H

#include "atleus/Cost/MachineConstants.h"
#include "atleus/Mapping/AssignmentProblem.h"
#include "dialects/Arch/Arch.h"
#include "dialects/NN/NN.h"

#include "llvm/ADT/MapVector.h"

#include <optional>
#include <string>

namespace atleus {

/// A tier, and what a kernel takes there or why it cannot run there.
struct TierOption {
  arch::TierOp tier;
  std::optional<Alternative> cost;
  std::string refusal;
  /// Latency of the kernel by itself.
  Picoseconds latency;
};

/// Rows of the result of a kernel that can be computed apart, over all heads.
int64_t countRows(mlir::Operation *op);

/// Why crossbars cannot hold the weight of `layer`, as far as that does not
/// depend on the core; empty if they can.
std::string explainWeightRefusal(nn::LinearOp layer);

class TierCosts {
public:
  explicit TierCosts(arch::MachineOp machine);

  /// By tier, in the order of the machine.
  llvm::SmallVector<TierOption, 4> getOptions(mlir::Operation *op);

  /// The same for the host, which can do everything.
  Alternative getHostCost(mlir::Operation *op);

  /// Units that kernels share.
  unsigned countUnits() const { return 2 * cores.size() + 1; }

private:
  TierOption priceTier(arch::TierOp tier, mlir::Operation *op,
                       const Work &work);
  TierOption priceCrossbar(arch::TierOp tier, nn::LinearOp layer,
                           const Work &work);
  TierOption priceStreamed(arch::TierOp tier, const Work &work);
  TierOption priceRows(arch::TierOp tier, mlir::Operation *op,
                       const Work &work);

  /// Time of bytes through one port, and of a packet over a path of mean
  /// length.
  Picoseconds portTime(int64_t bytes) const;
  Picoseconds pathLatency() const;
  Femtojoules networkEnergy(int64_t bytes, int64_t nodes) const;
  int unitOf(arch::TierOp tier, bool isVector) const;

  arch::MachineOp machine;
  NoCConstants noc;
  bool hasMulticast;
  Picoseconds memoryLatency;
  /// Numbers of the cores that tiers name.
  llvm::SmallVector<mlir::Operation *> cores;
};

} // namespace atleus

#endif // ATLEUS_LIB_TRANSFORMS_TIERCOSTS_H
