// Reads why kernels are on their tiers off the IR.
#include "AssignmentFields.h"

#include "dialects/Arch/Assignment.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

using namespace mlir;
using namespace atleus;

/// The shape of the weight of a layer.
static std::string describeWeight(KernelOpInterface kernel) {
  Work work = cast<WorkOpInterface>(kernel.getOperation()).getWork();
  if (work.products.size() != 1 || !work.products.front().staticRhs)
    return "";
  const MatrixProduct &product = work.products.front();
  return std::to_string(product.k) + "x" + std::to_string(product.n);
}

std::optional<KernelAssignment>
atleus::readAssignment(KernelOpInterface kernel) {
  StringRef reason = arch::getAssignmentReason(kernel);
  if (reason.empty())
    return std::nullopt;
  KernelAssignment assignment;
  assignment.reason = reason.str();
  assignment.weight = describeWeight(kernel);
  for (const arch::TierAlternative &alternative : arch::getAlternatives(kernel))
    assignment.alternatives.push_back({alternative.tier.str(),
                                       alternative.latency, alternative.energy,
                                       alternative.refusal});
  return assignment;
}

static void readTrials(ModuleOp module, AssignmentReport &report) {
  auto recorded = module->getAttrOfType<DictionaryAttr>(arch::trialsAttribute);
  for (NamedAttribute entry :
       recorded ? recorded.getValue() : ArrayRef<NamedAttribute>()) {
    auto numbers = dyn_cast<DenseI64ArrayAttr>(entry.getValue());
    if (numbers && numbers.size() == 2)
      report.trials.push_back({entry.getName().str(), Picoseconds(numbers[0]),
                               Femtojoules(numbers[1])});
    if (numbers && numbers.size() == 1)
      report.untried.push_back(
          {entry.getName().str(), Picoseconds(numbers[0])});
  }
  llvm::sort(report.trials, [](const auto &a, const auto &b) {
    return a.latency != b.latency ? a.latency < b.latency : a.policy < b.policy;
  });
  llvm::sort(report.untried, [](const auto &a, const auto &b) {
    return a.estimate != b.estimate ? a.estimate < b.estimate
                                    : a.policy < b.policy;
  });
}

/// The first function's that has one.
std::optional<AssignmentReport> atleus::readAssignment(ModuleOp module) {
  DictionaryAttr recorded;
  for (auto function : module.getOps<func::FuncOp>())
    if (!recorded)
      recorded =
          function->getAttrOfType<DictionaryAttr>(arch::assignmentAttribute);
  auto policy = recorded ? recorded.getAs<StringAttr>("policy") : StringAttr();
  if (!policy)
    return std::nullopt;
  AssignmentReport report;
  report.policy = policy.str();
  readTrials(module, report);
  auto objective = recorded.getAs<StringAttr>("objective");
  auto latency = recorded.getAs<IntegerAttr>("latency_ps");
  auto energy = recorded.getAs<IntegerAttr>("energy_fj");
  auto gap = recorded.getAs<IntegerAttr>("gap_ppm");
  auto exact = recorded.getAs<BoolAttr>("exact");
  if (objective && latency && energy && gap && exact)
    report.byCost = {objective.str(), Picoseconds(latency.getInt()),
                     Femtojoules(energy.getInt()),
                     static_cast<double>(gap.getInt()) * 1e-4,
                     exact.getValue()};
  return report;
}
