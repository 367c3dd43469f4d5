// Executes a schedule with values.
//
// Tasks run one after another in the order of their starts. Each computes its
// tile from what lies at its node at that time: results of tasks of the same
// node that have ended, and what transfers have brought. Of what has not come,
// floats are NaN and integers zero, so that a task which reads more than it has
// been given does not compute what the interpreter computes of the whole model.
//
// A product of integers is computed from the tiles of its operands. Sums of
// floats depend on how a product is cut, and scales and masks on where a tile
// lies: there a task computes on whole tensors of which only what has come is
// set, and its tile is taken of the result.
#ifndef ATLEUS_VERIFICATION_REPLAY_H
#define ATLEUS_VERIFICATION_REPLAY_H

#include "atleus/Interpreter/Tensor.h"
#include "atleus/Verification/ScheduleFile.h"

#include "mlir/IR/BuiltinOps.h"

#include <vector>

namespace atleus {

/// The results of the model's function for one tensor per argument, which are
/// those of the interpreter bit for bit. The schedule has passed
/// verifySchedule; what a task reads before it has come is reported at
/// `location`, as everything else that fails.
llvm::FailureOr<std::vector<Tensor>>
replaySchedule(const schedule::v1::Schedule &schedule, mlir::ModuleOp module,
               llvm::ArrayRef<Tensor> inputs, mlir::Location location);

} // namespace atleus

#endif // ATLEUS_VERIFICATION_REPLAY_H
