// Tests of the cutting of chains of steps.
#include "atleus/Transforms/ChainPartition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace atleus;
using testing::Each;
using testing::ElementsAre;

TEST(ChainPartition, OnePartHoldsAll) {
  EXPECT_THAT(partitionChain({1, 2, 3}, {0, 0, 0}, 1), Each(0u));
}

TEST(ChainPartition, EqualCrossingsAreCutAtEqualWork) {
  EXPECT_THAT(partitionChain({1, 1, 1, 1, 1, 1}, {5, 5, 5, 5, 5, 5}, 3),
              ElementsAre(0, 0, 1, 1, 2, 2));
}

TEST(ChainPartition, CutsWhereLittleCrosses) {
  // Half of the work is done before step 3, but step 2 is the cheaper place.
  EXPECT_THAT(partitionChain({1, 1, 1, 1, 1, 1}, {9, 9, 1, 4, 4, 9}, 2),
              ElementsAre(0, 0, 1, 1, 1, 1));
}

TEST(ChainPartition, CheapPlacesFarAwayAreNotTaken) {
  EXPECT_THAT(
      partitionChain({1, 1, 1, 1, 1, 1, 1, 1}, {0, 0, 9, 9, 7, 9, 9, 0}, 2),
      ElementsAre(0, 0, 0, 0, 1, 1, 1, 1));
}

TEST(ChainPartition, StepsWithoutWorkGoWhereTheCutIsCheap) {
  EXPECT_THAT(partitionChain({2, 0, 0, 2}, {9, 3, 2, 3}, 2),
              ElementsAre(0, 0, 1, 1));
}

TEST(ChainPartition, AStepLargerThanAPart) {
  EXPECT_THAT(partitionChain({1, 10, 1}, {1, 1, 1}, 2), ElementsAre(0, 0, 0));
}

TEST(ChainPartition, NoWorkIsOnePart) {
  EXPECT_THAT(partitionChain({0, 0}, {1, 1}, 2), Each(0u));
}
