// Blocks and groups of sparse patterns, and the index of what they keep.
#include "dialects/NN/SparseStorage.h"

#include "dialects/NN/BitStream.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/MathExtras.h"

#include <array>
#include <optional>
#include <utility>

using namespace atleus;
using namespace atleus::nn;
using llvm::ArrayRef;
using llvm::MutableArrayRef;
using llvm::Twine;

//===----------------------------------------------------------------------===//
// Blocks and groups
//===----------------------------------------------------------------------===//

int64_t nn::keptOf(int64_t size, int64_t kept, int64_t whole) {
  // A matrix has up to 2^40 elements: the product may need more than 64 bits.
  auto product = static_cast<__int128>(size) * kept;
  return static_cast<int64_t>((product + whole - 1) / whole);
}

std::vector<MatrixBlock> nn::listBlocks(const SparsePattern &pattern) {
  int64_t blockRows = pattern.hasLines() ? pattern.blockRows : pattern.rows;
  int64_t blockColumns =
      pattern.hasLines() ? pattern.blockColumns : pattern.columns;
  std::vector<MatrixBlock> blocks;
  for (int64_t row = 0; row < pattern.rows; row += blockRows)
    for (int64_t column = 0; column < pattern.columns; column += blockColumns)
      blocks.push_back({row, std::min(pattern.rows, row + blockRows), column,
                        std::min(pattern.columns, column + blockColumns)});
  return blocks;
}

/// Calls `visit` with a block of each size, of which there are four at most,
/// and how many blocks have that size.
static void
forEachBlockSize(const SparsePattern &pattern,
                 llvm::function_ref<void(const MatrixBlock &, int64_t)> visit) {
  // Whole blocks along a dimension, and the smaller one at its edge.
  auto listSizes = [](int64_t size, int64_t block) {
    return std::array<std::pair<int64_t, int64_t>, 2>{
        std::pair(block, size / block),
        std::pair(size % block, int64_t(size % block == 0 ? 0 : 1))};
  };
  if (pattern.size() == 0)
    return;
  int64_t blockRows = pattern.hasLines() ? pattern.blockRows : pattern.rows;
  int64_t blockColumns =
      pattern.hasLines() ? pattern.blockColumns : pattern.columns;
  for (auto [rows, above] : listSizes(pattern.rows, blockRows))
    for (auto [columns, beside] : listSizes(pattern.columns, blockColumns))
      if (above > 0 && beside > 0)
        visit({0, rows, 0, columns}, above * beside);
}

int64_t nn::countKeptLines(const SparsePattern &pattern,
                           const MatrixBlock &block) {
  return keptOf(block.lines(pattern.lineDimension), pattern.keptLines,
                pattern.blockLines());
}

/// Elements that groups keep of `size`.
static int64_t keptByGroups(const SparsePattern &pattern, int64_t size) {
  if (!pattern.hasGroups())
    return size;
  return size / pattern.group * pattern.kept +
         keptOf(size % pattern.group, pattern.kept, pattern.group);
}

/// What the lines of a block leave: elements along the groups' dimension, and
/// how often.
static std::pair<int64_t, int64_t> leftByLines(const SparsePattern &pattern,
                                               const MatrixBlock &block) {
  int64_t along = block.lines(pattern.groupDimension);
  int64_t across = block.lines(1 - pattern.groupDimension);
  if (pattern.hasLines())
    (pattern.lineDimension == pattern.groupDimension ? along : across) =
        countKeptLines(pattern, block);
  return {along, across};
}

int64_t nn::countKept(const SparsePattern &pattern) {
  int64_t total = 0;
  forEachBlockSize(pattern, [&](const MatrixBlock &block, int64_t count) {
    auto [along, across] = leftByLines(pattern, block);
    total += count * across * keptByGroups(pattern, along);
  });
  return total;
}

void nn::forEachBlock(
    const SparsePattern &pattern, ArrayRef<uint8_t> prunedLines,
    llvm::function_ref<void(const MatrixBlock &, ArrayRef<uint8_t>)> visit) {
  for (const MatrixBlock &block : listBlocks(pattern)) {
    size_t lines = pattern.hasLines() ? block.lines(pattern.lineDimension) : 0;
    visit(block, prunedLines.take_front(lines));
    prunedLines = prunedLines.drop_front(lines);
  }
}

/// Numbers of the lines of a block along `dimension` that are not zero.
static std::vector<int64_t> linesLeft(const SparsePattern &pattern,
                                      const MatrixBlock &block,
                                      ArrayRef<uint8_t> prunedLines,
                                      unsigned dimension) {
  bool canBeZero = pattern.hasLines() && pattern.lineDimension == dimension;
  int64_t begin = dimension == 0 ? block.rowBegin : block.columnBegin;
  std::vector<int64_t> lines;
  for (int64_t i = 0; i < block.lines(dimension); ++i)
    if (!canBeZero || !prunedLines[i])
      lines.push_back(begin + i);
  return lines;
}

void nn::forEachGroup(const SparsePattern &pattern,
                      ArrayRef<uint8_t> prunedLines,
                      llvm::function_ref<void(ArrayRef<int64_t>)> visit) {
  unsigned dimension = pattern.groupDimension;
  int64_t stride = dimension == 0 ? pattern.columns : 1;
  int64_t acrossStride = dimension == 0 ? 1 : pattern.columns;
  std::vector<int64_t> places;
  auto visitBlock = [&](const MatrixBlock &block, ArrayRef<uint8_t> pruned) {
    std::vector<int64_t> along = linesLeft(pattern, block, pruned, dimension);
    size_t size = pattern.hasGroups() ? pattern.group : along.size();
    for (int64_t line : linesLeft(pattern, block, pruned, 1 - dimension))
      for (size_t begin = 0; begin < along.size(); begin += size) {
        size_t end = std::min(along.size(), begin + size);
        places.clear();
        for (size_t i = begin; i < end; ++i)
          places.push_back(along[i] * stride + line * acrossStride);
        visit(places);
      }
  };
  forEachBlock(pattern, prunedLines, visitBlock);
}

//===----------------------------------------------------------------------===//
// The flags of one block or group
//===----------------------------------------------------------------------===//

/// Bits that hold the numbers 0 to `count` - 1.
static unsigned widthFor(int64_t count) { return llvm::Log2_64_Ceil(count); }

namespace {
/// How the flags of a block's lines or of a group's elements are written.
struct FlagFormat {
  SparseIndex index;
  /// Bits of an offset.
  unsigned width;
  /// Bits of the number of offsets, or 0 if it is known.
  unsigned countWidth = 0;

  int64_t bits(int64_t size, int64_t kept) const {
    return index == SparseIndex::Bitmap ? size : countWidth + kept * width;
  }
};
} // namespace

static FlagFormat lineFormat(const SparsePattern &pattern) {
  return {pattern.lineIndex, widthFor(pattern.blockLines())};
}

static FlagFormat elementFormat(const SparsePattern &pattern) {
  if (pattern.hasGroups())
    return {pattern.elementIndex, widthFor(pattern.group)};
  int64_t most = pattern.groupDimension == 0 ? pattern.rows : pattern.columns;
  return {pattern.elementIndex, widthFor(most), widthFor(most + 1)};
}

static void writeFlags(BitWriter &writer, const FlagFormat &format,
                       ArrayRef<uint8_t> pruned) {
  if (format.index == SparseIndex::Bitmap) {
    for (uint8_t zero : pruned)
      writer.write(zero ? 0 : 1, 1);
    return;
  }
  writer.write(llvm::count(pruned, 0), format.countWidth);
  for (auto [i, zero] : llvm::enumerate(pruned))
    if (!zero)
      writer.write(i, format.width);
}

static llvm::Error wrongCount(int64_t size, int64_t kept, int64_t found) {
  return llvm::createStringError("index keeps " + Twine(found) + " of " +
                                 Twine(size) + ", expected " + Twine(kept));
}

static llvm::Error readOffsets(BitReader &reader, const FlagFormat &format,
                               int64_t count, MutableArrayRef<uint8_t> pruned) {
  int64_t size = pruned.size(), previous = -1;
  llvm::fill(pruned, 1);
  for (int64_t i = 0; i < count; ++i) {
    int64_t offset = reader.read(format.width);
    if (offset >= size)
      return llvm::createStringError("index has offset " + Twine(offset) +
                                     " into " + Twine(size));
    if (offset <= previous)
      return llvm::createStringError("index has offset " + Twine(offset) +
                                     " after " + Twine(previous));
    pruned[offset] = 0;
    previous = offset;
  }
  return llvm::Error::success();
}

/// Reads what is kept of `pruned.size()`: `kept`, or any number without it.
static llvm::Error readFlags(BitReader &reader, const FlagFormat &format,
                             std::optional<int64_t> kept,
                             MutableArrayRef<uint8_t> pruned) {
  int64_t size = pruned.size();
  if (format.index == SparseIndex::Bitmap) {
    for (uint8_t &zero : pruned)
      zero = reader.read(1) ? 0 : 1;
    int64_t found = llvm::count(pruned, 0);
    return !kept || found == *kept ? llvm::Error::success()
                                   : wrongCount(size, *kept, found);
  }
  int64_t count = kept ? *kept : reader.read(format.countWidth);
  if (count > size)
    return wrongCount(size, size, count);
  return readOffsets(reader, format, count, pruned);
}

//===----------------------------------------------------------------------===//
// The index
//===----------------------------------------------------------------------===//

static bool hasElementIndex(const SparsePattern &pattern) {
  return pattern.hasGroups() || pattern.isUnstructured();
}

/// Bits for the groups of `size` elements in a row or column of a block.
static int64_t groupBits(const SparsePattern &pattern, int64_t size) {
  FlagFormat format = elementFormat(pattern);
  int64_t last = size % pattern.group;
  int64_t bits =
      size / pattern.group * format.bits(pattern.group, pattern.kept);
  return last == 0
             ? bits
             : bits +
                   format.bits(last, keptOf(last, pattern.kept, pattern.group));
}

static int64_t countLineBits(const SparsePattern &pattern) {
  if (!pattern.hasLines())
    return 0;
  int64_t bits = 0;
  forEachBlockSize(pattern, [&](const MatrixBlock &block, int64_t count) {
    bits += count * lineFormat(pattern).bits(block.lines(pattern.lineDimension),
                                             countKeptLines(pattern, block));
  });
  return bits;
}

static int64_t countElementBits(const SparsePattern &pattern, int64_t kept) {
  if (pattern.isUnstructured()) {
    FlagFormat format = elementFormat(pattern);
    int64_t lists =
        pattern.groupDimension == 0 ? pattern.columns : pattern.rows;
    return format.index == SparseIndex::Bitmap
               ? pattern.size()
               : lists * format.countWidth + kept * format.width;
  }
  if (!pattern.hasGroups())
    return 0;
  int64_t bits = 0;
  forEachBlockSize(pattern, [&](const MatrixBlock &block, int64_t count) {
    auto [along, across] = leftByLines(pattern, block);
    bits += count * across * groupBits(pattern, along);
  });
  return bits;
}

int64_t nn::countIndexBits(const SparsePattern &pattern, int64_t kept) {
  return countLineBits(pattern) + countElementBits(pattern, kept);
}

SparsePattern nn::withSmallestIndex(const SparsePattern &pattern,
                                    int64_t kept) {
  SparsePattern bitmaps = pattern, offsets = pattern;
  bitmaps.lineIndex = bitmaps.elementIndex = SparseIndex::Bitmap;
  offsets.lineIndex = offsets.elementIndex = SparseIndex::Offsets;
  SparsePattern smallest = bitmaps;
  if (countLineBits(offsets) < countLineBits(bitmaps))
    smallest.lineIndex = SparseIndex::Offsets;
  if (countElementBits(offsets, kept) < countElementBits(bitmaps, kept))
    smallest.elementIndex = SparseIndex::Offsets;
  return smallest;
}

std::vector<uint8_t> nn::encodeIndex(const SparsePattern &pattern,
                                     const SparseMask &mask) {
  BitWriter writer;
  if (pattern.hasLines())
    forEachBlock(pattern, mask.prunedLines,
                 [&](const MatrixBlock &, ArrayRef<uint8_t> pruned) {
                   writeFlags(writer, lineFormat(pattern), pruned);
                 });
  if (!hasElementIndex(pattern))
    return writer.take();
  std::vector<uint8_t> pruned;
  forEachGroup(pattern, mask.prunedLines, [&](ArrayRef<int64_t> places) {
    pruned.clear();
    for (int64_t place : places)
      pruned.push_back(mask.pruned[place]);
    writeFlags(writer, elementFormat(pattern), pruned);
  });
  return writer.take();
}

static llvm::Error readLines(BitReader &reader, const SparsePattern &pattern,
                             SparseMask &mask) {
  for (const MatrixBlock &block : listBlocks(pattern)) {
    size_t begin = mask.prunedLines.size();
    mask.prunedLines.resize(begin + block.lines(pattern.lineDimension));
    if (llvm::Error error = readFlags(
            reader, lineFormat(pattern), countKeptLines(pattern, block),
            MutableArrayRef(mask.prunedLines).drop_front(begin)))
      return error;
  }
  return llvm::Error::success();
}

static llvm::Error readElements(BitReader &reader, const SparsePattern &pattern,
                                SparseMask &mask) {
  llvm::Error failure = llvm::Error::success();
  std::vector<uint8_t> pruned;
  forEachGroup(pattern, mask.prunedLines, [&](ArrayRef<int64_t> places) {
    if (failure)
      return;
    pruned.assign(places.size(), 0);
    std::optional<int64_t> kept;
    if (pattern.hasGroups())
      kept = keptOf(places.size(), pattern.kept, pattern.group);
    if (hasElementIndex(pattern))
      failure = readFlags(reader, elementFormat(pattern), kept, pruned);
    for (auto [place, zero] : llvm::zip_equal(places, pruned))
      mask.pruned[place] = zero;
  });
  return failure;
}

static llvm::Error wrongSize(int64_t found, int64_t expected) {
  return llvm::createStringError("index has " + Twine(found) +
                                 " bytes, expected " + Twine(expected));
}

llvm::Expected<SparseMask> nn::decodeIndex(const SparsePattern &pattern,
                                           int64_t kept,
                                           ArrayRef<uint8_t> index) {
  int64_t bytes = llvm::divideCeil(countIndexBits(pattern, kept), 8);
  if (static_cast<int64_t>(index.size()) != bytes)
    return wrongSize(index.size(), bytes);
  BitReader reader(index);
  SparseMask mask;
  if (pattern.hasLines())
    if (llvm::Error error = readLines(reader, pattern, mask))
      return error;
  mask.pruned.assign(pattern.size(), 1);
  if (llvm::Error error = readElements(reader, pattern, mask))
    return error;
  int64_t found = llvm::count(mask.pruned, 0);
  if (found != kept)
    return wrongCount(pattern.size(), kept, found);
  if (!reader.restIsZero())
    return llvm::createStringError("index has bits set after its end");
  return mask;
}

//===----------------------------------------------------------------------===//
// What is kept
//===----------------------------------------------------------------------===//

std::vector<int64_t> nn::listPlaces(const SparsePattern &pattern,
                                    const SparseMask &mask) {
  std::vector<int64_t> kept;
  forEachGroup(pattern, mask.prunedLines, [&](ArrayRef<int64_t> places) {
    for (int64_t place : places)
      if (!mask.pruned[place])
        kept.push_back(place);
  });
  return kept;
}

int64_t nn::countLongest(const SparsePattern &pattern, const SparseMask &mask,
                         unsigned dimension) {
  std::vector<int64_t> counts(dimension == 0 ? pattern.columns : pattern.rows);
  for (int64_t place = 0; place < pattern.size(); ++place)
    if (!mask.pruned[place])
      ++counts[dimension == 0 ? place % pattern.columns
                              : place / pattern.columns];
  return counts.empty() ? 0 : *llvm::max_element(counts);
}
