// The subcommands and what their help says.
#include "Commands.h"

using namespace atleus;
namespace cl = llvm::cl;

cl::OptionCategory &atleus::getOptionCategory() {
  static cl::OptionCategory category("Options");
  return category;
}

cl::SubCommand &atleus::getCompileCommand() {
  static cl::SubCommand command(
      "compile", "Map a model onto a machine; write its schedule and report");
  return command;
}

cl::SubCommand &atleus::getRunCommand() {
  static cl::SubCommand command(
      "run", "Execute a model of any phase on inputs or on a dataset");
  return command;
}

cl::SubCommand &atleus::getMachinesCommand() {
  static cl::SubCommand command(
      "machines", "List the machines, or show one with its tiers and numbers");
  return command;
}

cl::SubCommand &atleus::getInspectCommand() {
  static cl::SubCommand command(
      "inspect", "Show the operators of a model, its kernels and their work");
  return command;
}

cl::SubCommand &atleus::getValidateCommand() {
  static cl::SubCommand command(
      "validate", "Compare the cost models with results of other simulators");
  return command;
}

cl::SubCommand &atleus::getVerifyCommand() {
  static cl::SubCommand command(
      "verify", "Check a schedule against its model and machine");
  return command;
}
