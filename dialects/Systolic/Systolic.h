// The systolic dialect: kernels of a systolic array and its vector unit.
#ifndef ATLEUS_SYSTOLIC_SYSTOLIC_H
#define ATLEUS_SYSTOLIC_SYSTOLIC_H

#include "dialects/Arch/Arch.h"
#include "dialects/Interfaces/Interfaces.h"
#include "dialects/NN/NN.h"

#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "dialects/Systolic/SystolicDialect.h.inc"

#define GET_OP_CLASSES
#include "dialects/Systolic/SystolicOps.h.inc"

#endif // ATLEUS_SYSTOLIC_SYSTOLIC_H
