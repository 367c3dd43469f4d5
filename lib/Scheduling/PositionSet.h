// A set of small numbers from which the largest is taken.
#ifndef ATLEUS_LIB_SCHEDULING_POSITIONSET_H
#define ATLEUS_LIB_SCHEDULING_POSITIONSET_H

#include "llvm/Support/MathExtras.h"

#include <cassert>
#include <cstdint>
#include <vector>

namespace atleus::scheduling {

/// Numbers below a limit, a bit for each, and a bit for each 64 of those. Where
/// a heap compares its way down, this counts leading zeros: a search looks at
/// one word for 4096 numbers.
class PositionSet {
public:
  explicit PositionSet(size_t limit)
      : words((limit >> 6) + 1), summary((words.size() >> 6) + 1),
        top(summary.size()) {}

  bool empty() const { return size == 0; }

  /// Adds a number that is not there.
  void insert(unsigned position) {
    size_t word = position >> 6, block = word >> 6;
    words[word] |= bit(position);
    summary[block] |= bit(word);
    top = size++ == 0 ? block : std::max(top, block);
  }

  /// Takes the largest number away. There must be one.
  unsigned takeLast() {
    assert(!empty() && "nothing to take");
    while (summary[top] == 0)
      --top;
    size_t word = (top << 6) | llvm::Log2_64(summary[top]);
    size_t position = (word << 6) | llvm::Log2_64(words[word]);
    words[word] ^= bit(position);
    if (words[word] == 0)
      summary[top] ^= bit(word);
    --size;
    return position;
  }

private:
  static uint64_t bit(size_t index) { return uint64_t(1) << (index & 63); }

  std::vector<uint64_t> words, summary;
  /// No word of the summary behind this one has bits.
  size_t top;
  size_t size = 0;
};

} // namespace atleus::scheduling

#endif // ATLEUS_LIB_SCHEDULING_POSITIONSET_H
