// Tiles of weights in a buffer: what is there at once.
#include "atleus/Mapping/PrefetchWindow.h"

#include "atleus/Support/CounterRandom.h"

#include <gtest/gtest.h>

#include <vector>

using namespace atleus;

TEST(PrefetchWindow, WaitsForTheOldest) {
  PrefetchWindow window(100);
  EXPECT_EQ(window.add(40), 0u);
  EXPECT_EQ(window.add(40), 0u);
  EXPECT_EQ(window.add(40), 1u);
  EXPECT_EQ(window.add(100), 1u);
}

TEST(PrefetchWindow, AlwaysHoldsTwo) {
  PrefetchWindow window(10);
  EXPECT_EQ(window.add(40), 0u);
  EXPECT_EQ(window.add(50), 0u);
  EXPECT_EQ(window.add(60), 1u);
  EXPECT_EQ(window.add(1), 1u);
}

TEST(PrefetchWindow, TakesTilesWithoutBytes) {
  PrefetchWindow window(0);
  for (unsigned i = 0; i < 4; ++i)
    EXPECT_EQ(window.add(0), 0u);
}

/// Tiles that have not left fit the room, unless they are two; and none leaves
/// that could have stayed.
TEST(PrefetchWindow, IsAsFullAsTheRoomAllows) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    auto draw = [&](uint32_t counter, int64_t end) -> int64_t {
      return philox({counter, 0, 0, 0}, keyOfSeed(seed))[0] % end;
    };
    int64_t room = draw(0, 1000);
    PrefetchWindow window(room);
    std::vector<int64_t> tiles;
    size_t first = 0;
    for (uint32_t i = 1; i < 200; ++i) {
      tiles.push_back(draw(i, 300));
      size_t leaving = window.add(tiles.back());
      auto sumFrom = [&](size_t begin) {
        int64_t sum = 0;
        for (size_t j = begin; j < tiles.size(); ++j)
          sum += tiles[j];
        return sum;
      };
      first += leaving;
      EXPECT_TRUE(sumFrom(first) <= room || tiles.size() - first <= 2);
      if (leaving > 0) {
        EXPECT_GT(sumFrom(first - 1), room);
      }
    }
  }
}
