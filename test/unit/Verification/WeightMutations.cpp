// Mutations of the tasks that bring weights, and of those that need them.
#include "Mutations.h"

#include <algorithm>

using namespace atleus;
using namespace atleus::schedule::v1;

static bool startsWith(const Task &task, const char *kind) {
  return task.kernel().rfind(kind, 0) == 0;
}

static std::function<bool(const Task &)> isOfKind(const char *kind) {
  return [kind](const Task &task) {
    return task.kind() == Task::COMPUTE && startsWith(task, kind);
  };
}

/// Changes the first task of a kind.
static std::function<std::optional<Expected>(Schedule &)>
change(const char *kind,
       std::function<std::string(Schedule &, Task &)> change) {
  return [kind, change = std::move(change)](
             Schedule &schedule) -> std::optional<Expected> {
    auto index = findTask(schedule, isOfKind(kind));
    if (!index)
      return std::nullopt;
    Task &task = *schedule.mutable_tasks(*index);
    std::string part = getPart(task);
    return Expected{part, change(schedule, task)};
  };
}

static std::function<std::optional<Expected>(Schedule &)>
lose(const char *kind) {
  return [kind](Schedule &schedule) -> std::optional<Expected> {
    auto index = findTask(schedule, isOfKind(kind));
    if (!index)
      return std::nullopt;
    Task task = schedule.tasks(*index);
    eraseTask(schedule, *index);
    return Expected{"no task executes part " + std::to_string(task.index()) +
                    " of \"" + task.kernel() + "\""};
  };
}

/// Whether `task` multiplies by what a task of `kind` brings, which then is
/// `bringing`.
static std::optional<int> findBringing(const Schedule &schedule,
                                       const Task &task, const char *kind) {
  return findTask(schedule, [&](const Task &other) {
    return other.kernel() == kind + task.kernel() &&
           (startsWith(other, "write:") || other.index() == task.index());
  });
}

static std::optional<std::pair<int, int>> findProduct(const Schedule &schedule,
                                                      const char *kind) {
  for (int i = 0; i < schedule.tasks_size(); ++i)
    if (schedule.tasks(i).kind() == Task::COMPUTE)
      if (auto bringing = findBringing(schedule, schedule.tasks(i), kind))
        return std::pair(i, *bringing);
  return std::nullopt;
}

/// A product starts when its weight begins to come.
static std::function<std::optional<Expected>(Schedule &)>
startEarly(const char *kind, const char *text) {
  return [kind, text](Schedule &schedule) -> std::optional<Expected> {
    auto found = findProduct(schedule, kind);
    if (!found)
      return std::nullopt;
    Task &task = *schedule.mutable_tasks(found->first);
    const Task &bringing = schedule.tasks(found->second);
    task.set_start_ps(bringing.start_ps());
    return Expected{getPart(task), getPart(bringing), text};
  };
}

/// A product does not wait for its weight, which comes in time all the same.
static std::function<std::optional<Expected>(Schedule &)>
forget(const char *kind, const char *text) {
  return [kind, text](Schedule &schedule) -> std::optional<Expected> {
    auto found = findProduct(schedule, kind);
    if (!found)
      return std::nullopt;
    Task &task = *schedule.mutable_tasks(found->first);
    auto &list = *task.mutable_dependences();
    list.erase(std::remove(list.begin(), list.end(),
                           static_cast<uint32_t>(found->second)),
               list.end());
    return Expected{getPart(task), getPart(schedule.tasks(found->second)),
                    text};
  };
}

/// The second weight of a slot, and a product with the first: those of the
/// first write that waits for something.
static std::optional<std::pair<int, int>> findTurn(const Schedule &schedule) {
  auto write = findTask(schedule, [](const Task &task) {
    return startsWith(task, "write:") && task.dependences_size() > 0;
  });
  if (!write)
    return std::nullopt;
  int before = static_cast<int>(schedule.tasks(*write).dependences(0));
  while (schedule.tasks(before).kind() == Task::BARRIER)
    before = static_cast<int>(schedule.tasks(before).dependences(0));
  return std::pair(*write, before);
}

static std::optional<Expected> overwrite(Schedule &schedule) {
  auto found = findTurn(schedule);
  if (!found)
    return std::nullopt;
  Task &write = *schedule.mutable_tasks(found->first);
  const Task &product = schedule.tasks(found->second);
  write.set_start_ps(product.start_ps());
  return Expected{getPart(write), "overwrites the weight by which",
                  getPart(product)};
}

static std::optional<Expected> overwriteByLuck(Schedule &schedule) {
  auto found = findTurn(schedule);
  if (!found)
    return std::nullopt;
  Task &write = *schedule.mutable_tasks(found->first);
  write.clear_dependences();
  return Expected{getPart(write), "overwrites the weight by which",
                  "but does not wait for it"};
}

/// Two weights of one slot are written in each other's place.
static std::optional<Expected> exchangeWrites(Schedule &schedule) {
  auto second = findTurn(schedule);
  if (!second)
    return std::nullopt;
  Task &write = *schedule.mutable_tasks(second->first);
  const Task &product = schedule.tasks(second->second);
  auto first = findTask(schedule, [&](const Task &task) {
    return task.kernel() == "write:" + product.kernel();
  });
  if (!first)
    return std::nullopt;
  std::string kernel = write.kernel();
  write.set_kernel(schedule.tasks(*first).kernel());
  schedule.mutable_tasks(*first)->set_kernel(kernel);
  return Expected{getPart(product), "multiplies by a weight that"};
}

/// Repeats a schedule so fast that weights of two inferences meet in a slot.
static std::optional<Expected> repeatFast(Schedule &schedule) {
  auto found = findTurn(schedule);
  if (!found)
    return std::nullopt;
  schedule.set_interval_ps(schedule.tasks(found->first).start_ps() / 2);
  return Expected{"overwrites unit", "of another inference is in use"};
}

static std::optional<Expected> stateProgram(Schedule &schedule) {
  auto write = findTask(schedule, isOfKind("write:"));
  if (!write)
    return std::nullopt;
  Program &program = *schedule.add_programs();
  program.set_kernel(schedule.tasks(*write).kernel().substr(6));
  program.add_nodes()->set_x(0);
  program.mutable_nodes(0)->set_y(0);
  program.mutable_nodes(0)->set_z(1);
  return Expected{"program of \"" + program.kernel() + "\"",
                  "is stated as written once"};
}

std::vector<Mutation> atleus::getWeightMutations() {
  std::vector<Mutation> mutations;
  for (const char *kind : {"load:", "write:"}) {
    auto add = [&](const char *name,
                   std::function<std::optional<Expected>(Schedule &)> apply) {
      mutations.push_back({kind + std::string(" ") + name, std::move(apply)});
    };
    add("lost", lose(kind));
    add("of nothing", [kind](Schedule &schedule) -> std::optional<Expected> {
      auto index = findTask(schedule, isOfKind(kind));
      if (!index)
        return std::nullopt;
      schedule.mutable_tasks(*index)->set_kernel(kind + std::string("nothing"));
      return Expected{"nothing\"", "which the model does not have"};
    });
    add("repeated", [kind](Schedule &schedule) -> std::optional<Expected> {
      auto index = findTask(schedule, isOfKind(kind));
      if (!index)
        return std::nullopt;
      Task copy = schedule.tasks(*index);
      *schedule.add_tasks() = copy;
      return Expected{getPart(copy), "does again what"};
    });
    add("too fast", change(kind, [](Schedule &, Task &task) {
          task.set_duration_ps(task.duration_ps() - 1);
          task.mutable_uses(0)->set_length_ps(task.duration_ps());
          return "ps, but @";
        }));
    add("too cheap", change(kind, [](Schedule &, Task &task) {
          task.set_energy_fj(task.energy_fj() - 1);
          return "fJ, but @";
        }));
    add("without energy", change(kind, [](Schedule &, Task &task) {
          task.clear_energy_fj();
          return "states no energyFj, but @";
        }));
    add("of fewer bytes", change(kind, [](Schedule &, Task &task) {
          task.mutable_uses(1)->set_length_ps(task.uses(1).length_ps() - 1);
          return "ps, which it does not need";
        }));
    add("without memory", change(kind, [](Schedule &, Task &task) {
          task.mutable_uses()->RemoveLast();
          return "does not hold unit";
        }));
    add("at another node", change(kind, [](Schedule &schedule, Task &task) {
          Resource moved =
              schedule.resources(static_cast<int>(task.uses(0).resource()));
          Node &node = *moved.mutable_node();
          node.set_x(node.x() == 0 ? 1 : 0);
          moved.set_name("unit (" + std::to_string(node.x()) + ", " +
                         std::to_string(node.y()) + ", " +
                         std::to_string(node.z()) + ") " + moved.unit());
          task.mutable_uses(0)->set_resource(schedule.resources_size());
          *schedule.add_resources() = moved;
          return "but brings a weight to";
        }));
  }
  std::vector<Mutation> others = {
      {"load of another size", change("load:",
                                      [](Schedule &, Task &task) {
                                        task.set_result_bits(
                                            task.result_bits() - 8);
                                        return "bits in the buffer";
                                      })},
      {"load without results",
       change("load:",
              [](Schedule &, Task &task) {
                task.clear_result_bits();
                return "states no resultBits, but its results have";
              })},
      {"write with results", change("write:",
                                    [](Schedule &, Task &task) {
                                      task.set_result_bits(8);
                                      return "but its results have 0";
                                    })},
      {"product before its load", startEarly("load:", "has not brought yet")},
      {"product that forgets its load",
       forget("load:", "brings, but does not wait for it")},
      {"product before its write", startEarly("write:", "has not written yet")},
      {"product that forgets its write",
       forget("write:", "writes, but does not wait for it")},
      {"weight overwritten", overwrite},
      {"weight overwritten by luck", overwriteByLuck},
      {"writes exchanged", exchangeWrites},
      {"slots of two inferences", repeatFast},
      {"slot written once", stateProgram},
  };
  for (Mutation &mutation : others)
    mutations.push_back(std::move(mutation));
  return mutations;
}
