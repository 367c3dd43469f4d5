// What moves where: the data of one task that one node needs.
//
// All that a node needs of the result of one task is one flow, however many
// tasks on the node need it: it is sent once. A flow from a task on the same
// node is local.
#ifndef ATLEUS_TRANSFORMS_DATAFLOWS_H
#define ATLEUS_TRANSFORMS_DATAFLOWS_H

#include "TaskData.h"
#include "TaskLayout.h"

#include "dialects/Arch/Arch.h"
#include "dialects/NoC/NoC.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/MapVector.h"

#include <vector>

namespace atleus {

/// Where values wait that no kernel holds: the machine's memory or, without
/// one, its host.
struct OuterPlace {
  explicit OuterPlace(arch::MachineOp machine);

  mlir::Operation *op;
  mlir::StringAttr symbol;
  noc::Node node;
};

/// Part of a source that was computed by one task, or of an argument.
struct Flow {
  mlir::Value source;
  /// The task of the kernel that computes the source; of an argument, which of
  /// its different tiles.
  int64_t task = 0;
  noc::Node from, to;
  /// The different tiles that tasks on the node need.
  llvm::SmallVector<Tile, 1> tiles;

  bool isLocal() const { return from == to; }
  int64_t getBytes() const;
};

/// What is sent of a source of which `tiles` are needed: the tiles one by one
/// or the box around them, whichever is less.
int64_t getFlowBytes(mlir::Value source, llvm::ArrayRef<Tile> tiles);

/// A flow that a task waits for.
struct Need {
  int64_t task;
  /// The operand of the kernel, or of the function's return.
  unsigned operand;
  unsigned flow;
  /// Of the function's return: the bytes of the flow that this operand has.
  int64_t bytes = 0;
};

/// All flows of a function whose kernels have nodes.
class DataFlows {
public:
  DataFlows(mlir::func::FuncOp function, const OuterPlace &outer);

  llvm::ArrayRef<Flow> getFlows() const { return flows; }
  /// What the tasks of a kernel wait for, in the order of tasks; the
  /// function's return is one task.
  llvm::ArrayRef<Need> getNeeds(mlir::Operation *consumer) const;

  /// By flow, a number that flows have in common for which the same tasks of
  /// kernels wait. None for what a result of `function` consists of, which is
  /// written piece by piece.
  std::vector<std::optional<unsigned>>
  numberReaders(mlir::func::FuncOp function) const;

private:
  void addKernel(KernelOpInterface kernel);
  void addReturn(mlir::func::ReturnOp op);
  void addPieces(const DataTile &data, unsigned operand,
                 std::vector<Need> &needs);
  llvm::SmallVector<DataTile> splitByReads(const DataTile &data) const;
  /// The flows of one task, and to which nodes they go.
  using TaskFlows = llvm::SmallVector<std::pair<noc::Node, unsigned>, 2>;

  void addFlows(const DataTile &data, noc::Node to,
                llvm::SmallVectorImpl<unsigned> &result);
  unsigned addFlow(mlir::Value source, int64_t task, noc::Node from,
                   noc::Node to, const Tile &tile, TaskFlows &known);
  const TaskLayout &getLayout(KernelOpInterface kernel);
  int64_t findArgumentTile(const DataTile &data);

  const OuterPlace &outer;
  std::vector<Flow> flows;
  /// By source and task.
  llvm::DenseMap<mlir::Value, std::vector<TaskFlows>> flowsOf;
  llvm::DenseMap<mlir::Value, llvm::SmallVector<Tile>> argumentTiles;
  llvm::DenseMap<mlir::Operation *, std::vector<Need>> needsOf;
  /// Of the kernels that were looked at.
  llvm::DenseMap<mlir::Operation *, TaskLayout> layouts;
};

/// Checks that every kernel has nodes, all of them of the machine's network.
llvm::LogicalResult checkPlaced(mlir::ModuleOp module, arch::MachineOp machine);

/// The node of a task.
noc::Node getTaskNode(KernelOpInterface kernel, int64_t task);

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_DATAFLOWS_H
