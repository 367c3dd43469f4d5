// Activations that operators of com.microsoft apply to their result.
#ifndef ATLEUS_CONVERSION_ONNXTONN_FUSEDACTIVATION_H
#define ATLEUS_CONVERSION_ONNXTONN_FUSEDACTIVATION_H

#include "Node.h"

namespace atleus {

/// `value` after the activation that the attribute `activation` names, if there
/// is one. Its numbers are in `activation_params` or in `activation_alpha` and
/// `activation_beta`.
mlir::Value applyFusedActivation(Node &node, mlir::Value value);

} // namespace atleus

#endif // ATLEUS_CONVERSION_ONNXTONN_FUSEDACTIVATION_H
