// Layers by the names of kernels.
#include "atleus/Report/LayerSpans.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace atleus;
using testing::ElementsAre;
using testing::IsEmpty;

static constexpr Picoseconds ps(int64_t count) { return Picoseconds(count); }

/// Layers as "number begin-end".
static std::vector<std::string> find(const std::vector<NamedSpan> &spans) {
  std::vector<std::string> result;
  for (const LayerSpan &layer : findLayers(spans))
    result.push_back((llvm::Twine(layer.number) + " " +
                      llvm::Twine(layer.begin.count()) + "-" +
                      llvm::Twine(layer.end.count()))
                         .str());
  return result;
}

TEST(LayerSpans, SplitsAtTheFirstPartThatIsANumber) {
  auto bert = splitLayer("encoder.layer.11.query");
  ASSERT_TRUE(bert);
  EXPECT_EQ(bert->first, "encoder.layer.");
  EXPECT_EQ(bert->second, 11);
  EXPECT_EQ(splitLayer("/layers.3/blocks.1/mlp")->second, 3);
  EXPECT_EQ(splitLayer("quantize.7")->first, "quantize.");
  EXPECT_FALSE(splitLayer("head"));
  EXPECT_FALSE(splitLayer("ffn2.x"));
  EXPECT_FALSE(splitLayer(""));
  EXPECT_FALSE(splitLayer("onnx::MatMul_99999999999999999999"));
  EXPECT_FALSE(splitLayer("a.99999999999999999999"));
}

TEST(LayerSpans, JoinsSpansOfALayer) {
  EXPECT_THAT(find({{"l.0.a", ps(0), ps(10)},
                    {"l.1.a", ps(12), ps(20)},
                    {"l.0.b", ps(5), ps(14)}}),
              ElementsAre("0 0-14", "1 12-20"));
}

TEST(LayerSpans, AreThoseThatTakeMostTime) {
  EXPECT_THAT(find({{"quantize.0", ps(0), ps(1)},
                    {"quantize.1", ps(1), ps(2)},
                    {"h.0.a", ps(0), ps(10)},
                    {"h.1.a", ps(10), ps(20)},
                    {"h.1.b", ps(20), ps(25)}}),
              ElementsAre("0 0-10", "1 10-25"));
}

TEST(LayerSpans, NeedTwo) {
  EXPECT_THAT(find({{"l.0.a", ps(0), ps(10)}, {"head", ps(10), ps(11)}}),
              IsEmpty());
  EXPECT_THAT(find({}), IsEmpty());
}
