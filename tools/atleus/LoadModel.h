// The model that a subcommand works on, from a file: ONNX, or IR of any phase.
#ifndef ATLEUS_TOOLS_ATLEUS_LOADMODEL_H
#define ATLEUS_TOOLS_ATLEUS_LOADMODEL_H

#include "atleus/Pipelines/Phase.h"
#include "atleus/Pipelines/Pipeline.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/ADT/StringRef.h"

namespace atleus {

/// The path of the model that the command line names.
llvm::StringRef getModelPath();

/// A model, and how far it has been compiled.
struct LoadedModel {
  mlir::OwningOpRef<mlir::ModuleOp> module;
  Phase phase;
};

/// Loads `path`: IR if its name ends in .mlir, .mlirbc or .mlirb, an ONNX model
/// otherwise. Fails when it cannot be loaded, which has been reported then.
mlir::FailureOr<LoadedModel> loadModel(llvm::StringRef path,
                                       mlir::MLIRContext *context);

/// Brings an ONNX model to phase `nn` with the sizes of `options`; IR beyond it
/// stays as it is.
mlir::LogicalResult convertToKernels(const LoadedModel &model,
                                     const PipelineOptions &options);

/// Loads the model of the command line as kernels: an ONNX model is brought to
/// phase `nn`, IR beyond it stays as it is. Null when that fails, which has
/// been reported then.
mlir::OwningOpRef<mlir::ModuleOp> loadKernels(mlir::MLIRContext *context);

} // namespace atleus

#endif // ATLEUS_TOOLS_ATLEUS_LOADMODEL_H
