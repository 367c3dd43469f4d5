// Mutations of what is stated of a schedule as a whole.
#include "Mutations.h"

#include <limits>

using namespace atleus;
using namespace atleus::schedule::v1;

/// A change that is always possible, and what is said about it.
static std::function<std::optional<Expected>(Schedule &)>
change(std::function<void(Schedule &)> change, const char *text) {
  return [=](Schedule &schedule) -> std::optional<Expected> {
    change(schedule);
    return Expected{text};
  };
}

/// Changes the energy of a component that takes some, beside what leaks.
static std::function<std::optional<Expected>(Schedule &)>
changeEnergy(std::string component,
             std::function<void(Summary &, ComponentEnergy &)> change) {
  return [=](Schedule &schedule) -> std::optional<Expected> {
    Summary &summary = *schedule.mutable_summary();
    for (ComponentEnergy &energy : *summary.mutable_energy()) {
      if (energy.component() != component || energy.energy_fj() == 0)
        continue;
      std::string taken = std::to_string(energy.energy_fj());
      change(summary, energy);
      std::string stated = energy.has_energy_fj()
                               ? std::to_string(energy.energy_fj()) + " fJ"
                               : "no energy";
      return Expected{"the schedule states " + stated + " of '" + component +
                      "', but its tasks take " + taken + " fJ"};
    }
    return std::nullopt;
  };
}

/// Starts the schedule again while every task still holds its unit.
static std::optional<Expected> repeatSoon(Schedule &schedule) {
  schedule.set_interval_ps(1);
  return Expected{"longer than the interval of 1 ps", "\"["};
}

/// Starts the schedule again after its longest task: others meet.
static std::optional<Expected> repeatEarly(Schedule &schedule) {
  int64_t longest = 0;
  for (const Task &task : schedule.tasks())
    longest = std::max(longest, task.duration_ps());
  if (!schedule.has_interval_ps() || schedule.interval_ps() < longest + 2)
    return std::nullopt;
  schedule.set_interval_ps(longest + 1);
  return Expected{"with an inference every", "of another inference holds it",
                  "\"["};
}

/// Lists a resource a second time and lets its last user hold that.
static std::optional<Expected> splitResource(Schedule &schedule) {
  Task *task = schedule.mutable_tasks(schedule.tasks_size() - 1);
  Resource copy =
      schedule.resources(static_cast<int>(task->uses(0).resource()));
  *schedule.add_resources() = copy;
  task->mutable_uses(0)->set_resource(schedule.resources_size() - 1);
  return Expected{"is the same as #", copy.name()};
}

std::vector<Mutation> atleus::getTotalMutations() {
  return {
      {"another model",
       change([](Schedule &schedule) { schedule.set_model("other"); },
              "the schedule is of model 'other'")},
      {"another name",
       change([](Schedule &schedule) { schedule.set_name("other"); },
              "the schedule is of name 'other', but the model's is "
              "'main_schedule'")},
      {"another machine",
       change([](Schedule &schedule) { schedule.set_machine("other"); },
              "the schedule is of machine 'other'")},
      {"makespan too short", change(
                                 [](Schedule &schedule) {
                                   schedule.set_makespan_ps(
                                       schedule.makespan_ps() - 1);
                                 },
                                 "the schedule states a makespan of")},
      {"no makespan",
       change([](Schedule &schedule) { schedule.clear_makespan_ps(); },
              "the schedule states no makespan, but its tasks have one of ")},
      {"interval shorter than a task", repeatSoon},
      {"interval too short", repeatEarly},
      {"interval of no time",
       change([](Schedule &schedule) { schedule.set_interval_ps(0); },
              "the schedule states an interval of 0 ps, expected 1 ps to its "
              "makespan, ")},
      {"no interval",
       change(
           [](Schedule &schedule) { schedule.clear_interval_ps(); },
           "the schedule states no interval, expected 1 ps to its makespan, ")},
      {"interval above the makespan",
       change(
           [](Schedule &schedule) {
             schedule.set_interval_ps(schedule.makespan_ps() + 1);
           },
           "the schedule states an interval of ")},
      {"interval of 106 days",
       change(
           [](Schedule &schedule) {
             schedule.set_interval_ps(std::numeric_limits<int64_t>::max());
           },
           "the schedule states an interval of 9223372036854775807 ps, "
           "expected 1 ps to its makespan, ")},
      {"no summary",
       change([](Schedule &schedule) { schedule.clear_summary(); },
              "the schedule has no summary")},
      {"no critical path",
       change(
           [](Schedule &schedule) {
             schedule.mutable_summary()->clear_critical_path_ps();
           },
           "the schedule states no critical path, but its "
           "tasks have one of ")},
      {"no bound",
       change(
           [](Schedule &schedule) {
             schedule.mutable_summary()->clear_lower_bound_ps();
           },
           "the schedule states no lower bound, but its tasks have one of ")},
      {"critical path", change(
                            [](Schedule &schedule) {
                              schedule.mutable_summary()->set_critical_path_ps(
                                  1);
                            },
                            "the schedule states a critical path of 1 ps")},
      {"busiest resource",
       change(
           [](Schedule &schedule) {
             schedule.mutable_summary()->set_busiest_resource_ps(1);
           },
           "the schedule states a time of the busiest resource of 1 ps")},
      {"bandwidth",
       change(
           [](Schedule &schedule) {
             schedule.mutable_summary()->set_bandwidth_ps(1);
           },
           "the schedule states a time of the busiest link or port of 1 ps")},
      {"bound above the makespan",
       change(
           [](Schedule &schedule) {
             schedule.mutable_summary()->set_lower_bound_ps(
                 schedule.makespan_ps() + 1);
           },
           "the schedule states a lower bound of ")},
      {"bound below another one",
       change(
           [](Schedule &schedule) {
             Summary &summary = *schedule.mutable_summary();
             summary.set_lower_bound_ps(
                 std::max(summary.critical_path_ps(),
                          summary.busiest_resource_ps()) -
                 1);
           },
           "the schedule states a lower bound of ")},
      {"energy", changeEnergy("vector_unit",
                              [](Summary &, ComponentEnergy &energy) {
                                energy.set_energy_fj(energy.energy_fj() + 1);
                              })},
      {"energy of another component",
       changeEnergy("dram",
                    [](Summary &summary, ComponentEnergy &energy) {
                      for (ComponentEnergy &other : *summary.mutable_energy())
                        if (other.component() == "vector_unit")
                          other.set_energy_fj(other.energy_fj() + 1);
                      energy.set_energy_fj(energy.energy_fj() - 1);
                    })},
      {"energy without a number",
       changeEnergy("dram",
                    [](Summary &, ComponentEnergy &energy) {
                      energy.clear_energy_fj();
                    })},
      {"no energy",
       change(
           [](Schedule &schedule) {
             schedule.mutable_summary()->clear_energy();
           },
           "the schedule states no energy of 'vector_unit', but its tasks "
           "take ")},
      {"energy twice", change(
                           [](Schedule &schedule) {
                             Summary &summary = *schedule.mutable_summary();
                             ComponentEnergy copy = summary.energy(0);
                             *summary.add_energy() = copy;
                           },
                           "' twice")},
      {"energy of nothing",
       change(
           [](Schedule &schedule) {
             schedule.mutable_summary()->mutable_energy(0)->set_component(
                 "other");
           },
           "the schedule states energy of 'other', which is no component")},
      {"leakage", change(
                      [](Schedule &schedule) {
                        auto &energies =
                            *schedule.mutable_summary()->mutable_energy();
                        for (ComponentEnergy &energy : energies)
                          if (energy.component() == "leakage")
                            energy.set_energy_fj(energy.energy_fj() + 1);
                      },
                      " fJ of 'leakage', but the machine leaks ")},
      {"name of the busiest resource",
       change(
           [](Schedule &schedule) {
             schedule.mutable_summary()->set_busiest_resource("other");
           },
           "the schedule names 'other' as the busiest resource, which is held "
           "for 0 ps and another one for")},
      {"resource of another name",
       change(
           [](Schedule &schedule) {
             schedule.mutable_resources(0)->set_name("other");
           },
           "but its name is \"other\"")},
      {"resource twice", splitResource},
  };
}
