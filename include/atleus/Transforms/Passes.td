//===- Passes.td - transformations of the IR -----------------*- tablegen -*-===//
//
// The passes that stay within the dialects of their input.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_TRANSFORMS_PASSES_TD
#define ATLEUS_TRANSFORMS_PASSES_TD

include "mlir/Pass/PassBase.td"

#endif // ATLEUS_TRANSFORMS_PASSES_TD
