// The syntax of pins.
#include "atleus/Mapping/TierPin.h"

#include "gtest/gtest.h"

using namespace atleus;

TEST(TierPin, ReadsPatternAndTier) {
  auto pin = TierPin::parse("encoder.*.ffn{1,2}=@reram0");
  ASSERT_TRUE(static_cast<bool>(pin));
  EXPECT_EQ(pin->pattern, "encoder.*.ffn{1,2}");
  EXPECT_EQ(pin->tier, "reram0");
  EXPECT_TRUE(pin->matches("encoder.3.ffn2"));
  EXPECT_FALSE(pin->matches("encoder.3.ffn3"));
}

TEST(TierPin, TheLastEqualsSignSeparates) {
  auto pin = TierPin::parse("a=b=@sa0");
  ASSERT_TRUE(static_cast<bool>(pin));
  EXPECT_EQ(pin->pattern, "a=b");
}

TEST(TierPin, RefusesWhatItCannotRead) {
  for (const char *text : {"", "encoder", "=@sa0", "a=sa0", "a=@", "a="}) {
    auto pin = TierPin::parse(text);
    ASSERT_FALSE(static_cast<bool>(pin)) << text;
    EXPECT_EQ(llvm::toString(pin.takeError()),
              "pin '" + std::string(text) +
                  "': needs a pattern of names and a tier, such as "
                  "'encoder.*=@reram0'");
  }
  auto pin = TierPin::parse("a[=@sa0");
  ASSERT_FALSE(static_cast<bool>(pin));
  EXPECT_NE(llvm::toString(pin.takeError()).find("pin 'a[=@sa0': invalid glob"),
            std::string::npos);
}
