// Comparison of blocks of tokens and columns of a product by what bounds it.
#include "atleus/Mapping/StreamedTiling.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>

using namespace atleus;

/// Blocks of tokens that save less than that are not worth reading the weight
/// anew.
static constexpr int64_t toleratedPercent = 10;

Picoseconds atleus::getStreamedTime(const StreamedBlock &block, int64_t nodes) {
  Picoseconds compute =
      block.compute * llvm::divideCeilSigned(block.tasks, nodes);
  if (!block.loadsAhead)
    compute += block.load * (std::min(block.tasks, nodes) - 1);
  return std::max(block.receive + compute + block.send,
                  block.load * block.tasks);
}

/// Blocks of columns for so many blocks of tokens: as many tasks as there
/// should be or, where that does not come out even, a task for each node and
/// block of tokens, and more where a block would be too large.
static llvm::SmallVector<int64_t, 2>
listColumnBlocks(const StreamedProduct &product, int64_t tokenBlocks) {
  llvm::SmallVector<int64_t, 2> counts = {
      std::max<int64_t>(1, product.tasks / tokenBlocks)};
  if (product.tasks % tokenBlocks != 0)
    counts.push_back(product.tasks);
  int64_t needed = llvm::divideCeilSigned(product.columns, product.mostColumns);
  for (int64_t &count : counts) {
    if (count < needed)
      count = static_cast<int64_t>(llvm::alignTo(
          needed, std::max<int64_t>(1, product.nodes / tokenBlocks)));
    count = std::min(count, product.columns);
  }
  return counts;
}

std::optional<StreamedTiling> atleus::chooseStreamedTiling(
    const StreamedProduct &product,
    llvm::function_ref<std::optional<StreamedBlock>(int64_t, int64_t)> price) {
  llvm::SmallVector<StreamedTiling, 8> tilings;
  Picoseconds least = Picoseconds::largest();
  // With a block for each node nothing is left to spread.
  for (int64_t tokenBlocks = 1;
       tokenBlocks < 2 * product.tokens &&
       (tokenBlocks <= product.nodes || tilings.empty());
       tokenBlocks *= 2)
    for (int64_t columnBlocks : listColumnBlocks(product, tokenBlocks)) {
      std::optional<StreamedBlock> block = price(tokenBlocks, columnBlocks);
      if (!block)
        continue;
      Picoseconds time = getStreamedTime(*block, product.nodes);
      tilings.push_back({tokenBlocks, columnBlocks, time});
      least = std::min(least, time);
    }
  Picoseconds tolerated =
      least + Picoseconds(least.count() / 100) * toleratedPercent;
  auto *fewest = llvm::find_if(tilings, [&](const StreamedTiling &tiling) {
    return tiling.time <= tolerated;
  });
  if (fewest == tilings.end())
    return std::nullopt;
  return *fewest;
}
