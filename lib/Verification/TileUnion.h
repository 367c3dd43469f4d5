// How many elements several tiles of one tensor cover together.
#ifndef ATLEUS_LIB_VERIFICATION_TILEUNION_H
#define ATLEUS_LIB_VERIFICATION_TILEUNION_H

#include "dialects/Interfaces/Tile.h"

namespace atleus {

/// Elements that lie in one of `tiles` at least, which have the same rank.
int64_t countCovered(llvm::ArrayRef<Tile> tiles);

} // namespace atleus

#endif // ATLEUS_LIB_VERIFICATION_TILEUNION_H
