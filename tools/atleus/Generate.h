// Compiles the inferences of which generating text consists.
#ifndef ATLEUS_TOOLS_ATLEUS_GENERATE_H
#define ATLEUS_TOOLS_ATLEUS_GENERATE_H

#include "Sweep.h"

namespace atleus {

/// Whether the command line asks for a generation.
bool asksForGeneration();

/// Compiles the prompt and a step at each context length of the command line,
/// each into a folder of its own inside `folder`, and writes one report there.
/// A point that fails is reported, and the others go on. Returns the exit code.
int runGeneration(mlir::ModuleOp module, const PipelineOptions &options,
                  llvm::StringRef folder, CompileInto compile);

} // namespace atleus

#endif // ATLEUS_TOOLS_ATLEUS_GENERATE_H
