// The mapping of the digits model onto the machine keeps its results bit by
// bit, and its work to the last multiplication.
#include "atleus/Conversion/Passes.h"
#include "atleus/Cost/CostModels.h"
#include "atleus/Import/ONNXImport.h"
#include "atleus/Interpreter/Dataset.h"
#include "atleus/Interpreter/EvaluationModels.h"
#include "atleus/Interpreter/Interpreter.h"
#include "atleus/Transforms/Passes.h"
#include "dialects/Dialects.h"
#include "dialects/NoC/NoC.h"
#include "dialects/PIM/PIM.h"

#include "mlir/Pass/PassManager.h"

#include <gtest/gtest.h>

using namespace mlir;
using namespace atleus;

static constexpr llvm::StringLiteral folder =
    ATLEUS_SOURCE_DIR "/models/digits-vit/digits-vit";

namespace {
/// Work of kernels, of all of their tasks, or of ops before there are kernels.
struct WorkSum {
  int64_t macs = 0;
  int64_t exponentials = 0;

  void add(const Work &work) {
    macs += work.macs();
    exponentials += work[VectorOperation::Exponential];
  }
};

class MappedDigits : public testing::Test {
protected:
  MappedDigits() {
    DialectRegistry registry;
    registerAllDialects(registry);
    registerEvaluationModels(registry);
    registerCostModels(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
    module = importONNX((folder + ".onnx").str(), &context);
  }

  bool run(ArrayRef<std::function<std::unique_ptr<Pass>()>> passes) {
    PassManager manager(&context);
    for (const auto &create : passes)
      manager.addPass(create());
    return module && succeeded(manager.run(*module));
  }

  /// To quantized kernels that know their tiers. `changes` are of the machine.
  bool assign(const QuantizeOptions &quantize,
              ArrayRef<std::string> precisions = {},
              ArrayRef<std::string> changes = {}) {
    return run({[] { return createConvertONNXToNN(); },
                [] { return createLowerConvolution(); },
                [&] {
                  ChoosePrecisionOptions options;
                  options.precision = llvm::to_vector(precisions);
                  return createChoosePrecision(options);
                },
                [&] { return createQuantize(quantize); },
                [&] {
                  return createAttachMachine(
                      {"atleus", llvm::to_vector(changes)});
                },
                [] { return createAssignTiers(); }});
  }

  bool tile() {
    return run({[] { return createConvertNNToPIM(); },
                [] { return createConvertNNToSystolic(); },
                [] { return createTile({4}); }});
  }

  bool place() {
    return run({[] { return createPlace(); },
                [] { return createInsertTransfers(); },
                [] { return createVerifyTransfers(); }});
  }

  func::FuncOp getFunction() { return *module->getOps<func::FuncOp>().begin(); }

  /// The bytes of the results for the first samples.
  std::vector<char> compute() {
    FailureOr<Dataset> dataset =
        Dataset::open(getFunction(), (folder + ".npz").str());
    std::vector<char> bytes;
    if (failed(dataset))
      return bytes;
    Interpreter interpreter(getFunction());
    for (int64_t i = 0; i < 8; ++i) {
      FailureOr<std::vector<Tensor>> results =
          interpreter.run(dataset->getSample(i));
      if (failed(results))
        return {};
      for (const Tensor &result : *results)
        llvm::append_range(bytes, result.bytes());
    }
    return bytes;
  }

  void expectSameResults(const QuantizeOptions &quantize,
                         ArrayRef<std::string> precisions = {},
                         ArrayRef<std::string> changes = {}) {
    ASSERT_TRUE(assign(quantize, precisions, changes));
    std::vector<char> expected = compute();
    ASSERT_FALSE(expected.empty());
    ASSERT_TRUE(tile());
    EXPECT_EQ(compute(), expected);
    ASSERT_TRUE(place());
    removeTransfers();
    EXPECT_EQ(compute(), expected);
  }

  /// A transfer's result is its operand: the interpreter knows no nodes.
  void removeTransfers() {
    module->walk([](noc::TransferOp transfer) {
      transfer.replaceAllUsesWith(transfer.getInput());
      transfer.erase();
    });
  }

  static QuantizeOptions calibrated() {
    QuantizeOptions options;
    options.calibration = (folder + ".calibration.npz").str();
    return options;
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
};
} // namespace

TEST_F(MappedDigits, ResultsWithCalibratedScales) {
  expectSameResults(calibrated());
}

TEST_F(MappedDigits, ResultsWithScalesFoundAtRunTime) {
  expectSameResults(QuantizeOptions());
}

TEST_F(MappedDigits, ResultsWithAScaleForEachArray) {
  QuantizeOptions options = calibrated();
  options.weights = WeightScales::CrossbarWise;
  options.machine = "atleus";
  options.weightBits = 4;
  expectSameResults(options);
}

/// Blocks that divide neither the weights nor what a core holds: cores of three
/// arrays make pieces of weights that begin and end within blocks.
TEST_F(MappedDigits, ResultsWithBlocksThatAreCut) {
  QuantizeOptions options = calibrated();
  options.weights = WeightScales::CrossbarWise;
  options.blockRows = 16;
  options.blockColumns = 7;
  options.weightCode = WeightCoding::Affine;
  options.activationCode = ActivationCoding::Affine;
  options.weightClipping = WeightClipping::MeanSquaredError;
  expectSameResults(options, {}, {"reram.tiles=1", "reram.arrays_per_tile=3"});
  int64_t pieces = 0;
  module->walk([&](pim::ProgramOp program) {
    int64_t features = program.getFeatures()[1];
    pieces += features != program.getWeight().getType().getDimSize(
                              program.getTransposed() ? 0 : 1) &&
              program.getFeatures()[0] % 7 != 0;
  });
  EXPECT_GT(pieces, 0);
}

TEST_F(MappedDigits, ResultsOfMixedPrecisions) {
  QuantizeOptions options = calibrated();
  options.calibrationMethod = CalibrationMethod::Entropy;
  expectSameResults(options, {"*query=float", "*intermediate*=nf4", "*key=3/5",
                              "*value=4/float"});
}

TEST_F(MappedDigits, NoWorkIsLost) {
  ASSERT_TRUE(assign(calibrated()));
  WorkSum before;
  for (Operation &op : getFunction().getBody().front())
    if (auto counted = dyn_cast<WorkOpInterface>(op);
        counted && op.hasAttr("arch.tier"))
      before.add(counted.getWork());
  EXPECT_GT(before.macs, 0);
  ASSERT_TRUE(tile());
  ASSERT_TRUE(place());
  WorkSum kernels, tasks;
  getFunction().walk([&](KernelOpInterface kernel) {
    kernels.add(cast<WorkOpInterface>(kernel.getOperation()).getWork());
    for (int64_t task = 0; task < kernel.getNumTasks(); ++task)
      tasks.add(kernel.getTileWork(kernel.getTaskResult(task)));
  });
  EXPECT_EQ(kernels.macs, before.macs);
  EXPECT_EQ(kernels.exponentials, before.exponentials);
  EXPECT_EQ(tasks.macs, before.macs);
  EXPECT_EQ(tasks.exponentials, before.exponentials);
}
