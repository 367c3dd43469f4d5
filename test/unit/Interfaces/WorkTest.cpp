// Tests of counts of work: sums, names, and what each op of nn, pim and
// systolic states, against numbers found by hand.
#include "../NN/OpFixture.h"
#include "dialects/NN/NN.h"

using namespace mlir;
using namespace atleus;
using Unit = VectorOperation;
using Counts = std::map<Unit, int64_t>;

namespace {
struct WorkTest : public OpFixture {
  /// Work of the op that makes the function's result.
  Work workOf(StringRef signature, StringRef body) {
    func::FuncOp function = parse(signature, body);
    EXPECT_TRUE(function);
    if (!function)
      return {};
    return cast<WorkOpInterface>(resultOp(function)).getWork();
  }
};
} // namespace

/// Operations on single elements that are not zero.
static Counts counts(const Work &work) {
  Counts result;
  for (unsigned i = 0; i < numVectorOperations; ++i)
    if (work.vector[i] != 0)
      result[static_cast<Unit>(i)] = work.vector[i];
  return result;
}

static void expectBytes(const Work &work, int64_t read, int64_t written,
                        int64_t parameters) {
  EXPECT_EQ(work.bytesRead, read);
  EXPECT_EQ(work.bytesWritten, written);
  EXPECT_EQ(work.parameterBytes, parameters);
}

static void expectProduct(const Work &work, unsigned index,
                          MatrixProduct expected) {
  ASSERT_LT(index, work.products.size());
  const MatrixProduct &found = work.products[index];
  EXPECT_EQ(found.batch, expected.batch);
  EXPECT_EQ(found.m, expected.m);
  EXPECT_EQ(found.k, expected.k);
  EXPECT_EQ(found.n, expected.n);
  EXPECT_EQ(found.lhsBits, expected.lhsBits);
  EXPECT_EQ(found.rhsBits, expected.rhsBits);
  EXPECT_EQ(found.staticRhs, expected.staticRhs);
}

TEST_F(WorkTest, sums) {
  Work a, b;
  a.products.push_back({2, 3, 4, 5});
  a[Unit::Add] = 1;
  a.bytesRead = 10;
  b.products.push_back({1, 1, 6, 1});
  b[Unit::Add] = 2;
  b[Unit::Lookup] = 3;
  b.bytesWritten = 20;
  b.parameterBytes = 30;
  a += b;
  EXPECT_EQ(a.macs(), 2 * 3 * 4 * 5 + 6);
  EXPECT_EQ(a.vectorOperations(), 6);
  EXPECT_EQ(counts(a), (Counts{{Unit::Add, 3}, {Unit::Lookup, 3}}));
  expectBytes(a, 10, 20, 30);
}

TEST_F(WorkTest, energy_sums) {
  EnergyBreakdown a, b;
  a[EnergyComponent::Link] = Femtojoules(3);
  b[EnergyComponent::Link] = Femtojoules(4);
  b[EnergyComponent::Leakage] = Femtojoules(5);
  a += b;
  EXPECT_EQ(a[EnergyComponent::Link].count(), 7);
  EXPECT_EQ(a.total().count(), 12);
}

TEST_F(WorkTest, names) {
  EXPECT_EQ(stringify(Unit::Add), "add");
  EXPECT_EQ(stringify(Unit::SquareRoot), "square_root");
  EXPECT_EQ(stringify(Unit::Lookup), "lookup");
  EXPECT_EQ(stringify(EnergyComponent::CrossbarArray), "crossbar_array");
  EXPECT_EQ(stringify(EnergyComponent::Leakage), "leakage");
  EXPECT_EQ(stringify(Bottleneck::ArrayRead), "array_read");
  EXPECT_EQ(stringify(Bottleneck::Latency), "latency");
}

TEST_F(WorkTest, linear) {
  Work work = workOf("(%x: tensor<2x3x4xf32>) -> tensor<2x3x5xf32>", R"(
    %w = nn.constant dense<0.5> : tensor<4x5xf32>
    %b = nn.constant dense<0.5> : tensor<5xf32>
    %y = nn.linear %x, %w bias %b
        : (tensor<2x3x4xf32>, tensor<4x5xf32>, tensor<5xf32>)
        -> tensor<2x3x5xf32>)");
  EXPECT_EQ(work.macs(), 2 * 3 * 4 * 5);
  expectProduct(work, 0, {1, 2 * 3, 4, 5, 32, 32, true});
  EXPECT_EQ(counts(work), (Counts{{Unit::Add, 2 * 3 * 5}}));
  expectBytes(work, 4 * 2 * 3 * 4, 4 * 2 * 3 * 5, 4 * (4 * 5 + 5));
}

TEST_F(WorkTest, linear_quantized_converts_and_scales) {
  Work work =
      workOf("(%x: tensor<3x4x!quant.any<i8:f32>>) -> tensor<3x5xf32>", R"(
    %c = nn.constant dense<0.5> : tensor<5x4xf32>
    %w = nn.quantize %c : tensor<5x4xf32>
        to tensor<5x4x!quant.uniform<i4:f32, 0.5>>
    %y = nn.linear %x, %w {transposed}
        : (tensor<3x4x!quant.any<i8:f32>>,
           tensor<5x4x!quant.uniform<i4:f32, 0.5>>) -> tensor<3x5xf32>)");
  expectProduct(work, 0, {1, 3, 4, 5, 8, 4, true});
  EXPECT_EQ(counts(work), (Counts{{Unit::Convert, 15}, {Unit::Multiply, 15}}));
  expectBytes(work, 3 * 4, 4 * 3 * 5, 5 * 4 / 2);
}

TEST_F(WorkTest, matmul_with_broadcast_batch) {
  Work work = workOf("(%a: tensor<2x1x3x4xf32>, %b: tensor<6x4x5xf32>) -> "
                     "tensor<2x6x3x5xf32>",
                     "%y = nn.matmul %a, %b : (tensor<2x1x3x4xf32>, "
                     "tensor<6x4x5xf32>) -> tensor<2x6x3x5xf32>");
  EXPECT_EQ(work.macs(), 2 * 6 * 3 * 4 * 5);
  expectProduct(work, 0, {2 * 6, 3, 4, 5, 32, 32, false});
  EXPECT_TRUE(counts(work).empty());
  expectBytes(work, 4 * (2 * 3 * 4 + 6 * 4 * 5), 4 * 2 * 6 * 3 * 5, 0);
}

TEST_F(WorkTest, attention_with_groups) {
  // 2 sequences, 4 heads, 3 tokens that see 5, 2 features of a head; values
  // have 3.
  Work work = workOf(
      "(%q: tensor<2x3x8xf32>, %k: tensor<2x5x4xf32>, %v: tensor<2x5x6xf32>, "
      "%m: tensor<3x5xf32>) -> tensor<2x3x12xf32>",
      "%y = nn.attention %q, %k, %v mask %m heads 4 kv_heads 2 scale 0.5 : "
      "(tensor<2x3x8xf32>, tensor<2x5x4xf32>, tensor<2x5x6xf32>, "
      "tensor<3x5xf32>) -> tensor<2x3x12xf32>");
  int64_t scores = 2 * 4 * 3 * 5;
  EXPECT_EQ(work.macs(), scores * 2 + scores * 3);
  expectProduct(work, 0, {2 * 4, 3, 2, 5, 32, 32, false});
  expectProduct(work, 1, {2 * 4, 3, 5, 3, 32, 32, false});
  // Scale, mask, and softmax: maximum, difference, exponential, sum, quotient.
  EXPECT_EQ(counts(work), (Counts{{Unit::Add, 4 * scores},
                                  {Unit::Multiply, scores},
                                  {Unit::Exponential, scores},
                                  {Unit::Divide, scores}}));
  expectBytes(work, 4 * (2 * 3 * 8 + 2 * 5 * 4 + 2 * 5 * 6 + 3 * 5),
              4 * 2 * 3 * 12, 0);
}

TEST_F(WorkTest, attention_quantized) {
  Work work =
      workOf("(%q: tensor<3x2x!quant.any<i8:f32>>) -> tensor<3x2xf32>",
             "%y = nn.attention %q, %q, %q heads 1 kv_heads 1 scale 0.5 "
             "probabilities !quant.uniform<u4:f32, 0.0625> {causal} : "
             "(tensor<3x2x!quant.any<i8:f32>>, tensor<3x2x!quant.any<i8:f32>>, "
             "tensor<3x2x!quant.any<i8:f32>>) -> tensor<3x2xf32>");
  expectProduct(work, 0, {1, 3, 2, 3, 8, 8, false});
  expectProduct(work, 1, {1, 3, 3, 2, 4, 8, false});
  // 9 scores and 6 results: scores are converted to floats and, when they are
  // probabilities, back; results are scaled once more.
  EXPECT_EQ(counts(work), (Counts{{Unit::Add, 4 * 9},
                                  {Unit::Multiply, 9 + 6},
                                  {Unit::Exponential, 9},
                                  {Unit::Divide, 9},
                                  {Unit::Convert, 2 * 9 + 6}}));
}

TEST_F(WorkTest, conv_with_groups) {
  Work work = workOf("(%x: tensor<2x4x5x6xf32>) -> tensor<2x6x4x4xf32>", R"(
    %w = nn.constant dense<0.5> : tensor<6x2x2x3xf32>
    %b = nn.constant dense<0.5> : tensor<6xf32>
    %y = nn.conv %x, %w bias %b strides [1, 1] pads [0, 0, 0, 0]
        dilations [1, 1] groups 2
        : (tensor<2x4x5x6xf32>, tensor<6x2x2x3xf32>, tensor<6xf32>)
        -> tensor<2x6x4x4xf32>)");
  // Every result is a sum over 2 channels and 2x3 elements of the kernel.
  EXPECT_EQ(work.macs(), (2 * 6 * 4 * 4) * (2 * 2 * 3));
  expectProduct(work, 0, {2, 2 * 4 * 4, 2 * 2 * 3, 3, 32, 32, true});
  EXPECT_EQ(counts(work), (Counts{{Unit::Add, 2 * 6 * 4 * 4}}));
  expectBytes(work, 4 * 2 * 4 * 5 * 6, 4 * 2 * 6 * 4 * 4,
              4 * (6 * 2 * 2 * 3 + 6));
}

TEST_F(WorkTest, softmax) {
  Work work = workOf("(%x: tensor<3x4xf32>) -> tensor<3x4xf32>",
                     "%y = nn.softmax %x axis 1 : tensor<3x4xf32>");
  EXPECT_EQ(
      counts(work),
      (Counts{{Unit::Add, 36}, {Unit::Exponential, 12}, {Unit::Divide, 12}}));
}

TEST_F(WorkTest, normalization) {
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

TEST_F(WorkTest, normalization_of_nothing) {
  Work work =
      workOf("(%x: tensor<3x0xf32>, %w: tensor<0xf32>) -> tensor<3x0xf32>",
             "%y = nn.layer_norm %x, %w epsilon 0.0 : (tensor<3x0xf32>, "
             "tensor<0xf32>) -> tensor<3x0xf32>");
  EXPECT_EQ(counts(work), (Counts{{Unit::Divide, 6}, {Unit::SquareRoot, 3}}));
}

TEST_F(WorkTest, one_operand) {
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
       {"exp", "log", "erf", "tanh", "sigmoid", "sin", "cos"})
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
  EXPECT_EQ(unary("nn.gelu %x {tanh_approximation}"),
            (Counts{{Unit::Exponential, 12},
                    {Unit::Multiply, 6 * 12},
                    {Unit::Add, 2 * 12}}));
  EXPECT_EQ(unary("nn.clip %x {minimum = 0.0, maximum = 1.0}"),
            (Counts{{Unit::Add, 24}}));
  EXPECT_EQ(unary("nn.trilu %x diagonal 0"), (Counts{{Unit::Move, 12}}));
  EXPECT_EQ(unary("nn.cum_sum %x axis 0"), (Counts{{Unit::Add, 12}}));
}

TEST_F(WorkTest, two_operands_count_the_broadcast_result) {
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

TEST_F(WorkTest, booleans_take_a_byte) {
  Work work = workOf("(%a: tensor<5xi1>) -> tensor<5xi1>",
                     "%y = nn.not %a : tensor<5xi1>");
  EXPECT_EQ(counts(work), (Counts{{Unit::Add, 5}}));
  expectBytes(work, 5, 5, 0);
}

TEST_F(WorkTest, conversion) {
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

TEST_F(WorkTest, reductions) {
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

TEST_F(WorkTest, movement_counts_what_is_kept) {
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

TEST_F(WorkTest, lookup_reads_what_it_fetches) {
  Work work = workOf("(%i: tensor<2x3xi64>) -> tensor<2x3x4xf32>", R"(
    %t = nn.constant dense<0.5> : tensor<1000x4xf32>
    %y = nn.embedding %t, %i
        : (tensor<1000x4xf32>, tensor<2x3xi64>) -> tensor<2x3x4xf32>)");
  EXPECT_EQ(counts(work), (Counts{{Unit::Lookup, 24}}));
  expectBytes(work, 8 * 6, 4 * 24, 4 * 24);
}

TEST_F(WorkTest, host_knows_the_parameters_of_its_region) {
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

TEST_F(WorkTest, systolic_matmul) {
  Work work =
      workOf("(%a: tensor<2x3x4x!quant.any<i8:f32>>) -> tensor<2x3x5xf32>", R"(
    %c = nn.constant dense<0.5> : tensor<5x4xf32>
    %w = nn.quantize %c : tensor<5x4xf32>
        to tensor<5x4x!quant.uniform<i8:f32, 0.5>>
    %b = nn.constant dense<0.5> : tensor<5xf32>
    %y = systolic.matmul %a, %w bias %b on @sa0 task_tile [1, 3, 5]
        {static_rhs, transpose_rhs}
        : (tensor<2x3x4x!quant.any<i8:f32>>,
           tensor<5x4x!quant.uniform<i8:f32, 0.5>>, tensor<5xf32>)
        -> tensor<2x3x5xf32>)");
  expectProduct(work, 0, {2, 3, 4, 5, 8, 8, true});
  EXPECT_EQ(
      counts(work),
      (Counts{{Unit::Convert, 30}, {Unit::Multiply, 30}, {Unit::Add, 30}}));
  expectBytes(work, 2 * 3 * 4, 4 * 30, 5 * 4 + 4 * 5);
}

TEST_F(WorkTest, systolic_vector_keeps_what_passes_between_its_ops) {
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

TEST_F(WorkTest, static_values_come_from_constants_alone) {
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

TEST_F(WorkTest, static_values_that_share_operands_are_found_at_once) {
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

TEST_F(WorkTest, the_largest_tensors_do_not_overflow) {
  Work work =
      workOf("(%a: tensor<1048576x1048576xf32>) -> tensor<1048576x1048576xf32>",
             "%y = nn.matmul %a, %a : (tensor<1048576x1048576xf32>, "
             "tensor<1048576x1048576xf32>) -> tensor<1048576x1048576xf32>");
  EXPECT_EQ(work.macs(), int64_t{1} << 60);
  expectBytes(work, int64_t{1} << 43, int64_t{1} << 42, 0);
}
