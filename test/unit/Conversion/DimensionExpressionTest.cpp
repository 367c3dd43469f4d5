// Names of dimensions that are formulas.
#include "lib/Conversion/ONNXToNN/DimensionExpression.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <climits>

using namespace atleus;
using testing::Optional;
using testing::Pair;

namespace {

std::optional<int64_t> lookUp(llvm::StringRef name) {
  return name == "past"  ? std::optional<int64_t>(5)
         : name == "seq" ? std::optional<int64_t>(3)
                         : std::nullopt;
}

std::optional<int64_t> evaluate(llvm::StringRef text) {
  auto parsed = DimensionExpression::parse(text);
  return parsed ? parsed->evaluate(lookUp) : std::nullopt;
}

TEST(DimensionExpression, SumsAndMultiples) {
  EXPECT_THAT(evaluate("past + seq"), Optional(8));
  EXPECT_THAT(evaluate("past+seq-1"), Optional(7));
  EXPECT_THAT(evaluate("2*past"), Optional(10));
  EXPECT_THAT(evaluate("past * 2 + 3*(seq - 1)"), Optional(16));
  EXPECT_THAT(evaluate("seq - past"), Optional(-2));
  EXPECT_THAT(evaluate("2 * 3 * seq"), Optional(18));
}

TEST(DimensionExpression, WhatIsNoSumIsNone) {
  for (const char *text :
       {"", "seq", "batch size", "past*seq", "seq//2", "floor(seq/2)", "seq +",
        "(seq", "seq)", "+ seq", "99999999999999999999 + seq", "a-b c"})
    EXPECT_FALSE(DimensionExpression::parse(text)) << text;
  std::string deep(100, '(');
  EXPECT_FALSE(
      DimensionExpression::parse(deep + "seq" + std::string(100, ')')));
}

TEST(DimensionExpression, SolvesForOneName) {
  auto solve = [](llvm::StringRef text, int64_t value) {
    return DimensionExpression::parse(text)->solve(value, lookUp);
  };
  EXPECT_THAT(solve("past + new", 12), Optional(Pair("new", 7)));
  EXPECT_THAT(solve("2*new + 1", 9), Optional(Pair("new", 4)));
  EXPECT_THAT(solve("past - new", 2), Optional(Pair("new", 3)));
  EXPECT_FALSE(solve("2*new", 9));
  EXPECT_FALSE(solve("past + new", 4));
  EXPECT_FALSE(solve("old + new", 4));
  EXPECT_FALSE(solve("past + seq", 8));
}

TEST(DimensionExpression, OverflowHasNoValue) {
  EXPECT_FALSE(evaluate("9223372036854775807 + seq"));
  EXPECT_FALSE(evaluate("9223372036854775807 * seq"));
  EXPECT_FALSE(DimensionExpression::parse(
      "9223372036854775807 * 9223372036854775807 * seq"));
}

} // namespace
