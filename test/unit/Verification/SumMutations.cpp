// Mutations of the sums of rows, which go from one part of a weight to the
// next.
#include "Mutations.h"

#include <algorithm>

using namespace atleus;
using namespace atleus::schedule::v1;

/// A transfer of sums of the first part of a weight, and the task of the second
/// part that adds to them. Parts with other features do not read each other.
static std::optional<std::pair<int, int>> findSums(const Schedule &schedule) {
  const std::string first = ".part0", second = ".part1";
  for (int i = 0; i < schedule.tasks_size(); ++i) {
    const Task &reader = schedule.tasks(i);
    const std::string &name = reader.kernel();
    if (reader.kind() != Task::COMPUTE || name.size() < second.size() ||
        name.compare(name.size() - second.size(), second.size(), second) != 0)
      continue;
    std::string before = name.substr(0, name.size() - second.size()) + first;
    for (uint32_t index : reader.dependences()) {
      const Task &transfer = schedule.tasks(static_cast<int>(index));
      if (transfer.kind() == Task::TRANSFER && transfer.kernel() == before)
        return std::pair(static_cast<int>(index), i);
    }
  }
  return std::nullopt;
}

/// Breaks a transfer of sums or the task that reads them.
static std::function<std::optional<Expected>(Schedule &)> change(
    std::function<std::string(Schedule &, int transfer, Task &reader)> change) {
  return [=](Schedule &schedule) -> std::optional<Expected> {
    auto found = findSums(schedule);
    if (!found)
      return std::nullopt;
    Task &reader = *schedule.mutable_tasks(found->second);
    std::string part = getPart(reader);
    std::string sums = getPart(schedule.tasks(found->first));
    return Expected{part, sums, change(schedule, found->first, reader)};
  };
}

std::vector<Mutation> atleus::getSumMutations() {
  return {
      {"sums lost", change([](Schedule &schedule, int transfer, Task &) {
         eraseTask(schedule, transfer);
         return "but no transfer brings it";
       })},
      {"sums forgotten", change([](Schedule &, int transfer, Task &reader) {
         auto &list = *reader.mutable_dependences();
         list.erase(std::remove(list.begin(), list.end(),
                                static_cast<uint32_t>(transfer)),
                    list.end());
         return "brings, but does not wait for it";
       })},
      {"sums that come too late",
       change([](Schedule &schedule, int transfer, Task &reader) {
         reader.set_start_ps(schedule.tasks(transfer).start_ps());
         return "reads what";
       })},
      {"sums of 16 bits", change([](Schedule &schedule, int transfer, Task &) {
         Transfer &sums = *schedule.mutable_tasks(transfer)->mutable_transfer();
         sums.set_bits(sums.bits() / 2);
         return "others for which it waits bring";
       })},
  };
}
