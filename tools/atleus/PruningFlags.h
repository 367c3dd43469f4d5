// The options of pruning.
#ifndef ATLEUS_TOOLS_ATLEUS_PRUNINGFLAGS_H
#define ATLEUS_TOOLS_ATLEUS_PRUNINGFLAGS_H

#include "atleus/Pipelines/Pipeline.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/CommandLine.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace atleus {

/// What the user has set, if weights are to be pruned.
std::optional<PruningOptions> getPruningOptions();

/// Calls `add` with the name and the value of each option, for the report, as
/// they are used if there are samples or are none.
void describePruning(
    const PruningOptions &options, bool hasSamples,
    llvm::function_ref<void(const char *name, std::string value)> add);

/// All of them.
std::vector<std::reference_wrapper<const llvm::cl::Option>> getPruningFlags();

} // namespace atleus

#endif // ATLEUS_TOOLS_ATLEUS_PRUNINGFLAGS_H
