// How often cells of crossbars are written, and how long they last.
#include "atleus/Cost/Endurance.h"

#include "dialects/Arch/MachineLookup.h"
#include "dialects/PIM/PIM.h"

#include "llvm/ADT/DenseMap.h"

using namespace mlir;
using namespace atleus;

double TierWear::getSeconds(Picoseconds interval) const {
  return static_cast<double>(countInferences()) *
         (static_cast<double>(interval.count()) * 1e-12);
}

double TierWear::getYears(Picoseconds interval) const {
  constexpr double secondsPerYear = 365.25 * 24 * 60 * 60;
  return getSeconds(interval) / secondsPerYear;
}

std::vector<TierWear> atleus::findWear(Operation *root,
                                       arch::MachineOp machine) {
  llvm::DenseMap<std::pair<Attribute, Attribute>, int64_t> writes;
  llvm::DenseMap<Attribute, int64_t> most;
  root->walk([&](pim::ProgramOp program) {
    if (!program.getSlot())
      return;
    int64_t count = ++writes[{program.getTierAttr(), program.getSlotAttr()}];
    int64_t &largest = most[program.getTierAttr().getAttr()];
    largest = std::max(largest, count);
  });
  std::vector<TierWear> wear;
  for (arch::TierOp tier : machine.getTiers()) {
    arch::CrossbarOp crossbar = arch::getCrossbar(tier);
    int64_t count = most.lookup(tier.getSymNameAttr());
    if (crossbar && count > 0)
      wear.push_back(
          {tier, count, static_cast<int64_t>(crossbar.getEnduranceWrites())});
  }
  return wear;
}
