// The phases of a compilation, in their order.
//
// A module carries the phase that it has reached in the attribute
// `atleus.phase`, so that a compilation which was stopped and printed goes on
// from there. This enum is the only list of phases.
#ifndef ATLEUS_PIPELINES_PHASE_H
#define ATLEUS_PIPELINES_PHASE_H

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <optional>

namespace atleus {

enum class Phase {
  ONNX,       ///< the file as it was
  NN,         ///< kernels on tensors of static shape
  Compressed, ///< quantized
  Assigned,   ///< with a machine, and a tier for each kernel
  Tiled,      ///< crossbar and systolic kernels, cut into tasks
  Placed,     ///< kernels at nodes, transfers between them
  Scheduled,  ///< tasks with start and duration
  Estimated,  ///< with energy and a summary
};

/// All phases, in order.
llvm::ArrayRef<Phase> getAllPhases();

/// Lower-case name, such as "compressed".
llvm::StringRef stringify(Phase phase);

/// The phase of that name, or std::nullopt.
std::optional<Phase> parsePhase(llvm::StringRef name);

/// The phase that `module` says it has reached. A module that says nothing is
/// at `onnx` if it holds `onnx` ops, and at `nn` otherwise. An unknown name is
/// reported as a diagnostic.
llvm::FailureOr<Phase> getPhase(mlir::ModuleOp module);

/// Writes down that `module` has reached `phase`.
void setPhase(mlir::ModuleOp module, Phase phase);

} // namespace atleus

#endif // ATLEUS_PIPELINES_PHASE_H
