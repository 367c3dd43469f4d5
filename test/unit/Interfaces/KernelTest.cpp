// Tests of how a kernel is cut into tasks.
#include "../NN/OpFixture.h"

using namespace mlir;
using namespace atleus;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

namespace {
struct KernelTest : public OpFixture {
  /// A product with a result of 2x5x7 elements in tiles of 1x2x7.
  KernelOpInterface matmul(StringRef nodes = "") {
    std::string body =
        ("%y = systolic.matmul %a, %b on @sa0 " + nodes +
         " task_tile [1, 2, 7] : (tensor<2x5x3xf32>, tensor<3x7xf32>)"
         " -> tensor<2x5x7xf32>")
            .str();
    auto function = parse(
        "(%a: tensor<2x5x3xf32>, %b: tensor<3x7xf32>) -> tensor<2x5x7xf32>",
        body);
    return cast<KernelOpInterface>(resultOp(function));
  }
};
} // namespace

TEST_F(KernelTest, grid_rounds_up) {
  KernelOpInterface kernel = matmul();
  EXPECT_THAT(kernel.getTaskGrid(), ElementsAre(2, 3, 1));
  EXPECT_EQ(kernel.getNumTasks(), 6);
  EXPECT_EQ(kernel.getKernelTier().getValue(), "sa0");
  EXPECT_THAT(kernel.getKernelNodes(), IsEmpty());
}

TEST_F(KernelTest, tasks_are_row_major_and_the_last_may_be_smaller) {
  KernelOpInterface kernel = matmul();
  EXPECT_EQ(kernel.getTaskResult(0), (Tile{{0, 0, 0}, {1, 2, 7}}));
  EXPECT_EQ(kernel.getTaskResult(1), (Tile{{0, 2, 0}, {1, 2, 7}}));
  EXPECT_EQ(kernel.getTaskResult(2), (Tile{{0, 4, 0}, {1, 1, 7}}));
  EXPECT_EQ(kernel.getTaskResult(3), (Tile{{1, 0, 0}, {1, 2, 7}}));
  EXPECT_EQ(kernel.getTaskResult(5), (Tile{{1, 4, 0}, {1, 1, 7}}));
}

TEST_F(KernelTest, tasks_cover_the_result_once) {
  KernelOpInterface kernel = matmul();
  int64_t elements = 0;
  for (int64_t i = 0; i < kernel.getNumTasks(); ++i) {
    elements += kernel.getTaskResult(i).numElements();
    for (int64_t j = 0; j < i; ++j)
      EXPECT_TRUE(
          kernel.getTaskResult(i).intersect(kernel.getTaskResult(j)).isEmpty());
  }
  EXPECT_EQ(elements, 2 * 5 * 7);
}

TEST_F(KernelTest, nodes_get_runs_of_tasks) {
  KernelOpInterface kernel = matmul("at (0, 0, 1)(1, 0, 1)(1, 2, 1)(3, 3, 1)");
  SmallVector<int64_t> xs;
  for (int64_t i = 0; i < kernel.getNumTasks(); ++i)
    xs.push_back(kernel.getTaskNode(i)[0] + 10 * kernel.getTaskNode(i)[1]);
  // floor(i * 4 / 6) for six tasks at four nodes.
  EXPECT_THAT(xs, ElementsAre(0, 0, 1, 21, 21, 33));
}

TEST_F(KernelTest, attributes_can_be_set) {
  KernelOpInterface kernel = matmul();
  kernel.setTaskShape({2, 5, 1});
  kernel.setKernelNodes({1, 2, 3});
  EXPECT_EQ(kernel.getNumTasks(), 7);
  EXPECT_THAT(kernel.getTaskNode(6), ElementsAre(1, 2, 3));
  EXPECT_EQ(kernel.getTaskResult(6), (Tile{{0, 0, 6}, {2, 5, 1}}));
}

TEST_F(KernelTest, scalar_result_is_one_task) {
  auto function = parse("(%a: tensor<f32>) -> tensor<f32>", R"(
    %y = systolic.vector (%a) on @sa0 task_tile [] {
    ^bb0(%b: tensor<f32>):
      %c = nn.exp %b : tensor<f32>
      nn.yield %c : tensor<f32>
    } : (tensor<f32>) -> tensor<f32>)");
  auto kernel = cast<KernelOpInterface>(resultOp(function));
  EXPECT_EQ(kernel.getNumTasks(), 1);
  EXPECT_EQ(kernel.getTaskResult(0), Tile());
}

TEST_F(KernelTest, work_of_the_tasks_adds_up_to_the_kernels) {
  KernelOpInterface kernel = matmul();
  Work whole = cast<WorkOpInterface>(kernel.getOperation()).getWork();
  Work sum;
  for (int64_t i = 0; i < kernel.getNumTasks(); ++i)
    sum += kernel.getTileWork(kernel.getTaskResult(i));
  EXPECT_EQ(whole.macs(), 2 * 5 * 3 * 7);
  EXPECT_EQ(sum.macs(), whole.macs());
  EXPECT_EQ(sum.bytesWritten, whole.bytesWritten);
  // Each of the six tasks reads the right operand.
  EXPECT_EQ(whole.bytesRead, 4 * (2 * 5 * 3 + 3 * 7));
  EXPECT_EQ(sum.bytesRead, 4 * (2 * 5 * 3 + 6 * 3 * 7));
}

TEST_F(KernelTest, scaled_work_is_rounded_up) {
  Work work;
  work[VectorOperation::Add] = 10;
  work.bytesRead = 7;
  work.bytesWritten = 9;
  work.parameterBytes = 1;
  work.products.push_back({/*batch=*/2, /*m=*/5, /*k=*/4, /*n=*/3});
  Work third = scaleWork(work, 1, 3);
  EXPECT_EQ(third[VectorOperation::Add], 4);
  EXPECT_EQ(third.bytesRead, 3);
  EXPECT_EQ(third.bytesWritten, 3);
  EXPECT_EQ(third.parameterBytes, 1);
  ASSERT_EQ(third.products.size(), 1u);
  EXPECT_EQ(third.products[0].m, 2);
  EXPECT_EQ(third.products[0].batch, 2);
}

TEST_F(KernelTest, scaled_work_does_not_overflow) {
  Work work;
  work[VectorOperation::Multiply] = int64_t{1} << 60;
  work.products.push_back({/*batch=*/1, /*m=*/int64_t{1} << 40, /*k=*/1, 1});
  Work half = scaleWork(work, int64_t{1} << 39, int64_t{1} << 40);
  EXPECT_EQ(half[VectorOperation::Multiply], int64_t{1} << 59);
  EXPECT_EQ(half.products[0].m, int64_t{1} << 39);
}
