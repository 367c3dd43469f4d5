// Tests of how many crossbar arrays a weight takes, and of its products' work.
#include "../NN/OpFixture.h"
#include "dialects/PIM/PIM.h"

using namespace mlir;
using namespace atleus;

namespace {
struct CrossbarGridTest : public OpFixture {
  /// A k x n weight of 8 bits in arrays of 128 x 128.
  pim::ArrayType array(int64_t k, int64_t n, int64_t cellBits,
                       arch::Encoding encoding) {
    Type weight = quant::UniformQuantizedType::get(
        quant::QuantizationFlags::Signed, IntegerType::get(&context, 8),
        Float32Type::get(&context), 0.5, 0, -128, 127);
    auto crossbar = pim::CrossbarAttr::get(
        &context, 128, 128, cellBits, 1, 8, 128, encoding, 0,
        arch::Overflow::Wrap, arch::AdcRange::UnitStep, nullptr);
    return pim::ArrayType::get(&context, RankedTensorType::get({k, n}, weight),
                               crossbar, nullptr);
  }
};
} // namespace

TEST_F(CrossbarGridTest, slices_lie_in_adjacent_columns) {
  pim::ArrayType type = array(768, 3072, 2, arch::Encoding::Flipped);
  EXPECT_EQ(type.getSlices(), 4);
  EXPECT_EQ(type.getGridRows(), 6);
  EXPECT_EQ(type.getGridColumns(), 96);
  EXPECT_EQ(type.getNumArrays(), 576);
}

TEST_F(CrossbarGridTest, differential_columns_take_twice_as_many) {
  pim::ArrayType type = array(768, 3072, 2, arch::Encoding::Differential);
  EXPECT_EQ(type.getSlices(), 8);
  EXPECT_EQ(type.getNumArrays(), 1152);
}

TEST_F(CrossbarGridTest, grid_and_slices_round_up) {
  pim::ArrayType type = array(129, 43, 3, arch::Encoding::Flipped);
  EXPECT_EQ(type.getSlices(), 3);
  EXPECT_EQ(type.getGridRows(), 2);
  EXPECT_EQ(type.getGridColumns(), 2);
  EXPECT_EQ(array(1, 1, 8, arch::Encoding::Flipped).getNumArrays(), 1);
}

TEST_F(CrossbarGridTest, work_of_program_and_mvm) {
  func::FuncOp function =
      parse("(%x: tensor<3x8x!quant.any<i8:f32>>, %b: tensor<4xf32>, "
            "%w: tensor<8x4x!quant.uniform<i8:f32, 0.5>>) -> tensor<3x4xf32>",
            R"(%a = pim.program %w on @reram0 features [0, 4]
             : tensor<8x4x!quant.uniform<i8:f32, 0.5>>
             -> !pim.array<tensor<8x4x!quant.uniform<i8:f32, 0.5>>,
                  #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
                    dac_bits = 1, adc_bits = 8, active_rows = 128,
                    encoding = flipped>>
         %y = pim.mvm %a, %x bias %b on @reram0 task_tile [2, 4]
             : (!pim.array<tensor<8x4x!quant.uniform<i8:f32, 0.5>>,
                  #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
                    dac_bits = 1, adc_bits = 8, active_rows = 128,
                    encoding = flipped>>,
                tensor<3x8x!quant.any<i8:f32>>, tensor<4xf32>)
             -> tensor<3x4xf32>)");
  ASSERT_TRUE(function);
  auto mvm = cast<pim::MVMOp>(resultOp(function));
  Work work = mvm.getWork();
  ASSERT_EQ(work.products.size(), 1u);
  EXPECT_EQ(work.macs(), 3 * 8 * 4);
  EXPECT_TRUE(work.products[0].staticRhs);
  EXPECT_EQ(work.products[0].lhsBits, 8u);
  EXPECT_EQ(work[VectorOperation::Add], 12);
  EXPECT_EQ(work[VectorOperation::Multiply], 12);
  EXPECT_EQ(work[VectorOperation::Convert], 12);
  EXPECT_EQ(work.bytesRead, 3 * 8);
  EXPECT_EQ(work.bytesWritten, 4 * 12);
  Work task = mvm.getTileWork(mvm.getTaskResult(1));
  EXPECT_EQ(task.macs(), 1 * 8 * 4);
  EXPECT_EQ(task.bytesRead, 8);
  auto program = mvm.getArray().getDefiningOp<pim::ProgramOp>();
  EXPECT_EQ(program.getWork().parameterBytes, 8 * 4);
  EXPECT_EQ(program.getWork().macs(), 0);
}

TEST_F(CrossbarGridTest, sums_are_scaled_by_the_last_rows_only) {
  func::FuncOp function =
      parse("(%x: tensor<3x8x!quant.any<i8:f32>>, "
            "%w: tensor<8x4x!quant.uniform<i8:f32:1, {0.5, 1.0, 1.5, 2.0}>>) "
            "-> tensor<3x4xf32>",
            R"(%q = nn.dequantize %x : tensor<3x8x!quant.any<i8:f32>>
                   to tensor<3x8xf32>
         %v = nn.quantize %q scales<vector> : tensor<3x8xf32>
             to tensor<3x8x!quant.any<i8:f32>>
         %a = pim.program %w on @reram0 features [0, 4]
             : tensor<8x4x!quant.uniform<i8:f32:1, {0.5, 1.0, 1.5, 2.0}>>
             -> !pim.array<
                  tensor<8x4x!quant.uniform<i8:f32:1, {0.5, 1.0, 1.5, 2.0}>>,
                  #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
                    dac_bits = 1, adc_bits = 8, active_rows = 128,
                    encoding = flipped>>
         %s = pim.mvm %a, %v on @reram0 task_tile [3, 4]
             : (!pim.array<
                  tensor<8x4x!quant.uniform<i8:f32:1, {0.5, 1.0, 1.5, 2.0}>>,
                  #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
                    dac_bits = 1, adc_bits = 8, active_rows = 128,
                    encoding = flipped>>,
                tensor<3x8x!quant.any<i8:f32>>) -> tensor<3x4xi32>
         %y = pim.mvm %a, %v sums %s on @reram0 task_tile [3, 4]
             : (!pim.array<
                  tensor<8x4x!quant.uniform<i8:f32:1, {0.5, 1.0, 1.5, 2.0}>>,
                  #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
                    dac_bits = 1, adc_bits = 8, active_rows = 128,
                    encoding = flipped>>,
                tensor<3x8x!quant.any<i8:f32>>, tensor<3x4xi32>)
             -> tensor<3x4xf32>)");
  ASSERT_TRUE(function);
  auto last = cast<pim::MVMOp>(resultOp(function));
  Work sums = last.getSums().getDefiningOp<pim::MVMOp>().getWork();
  EXPECT_EQ(sums.macs(), 3 * 8 * 4);
  EXPECT_EQ(sums.vectorOperations(), 0) << "there is no zero point";
  EXPECT_EQ(sums.bytesRead, 3 * 8);
  EXPECT_EQ(sums.bytesWritten, 4 * 12);
  Work work = last.getWork();
  EXPECT_EQ(work[VectorOperation::Add], 12);
  EXPECT_EQ(work[VectorOperation::Multiply], 12 + 12);
  EXPECT_EQ(work[VectorOperation::Convert], 12);
  EXPECT_EQ(work.bytesRead, 3 * 8 + 4 * 12);
}
