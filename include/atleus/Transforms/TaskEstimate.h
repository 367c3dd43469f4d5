// What an inference takes as far as the sizes of tasks tell.
#ifndef ATLEUS_TRANSFORMS_TASKESTIMATE_H
#define ATLEUS_TRANSFORMS_TASKESTIMATE_H

#include "atleus/Support/Units.h"
#include "dialects/Arch/Arch.h"

#include "mlir/IR/BuiltinOps.h"

namespace atleus {

/// The segments of a module at phase `tiled`, one after another, each by the
/// model by which the sizes of tasks are chosen (atleus/Mapping/Granularity.h).
/// That neither knows distances nor what waits for what else holds, so that
/// most schedules take longer.
Picoseconds estimateLatency(mlir::ModuleOp module, arch::MachineOp machine);

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_TASKESTIMATE_H
