// Tests of the bits that weights take.
#include "atleus/Report/WeightReport.h"

#include "dialects/Dialects.h"

#include "mlir/Parser/Parser.h"

#include <gtest/gtest.h>

using namespace mlir;
using namespace atleus;

namespace {
struct WeightReportTest : public testing::Test {
  WeightReportTest() {
    DialectRegistry registry;
    registerAllDialects(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
  }

  WeightReport read(StringRef body) {
    std::string text = R"(
      !bytes = tensor<2x8x!quant.uniform<i8:f32, 0.5>>
      func.func @main(%x: tensor<2x8xf32>, %q: !bytes, %r: tensor<8x6xf32>) {
        %w = nn.constant dense<0.5> : tensor<8x6xf32>
    )" + body.str() + "\nreturn }";
    module = parseSourceString<ModuleOp>(text, &context);
    EXPECT_TRUE(module) << text;
    return module ? readWeights(*module) : WeightReport();
  }

  /// Of a weight of 8x6, quantized to `element`.
  WeightReport readQuantized(const std::string &element) {
    std::string type = "tensor<8x6x" + element + ">";
    return read("%v = nn.quantize %w : tensor<8x6xf32> to " + type +
                "\n%y = nn.linear %q, %v : (!bytes, " + type +
                ") -> tensor<2x6xf32>");
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
};
} // namespace

TEST_F(WeightReportTest, floats_take_their_own_width) {
  WeightReport report =
      read("%y = nn.linear %x, %w : (tensor<2x8xf32>, tensor<8x6xf32>) -> "
           "tensor<2x6xf32>");
  EXPECT_EQ(report.count, 48);
  EXPECT_EQ(report.bits, 48 * 32);
}

TEST_F(WeightReportTest, operands_that_are_computed_are_no_weights) {
  WeightReport report =
      read("%y = nn.matmul %x, %r : (tensor<2x8xf32>, tensor<8x6xf32>) -> "
           "tensor<2x6xf32>");
  EXPECT_EQ(report.count, 0);
  EXPECT_EQ(report.bits, 0);
}

TEST_F(WeightReportTest, a_scale_for_the_tensor) {
  EXPECT_EQ(readQuantized("!quant.uniform<i4:f32, 0.5>").bits, 48 * 4 + 32);
}

TEST_F(WeightReportTest, a_zero_point_has_the_width_of_the_elements) {
  EXPECT_EQ(readQuantized("!quant.uniform<i4:f32, 0.5:3>").bits,
            48 * 4 + 32 + 4);
}

TEST_F(WeightReportTest, a_scale_for_each_feature) {
  EXPECT_EQ(
      readQuantized("!quant.uniform<i8:f32:1, {0.5, 0.5, 0.5, 0.5, 0.5, 0.5}>")
          .bits,
      48 * 8 + 6 * 32);
  EXPECT_EQ(readQuantized(
                "!quant.uniform<i8:f32:1, {0.5, 0.5, 0.5, 0.5:1, 0.5, 0.5}>")
                .bits,
            48 * 8 + 6 * (32 + 8));
}

TEST_F(WeightReportTest, a_scale_for_each_block) {
  EXPECT_EQ(readQuantized("!quant.uniform<i4:f32:{0:4, 1:3}, "
                          "{{0.5, 0.5}, {0.5, 0.5}}>")
                .bits,
            48 * 4 + 4 * 32);
}

TEST_F(WeightReportTest, codes_and_the_scales_of_their_blocks) {
  // 48 codes in blocks of 20: the last one is shorter.
  WeightReport report = read(
      "%v = nn.quantize %w : tensor<8x6xf32> to "
      "tensor<8x6x!nn.codebook<nf4 : f32, block = 20>>\n"
      "%y = nn.linear %x, %v : (tensor<2x8xf32>, "
      "tensor<8x6x!nn.codebook<nf4 : f32, block = 20>>) -> tensor<2x6xf32>");
  EXPECT_EQ(report.count, 48);
  EXPECT_EQ(report.bits, 48 * 4 + 3 * 32);
}

TEST_F(WeightReportTest, of_sparse_storage_what_is_kept_and_where) {
  WeightReport report =
      read("%s = nn.sparse_constant #nn.sparsity<group = 4, kept = 2> "
           "values dense<0.5> : tensor<24xf32> "
           "index dense<51> : tensor<6xi8> : tensor<8x6xf32>\n"
           "%v = nn.quantize %s : tensor<8x6xf32> to "
           "tensor<8x6x!quant.uniform<i8:f32, 0.5>>\n"
           "%y = nn.linear %q, %v : (!bytes, "
           "tensor<8x6x!quant.uniform<i8:f32, 0.5>>) -> tensor<2x6xf32>");
  EXPECT_EQ(report.count, 48);
  EXPECT_EQ(report.bits, 24 * 8 + 6 * 8 + 32);
}

TEST_F(WeightReportTest, a_shared_weight_counts_once) {
  WeightReport report =
      read("%y = nn.linear %x, %w : (tensor<2x8xf32>, tensor<8x6xf32>) -> "
           "tensor<2x6xf32>\n"
           "%z = nn.linear %x, %w : (tensor<2x8xf32>, tensor<8x6xf32>) -> "
           "tensor<2x6xf32>");
  EXPECT_EQ(report.count, 48);
}
