//===- SchedInterfaces.td - what takes time ---------------------------------===//
//
// The interface through which schedulers and exports see a schedule.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_SCHED_SCHEDINTERFACES_TD
#define ATLEUS_SCHED_SCHEDINTERFACES_TD

include "mlir/IR/OpBase.td"

def TimedOpInterface : OpInterface<"TimedOpInterface"> {
  let cppNamespace = "::atleus::sched";
  let description = [{
    An op of a schedule that has a start and a duration, waits for events and
    holds resources.
  }];
  let methods = [
    InterfaceMethod<"A name for diagnostics and charts.",
      "::std::string", "getLabel", (ins)>,
    InterfaceMethod<"The events that must have happened before the start.",
      "::mlir::OperandRange", "getAfter", (ins)>,
    InterfaceMethod<"The start, once the op is scheduled.",
      "::std::optional<::atleus::Picoseconds>", "getStart", (ins)>,
    InterfaceMethod<"Sets the start.",
      "void", "setStart", (ins "::atleus::Picoseconds":$start)>,
    InterfaceMethod<"The time from the start to the event.",
      "::atleus::Picoseconds", "getDuration", (ins)>,
    InterfaceMethod<"The earliest start.",
      "::atleus::Picoseconds", "getRelease", (ins)>,
    InterfaceMethod<"The resources that the op holds, in a fixed order.",
      "::llvm::SmallVector<::atleus::sched::Reservation>",
      "getReservations", (ins)>,
  ];
}

#endif // ATLEUS_SCHED_SCHEDINTERFACES_TD
