// The driver: compiles models, runs them, and shows machines and models.
#include "Commands.h"
#include "Session.h"

#include "atleus/Support/OutputFile.h"

#include "llvm/Config/llvm-config.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/raw_ostream.h"

using namespace atleus;
namespace cl = llvm::cl;

static void printVersion(llvm::raw_ostream &os) {
  os << "atleus " ATLEUS_VERSION " (MLIR " LLVM_VERSION_STRING ")\n";
}

/// Runs the subcommand that the command line names; returns the exit code.
static int runSubcommand() {
  if (getCompileCommand())
    return runCompile();
  if (getRunCommand())
    return runRun();
  if (getMachinesCommand())
    return runMachines();
  if (getInspectCommand())
    return runInspect();
  if (getValidateCommand())
    return runValidate();
  if (getVerifyCommand())
    return runVerify();
  cl::PrintHelpMessage();
  return 1;
}

int main(int argc, char **argv) {
  llvm::InitLLVM initialize(argc, argv);
  reportFileSizeLimit();
  cl::SetVersionPrinter(printVersion);
  for (cl::SubCommand *command :
       {&getCompileCommand(), &getRunCommand(), &getMachinesCommand(),
        &getInspectCommand(), &getValidateCommand(), &getVerifyCommand()})
    cl::HideUnrelatedOptions(getOptionCategory(), *command);
  cl::HideUnrelatedOptions(getOptionCategory());
  cl::ParseCommandLineOptions(
      argc, argv,
      "maps transformer models onto 3D heterogeneous accelerators\n\n"
      "  atleus compile model.onnx --machine=atleus -o out/\n"
      "  atleus run model.onnx --input x=x.npy --output-dir out/\n"
      "  atleus inspect model.onnx\n"
      "  atleus machines\n"
      "  atleus validate\n"
      "  atleus verify out/schedule.pb --model out/model.mlir\n");
  int code = runSubcommand();
  return std::max(code, finish(flushStandardOutput()));
}
