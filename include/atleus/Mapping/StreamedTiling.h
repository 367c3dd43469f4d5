// Into how many blocks a product is cut whose weight streams from memory.
//
// Tasks are blocks of tokens times blocks of columns of the weight. With all
// tokens in one block each part of the weight comes once, but to every node
// come all tokens: its port takes them one after another, and then it begins.
// With t blocks of tokens a node waits for the t-th part of them and computes
// as many results with t times as many columns, while the memory reads the
// weight t times. The time of a product is taken to be
//
//   max(receive + compute of all tasks of a node + send, t * load)
//
// in which inputs of a task come before it computes, and the tasks of a node
// are of the same tokens. Cores that read the weight while they compute begin
// one after another, as the memory serves them. What the memory takes for one
// weight it takes from all others, so that no product may keep it for longer
// than the product itself takes. Blocks of tokens are powers of two; of those
// that take at most a tenth longer than the fastest the fewest are taken, for
// each reads the weight anew.
//
// Example: on preset `atleus` 128 tokens by a weight of 768 x 768 take 8.8 us
// in 1 x 16 blocks, of which 6.6 us bring the tokens, 5.5 us in 2 x 8, in which
// the memory needs 4.6 us, and 9.2 us in 4 x 4 for the sake of the memory.
#ifndef ATLEUS_MAPPING_STREAMEDTILING_H
#define ATLEUS_MAPPING_STREAMEDTILING_H

#include "atleus/Support/Units.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <cstdint>
#include <optional>

namespace atleus {

/// What one task takes, and how many there are.
struct StreamedBlock {
  int64_t tasks = 1;
  /// Times for which its tokens come in and its results go out.
  Picoseconds receive, send;
  /// Time on the array, with the columns in the buffer.
  Picoseconds compute;
  /// Time for which the memory serves nobody else while it sends the columns.
  Picoseconds load;
  /// Whether they come before it begins. Else it begins when the memory serves
  /// it, one node after another.
  bool loadsAhead = true;
};

/// A product of `tokens` by `columns`. All numbers are positive.
struct StreamedProduct {
  int64_t tokens = 1;
  int64_t columns = 1;
  int64_t nodes = 1;
  /// Tasks that there should be at least, if there are columns for them.
  int64_t tasks = 1;
  /// Columns of a task that come into a buffer.
  int64_t mostColumns = 1;
};

struct StreamedTiling {
  int64_t tokenBlocks = 1;
  int64_t columnBlocks = 1;
  Picoseconds time;
};

/// The time of a product of such tasks, on so many nodes.
Picoseconds getStreamedTime(const StreamedBlock &block, int64_t nodes);

/// The blocks to cut a product into. `price` is what the
/// largest task takes of so many blocks of tokens and columns, or none if there
/// can be no such tasks. None if there are none of any size.
std::optional<StreamedTiling> chooseStreamedTiling(
    const StreamedProduct &product,
    llvm::function_ref<std::optional<StreamedBlock>(int64_t tokenBlocks,
                                                    int64_t columnBlocks)>
        price);

} // namespace atleus

#endif // ATLEUS_MAPPING_STREAMEDTILING_H
