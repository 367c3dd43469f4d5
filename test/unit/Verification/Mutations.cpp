// What all mutations of schedules need.
#include "Mutations.h"

#include <set>

using namespace atleus;
using namespace atleus::schedule::v1;

std::string atleus::getPart(const Task &task) {
  return "\"" + task.kernel() + "\"[" + std::to_string(task.index()) + "]";
}

std::optional<int>
atleus::findTask(const Schedule &schedule,
                 const std::function<bool(const Task &)> &accept) {
  for (int i = 0; i < schedule.tasks_size(); ++i)
    if (accept(schedule.tasks(i)))
      return i;
  return std::nullopt;
}

void atleus::eraseTask(Schedule &schedule, int index) {
  auto erased = static_cast<uint32_t>(index);
  std::vector<uint32_t> before(schedule.tasks(index).dependences().begin(),
                               schedule.tasks(index).dependences().end());
  schedule.mutable_tasks()->DeleteSubrange(index, 1);
  for (Task &task : *schedule.mutable_tasks()) {
    std::set<uint32_t> dependences;
    for (uint32_t dependence : task.dependences())
      if (dependence == erased)
        dependences.insert(before.begin(), before.end());
      else
        dependences.insert(dependence > erased ? dependence - 1 : dependence);
    task.mutable_dependences()->Assign(dependences.begin(), dependences.end());
  }
}
