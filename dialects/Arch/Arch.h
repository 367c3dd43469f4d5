// The arch dialect: a machine as IR.
#ifndef ATLEUS_ARCH_ARCH_H
#define ATLEUS_ARCH_ARCH_H

#include "dialects/Arch/ArchEnums.h"
#include "dialects/Interfaces/Interfaces.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/RegionKindInterface.h"
#include "mlir/IR/SymbolTable.h"

namespace atleus::arch {

/// True for an attribute that holds a number or numbers, so that it needs a
/// source.
bool isNumeric(mlir::Attribute attribute);

/// What `verifyTrait` of Described checks: every number has a source (C1 of
/// every op) and is small enough to compute with.
llvm::LogicalResult verifySources(mlir::Operation *op);

/// Trait of an op whose numbers each have a source.
template <typename ConcreteOp>
class Described : public mlir::OpTrait::TraitBase<ConcreteOp, Described> {
public:
  static llvm::LogicalResult verifyTrait(mlir::Operation *op) {
    return verifySources(op);
  }
};

} // namespace atleus::arch

#include "dialects/Arch/ArchDialect.h.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/Arch/ArchAttributes.h.inc"

#define GET_OP_CLASSES
#include "dialects/Arch/ArchOps.h.inc"

namespace atleus::arch {

/// The source of number `name` of `op`, or null.
SourceAttr getSource(mlir::Operation *op, llvm::StringRef name);

} // namespace atleus::arch

#endif // ATLEUS_ARCH_ARCH_H
