// Mutations of transfers.
#include "Mutations.h"

using namespace atleus;
using namespace atleus::schedule::v1;

static bool isTransfer(const Task &task) {
  return task.kind() == Task::TRANSFER;
}

/// Changes the first transfer, or the first one of some links.
static std::function<std::optional<Expected>(Schedule &)>
change(std::function<std::string(Schedule &, Task &)> change,
       int fewestLinks = 1) {
  return [=](Schedule &schedule) -> std::optional<Expected> {
    auto index = findTask(schedule, [&](const Task &task) {
      return isTransfer(task) && task.transfer().route_size() >= fewestLinks;
    });
    if (!index)
      return std::nullopt;
    Task &task = *schedule.mutable_tasks(*index);
    std::string part = getPart(task);
    return Expected{"transfer #" + std::to_string(*index) + " of " + part,
                    change(schedule, task)};
  };
}

/// The direction back.
static Direction turn(int direction) {
  return static_cast<Direction>(direction % 2 == 1 ? direction + 1
                                                   : direction - 1);
}

static std::optional<Expected> loseTransfer(Schedule &schedule) {
  auto index = findTask(schedule, isTransfer);
  if (!index)
    return std::nullopt;
  std::string part = getPart(schedule.tasks(*index));
  eraseTask(schedule, *index);
  return Expected{part, "reads at node", "but no transfer brings it"};
}

static std::string reverse(Schedule &, Task &task) {
  Transfer &transfer = *task.mutable_transfer();
  // Away from the node until the network ends.
  int direction = turn(transfer.route(0));
  transfer.clear_route();
  for (int i = 0; i < 100; ++i)
    transfer.add_route(static_cast<Direction>(direction));
  return "which the network does not have";
}

static std::string shorten(Schedule &, Task &task) {
  task.mutable_transfer()->mutable_route()->RemoveLast();
  return "does not hold ejection";
}

/// A transfer once more, at the end.
static std::optional<Expected> repeatTransfer(Schedule &schedule) {
  auto index = findTask(schedule, isTransfer);
  if (!index)
    return std::nullopt;
  Task *again = schedule.add_tasks();
  *again = schedule.tasks(*index);
  again->set_start_ps(schedule.makespan_ps());
  return Expected{"transfer #" + std::to_string(schedule.tasks_size() - 1),
                  getPart(*again), "that no task there reads and waits for"};
}

static std::string depart(Schedule &, Task &task) {
  Node &from = *task.mutable_transfer()->mutable_from();
  from.set_x(from.x() == 0 ? 1 : 0);
  return "leaves its results at";
}

/// Holds something else in the place of a link.
static std::string holdOther(Schedule &, Task &task) {
  task.mutable_uses(1)->set_resource(task.uses(0).resource());
  return "does not hold link";
}

static std::string release(Schedule &, Task &task) {
  task.mutable_uses()->DeleteSubrange(1, 1);
  return "parts of the network, expected";
}

std::vector<Mutation> atleus::getTransferMutations() {
  return {
      {"transfer lost", loseTransfer},
      {"transfer repeated", repeatTransfer},
      {"transfer of a few bits", change([](Schedule &, Task &task) {
         task.mutable_transfer()->set_bits(8);
         return "for which it waits bring 8";
       })},
      {"transfer of more than there is", change([](Schedule &, Task &task) {
         task.mutable_transfer()->set_bits(int64_t{1} << 50);
         return "bits, but there are";
       })},
      {"transfer in fewer flits", change([](Schedule &, Task &task) {
         Transfer &transfer = *task.mutable_transfer();
         transfer.set_flits(transfer.flits() + 1);
         return "flits, expected";
       })},
      {"route out of the network", change(reverse)},
      {"route that ends early", change(shorten, 2)},
      {"route of no link", change([](Schedule &, Task &task) {
         task.mutable_transfer()->clear_route();
         return "takes no link";
       })},
      {"route from another node", change(depart)},
      {"another link held", change(holdOther)},
      {"link not held", change(release)},
      {"link held too shortly", change([](Schedule &, Task &task) {
         Use &use = *task.mutable_uses(1);
         use.set_length_ps(use.length_ps() - 1);
         return "does not hold link";
       })},
      {"link held too late", change([](Schedule &, Task &task) {
         Use &use = *task.mutable_uses(1);
         use.set_offset_ps(use.offset_ps() + 1);
         return "does not hold link";
       })},
      {"transfer too fast", change([](Schedule &, Task &task) {
         task.set_duration_ps(task.duration_ps() - 1);
         // Ports and links may be held to the end.
         for (Use &use : *task.mutable_uses())
           if (use.offset_ps() + use.length_ps() > task.duration_ps())
             use.set_length_ps(task.duration_ps() - use.offset_ps());
         return "but the network needs";
       })},
      {"transfer too cheap", change([](Schedule &, Task &task) {
         task.set_energy_fj(task.energy_fj() - 1);
         return "fJ, but the network needs";
       })},
  };
}
