// What a mapped schedule costs on a machine with other constants.
//
// A schedule has many tasks but few kinds of them: tiles of equal shape of one
// kernel, transfers of equal size along routes of equal shape. Each kind is
// priced once, by the same models that priced it when it was mapped.
#ifndef ATLEUS_LIB_REPORT_SCHEDULECOSTS_H
#define ATLEUS_LIB_REPORT_SCHEDULECOSTS_H

#include "atleus/Report/LoadedSchedule.h"
#include "atleus/Scheduling/FixedOrder.h"

#include "atleus/Cost/NoCModel.h"
#include "atleus/Cost/WeightPrices.h"
#include "dialects/Arch/Arch.h"
#include "dialects/Interfaces/Interfaces.h"
#include "dialects/PIM/PIM.h"
#include "dialects/Sched/Sched.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/StringMap.h"

#include <map>
#include <string>
#include <vector>

namespace atleus {

/// The costs of one inference.
struct ScheduleTotals {
  Picoseconds latency;
  Femtojoules energy;
};

class ScheduleCosts {
public:
  /// `order` is that of the schedule's tasks; both must outlive this.
  ScheduleCosts(mlir::ModuleOp module, const LoadedSchedule &schedule,
                const scheduling::FixedOrder &order);

  /// Costs with the constants of `machine`, which has the parts of the machine
  /// that the schedule was made for. std::nullopt if a core of it cannot
  /// execute its kernels.
  std::optional<ScheduleTotals> evaluate(arch::MachineOp machine);

private:
  /// What one task takes: its time, its energy, and from when on it holds each
  /// of its resources for how long.
  struct Cost {
    Picoseconds duration;
    Femtojoules energy;
    llvm::SmallVector<std::pair<Picoseconds, Picoseconds>, 2> uses;

    bool takesAsLongAs(const Cost &other) const {
      return duration == other.duration && uses == other.uses;
    }
  };
  /// The links from the source of a transfer to each of its destinations, and
  /// how many of them, the last ones, belong to no destination before it.
  using TreeShape = std::vector<std::pair<std::vector<LinkKind>, size_t>>;
  /// Tasks or transfers that cost the same as each other on every machine.
  struct Kind {
    enum { Fixed, Work, Load, Write, Transfer } what = Fixed;
    /// Of work, the tier, memory or host that does it; of a load, the tier to
    /// which the parameters of `work` come.
    mlir::StringAttr place;
    atleus::Work work;
    /// Of a transfer, its tree and what it carries.
    TreeShape shape;
    /// Of work, whether it is a product with a weight on a systolic core.
    bool isWeighted = false;
    /// Of a write, its weight.
    pim::ProgramOp program;
    int64_t bits = 0;
    /// What does not depend on the machine.
    Cost fixed;
    int64_t count = 0;

    /// Whether two kinds of work, or two loads, cost the same.
    bool isSameWork(const Kind &other) const;
  };

  unsigned getKind(sched::TimedOpInterface op);
  unsigned getTaskKind(sched::TaskOp task);
  unsigned getKernelKind(KernelOpInterface kernel, int64_t index, bool isLoad);
  unsigned getWriteKind(pim::ProgramOp program);
  unsigned getTransferKind(sched::TransferOp transfer);
  unsigned addKind(Kind kind);
  unsigned addWork(Kind kind);
  static TreeShape readShape(sched::TransferOp transfer);
  unsigned getShape(sched::TransferOp transfer);
  void priceTransfers(arch::NoCOp noc);
  static Cost priceTransfer(const Kind &kind, const NoCConstants &noc);
  /// The price of a kind, which is no transfer, at `part` of the machine, null
  /// if it has no place.
  static std::optional<Cost> price(const Kind &kind, mlir::Operation *part,
                                   arch::MachineOp machine);
  static std::optional<Price> priceKind(const Kind &kind, mlir::Operation *part,
                                        arch::MachineOp machine);
  Picoseconds getLatency(llvm::ArrayRef<Cost> costs);
  /// Gives the tasks of kinds the times of `costs`: of those that `which` has.
  void setTimes(llvm::ArrayRef<Cost> costs, const llvm::BitVector &which);
  Picoseconds computeLatency();

  const scheduling::LoadedProblem &loaded;
  const scheduling::FixedOrder &order;
  std::vector<Kind> kinds;
  /// By task of the problem.
  std::vector<unsigned> kindOf;
  llvm::StringMap<KernelOpInterface> kernels;
  llvm::StringMap<pim::ProgramOp> rewritten;
  /// By kind, the costs of transfers with the network at hand: few numbers that
  /// change are the network's.
  std::vector<Cost> transferCosts;
  mlir::DictionaryAttr network;
  /// The costs whose latency was asked for first. Many numbers of a machine
  /// change only energy, so that it is asked for again.
  std::vector<Cost> firstCosts;
  Picoseconds firstLatency;
  /// The kinds whose tasks have other times now than by the first costs.
  llvm::BitVector lastChanged;
  /// The times of tasks and of their uses, by which `order` is asked.
  std::vector<Picoseconds> durations;
  std::vector<scheduling::Use> uses;
  /// Kinds by what tells them from others: kernel and sizes of the tile, unit
  /// and bytes, shape and bits.
  std::map<std::pair<mlir::Operation *, std::vector<int64_t>>, unsigned>
      kernelKinds, loadKinds;
  /// Kinds of work and of loads by a hash of what decides the costs: the layers
  /// of a model are alike.
  llvm::DenseMap<uint64_t, llvm::SmallVector<unsigned, 1>> workKinds;
  llvm::DenseMap<mlir::Operation *, unsigned> writeKinds;
  std::map<std::pair<std::string, int64_t>, unsigned> outerKinds;
  /// Shapes, and those of route and branches: many transfers have the same.
  std::map<TreeShape, unsigned> shapes;
  llvm::DenseMap<std::pair<mlir::Attribute, mlir::Attribute>, unsigned>
      routeShapes;
  llvm::DenseMap<std::pair<unsigned, int64_t>, unsigned> transferKinds;
};

} // namespace atleus

#endif // ATLEUS_LIB_REPORT_SCHEDULECOSTS_H
