// The subcommands of `atleus`.
#ifndef ATLEUS_TOOLS_ATLEUS_COMMANDS_H
#define ATLEUS_TOOLS_ATLEUS_COMMANDS_H

#include "llvm/Support/CommandLine.h"

namespace atleus {

/// The category under which `--help` lists the options of all subcommands.
llvm::cl::OptionCategory &getOptionCategory();

extern llvm::cl::SubCommand compileCommand;
extern llvm::cl::SubCommand runCommand;
extern llvm::cl::SubCommand machinesCommand;
extern llvm::cl::SubCommand inspectCommand;

/// Run a subcommand after the command line has been parsed; the result is the
/// exit code.
int runCompile();
int runRun();
int runMachines();
int runInspect();

} // namespace atleus

#endif // ATLEUS_TOOLS_ATLEUS_COMMANDS_H
