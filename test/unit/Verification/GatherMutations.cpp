// Mutations of transfers that move the results of several tasks.
#include "Mutations.h"

using namespace atleus;
using namespace atleus::schedule::v1;

static bool isTransfer(const Task &task) {
  return task.kind() == Task::TRANSFER;
}

/// Changes the first transfer of several tasks.
static std::function<std::optional<Expected>(Schedule &)>
changeGathered(std::function<Expected(Schedule &, Task &)> change) {
  return [=](Schedule &schedule) -> std::optional<Expected> {
    auto index = findTask(schedule, [](const Task &task) {
      return isTransfer(task) && task.transfer().gathers_size() > 0;
    });
    if (!index)
      return std::nullopt;
    return change(schedule, *schedule.mutable_tasks(*index));
  };
}

static std::string getPart(const std::string &kernel, int64_t index) {
  return "\"" + kernel + "\"[" + std::to_string(index) + "]";
}

static Expected loseGathered(Schedule &, Task &task) {
  int64_t lost = *task.transfer().gathers().rbegin();
  task.mutable_transfer()->mutable_gathers()->RemoveLast();
  return {"reads at node", getPart(task.kernel(), lost),
          "but no transfer brings it"};
}

static Expected repeatGathered(Schedule &, Task &task) {
  int64_t again = task.transfer().gathers(0);
  task.mutable_transfer()->add_gathers(again);
  return {getPart(task), "moves part " + std::to_string(again) + " twice"};
}

static Expected gatherItself(Schedule &, Task &task) {
  task.mutable_transfer()->add_gathers(task.index());
  return {getPart(task),
          "moves part " + std::to_string(task.index()) + " twice"};
}

static Expected gatherUnknown(Schedule &, Task &task) {
  task.mutable_transfer()->add_gathers(1000000);
  return {getPart(task), "is part 1000000 of \"" + task.kernel() + "\""};
}

/// One more, which another transfer brings.
static Expected gatherOthers(Schedule &schedule, Task &task) {
  auto other = findTask(schedule, [&](const Task &other) {
    return isTransfer(other) && other.kernel() == task.kernel() &&
           other.transfer().from().SerializeAsString() ==
               task.transfer().from().SerializeAsString() &&
           other.index() != task.index();
  });
  int64_t index = schedule.tasks(other.value()).index();
  task.mutable_transfer()->add_gathers(index);
  return {"brings results of", getPart(task.kernel(), index),
          "brings some, too"};
}

/// One more, of another node.
static Expected gatherFromElsewhere(Schedule &schedule, Task &task) {
  auto other = findTask(schedule, [&](const Task &other) {
    return isTransfer(other) && other.kernel() == task.kernel() &&
           other.transfer().from().SerializeAsString() !=
               task.transfer().from().SerializeAsString();
  });
  int64_t index = schedule.tasks(other.value()).index();
  task.mutable_transfer()->add_gathers(index);
  return {"starts at node", getPart(task.kernel(), index),
          "leaves its results at"};
}

static Expected waitForFewer(Schedule &, Task &task) {
  task.mutable_dependences()->RemoveLast();
  return {getPart(task), "makes, but does not wait for it"};
}

static Expected moveFewer(Schedule &, Task &task) {
  Transfer &transfer = *task.mutable_transfer();
  int64_t bits = transfer.bits();
  transfer.set_bits(bits - 1);
  return {"brings " + std::to_string(bits - 1) + " bits to node",
          "whose tasks read " + std::to_string(bits)};
}

static Expected moveMore(Schedule &, Task &task) {
  Transfer &transfer = *task.mutable_transfer();
  int64_t bits = transfer.bits();
  transfer.set_bits(bits + 1);
  return {"brings " + std::to_string(bits + 1) + " bits to node",
          "read " + std::to_string(bits)};
}

/// Inputs have their own tasks, each of which is sent alone.
static std::optional<Expected> gatherInputs(Schedule &schedule) {
  auto index = findTask(schedule, [](const Task &task) {
    return isTransfer(task) && task.kernel().rfind("input:", 0) == 0 &&
           task.index() > 0;
  });
  if (!index)
    return std::nullopt;
  Task &task = *schedule.mutable_tasks(*index);
  task.mutable_transfer()->add_gathers(0);
  return Expected{getPart(task), "moves several parts of an input"};
}

std::vector<Mutation> atleus::getGatherMutations() {
  return {
      {"task of several lost", changeGathered(loseGathered)},
      {"task of several repeated", changeGathered(repeatGathered)},
      {"task of several that is the first", changeGathered(gatherItself)},
      {"task of several unknown", changeGathered(gatherUnknown)},
      {"task of several sent twice", changeGathered(gatherOthers)},
      {"task of several elsewhere", changeGathered(gatherFromElsewhere)},
      {"task of several not awaited", changeGathered(waitForFewer)},
      {"too few bits of several tasks", changeGathered(moveFewer)},
      {"too many bits of several tasks", changeGathered(moveMore)},
      {"several inputs in a transfer", gatherInputs},
  };
}
