// Conversions between dialects.
#ifndef ATLEUS_CONVERSION_PASSES_H
#define ATLEUS_CONVERSION_PASSES_H

#include "mlir/Pass/Pass.h"

#include <memory>
#include <string>

namespace atleus {

/// Whether `--convert-onnx-to-nn` has a rule for an operator. The default
/// domain is the empty string.
bool isKnownOperator(llvm::StringRef domain, llvm::StringRef type);

#define GEN_PASS_DECL
#include "atleus/Conversion/Passes.h.inc"

/// Registers all conversions, for command lines that name passes.
#define GEN_PASS_REGISTRATION
#include "atleus/Conversion/Passes.h.inc"

} // namespace atleus

#endif // ATLEUS_CONVERSION_PASSES_H
