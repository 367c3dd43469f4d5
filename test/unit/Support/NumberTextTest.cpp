// Numbers as people read them.
#include "atleus/Support/NumberText.h"

#include <gtest/gtest.h>

using namespace atleus;

TEST(NumberTextTest, Bytes) {
  EXPECT_EQ(formatBytes(0), "0 bytes");
  EXPECT_EQ(formatBytes(1), "1 byte");
  EXPECT_EQ(formatBytes(1048576), "1,048,576 bytes");
}

TEST(NumberTextTest, TimeSpansHaveTheUnitOfTheirSize) {
  EXPECT_EQ(formatTimeSpan(0), "0 ps");
  EXPECT_EQ(formatTimeSpan(0.5e-12), "0.5 ps");
  EXPECT_EQ(formatTimeSpan(3.387451242e-3), "3.39 ms");
  EXPECT_EQ(formatTimeSpan(1), "1 s");
  EXPECT_EQ(formatTimeSpan(59), "59 s");
  EXPECT_EQ(formatTimeSpan(90), "1.5 minutes");
  EXPECT_EQ(formatTimeSpan(0.301589 * 86400), "7.24 hours");
  EXPECT_EQ(formatTimeSpan(36 * 3600), "1.5 days");
  EXPECT_EQ(formatTimeSpan(730.5 * 86400), "2 years");
}
