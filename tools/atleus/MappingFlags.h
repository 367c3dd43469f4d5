// Options that say how kernels are mapped to the machine.
#ifndef ATLEUS_TOOLS_ATLEUS_MAPPINGFLAGS_H
#define ATLEUS_TOOLS_ATLEUS_MAPPINGFLAGS_H

#include "atleus/Pipelines/Pipeline.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/CommandLine.h"

#include <string>
#include <utility>
#include <vector>

namespace atleus {

/// What the options say.
MappingOptions getMappingOptions();

/// Calls `add` with the phase, the name and the value of each option, for
/// reports.
void describeMapping(
    const MappingOptions &options,
    llvm::function_ref<void(Phase, const char *, std::string)> add);

/// Warns of options that others leave without effect, of phases after `done`.
void warnOfIdleMappingFlags(Phase done);

/// The options and the phases that heed them.
std::vector<std::pair<const llvm::cl::Option *, Phase>> getMappingFlags();

} // namespace atleus

#endif // ATLEUS_TOOLS_ATLEUS_MAPPINGFLAGS_H
