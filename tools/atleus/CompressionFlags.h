// The options of phase `compressed`.
#ifndef ATLEUS_TOOLS_ATLEUS_COMPRESSIONFLAGS_H
#define ATLEUS_TOOLS_ATLEUS_COMPRESSIONFLAGS_H

#include "atleus/Pipelines/Pipeline.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/CommandLine.h"

#include <functional>
#include <string>
#include <vector>

namespace atleus {

/// Puts what the user has set into `options`.
void readCompressionFlags(PipelineOptions &options);

/// Calls `add` with the name and the value of each option, for the report.
void describeCompression(
    const PipelineOptions &options,
    llvm::function_ref<void(const char *name, std::string value)> add);

/// All of them.
std::vector<std::reference_wrapper<const llvm::cl::Option>>
getCompressionFlags();

/// Whether scales of activations are stated to be found when the model runs, so
/// that samples beside the model are left alone.
bool areRunTimeScalesStated();

/// Warns of options that others leave without effect.
void warnOfIdleCompressionFlags();

} // namespace atleus

#endif // ATLEUS_TOOLS_ATLEUS_COMPRESSIONFLAGS_H
