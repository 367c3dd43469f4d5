// Mutations of transfers.
#include "Mutations.h"

using namespace atleus;
using namespace atleus::schedule::v1;

static bool isTransfer(const Task &task) {
  return task.kind() == Task::TRANSFER;
}

/// Changes the first transfer to one node, or the first one of some links.
static std::function<std::optional<Expected>(Schedule &)>
change(std::function<std::string(Schedule &, Task &)> change,
       int fewestLinks = 1) {
  return [=](Schedule &schedule) -> std::optional<Expected> {
    auto index = findTask(schedule, [&](const Task &task) {
      return isTransfer(task) && task.transfer().branches_size() == 0 &&
             task.transfer().route_size() >= fewestLinks;
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

/// Moves one bit more of results of which the tasks at no end read all.
static std::optional<Expected> surpassReads(Schedule &schedule) {
  auto index = findTask(schedule, [&](const Task &task) {
    if (!isTransfer(task))
      return false;
    auto maker = findTask(schedule, [&](const Task &other) {
      return other.kind() == Task::COMPUTE && other.kernel() == task.kernel() &&
             other.index() == task.index();
    });
    return maker &&
           task.transfer().bits() < schedule.tasks(*maker).result_bits();
  });
  if (!index)
    return std::nullopt;
  Transfer &transfer = *schedule.mutable_tasks(*index)->mutable_transfer();
  int64_t bits = transfer.bits();
  transfer.set_bits(bits + 1);
  return Expected{"transfer #" + std::to_string(*index) + " of ",
                  "brings " + std::to_string(bits + 1) + " bits to node",
                  "but the tasks at all of its ends read " +
                      std::to_string(bits)};
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

//===----------------------------------------------------------------------===//
// Branches
//===----------------------------------------------------------------------===//

/// Changes the first multicast of which a branch takes a link.
static std::function<std::optional<Expected>(Schedule &)>
changeTree(std::function<std::string(Task &, Branch &)> change) {
  return [=](Schedule &schedule) -> std::optional<Expected> {
    auto index = findTask(schedule, [](const Task &task) {
      return isTransfer(task) && task.transfer().branches_size() > 0 &&
             task.transfer().branches(0).route_size() > 0;
    });
    if (!index)
      return std::nullopt;
    Task &task = *schedule.mutable_tasks(*index);
    std::string part = getPart(task);
    return Expected{
        "transfer #" + std::to_string(*index) + " of " + part,
        change(task, *task.mutable_transfer()->mutable_branches(0))};
  };
}

/// What a branch brings to its node is read there.
static std::optional<Expected> loseBranch(Schedule &schedule) {
  auto index = findTask(schedule, [](const Task &task) {
    return isTransfer(task) && task.transfer().branches_size() > 0;
  });
  if (!index)
    return std::nullopt;
  Task &task = *schedule.mutable_tasks(*index);
  task.mutable_transfer()->mutable_branches()->RemoveLast();
  return Expected{getPart(task), "reads at node", "but no transfer brings it"};
}

static std::string startElsewhere(Task &task, Branch &branch) {
  // Beyond the last node, where no tree of the network comes.
  branch.mutable_from()->set_x(1000);
  return "has a branch at node (1000, " + std::to_string(branch.from().y()) +
         ", " + std::to_string(branch.from().z()) +
         "), to which no part of it before leads";
}

static std::string comeBack(Task &, Branch &branch) {
  branch.add_route(turn(branch.route(branch.route_size() - 1)));
  return "twice";
}

static std::string repeatBranch(Task &task, Branch &branch) {
  *task.mutable_transfer()->add_branches() = branch;
  return "twice";
}

/// Delivers at its first node, where the data is already.
static std::string deliverAtStart(Task &task, Branch &) {
  Branch &branch = *task.mutable_transfer()->add_branches();
  *branch.mutable_from() = task.transfer().from();
  return "that no task there reads and waits for";
}

static std::string deliverTwice(Task &task, Branch &) {
  for (int i = 0; i < 2; ++i) {
    Branch &branch = *task.mutable_transfer()->add_branches();
    *branch.mutable_from() = task.transfer().from();
  }
  return "delivers at node";
}

static std::string leaveNetwork(Task &, Branch &branch) {
  int direction = branch.route(branch.route_size() - 1);
  for (int i = 0; i < 100; ++i)
    branch.add_route(static_cast<Direction>(direction));
  return "which the network does not have";
}

/// The branch's ejection port is held a moment too late.
static std::string holdLate(Task &task, Branch &) {
  Use &use = *task.mutable_uses(task.uses_size() - 1);
  use.set_offset_ps(use.offset_ps() + 1);
  use.set_length_ps(use.length_ps() - 1);
  return "does not hold ejection";
}

static std::string holdOnlyOnce(Task &task, Branch &) {
  task.mutable_uses()->RemoveLast();
  return "parts of the network, expected";
}

static std::string price(Task &task, Branch &) {
  task.set_energy_fj(task.energy_fj() - 1);
  return "fJ, but the network needs";
}

/// Breaks multicasts.
static std::vector<Mutation> getBranchMutations() {
  return {
      {"branch lost", loseBranch},
      {"branch off the tree", changeTree(startElsewhere)},
      {"branch that comes back", changeTree(comeBack)},
      {"branch repeated", changeTree(repeatBranch)},
      {"branch to where nobody reads", changeTree(deliverAtStart)},
      {"branches to one node", changeTree(deliverTwice)},
      {"branch out of the network", changeTree(leaveNetwork)},
      {"branch held too late", changeTree(holdLate)},
      {"branch not held", changeTree(holdOnlyOnce)},
      {"multicast too cheap", changeTree(price)},
  };
}

static std::vector<Mutation> getRouteMutations() {
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
      {"transfer of a bit that nobody reads", surpassReads},
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
      {"transfer without energy", change([](Schedule &, Task &task) {
         task.clear_energy_fj();
         return "states no energyFj, but the network needs";
       })},
      {"transfer too cheap", change([](Schedule &, Task &task) {
         task.set_energy_fj(task.energy_fj() - 1);
         return "fJ, but the network needs";
       })},
  };
}

std::vector<Mutation> atleus::getTransferMutations() {
  std::vector<Mutation> mutations = getRouteMutations();
  for (Mutation &mutation : getBranchMutations())
    mutations.push_back(std::move(mutation));
  return mutations;
}
