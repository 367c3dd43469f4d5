// `atleus compile --compare-compression`: the same model under several schemes.
#ifndef ATLEUS_TOOLS_ATLEUS_COMPARECOMPRESSION_H
#define ATLEUS_TOOLS_ATLEUS_COMPARECOMPRESSION_H

#include "Sweep.h"

#include "atleus/Pipelines/Phase.h"

namespace atleus {

/// Whether the command line asks for a comparison of schemes.
bool comparesCompression();

/// Reports an option that only a comparison of schemes can heed. Returns
/// whether there was one.
bool reportSchemeOptions();

/// Compiles `module`, which is at phase `nn` or before, with each scheme that
/// the command line chooses, by `compile` into a folder of its own below
/// `folder`; writes compression.json beside them and prints the table. The
/// result is the exit code: 1 if no scheme could be compiled.
int runCompressionComparison(mlir::ModuleOp module, Phase phase,
                             const PipelineOptions &options,
                             llvm::StringRef folder, CompileInto compile);

} // namespace atleus

#endif // ATLEUS_TOOLS_ATLEUS_COMPARECOMPRESSION_H
