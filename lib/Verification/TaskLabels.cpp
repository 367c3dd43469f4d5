// What diagnostics call the tasks of a schedule.
#include "TaskLabels.h"

#include "atleus/Report/schedule.pb.h"

using namespace atleus;

std::string atleus::getTaskLabel(const schedule::v1::Schedule &schedule,
                                 int index) {
  const schedule::v1::Task &task = schedule.tasks(index);
  std::string number = "#" + std::to_string(index);
  std::string part =
      "\"" + task.kernel() + "\"[" + std::to_string(task.index()) + "]";
  if (task.kind() == schedule::v1::Task::BARRIER)
    return "barrier " + number;
  if (task.kind() == schedule::v1::Task::TRANSFER)
    return "transfer " + number + " of " + part;
  return "task " + number + " " + part;
}
