// The numbers of a machine, what each is a number of, and where it comes from.
#ifndef ATLEUS_ARCH_MACHINENUMBERS_H
#define ATLEUS_ARCH_MACHINENUMBERS_H

#include "dialects/Arch/Arch.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <string>

namespace atleus::arch {

/// One number of one part, or one list of numbers.
struct MachineNumber {
  mlir::Operation *part;
  mlir::StringAttr name;
  mlir::Attribute value;
  SourceAttr source;
};

/// Calls `visit` for every number of a machine, in the order of its parts.
void forEachNumber(MachineOp machine,
                   llvm::function_ref<void(const MachineNumber &)> visit);

/// What a part is called: its symbol or name, or its kind, such as "package".
std::string getPartName(mlir::Operation *part);

/// "100000", or "[4, 4, 2]".
std::string formatNumber(mlir::Attribute value);

/// The unit that the name of a number states, such as "ps" for "read_ps" or
/// "bytes/s" for "bytes_per_s". Empty for a count, such as "rows".
llvm::StringRef getUnit(llvm::StringRef name);

/// Whether a number measures something physical: a time, a rate, an energy, a
/// size. Others are counts, widths and places: they say how the machine is
/// built, and a slightly different one of them is another machine.
bool isPhysical(llvm::StringRef name);

/// Whether the source of a number leaves it unverified.
bool isUnverified(SourceAttr source);

} // namespace atleus::arch

#endif // ATLEUS_ARCH_MACHINENUMBERS_H
