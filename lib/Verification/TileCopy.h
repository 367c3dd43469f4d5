// Moves tiles in and out of tensors.
#ifndef ATLEUS_LIB_VERIFICATION_TILECOPY_H
#define ATLEUS_LIB_VERIFICATION_TILECOPY_H

#include "atleus/Interpreter/Tensor.h"
#include "dialects/Interfaces/Tile.h"

namespace atleus {

/// The elements of a tile, with their run-time scales.
Tensor takeTile(const Tensor &tensor, const Tile &tile);

/// Writes the elements of a tile, which `part` holds, and their run-time scales
/// into a tensor of the same element type.
void putTile(Tensor &tensor, const Tile &tile, const Tensor &part);

/// A tensor of which nothing is known: NaN, or zero if its elements are
/// integers.
Tensor makeUnknown(mlir::RankedTensorType type);

} // namespace atleus

#endif // ATLEUS_LIB_VERIFICATION_TILECOPY_H
