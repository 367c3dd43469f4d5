// A set of numbers against std::set.
#include "lib/Scheduling/PositionSet.h"
#include "RandomProblem.h"

#include <gtest/gtest.h>

#include <set>

using namespace atleus::scheduling;

TEST(PositionSet, TakesTheLargestFirst) {
  PositionSet set(10'000);
  EXPECT_TRUE(set.empty());
  for (unsigned position : {0, 63, 64, 4095, 4096, 9999})
    set.insert(position);
  for (unsigned position : {9999, 4096, 4095, 64, 63, 0})
    EXPECT_EQ(set.takeLast(), position);
  EXPECT_TRUE(set.empty());
}

TEST(PositionSet, EqualsAnOrderedSet) {
  std::mt19937 random(1);
  constexpr unsigned limit = 20'000;
  PositionSet set(limit);
  std::set<unsigned> expected;
  for (unsigned i = 0; i < 20'000; ++i) {
    if (unsigned position = draw(random, limit - 1);
        draw(random, 2) > 0 && expected.insert(position).second)
      set.insert(position);
    else if (!expected.empty()) {
      ASSERT_EQ(set.takeLast(), *expected.rbegin());
      expected.erase(std::prev(expected.end()));
    }
    ASSERT_EQ(set.empty(), expected.empty());
  }
}
