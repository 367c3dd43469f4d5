// The cross product of listed sizes.
#include "atleus/Pipelines/Sweep.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace atleus;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

std::vector<std::string> getNames(const Sweep &sweep) {
  std::vector<std::string> names;
  for (const SweepPoint &point : sweep.points)
    names.push_back(point.name);
  return names;
}

std::string getError(std::vector<std::string> dimensions,
                     std::vector<std::string> shapes = {}) {
  llvm::Expected<Sweep> sweep = expandSweep(dimensions, shapes);
  return sweep ? "" : toString(sweep.takeError());
}

TEST(Sweep, OnlyAListIsOne) {
  EXPECT_TRUE(isSweep({"a=1", "b=1,2"}, {}));
  EXPECT_TRUE(isSweep({}, {"x=1x2,1x4"}));
  EXPECT_FALSE(isSweep({"a=1"}, {"x=1x2"}));
  EXPECT_FALSE(isSweep({"a,b=1"}, {}));
}

TEST(Sweep, LastOptionVariesFastest) {
  llvm::Expected<Sweep> sweep = expandSweep({"b=1,2", "s=8,16"}, {});
  ASSERT_TRUE(static_cast<bool>(sweep));
  EXPECT_THAT(getNames(*sweep),
              ElementsAre("b=1,s=8", "b=1,s=16", "b=2,s=8", "b=2,s=16"));
  EXPECT_THAT(sweep->points[2].dimensions, ElementsAre("b=2", "s=8"));
  EXPECT_THAT(sweep->points[2].shapes, IsEmpty());
}

TEST(Sweep, WhatIsFixedIsInEveryPointAndInNoName) {
  llvm::Expected<Sweep> sweep = expandSweep({"b=1"}, {"x=1x8,1x16", "y=3"});
  ASSERT_TRUE(static_cast<bool>(sweep));
  EXPECT_THAT(getNames(*sweep), ElementsAre("x=1x8", "x=1x16"));
  EXPECT_THAT(sweep->points[1].dimensions, ElementsAre("b=1"));
  EXPECT_THAT(sweep->points[1].shapes, ElementsAre("x=1x16", "y=3"));
}

TEST(Sweep, Errors) {
  EXPECT_EQ(getError({"s=1,"}), "--dim s=1, has an empty value");
  EXPECT_EQ(getError({}, {"x=,1"}), "--shape x=,1 has an empty value");
  EXPECT_EQ(getError({"s=1,2,1"}), "--dim s=1,2,1 has the value 1 twice");
  EXPECT_EQ(getError({"s=1,2", "s=3"}),
            "--dim s is given twice; write --dim s=1,2,3");
  std::string many = "0";
  for (int i = 1; i < 101; ++i)
    many += "," + std::to_string(i);
  EXPECT_EQ(getError({"a=" + many, "b=" + many}),
            "the sweep has more than 10000 points");
}

} // namespace
