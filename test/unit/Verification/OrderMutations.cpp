// Mutations of when tasks run and for what they wait.
#include "Mutations.h"

using namespace atleus;
using namespace atleus::schedule::v1;

static bool isCompute(const Task &task) { return task.kind() == Task::COMPUTE; }
static bool isTransfer(const Task &task) {
  return task.kind() == Task::TRANSFER;
}

/// A task of the first kind that waits for one of the second.
static std::optional<std::pair<int, int>>
findPair(const Schedule &schedule, Task::Kind kind, Task::Kind before) {
  for (int i = 0; i < schedule.tasks_size(); ++i)
    if (schedule.tasks(i).kind() == kind)
      for (uint32_t dependence : schedule.tasks(i).dependences())
        if (schedule.tasks(static_cast<int>(dependence)).kind() == before)
          return std::pair(i, static_cast<int>(dependence));
  return std::nullopt;
}

static int64_t endOf(const Task &task) {
  return task.start_ps() + task.duration_ps();
}

/// Starts a task 1 ps before one for which it waits has ended.
static std::optional<Expected> startEarly(Schedule &schedule, Task::Kind kind,
                                          Task::Kind before) {
  auto pair = findPair(schedule, kind, before);
  if (!pair)
    return std::nullopt;
  Task &task = *schedule.mutable_tasks(pair->first);
  const Task &other = schedule.tasks(pair->second);
  task.set_start_ps(endOf(other) - 1);
  return Expected{"#" + std::to_string(pair->first) + " ", " starts before ",
                  "#" + std::to_string(pair->second) + " ",
                  "has ended, for which it waits"};
}

/// Takes away for what a task waits, and when it waited.
static std::optional<Expected> forget(Schedule &schedule, Task::Kind kind,
                                      Task::Kind before, bool startAtOnce,
                                      std::string text) {
  auto pair = findPair(schedule, kind, before);
  if (!pair)
    return std::nullopt;
  Task &task = *schedule.mutable_tasks(pair->first);
  const Task &other = schedule.tasks(pair->second);
  Expected expected = {getPart(task), std::move(text), getPart(other)};
  task.clear_dependences();
  if (startAtOnce)
    task.set_start_ps(0);
  return expected;
}

/// Moves a transfer behind the start of its first reader.
static std::optional<Expected> delayTransfer(Schedule &schedule) {
  auto pair = findPair(schedule, Task::COMPUTE, Task::TRANSFER);
  if (!pair)
    return std::nullopt;
  const Task &reader = schedule.tasks(pair->first);
  Task &transfer = *schedule.mutable_tasks(pair->second);
  transfer.set_start_ps(reader.start_ps() + 1);
  return Expected{getPart(reader), "reads what", getPart(transfer),
                  "has not brought yet"};
}

/// Starts a task with another one on the same resource.
static std::optional<Expected>
overlap(Schedule &schedule, const std::function<bool(const Task &)> &accept) {
  for (int i = 0; i < schedule.tasks_size(); ++i) {
    const Task &first = schedule.tasks(i);
    if (!accept(first) || first.duration_ps() == 0)
      continue;
    const Use &use = first.uses(0);
    for (int j = i + 1; j < schedule.tasks_size(); ++j) {
      Task &second = *schedule.mutable_tasks(j);
      if (!accept(second) || second.uses(0).resource() != use.resource() ||
          second.duration_ps() == 0)
        continue;
      second.set_start_ps(first.start_ps());
      return Expected{
          getPart(second), "holds", getPart(first), "holds it until",
          schedule.resources(static_cast<int>(use.resource())).name()};
    }
  }
  return std::nullopt;
}

static std::optional<Expected> releaseLate(Schedule &schedule) {
  auto task = findTask(schedule, isCompute);
  if (!task)
    return std::nullopt;
  Task &message = *schedule.mutable_tasks(*task);
  message.set_release_ps(message.start_ps() + 1);
  return Expected{getPart(message), "starts before its release"};
}

/// A barrier that has passed before what it waits for has ended.
static std::optional<Expected> breakBarrier(Schedule &schedule) {
  auto barrier = findTask(
      schedule, [](const Task &task) { return task.kind() == Task::BARRIER; });
  if (!barrier)
    return std::nullopt;
  Task &task = *schedule.mutable_tasks(*barrier);
  int before = static_cast<int>(task.dependences(0));
  task.set_start_ps(endOf(schedule.tasks(before)) - 1);
  return Expected{"barrier #" + std::to_string(*barrier), "starts before",
                  getPart(schedule.tasks(before))};
}

/// Tasks behind a barrier wait for all that they read only through it.
static std::optional<Expected> openBarrier(Schedule &schedule) {
  auto barrier = findTask(
      schedule, [](const Task &task) { return task.kind() == Task::BARRIER; });
  if (!barrier)
    return std::nullopt;
  Task &task = *schedule.mutable_tasks(*barrier);
  int last = task.dependences_size() - 1;
  std::string part =
      getPart(schedule.tasks(static_cast<int>(task.dependences(last))));
  task.mutable_dependences()->RemoveLast();
  return Expected{"but does not wait for it", part};
}

std::vector<Mutation> atleus::getOrderMutations() {
  auto early = [](Task::Kind kind, Task::Kind before) {
    return
        [=](Schedule &schedule) { return startEarly(schedule, kind, before); };
  };
  auto without = [](Task::Kind kind, Task::Kind before, bool atOnce,
                    const char *text) {
    return [=](Schedule &schedule) {
      return forget(schedule, kind, before, atOnce, text);
    };
  };
  return {
      {"task starts before a task", early(Task::COMPUTE, Task::COMPUTE)},
      {"task starts before a transfer", early(Task::COMPUTE, Task::TRANSFER)},
      {"transfer starts before a task", early(Task::TRANSFER, Task::COMPUTE)},
      {"task forgets a task",
       without(Task::COMPUTE, Task::COMPUTE, false, "does not wait for it")},
      {"task forgets a transfer",
       without(Task::COMPUTE, Task::TRANSFER, false, "does not wait for it")},
      {"transfer forgets its task",
       without(Task::TRANSFER, Task::COMPUTE, false, "does not wait for it")},
      {"task forgets a task and starts at once",
       without(Task::COMPUTE, Task::COMPUTE, true, "has not made yet")},
      {"task forgets a transfer and starts at once",
       without(Task::COMPUTE, Task::TRANSFER, true, "has not brought yet")},
      {"transfer forgets its task and starts at once",
       without(Task::TRANSFER, Task::COMPUTE, true, "has not made yet")},
      {"transfer comes late", delayTransfer},
      {"unit held twice",
       [](Schedule &schedule) { return overlap(schedule, isCompute); }},
      {"port held twice",
       [](Schedule &schedule) { return overlap(schedule, isTransfer); }},
      {"release after start", releaseLate},
      {"barrier passed early", breakBarrier},
      {"barrier with a gap", openBarrier},
  };
}
