// One way to compile a module whose data may not fit into buffers.
#ifndef ATLEUS_LIB_PIPELINES_BUFFERATTEMPT_H
#define ATLEUS_LIB_PIPELINES_BUFFERATTEMPT_H

#include "atleus/Pipelines/Pipeline.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <optional>

namespace atleus {

/// A copy of a module that is compiled with some options. What is said of it is
/// kept, also while other attempts run in other threads.
class BufferAttempt {
public:
  /// `name` is that of the attempt among others in reports of times.
  BufferAttempt(mlir::ModuleOp unchanged, const PipelineOptions &chosen,
                std::string name);

  /// Places kernels and builds a schedule without starts.
  void prepare(Phase from);
  /// Whether an order of tasks is found in which their data has room, from the
  /// list schedule on. That is taken for granted if no task needs more than so
  /// many percent of a buffer.
  bool hasOrder(int64_t leastPercent);
  /// Prepares it, unless that has been done, and asks for an order.
  bool isPromising(Phase from);
  /// Goes on from what is prepared.
  void complete(Phase to);

  bool isValid() const { return llvm::succeeded(result); }
  /// Whether it is not for lack of room in buffers.
  bool lacksBuffers() const;
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
  /// Once it was asked.
  std::optional<bool> promising;
  std::vector<mlir::Diagnostic> said;
};

} // namespace atleus

#endif // ATLEUS_LIB_PIPELINES_BUFFERATTEMPT_H
