// Areas as text: complete, in part, and not stated.
#include "lib/Report/AreaText.h"

#include "gtest/gtest.h"

using namespace atleus;

static AreaReport makeArea(const char *part, int64_t squareMicrometres) {
  return {part, SquareNanometres(squareMicrometres * 1'000'000)};
}

TEST(AreaText, NamesPartsLargestFirst) {
  std::vector<AreaReport> areas = {makeArea("dac", 170), makeArea("bus", 0),
                                   makeArea("buffer", 90'000),
                                   makeArea("adc", 90'000)};
  EXPECT_EQ(formatAreas(areas),
            "buffer 0.09 mm^2, adc 0.09 mm^2, dac 170 um^2");
  EXPECT_EQ(formatTotalArea(areas), "0.18 mm^2");
}

TEST(AreaText, APartThatIsNotStatedMakesTheTotalABound) {
  std::vector<AreaReport> areas = {makeArea("adc", 1'000'000),
                                   {"mux", std::nullopt},
                                   {"router", std::nullopt}};
  EXPECT_EQ(formatAreas(areas), "adc 1.00 mm^2; not stated: mux, router");
  EXPECT_EQ(formatTotalArea(areas), "at least 1.00 mm^2");
}

TEST(AreaText, NothingStatedIsNotZero) {
  std::vector<AreaReport> areas = {{"core", std::nullopt}};
  EXPECT_EQ(formatAreas(areas), "not stated: core");
  EXPECT_EQ(formatTotalArea(areas), "not stated");
}
