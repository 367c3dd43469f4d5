// Parser and printer of the `custom<Description>` directive.
#ifndef ATLEUS_ARCH_ARCHSYNTAX_H
#define ATLEUS_ARCH_ARCHSYNTAX_H

#include "dialects/Arch/Arch.h"

namespace atleus::arch {

/// Parses the attributes of a part of a machine, and its sources.
mlir::ParseResult parseDescription(mlir::OpAsmParser &parser,
                                   mlir::NamedAttrList &attributes);

/// Prints what `parseDescription` reads.
void printDescription(mlir::OpAsmPrinter &printer, mlir::Operation *op,
                      mlir::DictionaryAttr attributes);

} // namespace atleus::arch

#endif // ATLEUS_ARCH_ARCHSYNTAX_H
