// Finding the machine of a module and the places where its ops run.
#ifndef ATLEUS_ARCH_MACHINELOOKUP_H
#define ATLEUS_ARCH_MACHINELOOKUP_H

#include "dialects/Arch/Arch.h"

#include "mlir/IR/BuiltinOps.h"

namespace atleus::arch {

/// The discardable attribute with which an op says where it is to run: the
/// symbol of a tier, or of the host.
constexpr llvm::StringLiteral tierAttribute = "arch.tier";

/// The only machine of `module`. Reports an error if there is none or several.
llvm::FailureOr<MachineOp> findMachine(mlir::ModuleOp module);

/// The tier or the host `name`, or null.
mlir::Operation *lookupPlace(MachineOp machine, mlir::FlatSymbolRefAttr name);

/// The same for the attribute `tier` or `arch.tier` of `op`. Reports an error
/// if there is no such attribute or no such place.
llvm::FailureOr<mlir::Operation *> findPlace(MachineOp machine,
                                             mlir::Operation *op);

/// The crossbar core of a place, or null if it has none.
CrossbarOp getCrossbar(mlir::Operation *place);

/// The memory from which the core of a place reads parameters, or null.
MemoryOp getParameterMemory(mlir::Operation *place);

/// What prices work at a place: the core of a tier, or the host itself.
mlir::Operation *getPricedOp(mlir::Operation *place);

} // namespace atleus::arch

#endif // ATLEUS_ARCH_MACHINELOOKUP_H
