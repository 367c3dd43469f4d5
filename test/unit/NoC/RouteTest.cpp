// Routes, and what transfers state through their interfaces.
#include "dialects/Dialects.h"
#include "dialects/NoC/NoC.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace atleus;
using namespace atleus::noc;
using testing::ElementsAre;

namespace {
class NoC : public testing::Test {
protected:
  NoC() {
    mlir::DialectRegistry registry;
    registerAllDialects(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
  }

  mlir::MLIRContext context;
};
} // namespace

TEST_F(NoC, RouteOverNodesNamesDirectionsAndAddedLinks) {
  RouteAttr route = RouteAttr::getOver(
      &context, {{0, 2, 3}, {1, 2, 3}, {1, 1, 3}, {1, 1, 2}, {3, 1, 2}});
  EXPECT_THAT(route.getHops(),
              ElementsAre(Hop(Direction::XPlus), Hop(Direction::YMinus),
                          Hop(Direction::ZMinus), Hop(Node{3, 1, 2})));
  EXPECT_EQ(route.getEnd(), (Node{3, 1, 2}));
  EXPECT_THAT(route.getNodes(),
              ElementsAre(Node{0, 2, 3}, Node{1, 2, 3}, Node{1, 1, 3},
                          Node{1, 1, 2}, Node{3, 1, 2}));
}

TEST_F(NoC, RouteWithinANodeHasNoHops) {
  RouteAttr route = RouteAttr::getOver(&context, Node{1, 1, 1});
  EXPECT_TRUE(route.getHops().empty());
  EXPECT_EQ(route.getEnd(), route.getStart());
}

TEST_F(NoC, NodesOfTriples) {
  NodesAttr nodes = NodesAttr::fromCoordinates(&context, {0, 1, 2, 3, 1, 2});
  EXPECT_THAT(nodes.getNodes(), ElementsAre(Node{0, 1, 2}, Node{3, 1, 2}));
}

TEST_F(NoC, NodesSortByLevelThenRow) {
  EXPECT_LT((Node{3, 3, 0}), (Node{0, 0, 1}));
  EXPECT_LT((Node{3, 0, 1}), (Node{0, 1, 1}));
  EXPECT_FALSE((Node{1, 1, 1}) < (Node{1, 1, 1}));
  EXPECT_EQ(toString(Node{1, 2, 3}), "(1, 2, 3)");
}

TEST_F(NoC, TransferStatesBytesAndTheSameTile) {
  auto module = mlir::parseSourceString<mlir::ModuleOp>(R"mlir(
    func.func @main(%x: tensor<3x5x!quant.uniform<i4:f32, 0.5>>)
        -> tensor<3x5x!quant.uniform<i4:f32, 0.5>> {
      %t = noc.transfer %x from @a[(0, 0, 0)] to @b[(0, 0, 1)]
        : tensor<3x5x!quant.uniform<i4:f32, 0.5>>
      return %t : tensor<3x5x!quant.uniform<i4:f32, 0.5>>
    })mlir",
                                                        &context);
  ASSERT_TRUE(module);
  TransferOp transfer;
  module->walk([&](TransferOp op) { transfer = op; });
  Work work = transfer.getWork();
  // 15 elements of 4 bits, packed.
  EXPECT_EQ(work.bytesRead, 8);
  EXPECT_EQ(work.bytesWritten, 8);
  EXPECT_EQ(work.macs(), 0);
  EXPECT_EQ(work.vectorOperations(), 0);
  Tile tile{{1, 2}, {2, 3}};
  EXPECT_EQ(transfer.getOperandTile(0, 0, tile), tile);
}
