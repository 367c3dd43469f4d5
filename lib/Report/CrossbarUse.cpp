// What of the crossbars is used, from the weights in them.
#include "atleus/Report/CrossbarUse.h"

#include "atleus/Report/Report.h"
#include "atleus/Report/Table.h"
#include "dialects/Arch/Arch.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/NN/NN.h"
#include "dialects/NoC/NoC.h"
#include "dialects/PIM/PIM.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <map>

using namespace mlir;
using namespace atleus;

/// Cells of one copy of a weight, without the lines that are left out.
static int64_t countCells(pim::ArrayType type) {
  ArrayRef<int64_t> shape = type.getMatrix().getShape();
  int64_t weights = shape[0] * shape[1];
  if (nn::SparsityAttr lines = type.getSparsity())
    weights = nn::countKept(lines.getPattern(shape));
  return weights * type.getSlices();
}

namespace {
/// Adds up the weights of one tier.
struct TierUse {
  TierReport *report = nullptr;
  std::map<noc::Node, int64_t> arraysAt;

  void add(pim::ProgramOp program) {
    pim::ArrayType type = program.getType();
    int64_t arrays = type.getNumArrays();
    auto replicas = static_cast<int64_t>(program.getReplicas());
    CrossbarUse &use = report->crossbars;
    use.replicas += arrays * (replicas - 1);
    use.cellsUsed += countCells(type) * replicas;
    use.cells += arrays * type.getCrossbar().getRows() *
                 type.getCrossbar().getColumns() * replicas;
    // One part of each weight has its first row and column.
    use.weightsCutAlongRows += program.getRows() &&
                               program.getFirstRow() == 0 &&
                               program.getFeatures()[0] == 0;
    ArrayRef<int64_t> nodes = *program.getNodes();
    for (; !nodes.empty(); nodes = nodes.drop_front(3))
      arraysAt[noc::toNode(nodes)] += arrays;
  }

  void finish() const {
    if (report->nodes == 0)
      return;
    int64_t capacity = report->crossbarsAvailable / report->nodes;
    int64_t least = capacity;
    for (const auto &[node, arrays] : arraysAt)
      least = std::min(least, arrays);
    if (static_cast<int64_t>(arraysAt.size()) < report->nodes)
      least = 0;
    report->crossbars.largestFree = capacity - least;
  }
};
} // namespace

void atleus::readCrossbarUse(ModuleOp module, Report &report) {
  std::map<std::string, TierUse> tiers;
  for (TierReport &tier : report.tiers)
    tiers[tier.name].report = &tier;
  llvm::DenseSet<std::pair<Attribute, Attribute>> slots;
  module.walk([&](pim::ProgramOp program) {
    auto tier = tiers.find(program.getTier().str());
    if (tier == tiers.end() || !program.getNodes())
      return;
    // Slots of two tiers may have one name.
    if (program.getSlot() &&
        !slots.insert({program.getTierAttr(), program.getSlotAttr()}).second)
      return;
    tier->second.add(program);
  });
  for (const auto &[name, tier] : tiers)
    tier.finish();
}

void atleus::writeCrossbarUse(const CrossbarUse &use,
                              llvm::json::OStream &json) {
  json.attribute("crossbar_replicas", use.replicas);
  json.attribute("crossbars_largest_free", use.largestFree);
  json.attribute("cells_used", use.cellsUsed);
  json.attribute("cells", use.cells);
  json.attribute("weights_cut_along_rows", use.weightsCutAlongRows);
}

std::vector<std::string> atleus::describeCrossbarUse(const Report &report) {
  std::vector<std::string> lines;
  for (const TierReport &tier : report.tiers) {
    if (tier.crossbarsAvailable == 0)
      continue;
    const CrossbarUse &use = tier.crossbars;
    std::string line;
    llvm::raw_string_ostream os(line);
    os << tier.name << ": " << formatCount(tier.crossbarsUsed)
       << " hold weights";
    if (use.replicas > 0)
      os << ", " << formatCount(use.replicas) << " of them replicas";
    if (use.cells > 0)
      os << ", in "
         << llvm::format("%.1f", 100.0 * static_cast<double>(use.cellsUsed) /
                                     static_cast<double>(use.cells))
         << " % of their cells";
    os << "; " << formatCount(tier.crossbarsAvailable - tier.crossbarsUsed)
       << " free, at most " << formatCount(use.largestFree) << " in one node";
    if (use.weightsCutAlongRows > 0)
      os << "; " << formatCount(use.weightsCutAlongRows)
         << (use.weightsCutAlongRows == 1 ? " weight is" : " weights are")
         << " cut along rows";
    lines.push_back(std::move(line));
  }
  return lines;
}
