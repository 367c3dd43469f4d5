// Puts a machine into the module, so that later passes can ask it.
#include "atleus/Cost/MachineRouting.h"
#include "atleus/Transforms/MachineLibrary.h"
#include "atleus/Transforms/Passes.h"

#include "mlir/IR/BuiltinOps.h"

using namespace mlir;

namespace atleus {
#define GEN_PASS_DEF_ATTACHMACHINE
#include "atleus/Transforms/Passes.h.inc"
} // namespace atleus

using namespace atleus;

namespace {
struct AttachMachine : atleus::impl::AttachMachineBase<AttachMachine> {
  using AttachMachineBase::AttachMachineBase;

  void runOnOperation() override {
    if (failed(attach(getOperation())))
      signalPassFailure();
  }

  LogicalResult attach(ModuleOp module) {
    auto present = module.getOps<arch::MachineOp>();
    if (!present.empty()) {
      arch::MachineOp first = *present.begin();
      InFlightDiagnostic diagnostic = module.emitError()
                                      << "the module holds machine "
                                      << first.getSymNameAttr() << " already";
      diagnostic.attachNote(first.getLoc()) << "declared here";
      return diagnostic;
    }
    if (machine.empty())
      return module.emitError() << "no machine is given: expected the name of "
                                << "a preset or the path of a file";
    OwningOpRef<arch::MachineOp> loaded = loadMachine(machine, &getContext());
    if (!loaded || failed(applyOverrides(*loaded, *overrides)) ||
        failed(getRouting(loaded->getNoC())))
      return failure();
    if (Operation *other =
            SymbolTable::lookupSymbolIn(module, loaded->getSymNameAttr())) {
      InFlightDiagnostic diagnostic = module.emitError()
                                      << "machine " << loaded->getSymNameAttr()
                                      << " has the name of another symbol";
      diagnostic.attachNote(other->getLoc()) << "declared here";
      return diagnostic;
    }
    module.getBody()->push_front(loaded.release());
    return success();
  }
};
} // namespace
