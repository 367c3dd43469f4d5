// Looks tiers up in the machine of a schedule.
#include "TierNames.h"

#include "atleus/Report/LoadedSchedule.h"

using namespace mlir;
using namespace atleus;

std::map<int64_t, std::string>
atleus::getTierNames(sched::ScheduleOp schedule) {
  std::map<int64_t, std::string> names;
  arch::MachineOp machine = findMachine(schedule);
  if (!machine)
    return names;
  for (arch::TierOp tier : machine.getTiers())
    names.emplace(tier.getLevel(), tier.getSymName().str());
  return names;
}
