// Tests of the syntax of precision rules.
#include "atleus/Compression/PrecisionRule.h"

#include <gtest/gtest.h>

using namespace atleus;

static PrecisionRule parse(llvm::StringRef text) {
  return llvm::cantFail(PrecisionRule::parse(text));
}

static std::string errorOf(llvm::StringRef text) {
  auto rule = PrecisionRule::parse(text);
  return rule ? "" : llvm::toString(rule.takeError());
}

TEST(PrecisionRule, BitsOfWeights) {
  PrecisionRule rule = parse("encoder.*.ffn*=4");
  EXPECT_EQ(rule.pattern, "encoder.*.ffn*");
  EXPECT_EQ(rule.weightBits, 4u);
  EXPECT_EQ(rule.activationBits, std::nullopt);
  EXPECT_FALSE(rule.normalFloats);
}

TEST(PrecisionRule, BitsOfBoth) {
  PrecisionRule rule = parse("*=2/16");
  EXPECT_EQ(rule.weightBits, 2u);
  EXPECT_EQ(rule.activationBits, 16u);
  EXPECT_EQ(parse("*=8/float").activationBits, floatBits);
}

TEST(PrecisionRule, Floats) {
  PrecisionRule rule = parse("head=float");
  EXPECT_EQ(rule.weightBits, floatBits);
  EXPECT_EQ(rule.activationBits, floatBits);
  PrecisionRule coded = parse("head=nf4");
  EXPECT_TRUE(coded.normalFloats);
  EXPECT_EQ(coded.weightBits, 4u);
  EXPECT_EQ(coded.activationBits, floatBits);
}

/// Names of files of PyTorch hold slashes, and some hold '='.
TEST(PrecisionRule, PatternsOfNames) {
  EXPECT_TRUE(parse("/encoder/layer.0/*=4").matches("/encoder/layer.0/query"));
  EXPECT_FALSE(parse("/encoder/layer.0/*=4").matches("/encoder/layer.1/query"));
  EXPECT_EQ(parse("a=b=4").pattern, "a=b");
  EXPECT_TRUE(parse("layer.{0,11}.*=4").matches("layer.11.key"));
  EXPECT_TRUE(parse("layer.[0-3].*=4").matches("layer.2.key"));
  EXPECT_FALSE(parse("query=4").matches("layer.query"));
}

TEST(PrecisionRule, Errors) {
  EXPECT_EQ(errorOf("encoder"),
            "precision 'encoder': needs a pattern of names and a precision, "
            "such as 'encoder.*=4/8'");
  EXPECT_NE(errorOf("=4"), "");
  EXPECT_NE(errorOf(""), "");
  EXPECT_EQ(errorOf("*=9"), "precision '*=9': weights must have 2 to 8 bits, "
                            "or be 'float' or 'nf4', found '9'");
  for (llvm::StringRef width : {"", "1", "0", "-4", "32", "4.5", "four", "/8",
                                "float/8", "nf4/8", "4294967300"})
    EXPECT_NE(errorOf("*=" + width.str()), "") << width.str();
  EXPECT_EQ(errorOf("*=4/3"),
            "precision '*=4/3': activations must have 4 to 8 or 16 bits, or "
            "be 'float', found '3'");
  for (llvm::StringRef width : {"", "9", "17", "32", "8/8"})
    EXPECT_NE(errorOf("*=4/" + width.str()), "") << width.str();
  EXPECT_NE(errorOf("a[=4"), "");
}
