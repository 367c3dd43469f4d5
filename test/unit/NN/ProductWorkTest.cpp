// Tests of the work of products, against numbers found by hand.
#include "WorkFixture.h"

#include "dialects/NN/NN.h"

using namespace mlir;
using namespace atleus;
using Unit = VectorOperation;

namespace {
struct ProductWorkTest : public WorkFixture {};
} // namespace

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
  EXPECT_EQ(found.rowsPerScale, expected.rowsPerScale);
}

TEST_F(ProductWorkTest, linear) {
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

TEST_F(ProductWorkTest, linear_quantized_converts_and_scales) {
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

/// Each weight is looked up and scaled; the product is one of floats. Codes of
/// 4 bits, and a scale of 4 bytes for each 8 of them.
TEST_F(ProductWorkTest, linear_with_codes) {
  Work work = workOf("(%x: tensor<3x4xf32>) -> tensor<3x5xf32>", R"(
    %c = nn.constant dense<0.5> : tensor<4x5xf32>
    %w = nn.quantize %c : tensor<4x5xf32>
        to tensor<4x5x!nn.codebook<nf4 : f32, block = 8>>
    %y = nn.linear %x, %w
        : (tensor<3x4xf32>, tensor<4x5x!nn.codebook<nf4 : f32, block = 8>>)
        -> tensor<3x5xf32>)");
  expectProduct(work, 0, {1, 3, 4, 5, 32, 32, true});
  EXPECT_EQ(counts(work), (Counts{{Unit::Lookup, 20}, {Unit::Multiply, 20}}));
  expectBytes(work, 4 * 3 * 4, 4 * 3 * 5, 20 / 2 + 3 * 4);
}

TEST_F(ProductWorkTest, systolic_matmul_with_codes) {
  Work work = workOf("(%x: tensor<3x4xf32>) -> tensor<3x5xf32>", R"(
    %c = nn.constant dense<0.5> : tensor<4x5xf32>
    %w = nn.quantize %c : tensor<4x5xf32>
        to tensor<4x5x!nn.codebook<nf4 : f32, block = 8>>
    %y = systolic.matmul %x, %w on @sa0 task_tile [3, 5] {static_rhs}
        : (tensor<3x4xf32>, tensor<4x5x!nn.codebook<nf4 : f32, block = 8>>)
        -> tensor<3x5xf32>)");
  expectProduct(work, 0, {1, 3, 4, 5, 32, 32, true});
  EXPECT_EQ(counts(work), (Counts{{Unit::Lookup, 20}, {Unit::Multiply, 20}}));
  expectBytes(work, 4 * 3 * 4, 4 * 3 * 5, 20 / 2 + 3 * 4);
}

TEST_F(ProductWorkTest, linear_with_zero_points) {
  Work work = workOf("(%x: tensor<3x4x!quant.uniform<u8:f32, 0.1:7>>) -> "
                     "tensor<3x5xf32>",
                     R"(
    %c = nn.constant dense<7> : tensor<4x5xui8>
    %w = nn.storage_cast %c : tensor<4x5xui8>
        to tensor<4x5x!quant.uniform<u8:f32, 0.5:9>>
    %y = nn.linear %x, %w
        : (tensor<3x4x!quant.uniform<u8:f32, 0.1:7>>,
           tensor<4x5x!quant.uniform<u8:f32, 0.5:9>>) -> tensor<3x5xf32>)");
  expectProduct(work, 0, {1, 3, 4, 5, 8, 8, true});
  // The input's: a number for each column, known beforehand, is added to each
  // of 15 results. The weight's: 3 vectors of 4 are summed, each sum is
  // multiplied, and added to 5 results.
  EXPECT_EQ(counts(work), (Counts{{Unit::Convert, 15},
                                  {Unit::Multiply, 15 + 3},
                                  {Unit::Add, 15 + 3 * 4 + 15}}));
}

TEST_F(ProductWorkTest, matmul_with_zero_points) {
  Work work =
      workOf("(%a: tensor<2x3x4x!quant.any<u8:f32>>, "
             "%b: tensor<2x4x5x!quant.any<i8:f32>>) -> tensor<2x3x5xf32>",
             "%y = nn.matmul %a, %b : (tensor<2x3x4x!quant.any<u8:f32>>, "
             "tensor<2x4x5x!quant.any<i8:f32>>) -> tensor<2x3x5xf32>");
  // Columns of the right operand are summed when the product is computed.
  EXPECT_EQ(counts(work), (Counts{{Unit::Convert, 30},
                                  {Unit::Multiply, 30 + 2 * 5},
                                  {Unit::Add, 30 + 2 * 4 * 5}}));
}

TEST_F(ProductWorkTest, linear_with_scales_of_tokens) {
  Work work = workOf("(%x: tensor<3x4xf32>) -> tensor<1x3x5xf32>", R"(
    %c = nn.constant dense<7> : tensor<4x5xi8>
    %w = nn.storage_cast %c : tensor<4x5xi8> to tensor<4x5x!quant.uniform<
        i8:f32:1, {1.0, 2.0, 3.0, 4.0, 5.0}>>
    %q = nn.quantize %x scales<vector>
        : tensor<3x4xf32> to tensor<3x4x!quant.any<u8:f32>>
    %r = nn.reshape %q : tensor<3x4x!quant.any<u8:f32>>
        to tensor<1x3x4x!quant.any<u8:f32>>
    %y = nn.linear %r, %w
        : (tensor<1x3x4x!quant.any<u8:f32>>, tensor<4x5x!quant.uniform<
           i8:f32:1, {1.0, 2.0, 3.0, 4.0, 5.0}>>) -> tensor<1x3x5xf32>)");
  // Each of 15 sums is scaled by the product of two scales, and less a zero
  // point of its row times what is known of its column.
  EXPECT_EQ(counts(work), (Counts{{Unit::Convert, 15},
                                  {Unit::Multiply, 15 + 15 + 15},
                                  {Unit::Add, 15}}));
}

TEST_F(ProductWorkTest, matmul_with_scales_of_tokens_and_heads) {
  Work work = workOf("(%a: tensor<2x3x4xf32>, "
                     "%b: tensor<2x4x5x!quant.any<i8:f32>>) -> "
                     "tensor<2x3x5xf32>",
                     R"(
    %q = nn.quantize %a scales<vector>
        : tensor<2x3x4xf32> to tensor<2x3x4x!quant.any<i8:f32>>
    %y = nn.matmul %q, %b : (tensor<2x3x4x!quant.any<i8:f32>>,
        tensor<2x4x5x!quant.any<i8:f32>>) -> tensor<2x3x5xf32>)");
  // The scale of each of 6 rows is multiplied with that of its head first.
  EXPECT_EQ(counts(work),
            (Counts{{Unit::Convert, 30}, {Unit::Multiply, 30 + 6}}));
}

TEST_F(ProductWorkTest, linear_with_blocks_of_rows) {
  Work work =
      workOf("(%x: tensor<3x4x!quant.any<i8:f32>>) -> tensor<3x2xf32>", R"(
    %c = nn.constant dense<7> : tensor<2x4xi4>
    %w = nn.storage_cast %c : tensor<2x4xi4> to tensor<2x4x!quant.uniform<
        i4:f32:{0:1, 1:2}, {{1.0, 2.0}, {3.0, 4.0}}>>
    %y = nn.linear %x, %w {transposed}
        : (tensor<3x4x!quant.any<i8:f32>>, tensor<2x4x!quant.uniform<
           i4:f32:{0:1, 1:2}, {{1.0, 2.0}, {3.0, 4.0}}>>) -> tensor<3x2xf32>)");
  expectProduct(work, 0, {1, 3, 4, 2, 8, 4, true, 2});
  // Each of 6 results has two sums, which are scaled and added.
  EXPECT_EQ(
      counts(work),
      (Counts{{Unit::Convert, 12}, {Unit::Multiply, 12}, {Unit::Add, 6}}));
}

TEST_F(ProductWorkTest, integer_matmul) {
  Work work = workOf("(%a: tensor<3x4xui8>, %z: tensor<ui8>) -> "
                     "tensor<3x5xi32>",
                     R"(
    %b = nn.constant dense<7> : tensor<4x5xi8>
    %y = nn.integer_matmul %a zero_point %z, %b
        : (tensor<3x4xui8>, tensor<4x5xi8>, tensor<ui8>) -> tensor<3x5xi32>)");
  expectProduct(work, 0, {1, 3, 4, 5, 8, 8, false});
  EXPECT_EQ(counts(work), (Counts{{Unit::Add, 3 * 4}}));
  expectBytes(work, 3 * 4 + 1, 4 * 3 * 5, 4 * 5);
}

TEST_F(ProductWorkTest, matmul_with_broadcast_batch) {
  Work work = workOf("(%a: tensor<2x1x3x4xf32>, %b: tensor<6x4x5xf32>) -> "
                     "tensor<2x6x3x5xf32>",
                     "%y = nn.matmul %a, %b : (tensor<2x1x3x4xf32>, "
                     "tensor<6x4x5xf32>) -> tensor<2x6x3x5xf32>");
  EXPECT_EQ(work.macs(), 2 * 6 * 3 * 4 * 5);
  expectProduct(work, 0, {2 * 6, 3, 4, 5, 32, 32, false});
  EXPECT_TRUE(counts(work).empty());
  expectBytes(work, 4 * (2 * 3 * 4 + 6 * 4 * 5), 4 * 2 * 6 * 3 * 5, 0);
}

TEST_F(ProductWorkTest, attention_with_groups) {
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

TEST_F(ProductWorkTest, attention_quantized) {
  Work work =
      workOf("(%q: tensor<3x2x!quant.any<i8:f32>>) -> tensor<3x2xf32>",
             "%y = nn.attention %q, %q, %q heads 1 kv_heads 1 scale 0.5 "
             "probabilities !quant.uniform<u4:f32, 0.0625> {causal} : "
             "(tensor<3x2x!quant.any<i8:f32>>, tensor<3x2x!quant.any<i8:f32>>, "
             "tensor<3x2x!quant.any<i8:f32>>) -> tensor<3x2xf32>");
  expectProduct(work, 0, {1, 3, 2, 3, 8, 8, false});
  expectProduct(work, 1, {1, 3, 3, 2, 4, 8, false});
  // 9 scores and 6 results: scores are converted to floats and scaled, scaled
  // by the attention and, when they are probabilities, scaled and converted
  // back; results are converted and scaled once more.
  EXPECT_EQ(counts(work), (Counts{{Unit::Add, 4 * 9},
                                  {Unit::Multiply, 3 * 9 + 6},
                                  {Unit::Exponential, 9},
                                  {Unit::Divide, 9},
                                  {Unit::Convert, 2 * 9 + 6}}));
}

TEST_F(ProductWorkTest, conv_with_groups) {
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

TEST_F(ProductWorkTest, systolic_matmul) {
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
  // All vectors are multiplied by the same matrix.
  expectProduct(work, 0, {1, 6, 4, 5, 8, 8, true});
  EXPECT_EQ(
      counts(work),
      (Counts{{Unit::Convert, 30}, {Unit::Multiply, 30}, {Unit::Add, 30}}));
  expectBytes(work, 2 * 3 * 4, 4 * 30, 5 * 4 + 4 * 5);
}

TEST_F(ProductWorkTest, the_largest_tensors_do_not_overflow) {
  Work work =
      workOf("(%a: tensor<1048576x1048576xf32>) -> tensor<1048576x1048576xf32>",
             "%y = nn.matmul %a, %a : (tensor<1048576x1048576xf32>, "
             "tensor<1048576x1048576xf32>) -> tensor<1048576x1048576xf32>");
  EXPECT_EQ(work.macs(), int64_t{1} << 60);
  expectBytes(work, int64_t{1} << 43, int64_t{1} << 42, 0);
}
