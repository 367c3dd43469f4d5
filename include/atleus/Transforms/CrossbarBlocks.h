// The weights that one crossbar array holds.
#ifndef ATLEUS_TRANSFORMS_CROSSBARBLOCKS_H
#define ATLEUS_TRANSFORMS_CROSSBARBLOCKS_H

#include "dialects/Arch/Arch.h"

#include <array>

namespace atleus {

/// Blocks of a weight [k, n] that lie in one array each: as many rows as the
/// array has, and as many columns as it holds of the weight's bits.
struct CrossbarBlocks {
  static constexpr unsigned maximumBits = 8;

  int64_t rows = 0;
  /// By the bits of a weight.
  std::array<int64_t, maximumBits + 1> columns = {};
};

/// The blocks of the crossbars of a machine's tiers. That there are none, or
/// that they differ from each other, is reported as a diagnostic: what needs
/// the blocks must then be told them; `remedy` says how.
llvm::FailureOr<CrossbarBlocks> findCrossbarBlocks(arch::MachineOp machine,
                                                   llvm::StringRef remedy);

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_CROSSBARBLOCKS_H
