// What an architect chooses of a crossbar changes time, energy and numbers
// together, for all three follow the same op of the machine.
#include "atleus/Conversion/Passes.h"
#include "atleus/Cost/CostModels.h"
#include "atleus/Cost/NodeModel.h"
#include "atleus/Interpreter/EvaluationModels.h"
#include "atleus/Interpreter/Interpreter.h"
#include "atleus/Transforms/Passes.h"
#include "dialects/Dialects.h"
#include "dialects/PIM/PIM.h"

#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"

#include "gtest/gtest.h"

using namespace mlir;
using namespace atleus;

/// 64 products in 8 bits, whose sums exceed what 5 bits resolve.
static constexpr llvm::StringLiteral text = R"(
!x = !quant.uniform<i8:f32, 1.0>
!w = !quant.uniform<i8:f32, 1.0>
func.func @main(%a: tensor<2x64xf32>) -> tensor<2x4xf32> {
  %x = nn.quantize %a : tensor<2x64xf32> to tensor<2x64x!x>
  %c = nn.constant dense<[[101.0, -77.0, 55.0, -3.0]]> : tensor<1x4xf32>
  %e = nn.expand %c : tensor<1x4xf32> to tensor<64x4xf32>
  %w = nn.quantize %e : tensor<64x4xf32> to tensor<64x4x!w>
  %y = nn.linear %x, %w {nn.name = "linear", arch.tier = @reram0}
      : (tensor<2x64x!x>, tensor<64x4x!w>) -> tensor<2x4xf32>
  return %y : tensor<2x4xf32>
}
)";

namespace {
/// What one choice leads to.
struct Outcome {
  Price price;
  SquareNanometres converters;
  std::vector<float> numbers;
};

class CrossbarChoices : public testing::Test {
protected:
  CrossbarChoices() {
    DialectRegistry registry;
    registerAllDialects(registry);
    registerEvaluationModels(registry);
    registerCostModels(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
  }

  /// Maps the product onto the machine with `changes`; prices and computes it.
  Outcome choose(SmallVector<std::string> changes) {
    // A converter that loses something of every sum.
    changes.insert(changes.begin(), "reram.adc_bits=5");
    OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, &context);
    PassManager manager(&context);
    manager.addPass(createAttachMachine({"atleus", changes}));
    manager.addPass(createConvertNNToPIM());
    Outcome outcome;
    if (!module || failed(manager.run(*module))) {
      ADD_FAILURE() << "the product is not mapped";
      return outcome;
    }
    auto machine = *module->getOps<arch::MachineOp>().begin();
    auto tier = *llvm::find_if(machine.getTiers(), [](arch::TierOp tier) {
      return tier.getSymName() == "reram0";
    });
    module->walk([&](pim::MVMOp op) {
      auto model = cast<ResourceModelOpInterface>(tier.getCoreOp());
      outcome.price = *model.price(
          cast<WorkOpInterface>(op.getOperation()).getWork(), nullptr);
    });
    for (const NodePart &part : getNodeParts(tier))
      if (part.name == "adc")
        outcome.converters = part.area.value_or(SquareNanometres());
    outcome.numbers = compute(*module->getOps<func::FuncOp>().begin());
    return outcome;
  }

  std::vector<float> compute(func::FuncOp function) {
    Tensor input({2, 64}, Float32Type::get(&context));
    for (auto [index, value] : llvm::enumerate(input.mutableAs<float>()))
      value = static_cast<float>((37 * index) % 120) - 50;
    Interpreter interpreter(function);
    FailureOr<std::vector<Tensor>> results = interpreter.run({input});
    if (failed(results)) {
      ADD_FAILURE() << "the product is not computed";
      return {};
    }
    ArrayRef<float> numbers = results->front().as<float>();
    return {numbers.begin(), numbers.end()};
  }

  void expectAllChange(SmallVector<std::string> changes) {
    Outcome before = choose({}), after = choose(std::move(changes));
    EXPECT_NE(before.price.duration, after.price.duration);
    EXPECT_NE(before.price.energy.total(), after.price.energy.total());
    EXPECT_NE(before.numbers, after.numbers);
  }

  MLIRContext context;
};
} // namespace

TEST_F(CrossbarChoices, ResolutionOfTheConverter) {
  // At the rate of the converter, not of the array.
  expectAllChange({"reram.read_ps=1000", "reram.adc_bits=6"});
  Outcome coarse = choose({"reram.read_ps=1000"});
  Outcome fine = choose({"reram.read_ps=1000", "reram.adc_bits=7"});
  EXPECT_LT(coarse.price.duration, fine.price.duration);
  EXPECT_LT(coarse.price.energy.total(), fine.price.energy.total());
  EXPECT_LT(coarse.converters, fine.converters);
  EXPECT_NE(coarse.numbers, fine.numbers);
}

TEST_F(CrossbarChoices, RowsDrivenAtOnce) {
  expectAllChange({"reram.active_rows=16"});
}

TEST_F(CrossbarChoices, BitsOfACell) {
  // A weight takes half the columns; it is the array's time that stays.
  Outcome two = choose({}), four = choose({"reram.cell_bits=4"});
  EXPECT_LT(four.price.energy.total(), two.price.energy.total());
  EXPECT_NE(four.numbers, two.numbers);
  EXPECT_EQ(four.price.duration, two.price.duration);
}

TEST_F(CrossbarChoices, BitsOfAnInputDigit) {
  expectAllChange({"reram.dac_bits=2"});
}

TEST_F(CrossbarChoices, ColumnsThatShareAConverter) {
  Outcome shared = choose({"reram.read_ps=1000"});
  Outcome split = choose({"reram.read_ps=1000", "reram.columns_per_adc=32"});
  EXPECT_LT(split.price.duration, shared.price.duration);
  EXPECT_EQ(split.converters, shared.converters * 4);
  // As many columns are converted, to the same numbers.
  EXPECT_EQ(split.price.energy.total(), shared.price.energy.total());
  EXPECT_EQ(split.numbers, shared.numbers);
}
