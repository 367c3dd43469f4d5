// Finding the machine of a module and the places where its ops run.
#include "dialects/Arch/MachineLookup.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::arch;

FailureOr<MachineOp> arch::findMachine(ModuleOp module) {
  MachineOp found;
  for (MachineOp machine : module.getOps<MachineOp>()) {
    if (found) {
      InFlightDiagnostic error = emitError(machine.getLoc())
                                 << "a module has one machine, found a second";
      error.attachNote(found.getLoc()) << "first machine declared here";
      return error;
    }
    found = machine;
  }
  if (!found)
    return emitError(module.getLoc())
           << "module has no machine to map it to; attach one with "
              "atleus-attach-machine";
  return found;
}

Operation *arch::lookupPlace(MachineOp machine, FlatSymbolRefAttr name) {
  Operation *place = SymbolTable::lookupSymbolIn(machine, name);
  return isa_and_nonnull<TierOp, HostOp>(place) ? place : nullptr;
}

FailureOr<Operation *> arch::findPlace(MachineOp machine, Operation *op) {
  auto name = op->getAttrOfType<FlatSymbolRefAttr>("tier");
  if (!name)
    name = op->getAttrOfType<FlatSymbolRefAttr>(tierAttribute);
  if (!name)
    return op->emitOpError()
           << "is assigned to no tier: it has no '" << tierAttribute << "'";
  if (Operation *place = lookupPlace(machine, name))
    return place;
  InFlightDiagnostic error = op->emitOpError()
                             << "is assigned to " << name
                             << ", which is neither a tier nor the host of @"
                             << machine.getSymName();
  error.attachNote(machine.getLoc()) << "machine declared here";
  return error;
}

CrossbarOp arch::getCrossbar(Operation *place) {
  auto tier = dyn_cast<TierOp>(place);
  return tier ? dyn_cast<CrossbarOp>(tier.getCoreOp()) : CrossbarOp();
}

MemoryOp arch::getParameterMemory(Operation *place) {
  Operation *core = getPricedOp(place);
  if (auto systolic = dyn_cast<SystolicOp>(core))
    return systolic.getMemoryOp();
  if (auto processor = dyn_cast<ProcessorOp>(core))
    return processor.getMemoryOp();
  return nullptr;
}

Operation *arch::getPricedOp(Operation *place) {
  auto tier = dyn_cast<TierOp>(place);
  return tier ? tier.getCoreOp() : place;
}
