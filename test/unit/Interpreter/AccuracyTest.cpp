// Tests of datasets and of accuracy on them.
#include "TensorFixture.h"

#include "atleus/Interpreter/Accuracy.h"
#include "atleus/Interpreter/Dataset.h"
#include "atleus/Interpreter/EvaluationModels.h"
#include "dialects/Dialects.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/Parser/Parser.h"

using namespace mlir;
using namespace atleus;

namespace {
struct AccuracyTest : public TensorFixture {
  AccuracyTest() {
    DialectRegistry registry;
    registerAllDialects(registry);
    registerEvaluationModels(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
  }
  /// Path of the file that NumPy wrote: `images` of 2x3 floats, `labels`, a
  /// `scalar`, `mask` of two booleans and others.
  std::string arrays() {
    return ATLEUS_SOURCE_DIR "/test/Inputs/numpy/stored.npz";
  }
  /// Two samples of `x`, 2x3 floats, with the labels 2 and 0.
  std::string labelled() {
    return ATLEUS_SOURCE_DIR "/test/Inputs/numpy/labelled.npz";
  }
  func::FuncOp parse(StringRef text) {
    module = parseSourceString<ModuleOp>(text, &context);
    return *module->getOps<func::FuncOp>().begin();
  }
  /// The diagnostic of `run`, which fails.
  template <typename Run>
  std::string diagnosticOf(Run run) {
    std::string message;
    ScopedDiagnosticHandler handler(
        &context, [&](Diagnostic &diagnostic) { message = diagnostic.str(); });
    EXPECT_TRUE(failed(run()));
    return message;
  }
  std::string messageOfInput(StringRef argument) {
    func::FuncOp function =
        parse(("func.func private @main(" + argument + ")").str());
    return diagnosticOf([&] { return Dataset::open(function, arrays()); });
  }
  std::string messageOfLabels(StringRef path) {
    func::FuncOp function =
        parse("func.func private @main(tensor<3xf32> {nn.name = \"x\"})");
    return diagnosticOf(
        [&] { return Dataset::open(function, path)->readLabels(); });
  }
  OwningOpRef<ModuleOp> module;
};
} // namespace

TEST_F(AccuracyTest, samples_have_the_shape_of_the_input) {
  func::FuncOp function = parse("func.func private @main(tensor<1x1x3xf32> "
                                "{nn.name = \"images\"}, tensor<i64> "
                                "{nn.name = \"labels\"})");
  FailureOr<Dataset> dataset = Dataset::open(function, arrays());
  ASSERT_TRUE(succeeded(dataset));
  EXPECT_EQ(dataset->numSamples(), 2);
  std::vector<Tensor> second = dataset->getSample(1);
  dataset = failure();
  ASSERT_EQ(second.size(), 2u);
  EXPECT_TRUE(identical(second[0], floats({1, 1, 3}, {1.5f, 2, 2.5f})));
  EXPECT_TRUE(identical(second[1], longs({}, {-1})));
}

TEST_F(AccuracyTest, datasets_that_do_not_fit) {
  EXPECT_EQ(messageOfInput(""), "the function has no input");
  EXPECT_EQ(messageOfInput("tensor<3xf32>"),
            "input #0 of the function has no name");
  EXPECT_EQ(messageOfInput("tensor<3xf32> {nn.name = \"image\"}"),
            "the dataset has no array 'image'; it has: images, labels, mask, "
            "half, bytes, scalar, wide");
  EXPECT_EQ(messageOfInput("tensor<f64> {nn.name = \"scalar\"}"),
            "array 'scalar' has no axis of samples");
  EXPECT_EQ(messageOfInput("tensor<3xf64> {nn.name = \"images\"}"),
            "array 'images' holds 'f32', the input holds 'f64'");
  EXPECT_EQ(messageOfInput("tensor<2x3xf32> {nn.name = \"images\"}"),
            "array 'images' has samples of shape 3, the input has shape 2x3");
  EXPECT_EQ(messageOfInput("tensor<2xui8> {nn.name = \"bytes\"}, tensor<3xf32> "
                           "{nn.name = \"images\"}"),
            "array 'images' has 2 samples, 'bytes' has 1");
  func::FuncOp function =
      parse("func.func private @main(tensor<3xf32> {nn.name = \"none\"})");
  EXPECT_EQ(diagnosticOf([&] {
              return Dataset::open(function, ATLEUS_SOURCE_DIR
                                   "/test/Inputs/numpy/empty.npz");
            }),
            "the dataset has no samples");
  EXPECT_EQ(diagnosticOf([&] { return Dataset::open(function, "no.npz"); }),
            "cannot read 'no.npz': No such file or directory");
}

TEST_F(AccuracyTest, labels) {
  func::FuncOp function =
      parse("func.func private @main(tensor<3xf32> {nn.name = \"x\"})");
  FailureOr<Dataset> dataset = Dataset::open(function, labelled());
  ASSERT_TRUE(succeeded(dataset));
  FailureOr<Tensor> read = dataset->readLabels();
  ASSERT_TRUE(succeeded(read));
  EXPECT_TRUE(identical(*read, longs({2}, {2, 0})));
  StringRef folder = ATLEUS_SOURCE_DIR "/test/Inputs/numpy/";
  EXPECT_EQ(messageOfLabels((folder + "unlabelled.npz").str()),
            "the dataset has no array 'label'; it has: x");
  EXPECT_EQ(messageOfLabels((folder + "mislabelled.npz").str()),
            "array 'label' must hold one integer for each of the 2 samples, "
            "found 'tensor<2xf64>'");
}

TEST_F(AccuracyTest, share_of_samples_that_are_right) {
  // The largest elements of the samples are at 2 and 1; the labels are 2 and 0.
  func::FuncOp function = parse(R"(
    func.func @main(%x: tensor<1x3xf32> {nn.name = "x"}) -> tensor<1x3xf32> {
      %y = nn.exp %x : tensor<1x3xf32>
      return %y : tensor<1x3xf32>
    })");
  FailureOr<Accuracy> accuracy = measureAccuracy(function, labelled());
  ASSERT_TRUE(succeeded(accuracy));
  EXPECT_EQ(accuracy->samples, 2);
  EXPECT_EQ(accuracy->correct, 1);
  EXPECT_EQ(accuracy->value(), 0.5);
  EXPECT_EQ(Accuracy().value(), 0.0);
}

TEST_F(AccuracyTest, a_function_without_outputs) {
  func::FuncOp function =
      parse("func.func @main(%x: tensor<3xf32>) { return }");
  EXPECT_EQ(diagnosticOf([&] { return measureAccuracy(function, labelled()); }),
            "'func.func' op has no output with elements, so its accuracy "
            "cannot be measured");
}
