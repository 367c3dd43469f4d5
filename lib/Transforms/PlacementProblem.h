// The problem of choosing nodes for the kernels of a module.
//
// Flows are gathered once for all tasks of a kernel that run on one node: their
// results are a few boxes, whose operands follow from AccessOpInterface. What
// is sent is then what the transfers of the schedule send, without asking each
// task.
#ifndef ATLEUS_TRANSFORMS_PLACEMENTPROBLEM_H
#define ATLEUS_TRANSFORMS_PLACEMENTPROBLEM_H

#include "TaskData.h"

#include "atleus/Cost/MachineConstants.h"
#include "atleus/Mapping/Placement.h"
#include "dialects/Arch/Arch.h"
#include "dialects/NoC/NoC.h"
#include "dialects/PIM/PIM.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"

#include <deque>

namespace atleus {

class PlacementProblem {
public:
  PlacementProblem(arch::MachineOp machine, const NoCRouting &routing);

  /// Packs the weights of `module`, and adds its kernels with what they
  /// exchange. Reports an error for what has no place in the machine.
  llvm::LogicalResult add(mlir::ModuleOp module);

  const placement::Problem &get() const { return problem; }
  /// Which core of its tier packing has chosen, for each part with arrays.
  llvm::ArrayRef<unsigned> getCores() const { return cores; }
  /// The time in which a link carries a flit.
  Picoseconds getFlitTime() const { return flitTime; }
  /// Writes nodes to programs and kernels.
  void setNodes(const placement::Placement &placement);

private:
  /// A kernel and the parts that run its tasks.
  struct Kernel {
    mlir::Operation *op = nullptr;
    int64_t numTasks = 1;
    int64_t numRuns = 1;
    unsigned firstPart = 0;
    unsigned segment = 0;
    /// By run, what it computes.
    std::vector<llvm::SmallVector<Tile, 2>> boxes;

    KernelOpInterface getOp() const {
      return llvm::cast<KernelOpInterface>(op);
    }
  };
  /// What one run of a kernel reads of what one run of another has made.
  struct Read {
    int64_t run;
    mlir::Value source;
    /// Null for what comes from the outer place.
    const Kernel *producer;
    int64_t producerRun;
    Tile tile;
  };

  unsigned addTier(arch::TierOp tier);
  unsigned addOuterTier(noc::Node node);
  llvm::LogicalResult addPrograms(mlir::ModuleOp module);
  llvm::LogicalResult addKernel(KernelOpInterface op, unsigned segment);
  void addReturn(mlir::func::ReturnOp op);
  llvm::LogicalResult checkTier(KernelOpInterface kernel, arch::TierOp tier);
  void addReads(mlir::Value operand, const Tile &tile, int64_t run,
                std::vector<Read> &reads);
  std::vector<Read> gatherReads(const Kernel &kernel);
  std::optional<unsigned> findAligned(const Kernel &kernel,
                                      llvm::ArrayRef<Read> reads);
  int64_t countFlits(const Read &read) const;
  void addNets(llvm::ArrayRef<Read> reads, unsigned firstPart,
               unsigned segment);
  static unsigned getSegment(const Kernel &kernel, int64_t run);
  void addUses(const Kernel &kernel, arch::TierOp tier);
  void addBufferUses(const Kernel &kernel, arch::TierOp tier);

  arch::MachineOp machine;
  placement::Problem problem;
  NoCConstants noc;
  Picoseconds flitTime;
  std::vector<unsigned> cores;
  unsigned outerPart = 0;
  /// By place in the machine, the tier of the problem.
  llvm::DenseMap<mlir::Operation *, unsigned> tiers;
  /// By program, its group.
  llvm::MapVector<mlir::Operation *, unsigned> programs;
  std::deque<Kernel> kernels;
  llvm::DenseMap<mlir::Operation *, const Kernel *> kernelOf;
  /// By source and run that makes it, the tiles that are read and their nets.
  llvm::DenseMap<std::pair<mlir::Value, int64_t>,
                 llvm::SmallVector<std::pair<Tile, unsigned>, 1>>
      netOf;
  /// Of the function that is read, the first segment.
  unsigned firstSegment = 0;
};

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_PLACEMENTPROBLEM_H
