// The enums of the nn dialect, without the rest of it: what pass-free code
// needs.
#ifndef ATLEUS_NN_NNENUMS_H
#define ATLEUS_NN_NNENUMS_H

#include "mlir/Support/LLVM.h"
#include "llvm/ADT/DenseMapInfo.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdint>
#include <optional>

#include "dialects/NN/NNEnums.h.inc"

#endif // ATLEUS_NN_NNENUMS_H
