// Suggestions come in the order of their likeness.
#include "atleus/Support/NearestName.h"

#include "gtest/gtest.h"

using namespace atleus;

TEST(NearestName, ListsTheMostSimilarNameFirst) {
  EXPECT_EQ(listNearest("adc_bit", {"rows", "adc_bits", "dac_bits"}),
            "'adc_bits', 'dac_bits', 'rows'");
}

TEST(NearestName, ListsNoMoreThanAsked) {
  EXPECT_EQ(listNearest("b", {"a", "bb", "ccc"}, 1), "'a'");
  EXPECT_EQ(listNearest("b", {}), "");
}
