// Tests of Pareto fronts.
#include "atleus/Support/ParetoFront.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

using namespace atleus;

using Front = std::vector<bool>;

TEST(ParetoFrontTest, better_in_all_or_equal_in_some) {
  EXPECT_TRUE(dominates({1, 2}, {2, 3}));
  EXPECT_TRUE(dominates({1, 3}, {2, 3}));
  EXPECT_FALSE(dominates({1, 3}, {1, 3}));
  EXPECT_FALSE(dominates({1, 4}, {2, 3}));
  EXPECT_FALSE(dominates({2, 3}, {1, 3}));
}

TEST(ParetoFrontTest, nothing_and_a_single_choice) {
  EXPECT_EQ(findParetoFront({}), Front());
  EXPECT_EQ(findParetoFront({{7, 7}}), Front({true}));
}

TEST(ParetoFrontTest, a_choice_that_is_worse_in_all_is_off_the_front) {
  EXPECT_EQ(findParetoFront({{1, 4}, {2, 2}, {4, 1}, {3, 3}}),
            Front({true, true, true, false}));
}

TEST(ParetoFrontTest, a_tie_in_one_objective_is_decided_by_the_others) {
  EXPECT_EQ(findParetoFront({{1, 5}, {1, 4}}), Front({false, true}));
}

TEST(ParetoFrontTest, equal_choices_stand_or_fall_together) {
  EXPECT_EQ(findParetoFront({{1, 2}, {1, 2}, {2, 1}}),
            Front({true, true, true}));
  EXPECT_EQ(findParetoFront({{3, 3}, {3, 3}, {1, 1}}),
            Front({false, false, true}));
}

TEST(ParetoFrontTest, without_objectives_all_choices_are_equal) {
  EXPECT_EQ(findParetoFront({{}, {}}), Front({true, true}));
}

TEST(ParetoFrontTest, infinite_costs_compare_as_numbers) {
  double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(findParetoFront({{infinity, 1}, {5, 1}, {infinity, 0}}),
            Front({false, true, true}));
}

TEST(ParetoFrontTest, the_front_dominates_all_the_rest) {
  std::mt19937 random(5);
  for (int round = 0; round < 50; ++round) {
    std::vector<Costs> choices(20, Costs(3));
    for (Costs &choice : choices)
      for (double &cost : choice)
        cost = random() % 4;
    Front isOnFront = findParetoFront(choices);
    for (size_t i = 0; i < choices.size(); ++i) {
      bool isDominatedByFront = false;
      for (size_t j = 0; j < choices.size(); ++j)
        isDominatedByFront |= isOnFront[j] && dominates(choices[j], choices[i]);
      EXPECT_EQ(isDominatedByFront, !isOnFront[i]);
    }
  }
}
