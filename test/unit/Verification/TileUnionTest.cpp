// Elements of unions of boxes, counted one by one.
#include "lib/Verification/TileUnion.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

using namespace atleus;

static Tile makeTile(llvm::ArrayRef<int64_t> offsets,
                     llvm::ArrayRef<int64_t> sizes) {
  Tile tile;
  tile.offsets.assign(offsets.begin(), offsets.end());
  tile.sizes.assign(sizes.begin(), sizes.end());
  return tile;
}

TEST(TileUnionTest, CountsOnce) {
  EXPECT_EQ(countCovered({}), 0);
  Tile tile = makeTile({0, 0}, {2, 3});
  EXPECT_EQ(countCovered({tile}), 6);
  EXPECT_EQ(countCovered({tile, tile}), 6);
  EXPECT_EQ(countCovered({tile, makeTile({1, 1}, {2, 3})}), 10);
  EXPECT_EQ(countCovered({tile, makeTile({5, 5}, {0, 3})}), 6);
}

TEST(TileUnionTest, ScalarsHaveOneElement) {
  EXPECT_EQ(countCovered({Tile(), Tile()}), 1);
}

TEST(TileUnionTest, AgreesWithCountingElements) {
  std::mt19937 generator(7);
  auto draw = [&](int64_t end) {
    return static_cast<int64_t>(generator() % static_cast<uint64_t>(end));
  };
  for (int round = 0; round < 200; ++round) {
    std::vector<Tile> tiles;
    std::set<std::tuple<int64_t, int64_t, int64_t>> elements;
    for (int64_t count = draw(6); count >= 0; --count) {
      Tile tile =
          makeTile({draw(5), draw(5), draw(5)}, {draw(4), draw(4), draw(4)});
      for (int64_t x = 0; x < tile.sizes[0]; ++x)
        for (int64_t y = 0; y < tile.sizes[1]; ++y)
          for (int64_t z = 0; z < tile.sizes[2]; ++z)
            elements.emplace(tile.offsets[0] + x, tile.offsets[1] + y,
                             tile.offsets[2] + z);
      tiles.push_back(tile);
    }
    EXPECT_EQ(countCovered(tiles), static_cast<int64_t>(elements.size()));
  }
}
