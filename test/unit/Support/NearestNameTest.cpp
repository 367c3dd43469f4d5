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

/// What '*' stands for does not count.
TEST(NearestName, ListsWhatAPatternAlmostMatches) {
  std::vector<std::string> names = {"head", "encoder.layer.0.key",
                                    "encoder.layer.0.query", "decoder.key"};
  EXPECT_EQ(listNearestMatches("*.qurey", names, 1), "'encoder.layer.0.query'");
  EXPECT_EQ(listNearestMatches("encodr*key", names, 2),
            "'encoder.layer.0.key', 'decoder.key'");
  EXPECT_EQ(listNearestMatches("encoder.layer.?.kay", names, 1),
            "'encoder.layer.0.key'");
  EXPECT_EQ(listNearestMatches("*", names, 1), "'decoder.key'");
  EXPECT_EQ(listNearestMatches("", names, 1), "'head'");
  EXPECT_EQ(listNearestMatches("x", {}, 1), "");
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
