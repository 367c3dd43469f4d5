// Injects noise and measures accuracy, trial after trial.
#include "atleus/Pipelines/MonteCarlo.h"

#include "atleus/Transforms/Passes.h"
#include "dialects/PIM/PIM.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/PassManager.h"

#include <limits>

using namespace mlir;
using namespace atleus;

static LogicalResult
injectTrial(ModuleOp module, const MonteCarloOptions &options, int64_t trial) {
  PassManager manager(module.getContext());
  manager.addPass(createInjectNoise(
      {options.seed, trial, options.temperatureMk, options.elapsedS}));
  return manager.run(module);
}

static void findTemperatures(ModuleOp module, MonteCarloResult &result) {
  result.lowestMk = std::numeric_limits<int64_t>::max();
  module.walk([&](pim::ProgramOp program) {
    int64_t temperature = program.getNoise()->getTemperatureMk();
    result.lowestMk = std::min(result.lowestMk, temperature);
    result.highestMk = std::max(result.highestMk, temperature);
  });
}

FailureOr<MonteCarloResult>
atleus::measureNoisyAccuracy(ModuleOp module, const MonteCarloOptions &options,
                             llvm::function_ref<void(int64_t)> progress) {
  OwningOpRef<ModuleOp> noisy = module.clone();
  auto function = noisy->lookupSymbol<func::FuncOp>("main");
  MonteCarloResult result;
  std::vector<double> accuracies;
  for (int64_t trial = 0; trial < options.trials; ++trial) {
    if (failed(injectTrial(*noisy, options, trial)))
      return failure();
    FailureOr<Accuracy> accuracy =
        measureAccuracy(function, options.dataset, options.metric);
    if (failed(accuracy))
      return failure();
    accuracies.push_back(accuracy->value());
    progress(trial + 1);
  }
  result.accuracy = summarize(accuracies);
  findTemperatures(*noisy, result);
  return result;
}
