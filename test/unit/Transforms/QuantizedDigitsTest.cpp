// The accuracy that the digits model keeps when it is quantized.
#include "atleus/Conversion/Passes.h"
#include "atleus/Import/ONNXImport.h"
#include "atleus/Interpreter/Accuracy.h"
#include "atleus/Interpreter/Dataset.h"
#include "atleus/Interpreter/EvaluationModels.h"
#include "atleus/Interpreter/Interpreter.h"
#include "atleus/Transforms/Passes.h"
#include "dialects/Dialects.h"

#include "mlir/Pass/PassManager.h"

#include <gtest/gtest.h>

using namespace mlir;
using namespace atleus;

static constexpr llvm::StringLiteral folder =
    ATLEUS_SOURCE_DIR "/models/digits-vit/digits-vit";

namespace {
class QuantizedDigits : public testing::Test {
protected:
  QuantizedDigits() {
    DialectRegistry registry;
    registerAllDialects(registry);
    registerEvaluationModels(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
    module = importONNX((folder + ".onnx").str(), &context);
  }

  /// Correct ones of the 360 images of the test split.
  int64_t countCorrect(std::optional<QuantizeOptions> quantize) {
    PassManager manager(&context);
    manager.addPass(createConvertONNXToNN());
    manager.addPass(createLowerConvolution());
    if (quantize)
      manager.addPass(createQuantize(*quantize));
    if (!module || failed(manager.run(*module)))
      return -1;
    FailureOr<Accuracy> accuracy = measureAccuracy(
        *module->getOps<func::FuncOp>().begin(), (folder + ".npz").str());
    return succeeded(accuracy) ? accuracy->correct : -1;
  }

  /// The logits of the first samples of the calibration data.
  std::vector<float> computeLogits(std::optional<QuantizeOptions> quantize) {
    module = importONNX((folder + ".onnx").str(), &context);
    PassManager manager(&context);
    manager.addPass(createConvertONNXToNN());
    manager.addPass(createLowerConvolution());
    if (quantize)
      manager.addPass(createQuantize(*quantize));
    if (!module || failed(manager.run(*module)))
      return {};
    func::FuncOp function = *module->getOps<func::FuncOp>().begin();
    FailureOr<Dataset> samples =
        Dataset::open(function, (folder + ".calibration.npz").str());
    std::vector<float> logits;
    Interpreter interpreter(function);
    for (int64_t i = 0; succeeded(samples) && i < 64; ++i) {
      FailureOr<std::vector<Tensor>> results =
          interpreter.run(samples->getSample(i));
      if (failed(results))
        return {};
      llvm::append_range(logits, results->front().as<float>());
    }
    return logits;
  }

  /// The squared error of quantized logits over the squares of the float ones.
  double measureError(const QuantizeOptions &options) {
    std::vector<float> expected = computeLogits(std::nullopt);
    std::vector<float> found = computeLogits(options);
    if (expected.empty() || expected.size() != found.size())
      return std::numeric_limits<double>::infinity();
    double error = 0, total = 0;
    for (auto [a, b] : llvm::zip_equal(expected, found)) {
      error += (a - b) * (a - b);
      total += a * a;
    }
    return error / total;
  }

  static QuantizeOptions calibrated(WeightScales weights) {
    QuantizeOptions options;
    options.weights = weights;
    options.calibration = (folder + ".calibration.npz").str();
    options.machine = "atleus";
    return options;
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
};
} // namespace

TEST_F(QuantizedDigits, Float) { EXPECT_EQ(countCorrect(std::nullopt), 357); }

TEST_F(QuantizedDigits, PerChannelScales) {
  EXPECT_GE(countCorrect(calibrated(WeightScales::PerChannel)), 355);
}

TEST_F(QuantizedDigits, PerTensorScales) {
  EXPECT_GE(countCorrect(calibrated(WeightScales::PerTensor)), 355);
}

TEST_F(QuantizedDigits, ScalesFoundAtRunTime) {
  EXPECT_GE(countCorrect(QuantizeOptions()), 355);
}

TEST_F(QuantizedDigits, ScalesOfCrossbars) {
  EXPECT_GE(countCorrect(calibrated(WeightScales::CrossbarWise)), 356);
}

TEST_F(QuantizedDigits, FourBitsInCrossbars) {
  QuantizeOptions options = calibrated(WeightScales::CrossbarWise);
  options.weightBits = 4;
  EXPECT_GE(countCorrect(options), 355);
}

/// Finer scales bring the logits of 4-bit weights nearer to the float ones, and
/// so does clipping.
TEST_F(QuantizedDigits, FinerScalesMakeSmallerErrors) {
  auto errorOf = [&](WeightScales scales, WeightClipping clipping) {
    QuantizeOptions options = calibrated(scales);
    options.weightBits = 4;
    options.weightClipping = clipping;
    return measureError(options);
  };
  double perTensor = errorOf(WeightScales::PerTensor, WeightClipping::MinMax);
  double crossbarWise =
      errorOf(WeightScales::CrossbarWise, WeightClipping::MinMax);
  double perChannel = errorOf(WeightScales::PerChannel, WeightClipping::MinMax);
  EXPECT_LT(crossbarWise, perTensor);
  EXPECT_LT(perChannel, crossbarWise);
  auto clipped = WeightClipping::MeanSquaredError;
  EXPECT_LT(errorOf(WeightScales::PerTensor, clipped), perTensor);
  EXPECT_LT(errorOf(WeightScales::CrossbarWise, clipped), crossbarWise);
  EXPECT_LT(errorOf(WeightScales::PerChannel, clipped), perChannel);
}

TEST_F(QuantizedDigits, AffineCodes) {
  QuantizeOptions options = calibrated(WeightScales::PerChannel);
  options.weightCode = WeightCoding::Affine;
  options.activationCode = ActivationCoding::Affine;
  EXPECT_GE(countCorrect(options), 355);
}

TEST_F(QuantizedDigits, NormalFloats) {
  QuantizeOptions options;
  options.weightCode = WeightCoding::NF4;
  EXPECT_GE(countCorrect(options), 355);
}

TEST_F(QuantizedDigits, MethodsOfCalibration) {
  for (CalibrationMethod method :
       {CalibrationMethod::Percentile, CalibrationMethod::Entropy,
        CalibrationMethod::MeanSquaredError}) {
    module = importONNX((folder + ".onnx").str(), &context);
    QuantizeOptions options = calibrated(WeightScales::PerChannel);
    options.calibrationMethod = method;
    EXPECT_GE(countCorrect(options), 355);
  }
}

/// Two bits hold next to nothing of weights whose largest ones must be kept.
TEST_F(QuantizedDigits, ClippingHelpsTwoBits) {
  QuantizeOptions options = calibrated(WeightScales::PerTensor);
  options.weightBits = 2;
  options.weightClipping = WeightClipping::MeanSquaredError;
  EXPECT_GT(countCorrect(options), 320);
}

TEST_F(QuantizedDigits, TwoBitsAreTooFew) {
  QuantizeOptions options = calibrated(WeightScales::PerTensor);
  options.weightBits = 2;
  int64_t correct = countCorrect(options);
  EXPECT_GE(correct, 0);
  EXPECT_LT(correct, 300);
}
