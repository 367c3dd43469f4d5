// A model whose kernels have tiers, as a schedule of it must execute it: which
// tasks there are, what each reads, and who makes that.
//
// Everything is read off the kernels, their types and AccessOpInterface; a
// `sched.schedule` in the module is not looked at. The tasks of a schedule are
// - those of each kernel,
// - "input:NAME"[i], which reads the i-th of the different tiles that kernels
//   and results, in the order of the IR, read of an argument,
// - "output:NAME"[i], which writes the i-th of the pieces, each computed by one
//   task, of which a result consists; where it repeats an argument, the pieces
//   are the tiles that kernels read, if these are all of it. A result that
//   continues an argument in its memory (arch.appends_to) has no pieces of it,
// - "load:NAME"[i], which brings the part of the weight that task i of a
// product
//   on a systolic core reads into the buffer of its node,
// - "write:NAME"[i], which writes replica i of a weight that takes turns with
//   others in a slot of crossbar arrays.
#ifndef ATLEUS_LIB_VERIFICATION_MAPPEDMODEL_H
#define ATLEUS_LIB_VERIFICATION_MAPPEDMODEL_H

#include "dialects/Arch/Arch.h"
#include "dialects/Interfaces/Interfaces.h"
#include "dialects/NoC/NoC.h"
#include "dialects/PIM/PIM.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringMap.h"

#include <vector>

namespace atleus {

/// A kernel and where it runs.
struct MappedKernel {
  KernelOpInterface op;
  llvm::StringRef name;
  /// The tier or the host, and what prices work there.
  mlir::Operation *place = nullptr;
  mlir::Operation *core = nullptr;
  int64_t numTasks = 0;
  /// Each task multiplies by a part of the weight that a task of its own brings
  /// from the memory.
  bool hasLoads = false;
  /// The weight in a slot of arrays by which the kernel multiplies, as an index
  /// of rewritten weights.
  std::optional<unsigned> rewritten;

  /// Bytes that the load for a task brings.
  int64_t getLoadBytes(int64_t task) const;
  /// Results that a task leaves behind, in bits, each rounded up to bytes.
  int64_t getResultBits(int64_t task) const;
  /// The node of a task, if the kernel is placed.
  std::optional<noc::Node> getNode(int64_t task) const;
};

/// A weight that is written into its slot in every inference.
struct RewrittenWeight {
  pim::ProgramOp op;
  llvm::StringRef name;
  arch::TierOp tier;

  /// The unit that the weights of a slot share.
  std::string getUnit() const;
  /// The node of a replica, if the weight is placed.
  std::optional<noc::Node> getNode(int64_t replica) const;
};

/// A tile of a kernel's result, all of it computed by one task, or a tile of an
/// argument, which is read as a whole by one task.
struct Piece {
  mlir::Value source;
  int64_t task = 0;
  Tile tile;
};

/// Bytes of `elements` elements of a tensor, rounded up.
int64_t getTileBytes(mlir::Value tensor, int64_t elements);

class MappedModel {
public:
  /// Reports an error if the module has no machine or no one function of
  /// kernels that a schedule could be of.
  static llvm::FailureOr<MappedModel> read(mlir::ModuleOp module);

  mlir::ModuleOp getModule() const { return module; }
  mlir::func::FuncOp getFunction() const { return function; }
  arch::MachineOp getMachine() const { return machine; }
  /// Where inputs wait and results go: the machine's memory, or its host.
  mlir::Operation *getOuter() const { return outer; }
  llvm::StringRef getOuterName() const;
  noc::Node getOuterNode() const { return outerNode; }

  const std::vector<MappedKernel> &getKernels() const { return kernels; }
  const std::vector<RewrittenWeight> &getRewritten() const { return rewritten; }
  /// By the name of a kernel; none if there is no such kernel.
  std::optional<unsigned> findKernel(llvm::StringRef name) const;
  std::optional<unsigned> findKernel(mlir::Operation *op) const;

  /// What tasks that read an argument or write a result are called.
  std::string getInputName(unsigned argument) const;
  std::string getOutputName(unsigned result) const;

  /// The tiles of an argument that are read, by the index of their task.
  const std::vector<Tile> &getInputTiles(unsigned argument) const {
    return inputTiles[argument];
  }
  /// The argument in whose memory a result lies, which begins with it; null if
  /// there is none.
  mlir::BlockArgument getContinued(unsigned result) const {
    return continued[result];
  }
  /// The pieces of a result that are written, by the index of the task that
  /// writes them.
  const std::vector<Piece> &getOutputPieces(unsigned result) const {
    return outputPieces[result];
  }

  /// Calls `visit` with what each task of a kernel reads, in the order of
  /// tasks, which the reference does not outlive.
  void forEachRead(
      unsigned kernel,
      llvm::function_ref<void(int64_t task, llvm::ArrayRef<Piece>)> visit);

private:
  MappedModel() = default;

  llvm::LogicalResult addKernel(KernelOpInterface op);
  llvm::LogicalResult addRewritten();
  void findOuter();
  llvm::LogicalResult findPieces();
  llvm::LogicalResult findContinued(unsigned result, mlir::Value value);
  void trace(mlir::Value value, const Tile &tile, std::vector<Piece> &pieces,
             bool ofResult = false);
  bool addTilesRead(mlir::Value value, const Tile &tile,
                    std::vector<Piece> &pieces) const;
  void addPieces(mlir::Value source, const Tile &tile,
                 std::vector<Piece> &pieces);

  mlir::ModuleOp module;
  mlir::func::FuncOp function;
  arch::MachineOp machine;
  mlir::Operation *outer = nullptr;
  noc::Node outerNode;
  std::vector<MappedKernel> kernels;
  std::vector<RewrittenWeight> rewritten;
  int64_t numTasks = 0;
  llvm::StringMap<unsigned> kernelNumbers;
  std::vector<std::vector<Tile>> inputTiles;
  std::vector<std::vector<Piece>> outputPieces;
  std::vector<mlir::BlockArgument> continued;
  /// While pieces of a result are traced, the argument that it continues, and
  /// what it has of it.
  mlir::BlockArgument kept;
  std::vector<Tile> keptTiles;
};

/// Whether `value` is brought to the kernels that read it: a tensor that is not
/// computed from constants alone, which every node has.
bool isBrought(mlir::Value value);

/// Whether `op` stands between a kernel and what it reads: a view or a
/// transfer.
bool isBetweenKernels(mlir::Operation *op);

} // namespace atleus

#endif // ATLEUS_LIB_VERIFICATION_MAPPEDMODEL_H
