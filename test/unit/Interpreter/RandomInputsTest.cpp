// Tests of inputs that nobody gave.
#include "TensorFixture.h"

#include "atleus/Interpreter/RandomInputs.h"
#include "dialects/Dialects.h"

#include "mlir/Parser/Parser.h"

#include <numeric>

using namespace mlir;
using namespace atleus;

namespace {
struct RandomInputsTest : public TensorFixture {
  RandomInputsTest() {
    DialectRegistry registry;
    registerAllDialects(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
  }
  Tensor make(ArrayRef<int64_t> shape, Type type, uint64_t seed = 1,
              IntegerRange range = {0, 1}) {
    return makeRandomTensor(RankedTensorType::get(shape, type), seed, range);
  }
  /// The default range of the argument of a function.
  IntegerRange rangeIn(StringRef text) {
    module = parseSourceString<ModuleOp>(text, &context);
    auto function = *module->getOps<func::FuncOp>().begin();
    return getDefaultRange(function.getArgument(0));
  }
  OwningOpRef<ModuleOp> module;
};
} // namespace

TEST_F(RandomInputsTest, the_same_seed_gives_the_same_numbers) {
  EXPECT_TRUE(identical(make({8, 8}, f32, 7), make({8, 8}, f32, 7)));
  EXPECT_FALSE(identical(make({8, 8}, f32, 7), make({8, 8}, f32, 8)));
  // These may not change: results of comparisons are quoted with a seed.
  Tensor longs = make({4}, i64, 7, {0, 999});
  EXPECT_THAT(longs.as<int64_t>(), ::testing::ElementsAre(15, 250, 878, 46));
}

TEST_F(RandomInputsTest, floats_are_normal) {
  Tensor x = make({10000}, f32);
  ArrayRef<float> values = x.as<float>();
  double mean = std::accumulate(values.begin(), values.end(), 0.0) / 10000;
  double square =
      std::inner_product(values.begin(), values.end(), values.begin(), 0.0) /
      10000;
  EXPECT_NEAR(mean, 0, 0.05);
  EXPECT_NEAR(square, 1, 0.05);
}

TEST_F(RandomInputsTest, narrow_floats_are_rounded_ones) {
  Tensor wide = make({16}, f32), narrow = make({16}, f16);
  for (int64_t i = 0; i < 16; ++i)
    EXPECT_NEAR(narrow.getFloat(i), wide.getFloat(i), 2e-3);
}

TEST_F(RandomInputsTest, integers_reach_both_ends_of_their_range) {
  Tensor x = make({200}, i32, 1, {-2, 2});
  auto values = x.as<int32_t>();
  EXPECT_EQ(*std::min_element(values.begin(), values.end()), -2);
  EXPECT_EQ(*std::max_element(values.begin(), values.end()), 2);
  int64_t low = std::numeric_limits<int64_t>::min();
  int64_t high = std::numeric_limits<int64_t>::max();
  EXPECT_FALSE(identical(make({2}, i64, 1, {low, high}),
                         make({2}, i64, 2, {low, high})));
}

TEST_F(RandomInputsTest, booleans_are_both) {
  Tensor x = make({64}, i1);
  EXPECT_TRUE(llvm::is_contained(x.as<bool>(), true));
  EXPECT_TRUE(llvm::is_contained(x.as<bool>(), false));
}

TEST_F(RandomInputsTest, booleans_keep_to_their_range) {
  Tensor x = make({64}, i1, 1, {0, 0});
  EXPECT_FALSE(llvm::is_contained(x.as<bool>(), true));
}

TEST_F(RandomInputsTest, the_range_is_that_of_the_smallest_table) {
  IntegerRange range = rangeIn(R"(
    func.func @main(%i: tensor<1x6xi32>) {
      %t = nn.constant dense<0.0> : tensor<30x2xf32>
      %s = nn.constant dense<0.0> : tensor<4x20xf32>
      %e = nn.embedding %t, %i
          : (tensor<30x2xf32>, tensor<1x6xi32>) -> tensor<1x6x2xf32>
      %j = nn.cast %i : tensor<1x6xi32> to tensor<1x6xi64>
      %r = nn.reshape %j : tensor<1x6xi64> to tensor<6xi64>
      %g = nn.gather %s, %r axis 1
          : (tensor<4x20xf32>, tensor<6xi64>) -> tensor<4x6xf32>
      return
    })");
  EXPECT_EQ(range.low, 0);
  EXPECT_EQ(range.high, 19);
}

TEST_F(RandomInputsTest, without_a_table_the_type_decides) {
  auto rangeOf = [&](StringRef type) {
    return rangeIn(
        ("func.func @main(%x: tensor<3x" + type + ">) { return }").str());
  };
  EXPECT_EQ(rangeOf("i64").high, 1);
  EXPECT_EQ(rangeOf("i8").low, -128);
  EXPECT_EQ(rangeOf("ui8").high, 255);
}
