// Widths of products by the patterns of their names, and by a budget.
#include "AutomaticPrecision.h"

#include "atleus/Compression/PrecisionRule.h"
#include "atleus/Support/AbsentWeights.h"
#include "atleus/Support/NearestName.h"
#include "atleus/Transforms/MachineLibrary.h"
#include "atleus/Transforms/Passes.h"
#include "dialects/NN/NN.h"

#include "mlir/Pass/PassManager.h"

namespace atleus {
#define GEN_PASS_DEF_CHOOSEPRECISION
#include "atleus/Transforms/Passes.h.inc"
} // namespace atleus

using namespace mlir;
using namespace atleus;
using namespace atleus::nn;

/// Whether a product has a parameter that could be quantized.
static bool hasWeight(Operation *product) {
  if (auto layer = dyn_cast<LinearOp>(product))
    return isStatic(layer.getWeight());
  auto matmul = dyn_cast<MatMulOp>(product);
  return matmul && isStatic(matmul.getRhs());
}

namespace {
struct ChoosePrecision
    : public atleus::impl::ChoosePrecisionBase<ChoosePrecision> {
  using ChoosePrecisionBase::ChoosePrecisionBase;
  ChoosePrecision(const ChoosePrecisionOptions &options,
                  const QuantizeOptions &quantization,
                  ProgressCallback progress)
      : ChoosePrecisionBase(options), quantization(quantization),
        progress(std::move(progress)) {}

  void runOnOperation() final {
    FailureOr<std::vector<PrecisionRule>> rules = parseRules();
    if (failed(rules))
      return signalPassFailure();
    std::vector<Operation *> products;
    getOperation().walk([&](Operation *op) {
      if (isa<LinearOp, MatMulOp, AttentionOp>(op))
        products.push_back(op);
    });
    for (const PrecisionRule &rule : *rules)
      if (failed(apply(rule, products)))
        return signalPassFailure();
    if (!budget.empty() &&
        (failed(requireWeights(getOperation(), "a budget of precision")) ||
         failed(keepBudget())))
      signalPassFailure();
  }

private:
  FailureOr<std::vector<PrecisionRule>> parseRules();
  LogicalResult apply(const PrecisionRule &rule,
                      ArrayRef<Operation *> products);
  LogicalResult reportNoMatch(const PrecisionRule &rule,
                              ArrayRef<Operation *> products);
  LogicalResult keepBudget();
  LogicalResult quantizeCopy(ModuleOp copy);

  /// How the module will be quantized; none if `quantize` says it.
  std::optional<QuantizeOptions> quantization;
  ProgressCallback progress;
};
} // namespace

FailureOr<std::vector<PrecisionRule>> ChoosePrecision::parseRules() {
  std::vector<PrecisionRule> rules;
  if (!isActivationWidth(activationBits))
    return emitError(getOperation().getLoc())
           << "activation-bits must be from 4 to 8, 16, or " << floatBits
           << " for floats, found " << activationBits.getValue();
  for (const std::string &text : precision) {
    llvm::Expected<PrecisionRule> rule = PrecisionRule::parse(text);
    if (!rule)
      return emitError(getOperation().getLoc())
             << llvm::toString(rule.takeError());
    rules.push_back(std::move(*rule));
  }
  return rules;
}

LogicalResult ChoosePrecision::reportNoMatch(const PrecisionRule &rule,
                                             ArrayRef<Operation *> products) {
  std::vector<std::string> names;
  for (Operation *product : products)
    if (StringRef name = getKernelName(product); !name.empty())
      names.push_back(name.str());
  InFlightDiagnostic error = emitError(getOperation().getLoc())
                             << "precision pattern '" << rule.pattern
                             << "' matches no product";
  if (names.empty())
    return error << "; none has a name";
  return error << "; the nearest names are "
               << listNearestMatches(rule.pattern, names);
}

/// Gives products whose names match their precision, in place of what earlier
/// rules gave them.
LogicalResult ChoosePrecision::apply(const PrecisionRule &rule,
                                     ArrayRef<Operation *> products) {
  auto stated = PrecisionAttr::get(&getContext(), rule.weightBits,
                                   rule.activationBits.value_or(activationBits),
                                   rule.normalFloats ? WeightCode::NF4
                                                     : WeightCode::Uniform);
  int64_t matched = 0, weights = 0;
  for (Operation *product : products) {
    StringRef name = getKernelName(product);
    if (name.empty() || !rule.matches(name))
      continue;
    product->setAttr(precisionAttribute, stated);
    ++matched;
    weights += hasWeight(product) ? 1 : 0;
  }
  numMatched += matched;
  if (matched == 0)
    return reportNoMatch(rule, products);
  if (weights == 0 && !rule.activationBits)
    emitWarning(getOperation().getLoc())
        << "precision pattern '" << rule.pattern
        << "' has no effect: it states bits of weights, and what it matches "
           "has none";
  return success();
}

//===----------------------------------------------------------------------===//
// Budgets
//===----------------------------------------------------------------------===//

/// Quantizes a copy of the module as the module will be.
LogicalResult ChoosePrecision::quantizeCopy(ModuleOp copy) {
  std::unique_ptr<Pass> pass =
      quantization ? createQuantize(*quantization) : createQuantize();
  auto report = [&](const Twine &message) {
    return emitError(getOperation().getLoc())
           << "options of atleus-quantize: " << message;
  };
  if (!quantization && failed(pass->initializeOptions(quantize, report)))
    return failure();
  PassManager manager(copy.getContext());
  manager.addPass(std::move(pass));
  return manager.run(copy);
}

LogicalResult ChoosePrecision::keepBudget() {
  ModuleOp module = getOperation();
  llvm::Expected<PrecisionBudget> parsed = PrecisionBudget::parse(budget);
  if (!parsed)
    return emitError(module.getLoc()) << llvm::toString(parsed.takeError());
  if (calibration.empty())
    return emitError(module.getLoc())
           << "a precision budget needs samples: state calibration=FILE.npz "
              "(atleus: --calibration)";
  auto present = module.getOps<arch::MachineOp>();
  OwningOpRef<arch::MachineOp> loaded;
  if (present.empty() && machine.empty())
    return emitError(module.getLoc())
           << "a precision budget counts the crossbars of a machine; name one";
  if (present.empty()) {
    loaded = loadMachine(machine, &getContext());
    if (!loaded || failed(applyOverrides(*loaded, *machineChanges)))
      return failure();
  }
  return choosePrecisions(module,
                          {*parsed,
                           budget,
                           {calibration, progress},
                           present.empty() ? *loaded : *present.begin(),
                           weightBits,
                           activationBits,
                           [&](ModuleOp copy) { return quantizeCopy(copy); }});
}

std::unique_ptr<Pass>
atleus::createChoosePrecision(const ChoosePrecisionOptions &options,
                              const QuantizeOptions &quantize,
                              ProgressCallback progress) {
  return std::make_unique<ChoosePrecision>(options, quantize,
                                           std::move(progress));
}
