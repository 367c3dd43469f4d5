// Brackets that stand too deep inside each other.
#include "atleus/Support/TextNesting.h"

#include "gtest/gtest.h"

#include <string>

using namespace atleus;

static std::string repeat(const std::string &text, unsigned count) {
  std::string result;
  for (unsigned i = 0; i < count; ++i)
    result += text;
  return result;
}

TEST(TextNesting, CountsBracketsOfAllKinds) {
  for (const char *open : {"(", "[", "{", "<"}) {
    EXPECT_EQ(findDeepNesting(repeat(open, maximumTextNesting)), 0);
    EXPECT_EQ(findDeepNesting("\n\n" + repeat(open, maximumTextNesting + 1)),
              3);
  }
}

TEST(TextNesting, WhatIsClosedDoesNotCount) {
  for (const char *text :
       {"()", "[]", "{}\n", "<>", "a -> b\n", "(x <= y)", "(x >= y)", ")"})
    EXPECT_EQ(findDeepNesting(repeat(text, 5000)), 0) << text;
}

TEST(TextNesting, StringsAndCommentsDoNotCount) {
  std::string deep = repeat("(", 5000);
  EXPECT_EQ(findDeepNesting("\"" + deep + "\""), 0);
  EXPECT_EQ(findDeepNesting("\"\\\"" + deep + "\""), 0);
  EXPECT_EQ(findDeepNesting("// " + deep + "\n"), 0);
  EXPECT_EQ(findDeepNesting("// " + deep), 0);
  EXPECT_EQ(findDeepNesting("\"" + deep), 0);
  EXPECT_EQ(findDeepNesting("\"\n\" // \n" + deep), 3);
}
