// The op interfaces that connect dialects with cost models and the interpreter.
#ifndef ATLEUS_INTERFACES_INTERFACES_H
#define ATLEUS_INTERFACES_INTERFACES_H

#include "dialects/Interfaces/Kernel.h"
#include "dialects/Interfaces/Tile.h"
#include "dialects/Interfaces/Work.h"

#include "mlir/IR/OpDefinition.h"

#include <optional>
#include <string>

namespace atleus {
class Tensor;
} // namespace atleus

#include "dialects/Interfaces/Access.h.inc"
#include "dialects/Interfaces/Evaluation.h.inc"
#include "dialects/Interfaces/Kernel.h.inc"
#include "dialects/Interfaces/ResourceModel.h.inc"
#include "dialects/Interfaces/WorkOp.h.inc"

#endif // ATLEUS_INTERFACES_INTERFACES_H
