// Weights in crossbars as several parts, each of which one node holds.
#ifndef ATLEUS_LIB_TRANSFORMS_WEIGHTPARTS_H
#define ATLEUS_LIB_TRANSFORMS_WEIGHTPARTS_H

#include "atleus/Transforms/ArrayPacking.h"
#include "dialects/PIM/PIM.h"

namespace atleus {

/// Replaces a program and its products by one for each piece. `pieces` are all
/// of the weight: those of the same rows follow each other in the order of
/// their features, rows in the order of the weight.
///
/// Results of different features are put together by a view. Products with
/// different rows form a chain in the order of the rows: each adds to the sums
/// of the rows before, and only the last one scales. So what is added to what
/// in which order is what it is in one core, also where a register saturates or
/// scaled sums are added as floats. On the way from node to node goes one sum
/// for each feature, from wherever the rows before are. Tasks keep their
/// tokens.
///
/// Returns the programs of the parts.
llvm::SmallVector<pim::ProgramOp>
splitProgram(pim::ProgramOp program, llvm::ArrayRef<ArrayPiece> pieces);

/// At most `parts` pieces of the features of a weight, of as equal numbers of
/// whole arrays as can be.
llvm::SmallVector<ArrayPiece> cutFeatures(pim::ArrayType type, int64_t parts);

} // namespace atleus

#endif // ATLEUS_LIB_TRANSFORMS_WEIGHTPARTS_H
