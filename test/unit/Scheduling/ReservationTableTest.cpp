// Reservations modulo an interval, by hand and against a table of slots.
#include "atleus/Scheduling/ReservationTable.h"
#include "RandomProblem.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace atleus;
using namespace atleus::scheduling;
using testing::Eq;
using testing::Optional;

static Picoseconds ps(int64_t count) { return Picoseconds(count); }

TEST(ReservationTable, FoldsTime) {
  ReservationTable table(ps(10));
  EXPECT_THAT(table.firstFit(ps(37), ps(10)), Optional(ps(37)));
  // From 5 to 8 of each interval.
  table.reserve(ps(25), ps(3));
  EXPECT_THAT(table.firstFit(ps(6), ps(1)), Optional(ps(8)));
  EXPECT_THAT(table.firstFit(ps(36), ps(7)), Optional(ps(38)));
  EXPECT_THAT(table.firstFit(ps(36), ps(8)), Eq(std::nullopt));
  EXPECT_THAT(table.firstFit(ps(0), ps(11)), Eq(std::nullopt));
}

TEST(ReservationTable, UsesPassTheEndOfAnInterval) {
  ReservationTable table(ps(10));
  table.reserve(ps(8), ps(5));
  EXPECT_THAT(table.firstFit(ps(0), ps(1)), Optional(ps(3)));
  EXPECT_THAT(table.firstFit(ps(19), ps(5)), Optional(ps(23)));
  table.reserve(ps(15), ps(2));
  // The room from 3 to 5 and from 7 to 8.
  EXPECT_THAT(table.firstFit(ps(4), ps(1)), Optional(ps(4)));
  EXPECT_THAT(table.firstFit(ps(4), ps(2)), Optional(ps(13)));
  EXPECT_THAT(table.firstFit(ps(0), ps(3)), Eq(std::nullopt));
  table.release(ps(28));
  table.release(ps(5));
  EXPECT_THAT(table.firstFit(ps(0), ps(10)), Optional(ps(0)));
}

TEST(ReservationTable, CanBeFull) {
  ReservationTable table(ps(10));
  table.reserve(ps(4), ps(10));
  EXPECT_THAT(table.firstFit(ps(0), ps(1)), Eq(std::nullopt));
  table.release(ps(4));
  EXPECT_THAT(table.firstFit(ps(7), ps(10)), Optional(ps(7)));
}

/// Reserves and releases at random, and compares with a table of slots.
static void compareWithSlots(unsigned seed, int64_t interval, int steps) {
  std::mt19937 random(seed);
  ReservationTable table((ps(interval)));
  std::vector<char> slots(interval, false);
  std::vector<std::pair<int64_t, int64_t>> reserved;
  auto fill = [&](int64_t begin, int64_t length, bool isTaken) {
    for (int64_t i = 0; i < length; ++i)
      slots[(begin + i) % interval] = isTaken;
  };
  for (int step = 0; step < steps; ++step) {
    int64_t from = draw(random, 3 * interval), length = 1 + draw(random, 5);
    auto isFree = [&](int64_t begin) {
      for (int64_t i = 0; i < length; ++i)
        if (slots[(begin + i) % interval])
          return false;
      return length <= interval;
    };
    int64_t expected = from;
    while (expected < from + interval && !isFree(expected))
      ++expected;
    std::optional<Picoseconds> fit = table.firstFit(ps(from), ps(length));
    ASSERT_EQ(fit.has_value(), expected < from + interval) << seed;
    int64_t last = from;
    while (last > from - interval && !isFree((last + interval) % interval))
      --last;
    std::optional<Picoseconds> lastFit = table.lastFit(ps(from), ps(length));
    ASSERT_EQ(lastFit.has_value(), last > from - interval) << seed;
    if (lastFit) {
      ASSERT_EQ(lastFit->count(), last) << seed;
    }
    if (fit) {
      ASSERT_EQ(fit->count(), expected) << seed;
      table.reserve(*fit, ps(length));
      fill(expected, length, true);
      reserved.emplace_back(expected, length);
    }
    // Where there is no room, some is made.
    if (!reserved.empty() && (!fit || draw(random, 3) == 0)) {
      std::swap(reserved[draw(random, reserved.size() - 1)], reserved.back());
      auto [begin, held] = reserved.back();
      reserved.pop_back();
      table.release(ps(begin));
      fill(begin, held, false);
    }
  }
}

TEST(ReservationTable, EqualsATableOfSlots) {
  for (unsigned seed = 0; seed < 50; ++seed)
    compareWithSlots(seed, 5 + seed, 100);
}

/// So many spans that blocks of them are split and become empty.
TEST(ReservationTable, EqualsALongTableOfSlots) {
  for (unsigned seed = 0; seed < 5; ++seed)
    compareWithSlots(seed, 2000 + 100 * seed, 3000);
}
