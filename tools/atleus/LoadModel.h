// The model that a subcommand works on, from a file: ONNX, or IR of any phase.
#ifndef ATLEUS_TOOLS_ATLEUS_LOADMODEL_H
#define ATLEUS_TOOLS_ATLEUS_LOADMODEL_H

#include "atleus/Pipelines/Phase.h"
#include "atleus/Pipelines/Pipeline.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/MemoryBuffer.h"

#include <memory>

namespace atleus {

/// The path of the model that the command line names.
llvm::StringRef getModelPath();

/// A model, and how far it has been compiled.
struct LoadedModel {
  mlir::OwningOpRef<mlir::ModuleOp> module;
  Phase phase;
  /// The ONNX file whose bytes the weights are; null if the model is IR.
  std::shared_ptr<llvm::MemoryBuffer> file;
};

/// Whether the name of a file says that it holds IR: it ends in .mlir, .mlirbc
/// or .mlirb.
bool isIR(llvm::StringRef path);

/// Loads `path`, which is an ONNX model if it is no IR. Fails when it cannot be
/// loaded, which has been reported then.
mlir::FailureOr<LoadedModel> loadModel(llvm::StringRef path,
                                       mlir::MLIRContext *context);

/// The function that a module executes; null if there is none, which has been
/// reported then.
mlir::func::FuncOp findMain(mlir::ModuleOp module);

/// Brings an ONNX model to phase `nn` with the sizes of `options`; IR beyond it
/// stays as it is.
mlir::LogicalResult convertToKernels(const LoadedModel &model,
                                     const PipelineOptions &options);

} // namespace atleus

#endif // ATLEUS_TOOLS_ATLEUS_LOADMODEL_H
