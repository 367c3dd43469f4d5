// Why kernels are on their tiers, as JSON and as rows of a table.
#include "AssignmentFields.h"

#include "ReportFields.h"
#include "atleus/Report/Table.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <map>

using namespace atleus;
using llvm::json::OStream;

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

void atleus::writeAssignment(const std::optional<AssignmentReport> &assignment,
                             OStream &json) {
  if (!assignment)
    return json.attribute("assignment", nullptr);
  json.attributeObject("assignment", [&] {
    json.attribute("policy", assignment->policy);
    json.attributeArray("trials", [&] {
      for (const AssignmentReport::Trial &trial : assignment->trials)
        json.object([&] {
          json.attribute("policy", trial.policy);
          json.attribute("latency_ps", trial.latency.count());
          json.attribute("energy_fj", trial.energy.count());
        });
    });
    json.attributeArray("untried", [&] {
      for (const AssignmentReport::Untried &untried : assignment->untried)
        json.object([&] {
          json.attribute("policy", untried.policy);
          json.attribute("estimate_ps", untried.estimate.count());
        });
    });
    if (!assignment->byCost)
      return json.attribute("by_cost", nullptr);
    const AssignmentReport::ByCost &cost = *assignment->byCost;
    json.attributeObject("by_cost", [&] {
      json.attribute("objective", cost.objective);
      json.attribute("latency_ps", cost.latency.count());
      json.attribute("energy_fj", cost.energy.count());
      json.attribute("gap_percent", cost.gapPercent);
      json.attribute("exact", cost.isExact);
    });
  });
}

void atleus::writeAssignment(const std::optional<KernelAssignment> &assignment,
                             OStream &json) {
  if (!assignment)
    return json.attribute("assignment", nullptr);
  json.attributeObject("assignment", [&] {
    json.attribute("reason", assignment->reason);
    json.attributeArray("alternatives", [&] {
      for (const AlternativeReport &alternative : assignment->alternatives)
        json.object([&] {
          json.attribute("tier", alternative.tier);
          if (!alternative.refusal.empty()) {
            json.attribute("refusal", alternative.refusal);
            return;
          }
          json.attribute("latency_ps", alternative.latency.count());
          json.attribute("energy_fj", alternative.energy.count());
        });
    });
  });
}

//===----------------------------------------------------------------------===//
// Table
//===----------------------------------------------------------------------===//

namespace {
/// Kernels that were decided alike.
struct Group {
  size_t count = 0;
  llvm::SetVector<llvm::StringRef> tiers;
  const KernelReport *first = nullptr;
};
} // namespace

static std::string describeCost(const AlternativeReport &alternative) {
  return formatTime(alternative.latency) + ", " +
         formatEnergy(alternative.energy);
}

/// What the kernels take where they are, and on the fastest of the other tiers.
static std::string describeGroup(const Group &group) {
  const KernelAssignment &assignment = *group.first->assignment;
  std::string own;
  const AlternativeReport *next = nullptr, *refused = nullptr;
  for (const AlternativeReport &alternative : assignment.alternatives) {
    if (alternative.tier == group.first->tier && alternative.refusal.empty())
      own = ": " + describeCost(alternative);
    if (group.tiers.contains(alternative.tier))
      continue;
    if (!alternative.refusal.empty())
      refused = refused ? refused : &alternative;
    else if (!next || alternative.latency < next->latency)
      next = &alternative;
  }
  std::string text = std::to_string(group.count);
  text += group.count == 1 ? " weight of " : " weights of ";
  text += assignment.weight + " on " +
          llvm::join(group.tiers.begin(), group.tiers.end(), " and ") + own;
  if (next)
    text += "; on " + next->tier + ": " + describeCost(*next);
  else if (refused)
    text += "; not on " + refused->tier + ": " + refused->refusal;
  return text + " (" + assignment.reason + ")";
}

static std::string describePolicy(const AssignmentReport &assignment) {
  if (!assignment.byCost)
    return "by policy " + assignment.policy;
  const AssignmentReport::ByCost &cost = *assignment.byCost;
  std::string text = "by " + cost.objective + ": estimated " +
                     formatTime(cost.latency) + " and " +
                     formatEnergy(cost.energy) + ", ";
  if (cost.isExact)
    return text + "the best assignment of the model";
  llvm::raw_string_ostream(text)
      << llvm::format("at most %.0f %% above the best", cost.gapPercent);
  return text;
}

/// "tried cost 952 us and 11.5 mJ, all-systolic 1.10 ms and ...; not
/// all-crossbar, estimated 1.20 ms".
static std::string describeTrials(const AssignmentReport &assignment) {
  auto texts = llvm::map_range(
      assignment.trials, [](const AssignmentReport::Trial &trial) {
        return trial.policy + " " + formatTime(trial.latency) + " and " +
               formatEnergy(trial.energy);
      });
  std::string text = "tried " + llvm::join(texts, ", ");
  for (const AssignmentReport::Untried &untried : assignment.untried)
    text += (&untried == assignment.untried.data() ? "; not " : ", ") +
            untried.policy + ", estimated " + formatTime(untried.estimate);
  return text;
}

void atleus::addAssignmentRows(const Report &report, Table &table) {
  if (!report.assignment)
    return;
  table.addRow({"assignment", describePolicy(*report.assignment)});
  if (!report.assignment->trials.empty())
    table.addRow({"", describeTrials(*report.assignment)});
  std::map<std::tuple<std::string, std::string, std::string>, size_t> numbers;
  std::vector<Group> groups;
  for (const KernelReport &kernel : report.kernels) {
    if (!kernel.assignment || kernel.assignment->weight.empty())
      continue;
    auto [place, isNew] = numbers.try_emplace(
        {kernel.assignment->weight, kernel.kind, kernel.assignment->reason},
        groups.size());
    if (isNew)
      groups.emplace_back().first = &kernel;
    Group &group = groups[place->second];
    ++group.count;
    group.tiers.insert(kernel.tier);
  }
  constexpr size_t listed = 8;
  for (const Group &group : llvm::ArrayRef(groups).take_front(listed))
    table.addRow({"", describeGroup(group)});
  if (groups.size() > listed)
    table.addRow({"", "and " + std::to_string(groups.size() - listed) +
                          " more kinds: see report.json"});
}
