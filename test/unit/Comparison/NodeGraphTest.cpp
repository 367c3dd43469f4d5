// Tests of searching an ONNX graph backwards.
#include "../Interpreter/TensorFixture.h"

#include "atleus/Comparison/NodeGraph.h"
#include "dialects/Dialects.h"

#include "mlir/Parser/Parser.h"

using namespace mlir;
using namespace atleus;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

static constexpr StringLiteral model = R"(
  func.func @main(%x: tensor<4xf32> {onnx.name = "x"}) -> tensor<4xf32> {
    %a = onnx.node "Relu"(%x) opset 13 {name = "/relu", output_names = ["a"]}
        : (tensor<4xf32>) -> tensor<4xf32>
    %b = onnx.node "Exp"(%a) opset 13 {output_names = ["b"]}
        : (tensor<4xf32>) -> tensor<4xf32>
    %c = onnx.node "Add"(%a, %b) opset 13
        {name = "/add", output_names = ["c"]}
        : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    return %c : tensor<4xf32>
  })";

namespace {
struct NodeGraphTest : public TensorFixture {
  NodeGraphTest() {
    DialectRegistry registry;
    registerAllDialects(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
    module = parseSourceString<ModuleOp>(model, &context);
  }
  std::vector<std::string> before(StringRef value,
                                  std::initializer_list<StringRef> known = {}) {
    NodeGraph graph(*module->getOps<func::FuncOp>().begin());
    llvm::DenseSet<StringRef> set;
    for (StringRef name : known)
      set.insert(name);
    return graph.getNodesBefore(value, set);
  }
  OwningOpRef<ModuleOp> module;
};
} // namespace

TEST_F(NodeGraphTest, goes_back_to_the_inputs_of_the_model) {
  EXPECT_THAT(before("c"),
              ElementsAre("Relu '/relu'", "Exp 'b'", "Add '/add'"));
}

TEST_F(NodeGraphTest, stops_at_known_values) {
  EXPECT_THAT(before("c", {"a"}), ElementsAre("Exp 'b'", "Add '/add'"));
  EXPECT_THAT(before("c", {"a", "b"}), ElementsAre("Add '/add'"));
}

TEST_F(NodeGraphTest, a_value_may_be_known_itself) {
  EXPECT_THAT(before("b", {"b", "a"}), ElementsAre("Exp 'b'"));
}

TEST_F(NodeGraphTest, an_input_has_no_nodes) {
  EXPECT_THAT(before("x"), IsEmpty());
  EXPECT_THAT(before("no such value"), IsEmpty());
}
