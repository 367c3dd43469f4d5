// Conversions between dialects.
#ifndef ATLEUS_CONVERSION_PASSES_H
#define ATLEUS_CONVERSION_PASSES_H

#include "mlir/Pass/Pass.h"

#include <memory>
#include <string>

namespace atleus {

#define GEN_PASS_DECL
#include "atleus/Conversion/Passes.h.inc"

/// Registers all conversions, for command lines that name passes.
#define GEN_PASS_REGISTRATION
#include "atleus/Conversion/Passes.h.inc"

} // namespace atleus

#endif // ATLEUS_CONVERSION_PASSES_H
