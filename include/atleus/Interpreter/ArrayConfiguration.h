// What the arrays of a type of the pim dialect compute.
#ifndef ATLEUS_INTERPRETER_ARRAYCONFIGURATION_H
#define ATLEUS_INTERPRETER_ARRAYCONFIGURATION_H

#include "atleus/Interpreter/AnalogCells.h"

#include "dialects/PIM/PIM.h"

namespace atleus {

/// Without what it says of inputs.
CrossbarConfiguration getConfiguration(pim::ArrayType array);

/// With inputs of a quantized element type.
CrossbarConfiguration getConfiguration(pim::ArrayType array,
                                       mlir::Type inputElement);

/// What devices make of a weight; null if they are ideal.
std::shared_ptr<const AnalogEffects> getEffects(pim::ProgramOp program);

} // namespace atleus

#endif // ATLEUS_INTERPRETER_ARRAYCONFIGURATION_H
