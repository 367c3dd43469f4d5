// The enums of the arch dialect, without the rest of it: what pass-free models
// need.
#ifndef ATLEUS_ARCH_ARCHENUMS_H
#define ATLEUS_ARCH_ARCHENUMS_H

#include "mlir/Support/LLVM.h"
#include "llvm/ADT/DenseMapInfo.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdint>
#include <optional>

#include "dialects/Arch/ArchEnums.h.inc"

#endif // ATLEUS_ARCH_ARCHENUMS_H
