// The pim dialect: weights in crossbars, and products with them.
#ifndef ATLEUS_PIM_PIM_H
#define ATLEUS_PIM_PIM_H

#include "dialects/Arch/Arch.h"
#include "dialects/Interfaces/Interfaces.h"
#include "dialects/NN/NN.h"

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace atleus::pim {

/// Why no crossbar whose arrays have `rows` rows can execute `op`, as in "needs
/// quantized operands, found ..."; empty if one can.
std::string explainRefusal(nn::LinearOp op, int64_t rows);

} // namespace atleus::pim

#include "dialects/PIM/PIMDialect.h.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/PIM/PIMAttributes.h.inc"

#define GET_TYPEDEF_CLASSES
#include "dialects/PIM/PIMTypes.h.inc"

#define GET_OP_CLASSES
#include "dialects/PIM/PIMOps.h.inc"

#endif // ATLEUS_PIM_PIM_H
