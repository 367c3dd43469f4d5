// Starts against releases and stated dependences.
#include "Checks.h"

using namespace atleus;

void atleus::checkOrder(const CheckContext &context) {
  const TaskTable &tasks = context.tasks;
  for (unsigned i = 0; i < tasks.size(); ++i) {
    const schedule::v1::Task &message = tasks.getMessage(i);
    if (message.start_ps() < message.release_ps())
      context.violations.report(Rule::Order)
          << tasks.getTimedLabel(i) << " starts before its release at "
          << message.release_ps() << " ps";
    for (uint32_t before : message.dependences())
      if (tasks[i].start < tasks[before].end)
        context.violations.report(Rule::Order)
            << tasks.getTimedLabel(i) << " starts before "
            << tasks.getTimedLabel(before) << " has ended, for which it waits";
  }
}
