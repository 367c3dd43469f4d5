// The options that set up the pipeline, shared by the subcommands.
#ifndef ATLEUS_TOOLS_ATLEUS_PIPELINEFLAGS_H
#define ATLEUS_TOOLS_ATLEUS_PIPELINEFLAGS_H

#include "atleus/Pipelines/Pipeline.h"

#include <string>
#include <utility>
#include <vector>

namespace atleus {

/// What the user has set on the command line.
PipelineOptions getPipelineOptions();

/// The options of the phases after `done`, as names and values, for the report.
std::vector<std::pair<std::string, std::string>>
describeOptions(const PipelineOptions &options, Phase done);

/// Warns of options that have no effect: those that were given for phases which
/// `done` includes, and those that others leave without one.
void warnOfIdleOptions(Phase done);

/// Reports an option that was given for a phase after `last`, the last one that
/// is reached. Returns whether there was one.
bool reportOptionsAfter(Phase last);

/// Reports any option of a phase, for what runs none. Returns whether there was
/// one.
bool reportPipelineOptions();

} // namespace atleus

#endif // ATLEUS_TOOLS_ATLEUS_PIPELINEFLAGS_H
