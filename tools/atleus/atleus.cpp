// The driver: compiles models, runs them, and shows machines and models.
#include "Commands.h"

#include "llvm/Config/llvm-config.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/raw_ostream.h"

using namespace atleus;
namespace cl = llvm::cl;

cl::OptionCategory &atleus::getOptionCategory() {
  static cl::OptionCategory category("Options");
  return category;
}

static void printVersion(llvm::raw_ostream &os) {
  os << "atleus " ATLEUS_VERSION " (MLIR " LLVM_VERSION_STRING ")\n";
}

int main(int argc, char **argv) {
  llvm::InitLLVM initialize(argc, argv);
  cl::SetVersionPrinter(printVersion);
  for (cl::SubCommand *command :
       {&compileCommand, &runCommand, &machinesCommand, &inspectCommand})
    cl::HideUnrelatedOptions(getOptionCategory(), *command);
  cl::HideUnrelatedOptions(getOptionCategory());
  cl::ParseCommandLineOptions(
      argc, argv,
      "maps transformer models onto 3D heterogeneous accelerators\n\n"
      "  atleus compile model.onnx --machine=atleus -o out/\n"
      "  atleus run model.onnx --input x=x.npy --output-dir out/\n"
      "  atleus inspect model.onnx\n"
      "  atleus machines\n");
  if (compileCommand)
    return runCompile();
  if (runCommand)
    return runRun();
  if (machinesCommand)
    return runMachines();
  if (inspectCommand)
    return runInspect();
  cl::PrintHelpMessage();
  return 1;
}
