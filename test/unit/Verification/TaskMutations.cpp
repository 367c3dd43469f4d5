// Mutations of which tasks and programs there are, where and at what price.
#include "Mutations.h"

using namespace atleus;
using namespace atleus::schedule::v1;

static bool isOfKernel(const Task &task) {
  return task.kind() == Task::COMPUTE &&
         task.kernel().find(':') == std::string::npos;
}

/// Changes the first task of a kernel.
static std::function<std::optional<Expected>(Schedule &)>
change(std::function<std::string(Schedule &, Task &)> change) {
  return [change = std::move(change)](
             Schedule &schedule) -> std::optional<Expected> {
    auto index = findTask(schedule, isOfKernel);
    if (!index)
      return std::nullopt;
    Task &task = *schedule.mutable_tasks(*index);
    std::string part = getPart(task);
    std::string text = change(schedule, task);
    if (text.empty())
      return std::nullopt;
    return Expected{part, text};
  };
}

static std::optional<Expected> loseTask(Schedule &schedule) {
  auto index = findTask(schedule, isOfKernel);
  if (!index)
    return std::nullopt;
  Task task = schedule.tasks(*index);
  eraseTask(schedule, *index);
  return Expected{"no task executes part " + std::to_string(task.index()) +
                  " of \"" + task.kernel() + "\""};
}

/// The first task of whose results its own node reads some.
static std::optional<Expected> loseLocalBits(Schedule &schedule) {
  auto index = findTask(schedule,
                        [](const Task &task) { return task.local_bits() > 0; });
  if (!index)
    return std::nullopt;
  Task &task = *schedule.mutable_tasks(*index);
  task.set_local_bits(0);
  return Expected{getPart(task), "states that its node reads 0 bits of its "
                                 "results, but it reads"};
}

/// Loses a task of a product: operations are missing, too.
static std::optional<Expected> loseProduct(Schedule &schedule) {
  auto index = findTask(schedule, [&](const Task &task) {
    if (!isOfKernel(task))
      return false;
    const Resource &unit =
        schedule.resources(static_cast<int>(task.uses(0).resource()));
    return unit.unit() == "array" || unit.unit().rfind("arrays ", 0) == 0;
  });
  if (!index)
    return std::nullopt;
  std::string kernel = schedule.tasks(*index).kernel();
  eraseTask(schedule, *index);
  return Expected{"the tasks of \"" + kernel + "\" execute",
                  "multiply-accumulate operations"};
}

static std::optional<Expected> loseOuterTask(Schedule &schedule,
                                             const std::string &kind) {
  auto index = findTask(schedule, [&](const Task &task) {
    return task.kernel().rfind(kind, 0) == 0;
  });
  if (!index)
    return std::nullopt;
  std::string kernel = schedule.tasks(*index).kernel();
  eraseTask(schedule, *index);
  return Expected{"no task executes part", "\"" + kernel + "\""};
}

/// Changes the first task of a memory or a host of one kind, "input:" or
/// "output:".
static std::function<std::optional<Expected>(Schedule &)>
changeOuterTask(std::string kind, std::function<std::string(Task &)> change) {
  return [=](Schedule &schedule) -> std::optional<Expected> {
    auto index = findTask(schedule, [&](const Task &task) {
      return task.kind() == Task::COMPUTE && task.kernel().rfind(kind, 0) == 0;
    });
    if (!index)
      return std::nullopt;
    Task &task = *schedule.mutable_tasks(*index);
    return Expected{getPart(task), change(task)};
  };
}

static std::optional<Expected> repeatTask(Schedule &schedule) {
  auto index = findTask(schedule, isOfKernel);
  if (!index)
    return std::nullopt;
  Task *again = schedule.add_tasks();
  *again = schedule.tasks(*index);
  again->set_start_ps(schedule.makespan_ps());
  return Expected{"#" + std::to_string(schedule.tasks_size() - 1) + " " +
                      getPart(*again),
                  "does again what", "#" + std::to_string(*index) + " "};
}

static bool shareDependence(const Task &a, const Task &b) {
  for (uint32_t dependence : a.dependences())
    for (uint32_t other : b.dependences())
      if (dependence == other)
        return true;
  return false;
}

/// Two tasks of one kernel that wait for different tasks change places.
static std::optional<Expected> swapTasks(Schedule &schedule) {
  for (int i = 0; i < schedule.tasks_size(); ++i)
    for (int j = i + 1; j < schedule.tasks_size(); ++j) {
      Task &a = *schedule.mutable_tasks(i), &b = *schedule.mutable_tasks(j);
      if (!isOfKernel(a) || !isOfKernel(b) || a.kernel() != b.kernel() ||
          a.dependences_size() == 0 || shareDependence(a, b))
        continue;
      int64_t index = a.index();
      a.set_index(b.index());
      b.set_index(index);
      return Expected{getPart(b), "reads"};
    }
  return std::nullopt;
}

static std::optional<Expected> renameKernel(Schedule &schedule) {
  auto index = findTask(schedule, isOfKernel);
  schedule.mutable_tasks(*index)->set_kernel("nothing");
  return Expected{"task #" + std::to_string(*index) + " \"nothing\"",
                  "which the model does not have"};
}

static std::optional<Expected> exceedIndex(Schedule &schedule) {
  Task &task = *schedule.mutable_tasks(*findTask(schedule, isOfKernel));
  task.set_index(1000000);
  return Expected{getPart(task), "which has", "parts"};
}

static std::optional<Expected> writeFast(Schedule &schedule) {
  auto index = findTask(schedule, [](const Task &task) {
    return task.kernel().rfind("output:", 0) == 0;
  });
  Task &task = *schedule.mutable_tasks(*index);
  task.set_duration_ps(1);
  task.mutable_uses(0)->set_length_ps(1);
  return Expected{getPart(task), "takes 1 ps, but @"};
}

/// Moves a task to a unit of the same name at another node.
static std::string moveToNode(Schedule &schedule, Task &task) {
  const Resource &unit =
      schedule.resources(static_cast<int>(task.uses(0).resource()));
  Resource moved = unit;
  moved.mutable_node()->set_x(unit.node().x() + 1);
  std::string node = "(" + std::to_string(moved.node().x()) + ", " +
                     std::to_string(moved.node().y()) + ", " +
                     std::to_string(moved.node().z()) + ")";
  moved.set_name("unit " + node + " " + moved.unit());
  int index = 0;
  while (index < schedule.resources_size() &&
         schedule.resources(index).name() != moved.name())
    ++index;
  if (index == schedule.resources_size())
    *schedule.add_resources() = moved;
  task.mutable_uses(0)->set_resource(index);
  return "runs at node " + node;
}

/// Moves a task to the node above.
static std::string moveToTier(Schedule &schedule, Task &task) {
  Resource &unit = *schedule.add_resources();
  unit = schedule.resources(static_cast<int>(task.uses(0).resource()));
  unit.mutable_node()->set_z(unit.node().z() + 1);
  task.mutable_uses(0)->set_resource(schedule.resources_size() - 1);
  return "which is not one of @";
}

static std::string moveToUnit(Schedule &schedule, Task &task) {
  Resource &unit = *schedule.add_resources();
  unit = schedule.resources(static_cast<int>(task.uses(0).resource()));
  unit.set_unit("other");
  unit.set_name(unit.name().substr(0, unit.name().find(')') + 2) + "other");
  task.mutable_uses(0)->set_resource(schedule.resources_size() - 1);
  return "which it does not need";
}

static std::string changeDuration(Task &task, int64_t change) {
  task.set_duration_ps(task.duration_ps() + change);
  task.mutable_uses(0)->set_length_ps(task.duration_ps());
  return "takes " + std::to_string(task.duration_ps()) + " ps, but @";
}

/// Takes the memory away from a task that streams its weights.
static std::optional<Expected> stopStream(Schedule &schedule) {
  auto index = findTask(schedule, [](const Task &task) {
    return isOfKernel(task) && task.uses_size() == 2;
  });
  if (!index)
    return std::nullopt;
  Task &task = *schedule.mutable_tasks(*index);
  std::string memory =
      schedule.resources(static_cast<int>(task.uses(1).resource())).name();
  task.mutable_uses()->RemoveLast();
  return Expected{getPart(task), "does not hold " + memory};
}

/// Changes the first program.
static std::function<std::optional<Expected>(Schedule &)>
changeProgram(std::function<std::string(Schedule &, Program &)> change) {
  return [change = std::move(change)](
             Schedule &schedule) -> std::optional<Expected> {
    if (schedule.programs_size() == 0)
      return std::nullopt;
    std::string kernel = schedule.programs(0).kernel();
    return Expected{"\"" + kernel + "\"",
                    change(schedule, *schedule.mutable_programs(0))};
  };
}

/// Changes the first program with several replicas.
static std::function<std::optional<Expected>(Schedule &)>
changeReplicas(std::function<std::string(Program &)> change) {
  return [change = std::move(change)](
             Schedule &schedule) -> std::optional<Expected> {
    for (Program &program : *schedule.mutable_programs())
      if (program.nodes_size() > 1)
        return Expected{"\"" + program.kernel() + "\"", change(program)};
    return std::nullopt;
  };
}

static std::vector<Mutation> getProgramMutations() {
  return {
      {"program lost", changeProgram([](Schedule &schedule, Program &) {
         schedule.mutable_programs()->DeleteSubrange(0, 1);
         return "is missing, so that its";
       })},
      {"program elsewhere", changeProgram([](Schedule &, Program &program) {
         Node &node = *program.mutable_nodes(0);
         node.set_x(node.x() == 0 ? 1 : 0);
         return "but its weight";
       })},
      {"program of fewer arrays",
       changeProgram([](Schedule &, Program &program) {
         program.set_arrays(program.arrays() - 1);
         return "arrays, but its weight takes";
       })},
      {"program too fast", changeProgram([](Schedule &, Program &program) {
         program.set_duration_ps(program.duration_ps() - 1);
         return "but its crossbars need";
       })},
      {"program too cheap", changeProgram([](Schedule &, Program &program) {
         program.set_energy_fj(program.energy_fj() - 1);
         return "fJ, but its crossbars need";
       })},
      {"program without energy",
       changeProgram([](Schedule &, Program &program) {
         program.clear_energy_fj();
         return "states no energyFj, but its crossbars need";
       })},
      {"program twice", changeProgram([](Schedule &schedule, Program &program) {
         Program copy = program;
         *schedule.add_programs() = copy;
         return "is stated twice";
       })},
      {"program at two nodes", changeProgram([](Schedule &, Program &program) {
         Node node = program.nodes(0);
         *program.add_nodes() = node;
         return "nodes, expected";
       })},
      {"replica lost", changeReplicas([](Program &program) {
         program.mutable_nodes()->RemoveLast();
         return "nodes, expected";
       })},
      {"replicas at one node", changeReplicas([](Program &program) {
         *program.mutable_nodes(1) = program.nodes(0);
         return "is twice at node";
       })},
      {"replicas swapped", changeReplicas([](Program &program) {
         program.mutable_nodes()->SwapElements(0, 1);
         return "but its weight";
       })},
      {"replica not written", changeReplicas([](Program &program) {
         program.set_arrays(program.arrays() / program.nodes_size() *
                            (program.nodes_size() - 1));
         return "arrays, but its weight takes";
       })},
      {"program of no weight",
       [](Schedule &schedule) -> std::optional<Expected> {
         Program &program = *schedule.add_programs();
         program.set_kernel("nothing");
         program.add_nodes()->set_x(0);
         program.mutable_nodes(0)->set_y(0);
         program.mutable_nodes(0)->set_z(0);
         return Expected{"\"nothing\"", "that the model does not have"};
       }},
  };
}

std::vector<Mutation> atleus::getTaskMutations() {
  std::vector<Mutation> mutations = {
      {"task lost", loseTask},
      {"product lost", loseProduct},
      {"input lost",
       [](Schedule &schedule) { return loseOuterTask(schedule, "input:"); }},
      {"output lost",
       [](Schedule &schedule) { return loseOuterTask(schedule, "output:"); }},
      {"task repeated", repeatTask},
      {"tasks swapped", swapTasks},
      {"task of another kernel", renameKernel},
      {"index beyond the last", exceedIndex},
      {"task at another node", change(moveToNode)},
      {"task on another tier", change(moveToTier)},
      {"task on another unit", change(moveToUnit)},
      {"task too short",
       change([](Schedule &, Task &task) { return changeDuration(task, -1); })},
      {"task too long",
       change([](Schedule &, Task &task) { return changeDuration(task, 1); })},
      {"task too cheap", change([](Schedule &, Task &task) {
         task.set_energy_fj(task.energy_fj() - 1);
         return " fJ, but @";
       })},
      {"task without energy", change([](Schedule &, Task &task) {
         task.clear_energy_fj();
         return "states no energyFj, but @";
       })},
      {"task without results", change([](Schedule &, Task &task) {
         std::string text = "states no resultBits, but its results have " +
                            std::to_string(task.result_bits());
         task.clear_result_bits();
         return text;
       })},
      {"input without results",
       changeOuterTask("input:",
                       [](Task &task) {
                         task.clear_result_bits();
                         return "states no resultBits, but its results have";
                       })},
      {"output with results",
       changeOuterTask("output:",
                       [](Task &task) {
                         task.set_result_bits(8);
                         return "leaves 8 bits in the buffer of its node, but "
                                "its results have "
                                "0";
                       })},
      {"input without energy",
       changeOuterTask("input:",
                       [](Task &task) {
                         task.clear_energy_fj();
                         return "states no energyFj, but @";
                       })},
      {"task of smaller results", change([](Schedule &, Task &task) {
         task.set_result_bits(task.result_bits() - 8);
         return "bits in the buffer of its node, but its results have";
       })},
      {"task of fewer local results", loseLocalBits},
      {"unit held too shortly", change([](Schedule &, Task &task) {
         task.mutable_uses(0)->set_length_ps(task.duration_ps() - 1);
         return "as it must";
       })},
      {"use twice", change([](Schedule &, Task &task) {
         Use use = task.uses(0);
         *task.add_uses() = use;
         return "resources, expected";
       })},
      {"stream without memory", stopStream},
      {"output too fast", writeFast},
  };
  for (Mutation &mutation : getProgramMutations())
    mutations.push_back(std::move(mutation));
  return mutations;
}
