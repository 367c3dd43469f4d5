// What a machine leaves to its host, and why.
#ifndef ATLEUS_TRANSFORMS_HOSTFALLBACK_H
#define ATLEUS_TRANSFORMS_HOSTFALLBACK_H

#include "dialects/Arch/Arch.h"

#include <optional>
#include <string>

namespace atleus {

/// Bytes of the constants that `op` has as soon as it is kernels of a tier, and
/// not before: of attention the scale, and the positions and the number of a
/// causal mask.
int64_t countLoweredConstants(mlir::Operation *op);

/// What every tier lacks to execute `op`; empty if one can. Crossbars hold
/// weights only, but the vector units beside them execute element operations.
std::string explainTierRefusal(arch::MachineOp machine, mlir::Operation *op);

/// Why the host must execute `op`: what the cores of the tiers lack. Returns
/// std::nullopt if a tier can execute it, or if it is computed when compiling
/// or moves elements only. A layer with a parameter never falls back: it is in
/// crossbars or streams into another tier.
std::optional<std::string> explainHostFallback(arch::MachineOp machine,
                                               mlir::Operation *op);

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_HOSTFALLBACK_H
