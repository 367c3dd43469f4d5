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

TEST(NearestName, FindsWhatIsProbablyMeant) {
  std::vector<std::string> names = {"batch", "seq", "past_length"};
  EXPECT_EQ(findSimilar("Batch", names), "batch");
  EXPECT_EQ(findSimilar("bacth", {"batch", "seq"}), "");
  EXPECT_EQ(findSimilar("sequence_length", names), "seq");
  EXPECT_EQ(findSimilar("past", names), "past_length");
  EXPECT_EQ(findSimilar("past_lenght", names), "past_length");
  EXPECT_EQ(findSimilar("width", names), "");
  EXPECT_EQ(findSimilar("x", {}), "");
  EXPECT_EQ(findSimilar("x", {"y"}), "");
}
