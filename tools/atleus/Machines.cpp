// `atleus machines`: which machines there are, and what one consists of.
#include "Commands.h"
#include "Session.h"

#include "atleus/Report/MachineTable.h"
#include "atleus/Transforms/MachineLibrary.h"

#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace atleus;
namespace cl = llvm::cl;

static cl::opt<std::string> machine(cl::Positional,
                                    cl::desc("[name|file.mlir]"),
                                    cl::sub(getMachinesCommand()));

static cl::opt<bool> explain("explain",
                             cl::desc("Show every number with its source"),
                             cl::cat(getOptionCategory()),
                             cl::sub(getMachinesCommand()));

static cl::opt<bool> json("json", cl::desc("With --explain, write JSON"),
                          cl::cat(getOptionCategory()),
                          cl::sub(getMachinesCommand()));

int atleus::runMachines() {
  Session session;
  if (json && !explain)
    return reportError("--json needs --explain");
  if (machine.empty() && !explain)
    return succeeded(printMachineList(session.context(), llvm::outs())) ? 0 : 1;
  if (machine.empty())
    return reportError("--explain needs the name of a machine");
  OwningOpRef<arch::MachineOp> loaded = loadMachine(machine, session.context());
  if (!loaded)
    return 1;
  if (json)
    writeMachineSourcesJSON(*loaded, llvm::outs());
  else if (explain)
    printMachineSources(*loaded, llvm::outs());
  else
    printMachineTable(*loaded, llvm::outs());
  return 0;
}
