// The subcommands of `atleus`.
#ifndef ATLEUS_TOOLS_ATLEUS_COMMANDS_H
#define ATLEUS_TOOLS_ATLEUS_COMMANDS_H

#include "llvm/Support/CommandLine.h"

namespace atleus {

/// The category under which `--help` lists the options of all subcommands.
llvm::cl::OptionCategory &getOptionCategory();

/// The subcommands. They are functions because options of several files belong
/// to them, and an option needs a subcommand that has been constructed before.
llvm::cl::SubCommand &getCompileCommand();
llvm::cl::SubCommand &getRunCommand();
llvm::cl::SubCommand &getMachinesCommand();
llvm::cl::SubCommand &getInspectCommand();
llvm::cl::SubCommand &getValidateCommand();
llvm::cl::SubCommand &getVerifyCommand();

/// Run a subcommand after the command line has been parsed; the result is the
/// exit code.
int runCompile();
int runRun();
int runMachines();
int runInspect();
int runValidate();
int runVerify();

} // namespace atleus

#endif // ATLEUS_TOOLS_ATLEUS_COMMANDS_H
