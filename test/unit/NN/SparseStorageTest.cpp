// Tests of sparse patterns and of the index that stores them.
#include "dialects/NN/SparseStorage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

using namespace atleus::nn;
using llvm::ArrayRef;
using testing::ElementsAre;

static std::string messageOf(llvm::Expected<SparseMask> mask) {
  return mask ? "" : llvm::toString(mask.takeError());
}

static SparsePattern groupsOf(int64_t rows, int64_t columns, int64_t group,
                              int64_t kept, unsigned dimension = 0) {
  SparsePattern pattern;
  pattern.rows = rows, pattern.columns = columns;
  pattern.group = group, pattern.kept = kept;
  pattern.groupDimension = dimension;
  return pattern;
}

static int64_t countZeros(ArrayRef<uint8_t> flags) {
  return llvm::count(flags, 0);
}

TEST(SparseStorage, RoundsSharesUp) {
  EXPECT_EQ(keptOf(0, 2, 4), 0);
  EXPECT_EQ(keptOf(1, 2, 4), 1);
  EXPECT_EQ(keptOf(2, 2, 4), 1);
  EXPECT_EQ(keptOf(3, 2, 4), 2);
  EXPECT_EQ(keptOf(int64_t(1) << 40, (int64_t(1) << 40) - 1, int64_t(1) << 40),
            (int64_t(1) << 40) - 1);
}

TEST(SparseStorage, CountsBitsOfGroups) {
  // A 4:8 group takes 8 bits as a bitmap and 4 offsets of 3 bits.
  SparsePattern pattern = groupsOf(16, 3, 8, 4);
  EXPECT_EQ(countKept(pattern), 24);
  EXPECT_EQ(countIndexBits(pattern), 6 * 8);
  pattern.elementIndex = SparseIndex::Offsets;
  EXPECT_EQ(countIndexBits(pattern), 6 * 12);
  // 2:16 is smaller as offsets.
  pattern = withSmallestIndex(groupsOf(16, 3, 16, 2));
  EXPECT_EQ(pattern.elementIndex, SparseIndex::Offsets);
  EXPECT_EQ(countIndexBits(pattern), 3 * 2 * 4);
}

TEST(SparseStorage, CountsBitsOfLines) {
  SparsePattern pattern;
  pattern.rows = 10, pattern.columns = 8;
  pattern.blockRows = 4, pattern.blockColumns = 4, pattern.keptLines = 2;
  // Blocks of 4, 4 and 2 rows keep 2, 2 and 1.
  EXPECT_EQ(countKept(pattern), 2 * 4 * (2 + 2 + 1));
  EXPECT_EQ(countIndexBits(pattern), 2 * 10);
  pattern.lineIndex = SparseIndex::Offsets;
  EXPECT_EQ(countIndexBits(pattern), 2 * 2 * (2 + 2 + 1));
}

TEST(SparseStorage, CountsBitsWithoutLevels) {
  SparsePattern pattern;
  pattern.rows = 8, pattern.columns = 5;
  EXPECT_EQ(countIndexBits(pattern, 7), 40);
  pattern.elementIndex = SparseIndex::Offsets;
  // The number of a column's elements, 0 to 8, takes 4 bits.
  EXPECT_EQ(countIndexBits(pattern, 7), 5 * 4 + 7 * 3);
}

TEST(SparseStorage, StoresColumnsOfBlocksInTurn) {
  SparsePattern pattern;
  pattern.rows = 4, pattern.columns = 4;
  pattern.blockRows = 2, pattern.blockColumns = 2, pattern.keptLines = 1;
  SparseMask mask;
  // Row 1 of the upper blocks, row 2 of the lower left one and row 3 of the
  // other are kept.
  mask.prunedLines = {1, 0, 1, 0, 0, 1, 1, 0};
  mask.pruned = {1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0};
  EXPECT_THAT(listPlaces(pattern, mask), ElementsAre(4, 5, 6, 7, 8, 9, 14, 15));
  // Lowest bit first: 01 01 10 01.
  EXPECT_THAT(encodeIndex(pattern, mask), ElementsAre(0b10011010));
  EXPECT_EQ(countLongest(pattern, mask, 0), 2);
  EXPECT_EQ(countLongest(pattern, mask, 1), 4);
}

TEST(SparseStorage, StoresRowsInTurnForGroupsAlongThem) {
  SparsePattern pattern = groupsOf(2, 4, 4, 2, /*dimension=*/1);
  SparseMask mask;
  mask.pruned = {0, 0, 1, 1, 0, 1, 0, 1};
  EXPECT_THAT(listPlaces(pattern, mask), ElementsAre(0, 1, 4, 6));
  EXPECT_THAT(encodeIndex(pattern, mask), ElementsAre(0b01010011));
  pattern.elementIndex = SparseIndex::Offsets;
  // Offsets 0, 1, 0, 2 of two bits each.
  EXPECT_THAT(encodeIndex(pattern, mask), ElementsAre(0b10000100));
}

//===----------------------------------------------------------------------===//
// Decoding
//===----------------------------------------------------------------------===//

TEST(SparseStorage, RefusesAWrongNumberOfBytes) {
  SparsePattern pattern = groupsOf(8, 2, 4, 2);
  EXPECT_EQ(messageOf(decodeIndex(pattern, 8, {1})),
            "index has 1 bytes, expected 2");
}

TEST(SparseStorage, RefusesAGroupThatKeepsAnotherNumber) {
  SparsePattern pattern = groupsOf(4, 2, 4, 2);
  EXPECT_EQ(messageOf(decodeIndex(pattern, 4, {0b01110011})),
            "index keeps 3 of 4, expected 2");
}

TEST(SparseStorage, RefusesOffsets) {
  SparsePattern pattern = groupsOf(3, 1, 3, 2);
  pattern.elementIndex = SparseIndex::Offsets;
  EXPECT_EQ(messageOf(decodeIndex(pattern, 2, {0b1100})),
            "index has offset 3 into 3");
  EXPECT_EQ(messageOf(decodeIndex(pattern, 2, {0b0110})),
            "index has offset 1 after 2");
  EXPECT_EQ(messageOf(decodeIndex(pattern, 2, {0b0101})),
            "index has offset 1 after 1");
  EXPECT_EQ(messageOf(decodeIndex(pattern, 2, {0b11001})),
            "index has bits set after its end");
}

TEST(SparseStorage, RefusesAnotherNumberInAll) {
  SparsePattern pattern;
  pattern.rows = 2, pattern.columns = 4;
  EXPECT_EQ(messageOf(decodeIndex(pattern, 3, {0b1001})),
            "index keeps 2 of 8, expected 3");
  pattern.elementIndex = SparseIndex::Offsets;
  // Columns of 3 elements, which have 2.
  EXPECT_EQ(messageOf(decodeIndex(pattern, 1, {3, 0})),
            "index keeps 3 of 2, expected 2");
}

//===----------------------------------------------------------------------===//
// Properties
//===----------------------------------------------------------------------===//

namespace {
/// Random patterns of small matrices, and masks that fit them.
class Random {
public:
  explicit Random(unsigned seed) : engine(seed) {}

  int64_t upTo(int64_t most) {
    return std::uniform_int_distribution<int64_t>(1, most)(engine);
  }
  bool flip() { return upTo(2) == 1; }

  SparsePattern pattern() {
    SparsePattern pattern;
    pattern.rows = upTo(20), pattern.columns = upTo(20);
    if (flip()) {
      pattern.blockRows = upTo(pattern.rows);
      pattern.blockColumns = upTo(pattern.columns);
      pattern.lineDimension = upTo(2) - 1;
      pattern.keptLines = upTo(pattern.blockLines());
    }
    if (flip()) {
      pattern.group = upTo(24);
      pattern.kept = upTo(pattern.group);
    }
    pattern.groupDimension = upTo(2) - 1;
    pattern.lineIndex = flip() ? SparseIndex::Bitmap : SparseIndex::Offsets;
    pattern.elementIndex = flip() ? SparseIndex::Bitmap : SparseIndex::Offsets;
    return pattern;
  }

  std::vector<uint8_t> flags(int64_t size, int64_t kept) {
    std::vector<uint8_t> pruned(size, 1);
    std::fill_n(pruned.begin(), kept, 0);
    std::shuffle(pruned.begin(), pruned.end(), engine);
    return pruned;
  }

  SparseMask mask(const SparsePattern &pattern) {
    SparseMask mask;
    if (pattern.isUnstructured()) {
      mask.pruned = flags(pattern.size(), upTo(pattern.size() + 1) - 1);
      return mask;
    }
    if (pattern.hasLines())
      for (const MatrixBlock &block : listBlocks(pattern))
        for (uint8_t zero : flags(block.lines(pattern.lineDimension),
                                  countKeptLines(pattern, block)))
          mask.prunedLines.push_back(zero);
    mask.pruned.assign(pattern.size(), 1);
    forEachGroup(pattern, mask.prunedLines, [&](ArrayRef<int64_t> places) {
      int64_t size = places.size();
      int64_t kept = pattern.hasGroups()
                         ? keptOf(size, pattern.kept, pattern.group)
                         : size;
      for (auto [place, zero] : llvm::zip_equal(places, flags(size, kept)))
        mask.pruned[place] = zero;
    });
    return mask;
  }

private:
  std::mt19937 engine;
};
} // namespace

class SparseStorageProperty : public testing::TestWithParam<unsigned> {
protected:
  Random random{GetParam()};
  SparsePattern pattern = random.pattern();
  SparseMask mask = random.mask(pattern);
  int64_t kept = countZeros(mask.pruned);
};

TEST_P(SparseStorageProperty, DecodingInvertsEncoding) {
  std::vector<uint8_t> index = encodeIndex(pattern, mask);
  llvm::Expected<SparseMask> decoded = decodeIndex(pattern, kept, index);
  ASSERT_TRUE(static_cast<bool>(decoded)) << llvm::toString(decoded.takeError());
  EXPECT_EQ(decoded->pruned, mask.pruned);
  EXPECT_EQ(decoded->prunedLines, mask.prunedLines);
}

TEST_P(SparseStorageProperty, BitsAreCountedExactly) {
  int64_t bits = countIndexBits(pattern, kept);
  EXPECT_EQ(static_cast<int64_t>(encodeIndex(pattern, mask).size()),
            (bits + 7) / 8);
  if (!pattern.isUnstructured())
    EXPECT_EQ(countKept(pattern), kept);
  SparsePattern smallest = withSmallestIndex(pattern, kept);
  EXPECT_LE(countIndexBits(smallest, kept), bits);
}

TEST_P(SparseStorageProperty, PlacesAreThoseThatAreKept) {
  std::vector<int64_t> places = listPlaces(pattern, mask);
  EXPECT_EQ(static_cast<int64_t>(places.size()), kept);
  std::vector<uint8_t> pruned(pattern.size(), 1);
  for (int64_t place : places) {
    EXPECT_EQ(pruned[place], 1) << "listed twice";
    pruned[place] = 0;
  }
  EXPECT_EQ(pruned, mask.pruned);
}

TEST_P(SparseStorageProperty, EveryIndexDecodesOrIsRefused) {
  // A changed bit is another mask of the pattern, or an error.
  std::vector<uint8_t> index = encodeIndex(pattern, mask);
  for (size_t bit = 0; bit < index.size() * 8; ++bit) {
    std::vector<uint8_t> changed = index;
    changed[bit / 8] ^= 1 << (bit % 8);
    llvm::Expected<SparseMask> decoded = decodeIndex(pattern, kept, changed);
    if (!decoded)
      llvm::consumeError(decoded.takeError());
    else
      EXPECT_EQ(encodeIndex(pattern, *decoded), changed);
  }
}

INSTANTIATE_TEST_SUITE_P(Patterns, SparseStorageProperty,
                         testing::Range(0u, 150u));
