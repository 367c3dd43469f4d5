// Parts of a function computed again with other values.
#include "TensorFixture.h"

#include "atleus/Interpreter/EvaluationModels.h"
#include "atleus/Interpreter/Reevaluation.h"
#include "dialects/Dialects.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/Parser/Parser.h"

using namespace mlir;
using namespace atleus;

static constexpr StringLiteral model = R"(
  func.func @main(%x: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>) {
    %c = nn.constant dense<[1.0, 2.0]> : tensor<2xf32>
    %a = nn.add %x, %c : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
    %b = nn.mul %a, %a : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
    %d = nn.add %b, %x : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
    return %d, %a : tensor<2xf32>, tensor<2xf32>
  })";

namespace {
struct ReevaluationTest : public TensorFixture {
  ReevaluationTest() {
    DialectRegistry registry;
    registerAllDialects(registry);
    registerEvaluationModels(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
  }
  func::FuncOp parse(StringRef text) {
    module = parseSourceString<ModuleOp>(text, &context);
    function = *module->getOps<func::FuncOp>().begin();
    return function;
  }
  /// Op number `index` of the function.
  Operation *op(unsigned index) {
    return &*std::next(function.getBody().front().begin(), index);
  }

  OwningOpRef<ModuleOp> module;
  func::FuncOp function;
};
} // namespace

TEST_F(ReevaluationTest, ComputesWhatDependsOnTheOp) {
  Reevaluation run(parse(model));
  auto results = run.run({floats({2}, {1, 2})});
  ASSERT_TRUE(succeeded(results));
  expectNear(results->front(), {5, 18});
  expectNear(run.get(op(1)->getResult(0)), {2, 4});
  expectNear(run.get(function.getArgument(0)), {1, 2});
  // The second result does not depend on the product.
  auto changed = run.runWith(op(2), {floats({2}, {7, 8})});
  ASSERT_TRUE(succeeded(changed));
  expectNear((*changed)[0], {8, 10});
  expectNear((*changed)[1], {2, 4});
  changed = run.runWith(op(1), {floats({2}, {3, 3})});
  ASSERT_TRUE(succeeded(changed));
  expectNear((*changed)[0], {10, 11});
  expectNear((*changed)[1], {3, 3});
}

TEST_F(ReevaluationTest, KeepsTheValuesOfTheRun) {
  Reevaluation run(parse(model));
  for (float x : {0.0f, 1.0f, 2.0f}) {
    ASSERT_TRUE(succeeded(run.run({floats({2}, {x, x})})));
    auto changed = run.runWith(op(0), {floats({2}, {0, 0})});
    ASSERT_TRUE(succeeded(changed));
    expectNear((*changed)[0], {x * x + x, x * x + x});
    expectNear(run.get(op(3)->getResult(0)),
               {(x + 1) * (x + 1) + x, (x + 2) * (x + 2) + x});
  }
}

TEST_F(ReevaluationTest, ReportsWhatCannotBeComputed) {
  Reevaluation run(parse(model));
  std::string message;
  ScopedDiagnosticHandler handler(
      &context, [&](Diagnostic &diagnostic) { message = diagnostic.str(); });
  EXPECT_TRUE(failed(run.run({})));
  EXPECT_EQ(message, "'func.func' op has 1 inputs, found 0");
}
