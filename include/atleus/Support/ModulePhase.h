// The attribute of a module that says how far it has been compiled.
//
// Its values are the names of Phase (atleus/Pipelines/Phase.h). Who only tells
// a user which phase there is and which is needed does not need more.
#ifndef ATLEUS_SUPPORT_MODULEPHASE_H
#define ATLEUS_SUPPORT_MODULEPHASE_H

#include "llvm/ADT/StringRef.h"

namespace atleus {

constexpr llvm::StringLiteral phaseAttribute = "atleus.phase";

} // namespace atleus

#endif // ATLEUS_SUPPORT_MODULEPHASE_H
