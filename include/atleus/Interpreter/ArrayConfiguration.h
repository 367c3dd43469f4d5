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

/// The same for a part of it that has arrays of its own: `features` columns of
/// the weight, in the arrays that follow the first `arraysBefore`.
std::shared_ptr<const AnalogEffects> getEffects(pim::ProgramOp program,
                                                int64_t arraysBefore,
                                                int64_t features);

} // namespace atleus

#endif // ATLEUS_INTERPRETER_ARRAYCONFIGURATION_H
