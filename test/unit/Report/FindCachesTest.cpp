// Caches of keys and values by what is done with them.
#include "ScheduleFixture.h"
#include "atleus/Transforms/Caches.h"

using namespace atleus;
using testing::IsEmpty;
using testing::SizeIs;

namespace {
class FindCachesTest : public ScheduleFixture {
protected:
  std::vector<CacheTensor> find(llvm::StringRef text) {
    module = mlir::parseSourceString<mlir::ModuleOp>(text, &context);
    EXPECT_TRUE(module);
    return findCaches(*module->getOps<mlir::func::FuncOp>().begin());
  }
};
} // namespace

TEST_F(FindCachesTest, KeysAreAppendedReturnedAndMultiplied) {
  auto caches = find(R"mlir(
    func.func @main(%q: tensor<2x1x8xf32>, %x: tensor<2x1x8xf32>,
                    %past: tensor<2x5x8xf32>)
        -> (tensor<2x1x6xf32>, tensor<2x6x8xf32>) {
      %k = nn.gelu %x : tensor<2x1x8xf32>
      %all = nn.concat %past, %k axis 1
        : (tensor<2x5x8xf32>, tensor<2x1x8xf32>) -> tensor<2x6x8xf32>
      %t = nn.transpose %all [0, 2, 1]
        : tensor<2x6x8xf32> -> tensor<2x8x6xf32>
      %s = nn.matmul %q, %t
        : (tensor<2x1x8xf32>, tensor<2x8x6xf32>) -> tensor<2x1x6xf32>
      return %s, %all : tensor<2x1x6xf32>, tensor<2x6x8xf32>
    })mlir");
  ASSERT_THAT(caches, SizeIs(1));
  EXPECT_EQ(caches[0].argument, 2u);
  EXPECT_EQ(caches[0].result, 1u);
  EXPECT_EQ(caches[0].context, 5);
  EXPECT_EQ(caches[0].appended, 1);
  EXPECT_EQ(caches[0].bytesPerToken, 2 * 8 * 4);
}

TEST_F(FindCachesTest, OtherConcatenationsAreNone) {
  // Not returned.
  EXPECT_THAT(find(R"mlir(
    func.func @main(%q: tensor<1x8xf32>, %x: tensor<8x1xf32>,
                    %past: tensor<8x5xf32>) -> tensor<1x6xf32> {
      %k = nn.gelu %x : tensor<8x1xf32>
      %all = nn.concat %past, %k axis 1
        : (tensor<8x5xf32>, tensor<8x1xf32>) -> tensor<8x6xf32>
      %s = nn.matmul %q, %all
        : (tensor<1x8xf32>, tensor<8x6xf32>) -> tensor<1x6xf32>
      return %s : tensor<1x6xf32>
    })mlir"),
              IsEmpty());
  // Not multiplied.
  EXPECT_THAT(find(R"mlir(
    func.func @main(%x: tensor<8x1xf32>, %past: tensor<8x5xf32>)
        -> tensor<8x6xf32> {
      %k = nn.gelu %x : tensor<8x1xf32>
      %all = nn.concat %past, %k axis 1
        : (tensor<8x5xf32>, tensor<8x1xf32>) -> tensor<8x6xf32>
      return %all : tensor<8x6xf32>
    })mlir"),
              IsEmpty());
  // With another input.
  EXPECT_THAT(find(R"mlir(
    func.func @main(%q: tensor<1x8xf32>, %k: tensor<8x1xf32>,
                    %past: tensor<8x5xf32>)
        -> (tensor<1x6xf32>, tensor<8x6xf32>) {
      %all = nn.concat %past, %k axis 1
        : (tensor<8x5xf32>, tensor<8x1xf32>) -> tensor<8x6xf32>
      %s = nn.matmul %q, %all
        : (tensor<1x8xf32>, tensor<8x6xf32>) -> tensor<1x6xf32>
      return %s, %all : tensor<1x6xf32>, tensor<8x6xf32>
    })mlir"),
              IsEmpty());
  // Behind a weight.
  EXPECT_THAT(find(R"mlir(
    func.func @main(%t: tensor<1x8xf32>, %past: tensor<5x8xf32>,
                    %x: tensor<4x6xf32>)
        -> (tensor<4x4xf32>, tensor<6x8xf32>) {
      %k = nn.gelu %t : tensor<1x8xf32>
      %w = nn.constant dense<1.0> : tensor<8x4xf32>
      %all = nn.concat %past, %k axis 0
        : (tensor<5x8xf32>, tensor<1x8xf32>) -> tensor<6x8xf32>
      %y = nn.linear %all, %w
        : (tensor<6x8xf32>, tensor<8x4xf32>) -> tensor<6x4xf32>
      %z = nn.matmul %x, %y
        : (tensor<4x6xf32>, tensor<6x4xf32>) -> tensor<4x4xf32>
      return %z, %all : tensor<4x4xf32>, tensor<6x8xf32>
    })mlir"),
              IsEmpty());
}

/// Keys may be quantized, moved and repeated before they are multiplied, and
/// the result may be put together elsewhere.
TEST_F(FindCachesTest, KeysMayBeChangedOnTheWay) {
  EXPECT_THAT(find(R"mlir(
    func.func @main(%q: tensor<1x8x!quant.uniform<i8:f32, 0.1>>,
                    %x: tensor<1x8xf32>, %past: tensor<5x8xf32>)
        -> (tensor<1x6xf32>, tensor<6x8xf32>) {
      %k = nn.gelu %x : tensor<1x8xf32>
      %moved = noc.transfer %past from @dram[(0, 0, 0)] to @sa0[(0, 0, 0)]
        : tensor<5x8xf32>
      %all = nn.concat %moved, %k axis 0
        : (tensor<5x8xf32>, tensor<1x8xf32>) -> tensor<6x8xf32>
      %i = nn.quantize %all
        : tensor<6x8xf32> to tensor<6x8x!quant.uniform<i8:f32, 0.1>>
      %s = systolic.matmul %q, %i on @sa0 task_tile [1, 6] {transpose_rhs}
        : (tensor<1x8x!quant.uniform<i8:f32, 0.1>>,
           tensor<6x8x!quant.uniform<i8:f32, 0.1>>) -> tensor<1x6xf32>
      %whole = nn.concat %past, %k axis 0
        : (tensor<5x8xf32>, tensor<1x8xf32>) -> tensor<6x8xf32>
      return %s, %whole : tensor<1x6xf32>, tensor<6x8xf32>
    })mlir"),
              SizeIs(1));
}
