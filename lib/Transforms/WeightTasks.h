// Tasks that bring weights to where they are multiplied, beside those that
// multiply.
//
// Weights are resident, rewritten or loaded. A weight in crossbars without a
// slot is resident: it was written before the first inference. Weights of one
// slot take turns in the same arrays; "write:NAME"[i] writes replica i of one
// of them while kernels elsewhere compute. The weight of a product on a
// systolic core is in the memory; "load:NAME"[i] brings the part of task i into
// the buffer of its node while earlier tasks compute.
#ifndef ATLEUS_TRANSFORMS_WEIGHTTASKS_H
#define ATLEUS_TRANSFORMS_WEIGHTTASKS_H

#include "DataFlows.h"
#include "TaskEmitter.h"
#include "TaskPrices.h"

#include "atleus/Mapping/PrefetchWindow.h"

#include <deque>
#include <map>

namespace atleus {

/// Loads of weights into the buffers of systolic cores. Those of one node come
/// one after another, in the order of their tasks in the IR, each as soon as
/// there is room for it (atleus/Mapping/PrefetchWindow.h).
class WeightLoads {
public:
  explicit WeightLoads(TaskEmitter &tasks) : tasks(tasks) {}

  /// Adds the load for task `index` of `kernel`, which runs at `node`. Returns
  /// the event at its end.
  mlir::Value add(KernelOpInterface kernel, int64_t index, noc::Node node,
                  arch::SystolicOp core, const ParameterLoad &load);

  /// `task` computes with what was loaded last at its node.
  void setUse(noc::Node node, mlir::Value task);

private:
  struct Buffer {
    PrefetchWindow window;
    /// The load before, and the tasks whose loads may still be there.
    mlir::Value last;
    std::deque<mlir::Value> uses;
  };

  TaskEmitter &tasks;
  std::map<noc::Node, Buffer> buffers;
};

/// Writes of weights that share arrays.
class SlotWrites {
public:
  SlotWrites(TaskEmitter &tasks, arch::MachineOp machine,
             const OuterPlace &outer)
      : tasks(tasks), machine(machine), outer(outer) {}

  /// Sees that the slot of `program` holds its weight: adds writes if it does
  /// not. Reports an error if it was overwritten before `product`.
  llvm::LogicalResult write(pim::ProgramOp program, pim::MVMOp product);

  /// The event after which the replica at a node is there.
  mlir::Value getWritten(pim::ProgramOp program, noc::Node node) const;

  /// `task` multiplies by the weight at a node.
  void addUse(pim::ProgramOp program, noc::Node node, mlir::Value task);

private:
  struct Slot {
    pim::ProgramOp holds;
    std::map<noc::Node, mlir::Value> written;
    std::map<noc::Node, llvm::SmallVector<mlir::Value>> uses;
  };
  /// The tier and the name.
  using Key = std::pair<mlir::Attribute, mlir::Attribute>;
  static Key getKey(pim::ProgramOp program) {
    return {program.getTierAttr(), program.getSlotAttr()};
  }

  TaskEmitter &tasks;
  arch::MachineOp machine;
  const OuterPlace &outer;
  llvm::DenseMap<Key, Slot> slots;
  /// Weights that were written so far.
  llvm::DenseSet<mlir::Operation *> written;
};

/// The arrays that multiply by a weight, as units of its nodes are named: those
/// of its slot, or of its own.
std::string getArraysUnit(pim::ProgramOp program, llvm::StringRef kernel);

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_WEIGHTTASKS_H
