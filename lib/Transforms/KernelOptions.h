// The kernels of a function with what they may be given to, and the problem
// that choosing among it is.
#ifndef ATLEUS_LIB_TRANSFORMS_KERNELOPTIONS_H
#define ATLEUS_LIB_TRANSFORMS_KERNELOPTIONS_H

#include "KernelChain.h"
#include "TierCosts.h"

#include <string>
#include <vector>

namespace atleus {

struct KernelOptions {
  mlir::Operation *op = nullptr;
  llvm::SmallVector<TierOption, 4> tiers;
  /// The tier or the host that a user chose, and how it was written.
  mlir::Operation *pin = nullptr;
  std::string pinText;
  /// Of a layer whose weight is a parameter.
  nn::LinearOp layer;

  /// The option of a tier, or null.
  const TierOption *find(mlir::Operation *tier) const;
  /// Whether a tier of crossbars can hold the weight of the layer.
  bool fitsCrossbars() const;
  /// Whether a tier without crossbars can execute it.
  bool fitsCores() const;
};

/// The kernels of a chain; pins are not set.
std::vector<KernelOptions> collectOptions(const KernelChain &chain,
                                          TierCosts &costs);

/// Where an alternative of the problem is.
struct Destination {
  /// The core of the tiers; null for the host.
  mlir::Operation *core = nullptr;
  bool isRewritten = false;

  bool isCrossbar() const;
};

/// The problem of choosing for the layers among crossbars and streaming, and
/// for products of computed operands among cores. Everything else is where it
/// goes by default.
class AssignmentModel {
public:
  /// With `rewriting`, layers may also take turns in crossbars. `arrays` are
  /// free for all of them.
  AssignmentModel(arch::MachineOp machine, TierCosts &costs,
                  llvm::ArrayRef<KernelOptions> kernels, int64_t arrays,
                  bool rewriting);

  const AssignmentProblem &getProblem() const { return problem; }
  const Destination &getDestination(size_t kernel, unsigned way) const {
    return destinations[kernel][way];
  }

  /// For a layer that can, the alternative in crossbars, rewritten or not, or
  /// that which streams; else the first one.
  enum class Kind { Crossbar, Rewritten, Streamed };
  unsigned findWay(size_t kernel, Kind kind) const;

private:
  void addAlternatives(const KernelOptions &kernel, AssignmentKernel &result,
                       llvm::SmallVectorImpl<Destination> &where);
  void addInputs(const KernelOptions &kernel, AssignmentKernel &result);
  int findLayout(const KernelOptions &kernel, const Alternative &cost);

  arch::MachineOp machine;
  TierCosts &costs;
  bool rewriting;
  AssignmentProblem problem;
  std::vector<llvm::SmallVector<Destination, 3>> destinations;
  llvm::DenseMap<mlir::Operation *, unsigned> numberOf;
  /// Shapes of rewritten weights and their arrays.
  llvm::SmallVector<std::array<int64_t, 3>> layouts;
};

} // namespace atleus

#endif // ATLEUS_LIB_TRANSFORMS_KERNELOPTIONS_H
