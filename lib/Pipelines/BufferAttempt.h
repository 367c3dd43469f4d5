// One way to compile a module whose data may not fit into buffers.
#ifndef ATLEUS_LIB_PIPELINES_BUFFERATTEMPT_H
#define ATLEUS_LIB_PIPELINES_BUFFERATTEMPT_H

#include "atleus/Pipelines/Pipeline.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <optional>
#include <vector>

namespace atleus {

/// What a plan follows from beside the module and the machine: the method of
/// placement and the sizes of tasks.
using PlanKey = std::vector<int64_t>;

/// A copy of a module that is compiled with some options. What is said of it is
/// kept, also while other attempts run in other threads.
class BufferAttempt {
public:
  /// `name` is that of the attempt among others in reports of times.
  BufferAttempt(mlir::ModuleOp unchanged, const PipelineOptions &chosen,
                std::string name);

  /// Tiles kernels.
  void tile(Phase from);
  /// Of what is tiled.
  PlanKey getKey();
  /// Places kernels and builds a schedule without starts.
  void place();
  /// Whether what is tiled, or placed, fits by its list schedule; places it, if
  /// that has not been done.
  bool isPromising();
  /// Leads to nothing.
  void giveUp() { promising = false; }
  /// Goes on from what is placed.
  void complete(Phase to);
  /// Says why what is placed does not fit, and which sizes of buffers would do
  /// if the options ask for these.
  void explain();

  bool isValid() const { return llvm::succeeded(result); }
  /// Whether it is not for lack of room in buffers.
  bool lacksBuffers() const;
  const PipelineOptions &getOptions() const { return options; }
  mlir::ModuleOp getModule() { return *module; }
  mlir::OwningOpRef<mlir::ModuleOp> takeModule() { return std::move(module); }
  /// Says what was kept.
  void emitDiagnostics();

private:
  void run(llvm::function_ref<void(mlir::OpPassManager &)> addPasses,
           llvm::StringRef what);

  mlir::OwningOpRef<mlir::ModuleOp> module;
  PipelineOptions options;
  std::string name;
  llvm::LogicalResult result = llvm::success();
  bool placed = false;
  /// Once it was asked.
  std::optional<bool> promising;
  std::vector<mlir::Diagnostic> said;
};

} // namespace atleus

#endif // ATLEUS_LIB_PIPELINES_BUFFERATTEMPT_H
