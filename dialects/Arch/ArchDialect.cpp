// Registers the arch dialect and names its sources when they are printed.
#include "dialects/Arch/Arch.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace atleus::arch;

#include "dialects/Arch/ArchDialect.cpp.inc"
#include "dialects/Arch/ArchEnums.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/Arch/ArchAttributes.cpp.inc"

namespace {
/// Prints a source as an alias such as `#paper`, so that a machine's numbers
/// stay readable and each text is printed once.
struct SourceAliases : OpAsmDialectInterface {
  using OpAsmDialectInterface::OpAsmDialectInterface;

  AliasResult getAlias(Attribute attribute, raw_ostream &os) const override {
    auto source = dyn_cast<SourceAttr>(attribute);
    if (!source)
      return AliasResult::NoAlias;
    os << stringifyProvenance(source.getProvenance());
    return AliasResult::FinalAlias;
  }
};
} // namespace

void ArchDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialects/Arch/ArchAttributes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/Arch/ArchOps.cpp.inc"
      >();
  addInterfaces<SourceAliases>();
  declarePromisedInterfaces<ResourceModelOpInterface, CrossbarOp, HostOp,
                            ProcessorOp, SystolicOp>();
}
