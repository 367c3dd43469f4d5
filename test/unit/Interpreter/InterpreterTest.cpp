// Tests of the interpreter itself, on functions of nn ops.
#include "TensorFixture.h"

#include "atleus/Interpreter/EvaluationModels.h"
#include "atleus/Interpreter/Interpreter.h"
#include "dialects/Dialects.h"
#include "dialects/Interfaces/Interfaces.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/Parser/Parser.h"

#include <sys/resource.h>

using namespace mlir;
using namespace atleus;
using ::testing::ElementsAre;

namespace {
/// Answers an unrealized_conversion_cast with its operands, whatever the types.
struct CastModel
    : public EvaluationOpInterface::ExternalModel<CastModel,
                                                  UnrealizedConversionCastOp> {
  LogicalResult evaluate(Operation *, ArrayRef<Tensor> operands,
                         SmallVectorImpl<Tensor> &results) const {
    results.assign(operands.begin(), operands.end());
    return success();
  }
};

struct InterpreterTest : public TensorFixture {
  InterpreterTest() {
    DialectRegistry registry;
    registerAllDialects(registry);
    registerEvaluationModels(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
    context.allowUnregisteredDialects();
  }
  func::FuncOp parse(StringRef text, bool verify = true) {
    module = parseSourceString<ModuleOp>(text, ParserConfig(&context, verify));
    return *module->getOps<func::FuncOp>().begin();
  }
  /// The message with which a run fails.
  std::string messageOf(StringRef text, ArrayRef<Tensor> inputs) {
    func::FuncOp function = parse(text);
    std::string message;
    ScopedDiagnosticHandler handler(
        &context, [&](Diagnostic &diagnostic) { message = diagnostic.str(); });
    EXPECT_TRUE(failed(Interpreter(function).run(inputs)));
    return message;
  }
  OwningOpRef<ModuleOp> module;
};
} // namespace

static constexpr StringLiteral model = R"(
  func.func @main(%x: tensor<1x2xf32> {nn.name = "image"}) -> tensor<1x2xf32> {
    %w = nn.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
    %t = nn.transpose %w [1, 0] : tensor<2x2xf32> -> tensor<2x2xf32>
    %d = nn.add %t, %t : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
    %y = nn.linear %x, %d
        : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
    %z = nn.relu %y : tensor<1x2xf32>
    return %z : tensor<1x2xf32>
  })";

TEST_F(InterpreterTest, runs_more_than_once) {
  Interpreter interpreter(parse(model));
  for (float factor : {1.0f, -1.0f, 2.0f}) {
    auto results = interpreter.run({floats({1, 2}, {factor, 2 * factor})});
    ASSERT_TRUE(succeeded(results));
    ASSERT_EQ(results->size(), 1u);
    expectNear((*results)[0],
               {std::max(0.0f, 10 * factor), std::max(0.0f, 22 * factor)});
  }
}

TEST_F(InterpreterTest, what_depends_on_constants_is_computed_once) {
  Interpreter interpreter(parse(model));
  std::vector<std::string> seen;
  interpreter.setObserver([&](Operation *op, ArrayRef<Tensor> results) {
    EXPECT_EQ(results.size(), 1u);
    seen.push_back(op->getName().getStringRef().str());
    return success();
  });
  Tensor x = floats({1, 2}, {1, 2});
  ASSERT_TRUE(succeeded(interpreter.run({x})));
  EXPECT_THAT(seen, ElementsAre("nn.constant", "nn.transpose", "nn.add",
                                "nn.linear", "nn.relu"));
  seen.clear();
  ASSERT_TRUE(succeeded(interpreter.run({x})));
  EXPECT_THAT(seen, ElementsAre("nn.linear", "nn.relu"));
}

TEST_F(InterpreterTest, an_observer_may_replace_results) {
  Interpreter interpreter(parse(model));
  interpreter.setObserver([&](Operation *op, MutableArrayRef<Tensor> results) {
    if (op->getName().getStringRef() == "nn.linear")
      results[0] = floats({1, 2}, {5, -5});
    return success();
  });
  auto results = interpreter.run({floats({1, 2}, {1, 2})});
  ASSERT_TRUE(succeeded(results));
  expectNear((*results)[0], {5, 0});
}

TEST_F(InterpreterTest, an_observer_may_end_the_run) {
  Interpreter interpreter(parse(model));
  std::vector<std::string> seen;
  interpreter.setObserver([&](Operation *op, ArrayRef<Tensor>) {
    seen.push_back(op->getName().getStringRef().str());
    return success(seen.size() < 2);
  });
  EXPECT_TRUE(failed(interpreter.run({floats({1, 2}, {1, 2})})));
  EXPECT_THAT(seen, ElementsAre("nn.constant", "nn.transpose"));
}

/// The most memory that the process has used so far, in bytes.
static int64_t peakMemory() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return int64_t(usage.ru_maxrss) << 10;
}

TEST_F(InterpreterTest, values_are_freed_after_their_last_use) {
  if (LLVM_ADDRESS_SANITIZER_BUILD)
    GTEST_SKIP() << "the sanitizer keeps freed memory for a while";
  // A chain of 64 values of 8 MiB each.
  std::string text = "func.func @main(%0: tensor<2097152xf32>) {\n";
  for (int i = 0; i < 64; ++i)
    text += "%" + std::to_string(i + 1) + " = nn.neg %" + std::to_string(i) +
            " : tensor<2097152xf32>\n";
  Interpreter interpreter(parse(text + "return }"));
  Tensor x = Tensor::zeros({2097152}, f32);
  int64_t before = peakMemory();
  ASSERT_TRUE(succeeded(interpreter.run({x})));
  EXPECT_LT(peakMemory() - before, int64_t(100) << 20);
}

TEST_F(InterpreterTest, arguments_and_constants_can_be_returned) {
  Interpreter interpreter(parse(R"(
    func.func @main(%x: tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>) {
      %c = nn.constant dense<7.0> : tensor<1xf32>
      return %x, %c : tensor<1xf32>, tensor<1xf32>
    })"));
  for (int run = 0; run < 2; ++run) {
    auto results = interpreter.run({floats({1}, {5})});
    ASSERT_TRUE(succeeded(results));
    expectNear((*results)[0], {5});
    expectNear((*results)[1], {7});
  }
}

TEST_F(InterpreterTest, inputs_are_checked) {
  EXPECT_EQ(messageOf(model, {}), "'func.func' op has 1 inputs, found 0");
  EXPECT_EQ(messageOf(model, {Tensor()}),
            "'func.func' op input 'image' has no value");
  EXPECT_EQ(messageOf(model, {floats({2, 1}, {1, 2})}),
            "'func.func' op input 'image' must be 'tensor<1x2xf32>', found "
            "'tensor<2x1xf32>'");
  EXPECT_EQ(messageOf("func.func @main(%x: tensor<1xf32>) { return }",
                      {longs({1}, {1})}),
            "'func.func' op input #0 must be 'tensor<1xf32>', found "
            "'tensor<1xi64>'");
}

TEST_F(InterpreterTest, functions_without_one_block) {
  StringRef message = "'func.func' op cannot be executed by the interpreter: "
                      "it must have a body of one block";
  EXPECT_EQ(messageOf("func.func private @main()", {}), message);
  EXPECT_EQ(messageOf(R"(func.func @main() {
    "test.branch"()[^next] : () -> ()
  ^next:
    return
  })",
                      {}),
            message);
}

TEST_F(InterpreterTest, ops_that_cannot_be_executed) {
  EXPECT_EQ(messageOf(R"(func.func @main() {
    %0 = "test.unknown"() : () -> tensor<1xf32>
    return
  })",
                      {}),
            "'test.unknown' op cannot be executed by the interpreter");
  EXPECT_EQ(
      messageOf(R"(func.func @main(%x: tensor<1xf32>) {
    %0 = nn.expand %x : tensor<1xf32> to tensor<1048576x1048576xf32>
    return
  })",
                {floats({1}, {1})}),
      "'nn.expand' op result of type 'tensor<1048576x1048576xf32>' cannot "
      "be held by the interpreter: limit is 17179869184 bytes");
  EXPECT_EQ(messageOf(R"(func.func @main(%x: tensor<1xf32>) {
    %0 = nn.cast %x : tensor<1xf32> to tensor<1xf8E4M3FN>
    return
  })",
                      {floats({1}, {1})}),
            "'nn.cast' op result of type 'tensor<1xf8E4M3FN>' cannot be held "
            "by the interpreter: element type is not supported");
}

TEST_F(InterpreterTest, what_a_model_returns_is_checked) {
  UnrealizedConversionCastOp::attachInterface<CastModel>(context);
  EXPECT_EQ(messageOf(R"(func.func @main(%x: tensor<1xf32>) {
    %0 = builtin.unrealized_conversion_cast %x
        : tensor<1xf32> to tensor<2xf32>
    return
  })",
                      {floats({1}, {1})}),
            "'builtin.unrealized_conversion_cast' op evaluated to a value of "
            "type 'tensor<1xf32>', expected 'tensor<2xf32>'");
  EXPECT_EQ(messageOf(R"(func.func @main(%x: tensor<1xf32>) {
    %0:2 = builtin.unrealized_conversion_cast %x
        : tensor<1xf32> to tensor<1xf32>, tensor<1xf32>
    return
  })",
                      {floats({1}, {1})}),
            "'builtin.unrealized_conversion_cast' op evaluated to 1 values, "
            "expected 2");
}

TEST_F(InterpreterTest, regions_see_their_arguments_only) {
  // No kernel's verifier lets a region use a value from outside.
  func::FuncOp function = parse(R"(func.func @main(%x: tensor<1xf32>) {
    "test.region"() ({
    ^bb0(%a: tensor<1xf32>):
      %b = nn.neg %a : tensor<1xf32>
      nn.yield %b : tensor<1xf32>
    }, {
    ^bb0(%a: tensor<1xf32>):
      %b = nn.add %a, %x : (tensor<1xf32>, tensor<1xf32>) -> tensor<1xf32>
      nn.yield %b : tensor<1xf32>
    }) : () -> ()
    return
  })",
                                /*verify=*/false);
  Operation &op = function.getBody().front().front();
  SmallVector<Tensor> results;
  ASSERT_TRUE(
      succeeded(evaluateRegion(op.getRegion(0), {floats({1}, {2})}, results)));
  expectNear(results[0], {-2});
  std::string message;
  ScopedDiagnosticHandler handler(
      &context, [&](Diagnostic &diagnostic) { message = diagnostic.str(); });
  EXPECT_TRUE(
      failed(evaluateRegion(op.getRegion(1), {floats({1}, {2})}, results)));
  EXPECT_EQ(message,
            "'nn.add' op operand #1 is defined outside of what is executed");
}
