// Ways to break a valid schedule.
#ifndef ATLEUS_TEST_UNIT_VERIFICATION_MUTATIONS_H
#define ATLEUS_TEST_UNIT_VERIFICATION_MUTATIONS_H

#include "atleus/Report/schedule.pb.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace atleus {

/// Pieces of text that one diagnostic about the broken schedule must hold: what
/// is wrong, and the tasks that it is wrong with.
using Expected = std::vector<std::string>;

struct Mutation {
  std::string name;
  /// Breaks a schedule; none if it has nothing that could be broken this way.
  std::function<std::optional<Expected>(schedule::v1::Schedule &)> apply;
};

/// Mutations of when tasks run and for what they wait.
std::vector<Mutation> getOrderMutations();
/// Of which tasks and programs there are, where they run and what they cost.
std::vector<Mutation> getTaskMutations();
/// Of the tasks that bring weights.
std::vector<Mutation> getWeightMutations();
/// Of transfers.
std::vector<Mutation> getTransferMutations();
/// Of transfers that move the results of several tasks.
std::vector<Mutation> getGatherMutations();
/// Of sums of rows of weights.
std::vector<Mutation> getSumMutations();
/// Of what is stated of the schedule as a whole.
std::vector<Mutation> getTotalMutations();

/// `"query"[3]`, as diagnostics name the part of a kernel.
std::string getPart(const schedule::v1::Task &task);

/// The index of the first task for which `accept` holds.
std::optional<int>
findTask(const schedule::v1::Schedule &schedule,
         const std::function<bool(const schedule::v1::Task &)> &accept);

/// Takes a task out; those that waited for it wait for what it waited for.
void eraseTask(schedule::v1::Schedule &schedule, int index);

} // namespace atleus

#endif // ATLEUS_TEST_UNIT_VERIFICATION_MUTATIONS_H
