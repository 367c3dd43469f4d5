// Several compilations of one model, at the sizes that options list.
#ifndef ATLEUS_TOOLS_ATLEUS_SWEEP_H
#define ATLEUS_TOOLS_ATLEUS_SWEEP_H

#include "atleus/Pipelines/Pipeline.h"
#include "atleus/Report/Report.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"

namespace atleus {

/// Compiles a module, which may be changed, and writes its files to a folder.
using CompileInto = llvm::function_ref<llvm::Expected<Report>(
    mlir::ModuleOp, const PipelineOptions &, llvm::StringRef folder)>;

/// Compiles a copy of `module` for each point of the sweep that `options` ask
/// for, each into a folder of its own inside `folder`, and writes one report
/// there. A point that fails is reported, and the others go on. The model is
/// read once. Returns the exit code.
int runSweep(mlir::ModuleOp module, const PipelineOptions &options,
             llvm::StringRef folder, CompileInto compile);

} // namespace atleus

#endif // ATLEUS_TOOLS_ATLEUS_SWEEP_H
