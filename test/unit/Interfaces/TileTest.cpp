// Tests of boxes in index spaces.
#include "dialects/Interfaces/Tile.h"

#include "gtest/gtest.h"

#include <algorithm>
#include <random>

using namespace atleus;
using llvm::ArrayRef;
using llvm::SmallVector;

static int64_t product(ArrayRef<int64_t> sizes) {
  int64_t result = 1;
  for (int64_t size : sizes)
    result *= size;
  return result;
}

/// Coordinates of element `linear` of a shape.
static SmallVector<int64_t> coordinates(int64_t linear,
                                        ArrayRef<int64_t> shape) {
  SmallVector<int64_t> result(shape.size());
  for (size_t i = shape.size(); i-- > 0; linear /= shape[i])
    result[i] = linear % shape[i];
  return result;
}

static bool contains(const Tile &tile, ArrayRef<int64_t> point) {
  for (unsigned i = 0; i < tile.rank(); ++i)
    if (point[i] < tile.offsets[i] ||
        point[i] >= tile.offsets[i] + tile.sizes[i])
      return false;
  return true;
}

/// The smallest box of `from` that holds the elements of `tile`, by looking at
/// every element.
static Tile smallestBox(const Tile &tile, ArrayRef<int64_t> to,
                        ArrayRef<int64_t> from) {
  Tile box;
  box.offsets.assign(from.begin(), from.end());
  SmallVector<int64_t> last(from.size(), -1);
  for (int64_t element = 0; element < product(to); ++element) {
    if (!contains(tile, coordinates(element, to)))
      continue;
    SmallVector<int64_t> point = coordinates(element, from);
    for (size_t i = 0; i < from.size(); ++i) {
      box.offsets[i] = std::min(box.offsets[i], point[i]);
      last[i] = std::max(last[i], point[i]);
    }
  }
  for (size_t i = 0; i < from.size(); ++i)
    box.sizes.push_back(last[i] - box.offsets[i] + 1);
  return box;
}

namespace {
struct TileTest : public ::testing::Test {
  int64_t number(int64_t low, int64_t high) {
    return std::uniform_int_distribution<int64_t>(low, high)(generator);
  }
  Tile randomTile(ArrayRef<int64_t> shape) {
    Tile tile;
    for (int64_t size : shape) {
      int64_t offset = number(0, size - 1);
      tile.offsets.push_back(offset);
      tile.sizes.push_back(number(1, size - offset));
    }
    return tile;
  }
  /// Cuts `size` into factors, some of them 1.
  SmallVector<int64_t> factors(int64_t size) {
    SmallVector<int64_t> result;
    for (int64_t divisor : {2, 3, 2, 5})
      if (size % divisor == 0 && number(0, 1)) {
        result.push_back(divisor);
        size /= divisor;
      }
    result.push_back(size);
    if (number(0, 2) == 0)
      result.insert(result.begin() + number(0, result.size()), 1);
    return result;
  }
  std::mt19937 generator{7};
};
} // namespace

TEST_F(TileTest, whole_of_a_shape) {
  Tile tile = Tile::whole({2, 3});
  EXPECT_EQ(tile, (Tile{{0, 0}, {2, 3}}));
  EXPECT_EQ(tile.numElements(), 6);
  EXPECT_FALSE(tile.isEmpty());
}

TEST_F(TileTest, scalar_has_one_element) {
  Tile tile = Tile::whole({});
  EXPECT_EQ(tile.rank(), 0u);
  EXPECT_EQ(tile.numElements(), 1);
  EXPECT_FALSE(tile.isEmpty());
}

TEST_F(TileTest, a_size_of_zero_is_empty) {
  EXPECT_TRUE((Tile{{0, 4}, {3, 0}}).isEmpty());
}

TEST_F(TileTest, intersection) {
  Tile a{{0, 2}, {4, 6}}, b{{3, 0}, {5, 3}};
  EXPECT_EQ(a.intersect(b), (Tile{{3, 2}, {1, 1}}));
  EXPECT_EQ(b.intersect(a), (Tile{{3, 2}, {1, 1}}));
  EXPECT_TRUE(a.intersect({{4, 0}, {1, 9}}).isEmpty());
  EXPECT_EQ(a.intersect(a), a);
}

TEST_F(TileTest, union_is_the_box_around_both) {
  Tile a{{0, 2}, {1, 1}}, b{{3, 0}, {2, 1}}, empty{{9, 9}, {0, 3}};
  EXPECT_EQ(uniteTiles(a, b), (Tile{{0, 0}, {5, 3}}));
  EXPECT_EQ(uniteTiles(b, a), (Tile{{0, 0}, {5, 3}}));
  EXPECT_EQ(uniteTiles(a, empty), a);
  EXPECT_EQ(uniteTiles(empty, b), b);
}

TEST_F(TileTest, broadcast_of_a_dimension_of_one) {
  Tile tile{{1, 2, 3}, {1, 2, 4}};
  EXPECT_EQ(broadcastTile(tile, {5, 1, 8}), (Tile{{1, 0, 3}, {1, 1, 4}}));
  EXPECT_EQ(broadcastTile(tile, {8}), (Tile{{3}, {4}}));
  EXPECT_EQ(broadcastTile(tile, {}), Tile());
}

TEST_F(TileTest, broadcast_of_an_empty_tile_is_empty) {
  EXPECT_TRUE(broadcastTile({{0}, {0}}, {1}).isEmpty());
}

TEST_F(TileTest, reshape_splits_heads) {
  // Heads 2 and 3 of [tokens, heads, features] lie side by side.
  EXPECT_EQ(reshapeTile({{4, 2, 0}, {4, 2, 64}}, {16, 12, 64}, {16, 768}),
            (Tile{{4, 128}, {4, 128}}));
  EXPECT_EQ(reshapeTile({{4, 128}, {4, 128}}, {16, 768}, {16, 12, 64}),
            (Tile{{4, 2, 0}, {4, 2, 64}}));
}

TEST_F(TileTest, reshape_of_a_part_of_a_head_keeps_its_features) {
  EXPECT_EQ(reshapeTile({{0, 70}, {1, 8}}, {16, 768}, {16, 12, 64}),
            (Tile{{0, 1, 6}, {1, 1, 8}}));
}

TEST_F(TileTest, reshape_takes_whole_rows_where_a_range_wraps) {
  EXPECT_EQ(reshapeTile({{5}, {3}}, {12}, {2, 6}), (Tile{{0, 0}, {2, 6}}));
}

TEST_F(TileTest, reshape_with_dimensions_of_one) {
  EXPECT_EQ(reshapeTile({{0, 3, 0}, {1, 2, 1}}, {1, 8, 1}, {8}),
            (Tile{{3}, {2}}));
  EXPECT_EQ(reshapeTile({{3}, {2}}, {8}, {1, 8, 1}),
            (Tile{{0, 3, 0}, {1, 2, 1}}));
  EXPECT_EQ(reshapeTile({{0}, {1}}, {1}, {}), Tile());
  EXPECT_EQ(reshapeTile({}, {}, {1, 1}), (Tile{{0, 0}, {1, 1}}));
}

TEST_F(TileTest, reshape_of_an_empty_tile_is_empty) {
  Tile tile = reshapeTile({{2}, {0}}, {12}, {3, 4});
  EXPECT_EQ(tile.rank(), 2u);
  EXPECT_TRUE(tile.isEmpty());
  EXPECT_TRUE(reshapeTile({{0, 0}, {0, 4}}, {0, 4}, {4, 0}).isEmpty());
}

TEST_F(TileTest, reshape_holds_every_element) {
  for (int round = 0; round < 2000; ++round) {
    SmallVector<int64_t> to = factors(60), from = factors(60);
    std::shuffle(to.begin(), to.end(), generator);
    std::shuffle(from.begin(), from.end(), generator);
    Tile tile = randomTile(to);
    Tile box = reshapeTile(tile, to, from);
    Tile smallest = smallestBox(tile, to, from);
    ASSERT_EQ(box.intersect(smallest), smallest) << "round " << round;
    ASSERT_EQ(box.intersect(Tile::whole(from)), box) << "round " << round;
  }
}

TEST_F(TileTest, reshape_is_smallest_if_one_side_of_a_group_is_one_dimension) {
  for (int round = 0; round < 2000; ++round) {
    // Groups of 12 and of 60 elements: in each, one side is one dimension.
    SmallVector<int64_t> to, from;
    for (int64_t size : {12, 60}) {
      bool split = number(0, 1);
      (split ? to : from).push_back(size);
      (split ? from : to).append(factors(size));
    }
    Tile tile = randomTile(to);
    ASSERT_EQ(reshapeTile(tile, to, from), smallestBox(tile, to, from))
        << "round " << round;
  }
}
