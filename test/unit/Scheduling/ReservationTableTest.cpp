// Reservations modulo an interval, by hand and against a table of slots.
#include "atleus/Scheduling/ReservationTable.h"
#include "RandomProblem.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace atleus;
using namespace atleus::scheduling;
using testing::ElementsAre;
using testing::Eq;
using testing::Optional;

static Picoseconds ps(int64_t count) { return Picoseconds(count); }

TEST(ReservationTable, FoldsTime) {
  ReservationTable table(ps(10));
  EXPECT_THAT(table.firstFit(ps(37), ps(10)), Optional(ps(37)));
  // From 5 to 8 of each interval.
  table.reserve(ps(25), ps(3), 0);
  EXPECT_THAT(table.firstFit(ps(6), ps(1)), Optional(ps(8)));
  EXPECT_THAT(table.firstFit(ps(36), ps(7)), Optional(ps(38)));
  EXPECT_THAT(table.firstFit(ps(36), ps(8)), Eq(std::nullopt));
  EXPECT_THAT(table.firstFit(ps(0), ps(11)), Eq(std::nullopt));
}

TEST(ReservationTable, UsesPassTheEndOfAnInterval) {
  ReservationTable table(ps(10));
  table.reserve(ps(8), ps(5), 7);
  EXPECT_THAT(table.firstFit(ps(0), ps(1)), Optional(ps(3)));
  EXPECT_THAT(table.firstFit(ps(19), ps(5)), Optional(ps(23)));
  std::vector<unsigned> holders;
  auto add = [&](unsigned task) {
    holders.push_back(task);
    return true;
  };
  table.visitHolders(ps(12), ps(2), add);
  EXPECT_THAT(holders, ElementsAre(7));
  table.visitHolders(ps(3), ps(5), add);
  EXPECT_THAT(holders, ElementsAre(7));
  table.release(ps(28));
  EXPECT_THAT(table.firstFit(ps(0), ps(10)), Optional(ps(0)));
}

TEST(ReservationTable, EqualsATableOfSlots) {
  for (unsigned seed = 0; seed < 50; ++seed) {
    std::mt19937 random(seed);
    int64_t interval = 5 + draw(random, 40);
    ReservationTable table((ps(interval)));
    std::vector<int> slots(interval, -1);
    std::vector<std::pair<int64_t, int64_t>> reserved;
    for (int step = 0; step < 60; ++step) {
      int64_t from = draw(random, 3 * interval), length = 1 + draw(random, 5);
      auto isFree = [&](int64_t begin) {
        for (int64_t i = 0; i < length; ++i)
          if (slots[(begin + i) % interval] >= 0)
            return false;
        return length <= interval;
      };
      int64_t expected = from;
      while (expected < from + interval && !isFree(expected))
        ++expected;
      std::optional<Picoseconds> fit = table.firstFit(ps(from), ps(length));
      ASSERT_EQ(fit.has_value(), expected < from + interval) << seed;
      if (!fit) {
        // Make room again, if something takes it.
        if (reserved.empty())
          continue;
        auto [begin, held] = reserved.back();
        reserved.pop_back();
        table.release(ps(begin));
        for (int64_t i = 0; i < held; ++i)
          slots[(begin + i) % interval] = -1;
        continue;
      }
      ASSERT_EQ(fit->count(), expected) << seed;
      table.reserve(*fit, ps(length), step);
      reserved.emplace_back(expected, length);
      for (int64_t i = 0; i < length; ++i)
        slots[(expected + i) % interval] = step;
    }
  }
}
