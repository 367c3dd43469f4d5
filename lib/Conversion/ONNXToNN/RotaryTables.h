// Cosines and sines by which operators rotate queries and keys.
#ifndef ATLEUS_CONVERSION_ONNXTONN_ROTARYTABLES_H
#define ATLEUS_CONVERSION_ONNXTONN_ROTARYTABLES_H

#include "Node.h"

namespace atleus {

/// Both [batch, tokens, pairs].
struct RotaryTables {
  mlir::Value cosine, sine;
};

/// The rows of a table [positions, pairs] for `positions` of any shape.
mlir::Value lookUpPositions(Node &node, mlir::Value cache,
                            mlir::Value positions);

/// `input`, [batch, heads, tokens, features] or [batch, tokens, heads *
/// features], with its pairs of features rotated.
mlir::Value rotate(Node &node, mlir::Value input, const RotaryTables &tables,
                   int64_t heads, bool interleaved);

} // namespace atleus

#endif // ATLEUS_CONVERSION_ONNXTONN_ROTARYTABLES_H
