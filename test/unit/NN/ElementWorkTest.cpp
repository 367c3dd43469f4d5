// Tests of the work of everything but products, against numbers found by hand.
#include "WorkFixture.h"

#include "dialects/NN/NN.h"

using namespace mlir;
using namespace atleus;
using Unit = VectorOperation;

namespace {
struct ElementWorkTest : public WorkFixture {};
} // namespace

TEST_F(ElementWorkTest, softmax) {
  Work work = workOf("(%x: tensor<3x4xf32>) -> tensor<3x4xf32>",
                     "%y = nn.softmax %x axis 1 : tensor<3x4xf32>");
  EXPECT_EQ(
      counts(work),
      (Counts{{Unit::Add, 36}, {Unit::Exponential, 12}, {Unit::Divide, 12}}));
}

TEST_F(ElementWorkTest, normalization) {
  Work layer = workOf("(%x: tensor<3x4xf32>) -> tensor<3x4xf32>", R"(
    %w = nn.constant dense<0.5> : tensor<4xf32>
    %y = nn.layer_norm %x, %w bias %w epsilon 0.0
        : (tensor<3x4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<3x4xf32>)");
  EXPECT_EQ(counts(layer), (Counts{{Unit::Add, 4 * 12},
                                   {Unit::Multiply, 3 * 12},
                                   {Unit::Divide, 2 * 3},
                                   {Unit::SquareRoot, 3}}));
  expectBytes(layer, 48, 48, 2 * 16);
  Work rms = workOf("(%x: tensor<3x4xf32>) -> tensor<3x4xf32>", R"(
    %w = nn.constant dense<0.5> : tensor<4xf32>
    %y = nn.rms_norm %x, %w epsilon 0.0
        : (tensor<3x4xf32>, tensor<4xf32>) -> tensor<3x4xf32>)");
  EXPECT_EQ(counts(rms), (Counts{{Unit::Add, 12},
                                 {Unit::Multiply, 36},
                                 {Unit::Divide, 3},
                                 {Unit::SquareRoot, 3}}));
}

TEST_F(ElementWorkTest, rotary_embedding_moves_what_it_does_not_rotate) {
  Work work = workOf("(%x: tensor<3x8xf32>) -> tensor<3x8xf32>", R"(
    %c = nn.constant dense<0.5> : tensor<3x2xf32>
    %y = nn.rotary_embedding %x, %c, %c
        : (tensor<3x8xf32>, tensor<3x2xf32>, tensor<3x2xf32>)
        -> tensor<3x8xf32>)");
  EXPECT_EQ(
      counts(work),
      (Counts{{Unit::Multiply, 2 * 12}, {Unit::Add, 12}, {Unit::Move, 12}}));
  expectBytes(work, 96, 96, 2 * 24);
}

TEST_F(ElementWorkTest, normalization_of_nothing) {
  Work work =
      workOf("(%x: tensor<3x0xf32>, %w: tensor<0xf32>) -> tensor<3x0xf32>",
             "%y = nn.layer_norm %x, %w epsilon 0.0 : (tensor<3x0xf32>, "
             "tensor<0xf32>) -> tensor<3x0xf32>");
  EXPECT_EQ(counts(work), (Counts{{Unit::Divide, 6}, {Unit::SquareRoot, 3}}));
}

TEST_F(ElementWorkTest, one_operand) {
  auto unary = [&](StringRef op) {
    return counts(workOf("(%x: tensor<3x4xf32>) -> tensor<3x4xf32>",
                         ("%y = " + op + " : tensor<3x4xf32>").str()));
  };
  for (const char *name : {"abs", "neg", "sign", "relu"})
    EXPECT_EQ(unary(std::string("nn.") + name + " %x"),
              (Counts{{Unit::Add, 12}}));
  for (const char *name : {"floor", "ceil", "round"})
    EXPECT_EQ(unary(std::string("nn.") + name + " %x"),
              (Counts{{Unit::Convert, 12}}));
  for (const char *name :
       {"exp", "log", "erf", "tanh", "sigmoid", "sin", "cos", "tan", "asin",
        "acos", "atan", "sinh", "cosh", "asinh", "acosh", "atanh"})
    EXPECT_EQ(unary(std::string("nn.") + name + " %x"),
              (Counts{{Unit::Exponential, 12}}));
  EXPECT_EQ(unary("nn.reciprocal %x"), (Counts{{Unit::Divide, 12}}));
  EXPECT_EQ(unary("nn.sqrt %x"), (Counts{{Unit::SquareRoot, 12}}));
  EXPECT_EQ(unary("nn.rsqrt %x"), (Counts{{Unit::SquareRoot, 12}}));
  EXPECT_EQ(unary("nn.silu %x"),
            (Counts{{Unit::Exponential, 12}, {Unit::Multiply, 12}}));
  EXPECT_EQ(unary("nn.gelu %x"), (Counts{{Unit::Exponential, 12},
                                         {Unit::Multiply, 3 * 12},
                                         {Unit::Add, 12}}));
  EXPECT_EQ(unary("nn.gelu %x approximation tanh"),
            (Counts{{Unit::Exponential, 12},
                    {Unit::Multiply, 6 * 12},
                    {Unit::Add, 2 * 12}}));
  EXPECT_EQ(unary("nn.gelu %x approximation sigmoid"),
            (Counts{{Unit::Exponential, 12}, {Unit::Multiply, 2 * 12}}));
  EXPECT_EQ(unary("nn.swiglu %x, %x"),
            (Counts{{Unit::Exponential, 12}, {Unit::Multiply, 2 * 12}}));
  EXPECT_EQ(unary("nn.clip %x {minimum = 0.0, maximum = 1.0}"),
            (Counts{{Unit::Add, 24}}));
  EXPECT_EQ(unary("nn.trilu %x diagonal 0"), (Counts{{Unit::Move, 12}}));
  EXPECT_EQ(unary("nn.cum_sum %x axis 0"), (Counts{{Unit::Add, 12}}));
}

TEST_F(ElementWorkTest, two_operands_count_the_broadcast_result) {
  const std::pair<const char *, Unit> units[] = {
      {"add", Unit::Add},    {"sub", Unit::Add},    {"mul", Unit::Multiply},
      {"div", Unit::Divide}, {"mod", Unit::Divide}, {"pow", Unit::Exponential},
      {"max", Unit::Add},    {"min", Unit::Add}};
  for (auto [name, unit] : units) {
    Work work = workOf("(%a: tensor<3x1xf32>, %b: tensor<4xf32>) -> "
                       "tensor<3x4xf32>",
                       std::string("%y = nn.") + name +
                           " %a, %b : (tensor<3x1xf32>, tensor<4xf32>) -> "
                           "tensor<3x4xf32>");
    EXPECT_EQ(counts(work), (Counts{{unit, 12}})) << name;
    expectBytes(work, 4 * (3 + 4), 4 * 12, 0);
  }
}

TEST_F(ElementWorkTest, booleans_take_a_byte) {
  Work work = workOf("(%a: tensor<5xi1>) -> tensor<5xi1>",
                     "%y = nn.not %a : tensor<5xi1>");
  EXPECT_EQ(counts(work), (Counts{{Unit::Add, 5}}));
  expectBytes(work, 5, 5, 0);
}

TEST_F(ElementWorkTest, conversion) {
  Work cast = workOf("(%a: tensor<5xf32>) -> tensor<5xf16>",
                     "%y = nn.cast %a : tensor<5xf32> to tensor<5xf16>");
  EXPECT_EQ(counts(cast), (Counts{{Unit::Convert, 5}}));
  expectBytes(cast, 20, 10, 0);
  Work quantize =
      workOf("(%a: tensor<5xf32>) -> tensor<5x!quant.uniform<i4:f32, 0.5>>",
             "%y = nn.quantize %a : tensor<5xf32> to "
             "tensor<5x!quant.uniform<i4:f32, 0.5>>");
  EXPECT_EQ(counts(quantize),
            (Counts{{Unit::Convert, 5}, {Unit::Multiply, 5}}));
  // Five elements of four bits take three bytes.
  expectBytes(quantize, 20, 3, 0);
  Work dynamic = workOf("(%a: tensor<5xf32>) -> tensor<5x!quant.any<i8:f32>>",
                        "%y = nn.quantize %a : tensor<5xf32> to "
                        "tensor<5x!quant.any<i8:f32>>");
  EXPECT_EQ(counts(dynamic),
            (Counts{{Unit::Convert, 5}, {Unit::Multiply, 5}, {Unit::Add, 5}}));
  Work dequantize =
      workOf("(%a: tensor<5x!quant.any<i8:f32>>) -> tensor<5xf32>",
             "%y = nn.dequantize %a : tensor<5x!quant.any<i8:f32>> to "
             "tensor<5xf32>");
  EXPECT_EQ(counts(dequantize),
            (Counts{{Unit::Convert, 5}, {Unit::Multiply, 5}}));
}

TEST_F(ElementWorkTest, reductions) {
  auto reduction = [&](StringRef name) {
    return counts(workOf(
        "(%x: tensor<3x4xf32>) -> tensor<3xf32>",
        ("%y = nn." + name + " %x axes [1] : tensor<3x4xf32> -> tensor<3xf32>")
            .str()));
  };
  for (const char *name : {"reduce_sum", "reduce_max", "reduce_min"})
    EXPECT_EQ(reduction(name), (Counts{{Unit::Add, 12}}));
  EXPECT_EQ(reduction("reduce_prod"), (Counts{{Unit::Multiply, 12}}));
  EXPECT_EQ(reduction("reduce_mean"),
            (Counts{{Unit::Add, 12}, {Unit::Divide, 3}}));
  EXPECT_EQ(counts(workOf("(%x: tensor<3x4xf32>) -> tensor<3xi64>",
                          "%y = nn.arg_max %x axis 1 : tensor<3x4xf32> -> "
                          "tensor<3xi64>")),
            (Counts{{Unit::Add, 12}}));
}

TEST_F(ElementWorkTest, movement_counts_what_is_kept) {
  Work slice = workOf("(%x: tensor<8x6xf32>) -> tensor<4x3xf32>",
                      "%y = nn.slice %x offsets [0, 3] sizes [4, 3] strides "
                      "[2, 1] : tensor<8x6xf32> -> tensor<4x3xf32>");
  EXPECT_EQ(counts(slice), (Counts{{Unit::Move, 12}}));
  expectBytes(slice, 48, 48, 0);
  Work reshape = workOf("(%x: tensor<8x6xf32>) -> tensor<48xf32>",
                        "%y = nn.reshape %x : tensor<8x6xf32> to "
                        "tensor<48xf32>");
  EXPECT_TRUE(counts(reshape).empty());
  expectBytes(reshape, 0, 0, 0);
  Work patches = workOf("(%x: tensor<1x3x8x8xf32>) -> tensor<1x16x12xf32>",
                        "%y = nn.patches %x kernel [2, 2] strides [2, 2] pads "
                        "[0, 0, 0, 0] dilations [1, 1] : tensor<1x3x8x8xf32> "
                        "-> tensor<1x16x12xf32>");
  EXPECT_EQ(counts(patches), (Counts{{Unit::Move, 192}}));
}

TEST_F(ElementWorkTest, lookup_reads_what_it_fetches) {
  Work work = workOf("(%i: tensor<2x3xi64>) -> tensor<2x3x4xf32>", R"(
    %t = nn.constant dense<0.5> : tensor<1000x4xf32>
    %y = nn.embedding %t, %i
        : (tensor<1000x4xf32>, tensor<2x3xi64>) -> tensor<2x3x4xf32>)");
  EXPECT_EQ(counts(work), (Counts{{Unit::Lookup, 24}}));
  expectBytes(work, 8 * 6, 4 * 24, 4 * 24);
}

TEST_F(ElementWorkTest, host_knows_the_parameters_of_its_region) {
  Work work = workOf("(%i: tensor<2x3xi64>) -> tensor<2x3x4xf32>", R"(
    %t = nn.constant dense<0.5> : tensor<1000x4xf32>
    %y = nn.host (%t, %i) on @host task_tile [2, 3, 4] {
    ^bb0(%u: tensor<1000x4xf32>, %j: tensor<2x3xi64>):
      %r = nn.embedding %u, %j
          : (tensor<1000x4xf32>, tensor<2x3xi64>) -> tensor<2x3x4xf32>
      nn.yield %r : tensor<2x3x4xf32>
    } : (tensor<1000x4xf32>, tensor<2x3xi64>) -> tensor<2x3x4xf32>)");
  EXPECT_EQ(counts(work), (Counts{{Unit::Lookup, 24}}));
  expectBytes(work, 8 * 6, 4 * 24, 4 * 24);
}

TEST_F(ElementWorkTest, systolic_vector_keeps_what_passes_between_its_ops) {
  Work work = workOf("(%a: tensor<3x4xf32>) -> tensor<3x4xf32>", R"(
    %b = nn.constant dense<0.5> : tensor<4xf32>
    %y = systolic.vector (%a, %b) on @sa0 task_tile [1, 4] {
    ^bb0(%c: tensor<3x4xf32>, %d: tensor<4xf32>):
      %e = nn.constant dense<2.0> : tensor<f32>
      %f = nn.mul %c, %e : (tensor<3x4xf32>, tensor<f32>) -> tensor<3x4xf32>
      %g = nn.add %f, %d
          : (tensor<3x4xf32>, tensor<4xf32>) -> tensor<3x4xf32>
      nn.yield %g : tensor<3x4xf32>
    } : (tensor<3x4xf32>, tensor<4xf32>) -> tensor<3x4xf32>)");
  EXPECT_EQ(counts(work), (Counts{{Unit::Multiply, 12}, {Unit::Add, 12}}));
  expectBytes(work, 48, 48, 16 + 4);
}

TEST_F(ElementWorkTest, static_values_come_from_constants_alone) {
  func::FuncOp function = parse("(%a: tensor<4xf32>) -> tensor<4xf32>", R"(
    %b = nn.constant dense<0.5> : tensor<4xf32>
    %c = nn.relu %b : tensor<4xf32>
    %d = nn.add %c, %b : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    %y = nn.add %a, %d : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>)");
  ASSERT_TRUE(function);
  Operation *sum = resultOp(function);
  EXPECT_FALSE(nn::isStatic(sum->getOperand(0)));
  EXPECT_TRUE(nn::isStatic(sum->getOperand(1)));
  EXPECT_FALSE(nn::isStatic(sum->getResult(0)));
}

TEST_F(ElementWorkTest, static_values_that_share_operands_are_found_at_once) {
  // Every value is used twice: following each use would take 2^64 steps.
  std::string body = "%0 = nn.constant dense<0.5> : tensor<f32>\n";
  for (int i = 0; i < 64; ++i)
    body += "%" + std::to_string(i + 1) + " = nn.add %" + std::to_string(i) +
            ", %" + std::to_string(i) +
            " : (tensor<f32>, tensor<f32>) -> tensor<f32>\n";
  body += "%y = nn.neg %64 : tensor<f32>";
  func::FuncOp function = parse("() -> tensor<f32>", body);
  ASSERT_TRUE(function);
  EXPECT_TRUE(nn::isStatic(resultOp(function)->getResult(0)));
}

TEST_F(ElementWorkTest, reads_by_index) {
  Work elements =
      workOf("(%x: tensor<4x9xf32>, %i: tensor<2x3xi64>) -> tensor<2x3xf32>",
             "%y = nn.gather_elements %x, %i axis 1 : (tensor<4x9xf32>, "
             "tensor<2x3xi64>) -> tensor<2x3xf32>");
  EXPECT_EQ(counts(elements), (Counts{{Unit::Lookup, 6}}));
  expectBytes(elements, 24 + 48, 24, 0);
  Work slices =
      workOf("(%x: tensor<4x9xf32>, %i: tensor<2x1xi64>) -> tensor<2x9xf32>",
             "%y = nn.gather_nd %x, %i batch_dims 0 : (tensor<4x9xf32>, "
             "tensor<2x1xi64>) -> tensor<2x9xf32>");
  EXPECT_EQ(counts(slices), (Counts{{Unit::Lookup, 18}}));
  expectBytes(slices, 72 + 16, 72, 0);
}

TEST_F(ElementWorkTest, writes_by_index) {
  auto scatter = [&](const std::string &reduction) {
    return workOf("(%x: tensor<4x9xf32>, %i: tensor<2x3xi64>, "
                  "%u: tensor<2x3xf32>) -> tensor<4x9xf32>",
                  "%y = nn.scatter_elements %x, %i, %u axis 1 " + reduction +
                      " : (tensor<4x9xf32>, tensor<2x3xi64>, "
                      "tensor<2x3xf32>) -> tensor<4x9xf32>");
  };
  EXPECT_EQ(counts(scatter("replace")),
            (Counts{{Unit::Move, 36}, {Unit::Lookup, 6}}));
  for (const char *name : {"add", "maximum", "minimum"})
    EXPECT_EQ(counts(scatter(name)),
              (Counts{{Unit::Add, 6}, {Unit::Move, 36}, {Unit::Lookup, 6}}));
  EXPECT_EQ(counts(scatter("multiply")),
            (Counts{{Unit::Multiply, 6}, {Unit::Move, 36}, {Unit::Lookup, 6}}));
  expectBytes(scatter("add"), 4 * 36 + 8 * 6 + 4 * 6, 4 * 36, 0);
  Work slices = workOf(
      "(%x: tensor<4x9xf32>, %i: tensor<2x1xi64>, %u: tensor<2x9xf32>) -> "
      "tensor<4x9xf32>",
      "%y = nn.scatter_nd %x, %i, %u add : (tensor<4x9xf32>, "
      "tensor<2x1xi64>, tensor<2x9xf32>) -> tensor<4x9xf32>");
  EXPECT_EQ(counts(slices),
            (Counts{{Unit::Add, 18}, {Unit::Move, 36}, {Unit::Lookup, 18}}));
}

TEST_F(ElementWorkTest, top_k) {
  // A heap of 5 elements has 3 levels.
  Work work = workOf("(%x: tensor<2x9xf32>) -> tensor<2x5xi64>",
                     "%y = nn.top_k %x axis 1 count 5 : tensor<2x9xf32> -> "
                     "tensor<2x5xi64>");
  EXPECT_EQ(counts(work), (Counts{{Unit::Add, 18 * 3}, {Unit::Move, 10}}));
}

TEST_F(ElementWorkTest, pooling) {
  auto pool = [&](const std::string &name, const std::string &element) {
    return counts(
        workOf("(%x: tensor<2x3x9xf32>) -> tensor<2x3x4x" + element + ">",
               "%y = nn." + name +
                   " %x kernel [3] strides [2] pads [0, 0] dilations "
                   "[1] : tensor<2x3x9xf32> -> tensor<2x3x4x" +
                   element + ">"));
  };
  EXPECT_EQ(pool("max_pool", "f32"), (Counts{{Unit::Add, 24 * 3}}));
  EXPECT_EQ(pool("arg_max_pool", "i64"), (Counts{{Unit::Add, 24 * 3}}));
  EXPECT_EQ(pool("average_pool", "f32"),
            (Counts{{Unit::Add, 24 * 3}, {Unit::Divide, 24}}));
}
