// The accuracy that the digits model keeps when it is quantized.
#include "atleus/Conversion/Passes.h"
#include "atleus/Import/ONNXImport.h"
#include "atleus/Interpreter/Accuracy.h"
#include "atleus/Interpreter/EvaluationModels.h"
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
