// Accuracy over many draws of the noise of devices.
#include "MonteCarlo.h"

#include "Commands.h"
#include "CompareCompression.h"
#include "NumberOption.h"
#include "Session.h"

#include "atleus/Pipelines/MonteCarlo.h"
#include "atleus/Report/NoiseReport.h"

using namespace mlir;
using namespace atleus;
namespace cl = llvm::cl;

static NumberOption<unsigned, 1> trials(
    "monte-carlo",
    cl::desc("Measure accuracy with the noise of devices in so many trials, "
             "at the temperatures that are estimated"),
    cl::value_desc("trials"), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()));

static NumberOption<long long, 0>
    seed("seed", cl::desc("Key of the random numbers of noise (default: 0)"),
         cl::value_desc("number"), cl::cat(getOptionCategory()),
         cl::sub(getCompileCommand()));

static NumberOption<unsigned long long> noiseTime(
    "noise-time",
    cl::desc("Seconds from writing weights to reading them; default: none, "
             "before anything drifts"),
    cl::value_desc("seconds"), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()));

static NumberOption<unsigned long long> noiseTemperature(
    "noise-temperature",
    cl::desc("Temperature of all arrays in millikelvins; default: that of each "
             "node, as estimated"),
    cl::value_desc("mK"), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()));

bool atleus::reportNoiseOptions(bool isWhole, StringRef dataset) {
  bool isWanted = trials.getNumOccurrences() > 0;
  for (const cl::Option *option : std::initializer_list<const cl::Option *>{
           &seed, &noiseTime, &noiseTemperature})
    if (!isWanted && option->getNumOccurrences() > 0)
      return reportError("--" + option->ArgStr +
                         " has no effect without --monte-carlo");
  if (!isWanted)
    return false;
  if (comparesCompression())
    return reportError("--monte-carlo draws trials of one mapped model, but "
                       "--compare-compression maps several");
  if (!isWhole)
    return reportError("--monte-carlo has no effect with --to: accuracy is "
                       "measured after the last phase");
  if (dataset.empty())
    return reportError("--monte-carlo needs samples and labels: state "
                       "--dataset");
  return false;
}

LogicalResult atleus::addNoisyAccuracy(ModuleOp module, StringRef dataset,
                                       const ProgressCallback &progress) {
  if (trials == 0)
    return success();
  MonteCarloOptions options;
  options.trials = trials;
  options.seed = seed;
  options.temperatureMk = static_cast<int64_t>(noiseTemperature);
  options.elapsedS = static_cast<int64_t>(noiseTime);
  options.dataset = dataset.str();
  options.progress = progress;
  FailureOr<MonteCarloResult> result = measureNoisyAccuracy(module, options);
  if (failed(result))
    return failure();
  setNoise(module,
           {stringify(result->metric).str(), options.seed, options.elapsedS,
            result->lowestMk, result->highestMk, result->accuracy});
  return success();
}
