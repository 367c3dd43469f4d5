// Water filling of spare arrays over the segments of a model.
#include "atleus/Mapping/ReplicaAllocation.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>
#include <queue>

using namespace atleus;

Picoseconds ReplicatedStage::getTime(int64_t replicas) const {
  return taskTime * llvm::divideCeilSigned(tasks, replicas);
}

static void apply(const ReplicaStep &step, std::vector<int64_t> &replicas) {
  for (ReplicaStep::Change change : step.changes)
    replicas[change.stage] = change.replicas;
}

static void apply(llvm::ArrayRef<const ReplicaStep *> steps,
                  std::vector<int64_t> &replicas) {
  for (const ReplicaStep *step : steps)
    apply(*step, replicas);
}

/// The fewest replicas with which the stage is faster than with `replicas`.
static int64_t getNextReplicas(const ReplicatedStage &stage, int64_t replicas) {
  int64_t tasksInTurn = llvm::divideCeilSigned(stage.tasks, replicas);
  if (tasksInTurn == 1)
    return stage.limit + 1; // No number of replicas splits a task.
  return llvm::divideCeilSigned(stage.tasks, tasksInTurn - 1);
}

namespace {
/// A step of a segment and what it brings.
struct Candidate {
  unsigned segment;
  double savedPerArray;
  ReplicaStep step;

  /// Whether it comes after `other`.
  bool operator<(const Candidate &other) const {
    if (savedPerArray != other.savedPerArray)
      return savedPerArray < other.savedPerArray;
    return segment > other.segment;
  }
};

class WaterFilling {
public:
  explicit WaterFilling(const ReplicaProblem &problem)
      : problem(problem), replicas(problem.stages.size(), 1),
        freeArrays(problem.freeArrays), stagesOf(problem.floors.size()) {
    for (unsigned i = 0; i < problem.stages.size(); ++i)
      stagesOf[problem.stages[i].segment].push_back(i);
  }

  std::vector<ReplicaStep> run();

private:
  Picoseconds
  getSegmentTime(unsigned segment,
                 llvm::ArrayRef<ReplicaStep::Change> changes = {}) const;
  ReplicaStep getNextStep(unsigned segment) const;
  bool hasRoom(const ReplicaStep &step) const;
  void apply(const ReplicaStep &step);
  void propose(unsigned segment);

  const ReplicaProblem &problem;
  std::vector<int64_t> replicas;
  std::vector<int64_t> freeArrays;
  std::vector<llvm::SmallVector<unsigned>> stagesOf;
  std::priority_queue<Candidate> candidates;
};
} // namespace

/// The time of a segment, with `changes` if there are any.
Picoseconds WaterFilling::getSegmentTime(
    unsigned segment, llvm::ArrayRef<ReplicaStep::Change> changes) const {
  Picoseconds longest = problem.floors[segment];
  for (unsigned stage : stagesOf[segment]) {
    const auto *change =
        llvm::find_if(changes, [&](ReplicaStep::Change candidate) {
          return candidate.stage == stage;
        });
    int64_t count =
        change == changes.end() ? replicas[stage] : change->replicas;
    longest = std::max(longest, problem.stages[stage].getTime(count));
  }
  return longest;
}

/// The step that makes all the slowest stages faster; empty if one of them
/// cannot be, or if the floor is as slow.
ReplicaStep WaterFilling::getNextStep(unsigned segment) const {
  Picoseconds slowest = getSegmentTime(segment);
  if (slowest == problem.floors[segment])
    return {};
  ReplicaStep step;
  for (unsigned number : stagesOf[segment]) {
    const ReplicatedStage &stage = problem.stages[number];
    if (stage.getTime(replicas[number]) < slowest)
      continue;
    int64_t next = getNextReplicas(stage, replicas[number]);
    if (next > stage.limit)
      return {};
    step.changes.push_back({number, next});
  }
  return step;
}

bool WaterFilling::hasRoom(const ReplicaStep &step) const {
  std::vector<int64_t> left = freeArrays;
  for (ReplicaStep::Change change : step.changes) {
    const ReplicatedStage &stage = problem.stages[change.stage];
    int64_t arrays = stage.arrays * (change.replicas - replicas[change.stage]);
    if ((left[stage.pool] -= arrays) < 0)
      return false;
  }
  return true;
}

void WaterFilling::apply(const ReplicaStep &step) {
  for (ReplicaStep::Change change : step.changes) {
    const ReplicatedStage &stage = problem.stages[change.stage];
    freeArrays[stage.pool] -=
        stage.arrays * (change.replicas - replicas[change.stage]);
    replicas[change.stage] = change.replicas;
  }
}

/// Makes the next step of a segment a candidate, if it has one.
void WaterFilling::propose(unsigned segment) {
  ReplicaStep step = getNextStep(segment);
  if (step.changes.empty())
    return;
  int64_t arrays = 0;
  for (ReplicaStep::Change change : step.changes)
    arrays += problem.stages[change.stage].arrays *
              (change.replicas - replicas[change.stage]);
  Picoseconds saved =
      getSegmentTime(segment) - getSegmentTime(segment, step.changes);
  candidates.push(
      {segment,
       static_cast<double>(saved.count()) / static_cast<double>(arrays),
       std::move(step)});
}

std::vector<ReplicaStep> WaterFilling::run() {
  for (unsigned segment = 0; segment < stagesOf.size(); ++segment)
    propose(segment);
  std::vector<ReplicaStep> steps;
  while (!candidates.empty()) {
    Candidate best = candidates.top();
    candidates.pop();
    // What has no room now has none later: arrays only become fewer.
    if (!hasRoom(best.step))
      continue;
    apply(best.step);
    steps.push_back(std::move(best.step));
    propose(best.segment);
  }
  return steps;
}

std::vector<ReplicaStep>
atleus::allocateReplicas(const ReplicaProblem &problem) {
  return WaterFilling(problem).run();
}

namespace {
/// Takes steps as long as they find room.
class StepFitting {
public:
  StepFitting(const ReplicaProblem &problem, llvm::ArrayRef<ReplicaStep> steps,
              FullPool findFull)
      : problem(problem), findFull(findFull),
        replicas(problem.stages.size(), 1) {
    for (const ReplicaStep &step : steps)
      remaining.push_back(&step);
  }

  std::vector<int64_t> run();

private:
  int64_t countArrays(const ReplicaStep &step, unsigned pool,
                      llvm::ArrayRef<int64_t> from) const;
  void dropSteps(unsigned pool);

  const ReplicaProblem &problem;
  FullPool findFull;
  std::vector<int64_t> replicas;
  /// Those that are neither taken nor dropped.
  std::vector<const ReplicaStep *> remaining;
};
} // namespace

/// Arrays of a pool that a step takes beyond those of the replicas `from`.
int64_t StepFitting::countArrays(const ReplicaStep &step, unsigned pool,
                                 llvm::ArrayRef<int64_t> from) const {
  int64_t arrays = 0;
  for (ReplicaStep::Change change : step.changes)
    if (const ReplicatedStage &stage = problem.stages[change.stage];
        stage.pool == pool)
      arrays += stage.arrays * (change.replicas - from[change.stage]);
  return arrays;
}

/// Drops the first of the remaining steps, for which `pool` has no room, and
/// the others that take as much of it or come after a step that is dropped.
void StepFitting::dropSteps(unsigned pool) {
  std::vector<int64_t> after = replicas;
  int64_t tooMany = countArrays(*remaining.front(), pool, after);
  std::vector<bool> isDropped(problem.floors.size());
  llvm::erase_if(remaining, [&](const ReplicaStep *step) {
    unsigned segment = problem.stages[step->changes.front().stage].segment;
    if (!isDropped[segment] && countArrays(*step, pool, after) < tooMany) {
      apply(*step, after);
      return false;
    }
    isDropped[segment] = true;
    return true;
  });
}

std::vector<int64_t> StepFitting::run() {
  while (!remaining.empty()) {
    unsigned full = 0;
    size_t fit = 0, beyond = remaining.size() + 1;
    for (size_t count = remaining.size(); count > fit;
         count = (fit + beyond) / 2) {
      std::vector<int64_t> more = replicas;
      apply(llvm::ArrayRef(remaining).take_front(count), more);
      std::optional<unsigned> pool = findFull(more);
      (pool ? beyond : fit) = count;
      full = pool.value_or(full);
    }
    apply(llvm::ArrayRef(remaining).take_front(fit), replicas);
    remaining.erase(remaining.begin(), remaining.begin() + fit);
    if (!remaining.empty())
      dropSteps(full);
  }
  return replicas;
}

std::vector<int64_t> atleus::fitReplicas(const ReplicaProblem &problem,
                                         llvm::ArrayRef<ReplicaStep> steps,
                                         FullPool findFull) {
  return StepFitting(problem, steps, findFull).run();
}

std::vector<int64_t> atleus::countReplicas(const ReplicaProblem &problem,
                                           llvm::ArrayRef<ReplicaStep> steps) {
  std::vector<int64_t> replicas(problem.stages.size(), 1);
  for (const ReplicaStep &step : steps)
    apply(step, replicas);
  return replicas;
}

Picoseconds atleus::getTime(const ReplicaProblem &problem,
                            llvm::ArrayRef<int64_t> replicas) {
  std::vector<Picoseconds> times = problem.floors;
  for (auto [stage, count] : llvm::zip_equal(problem.stages, replicas))
    times[stage.segment] = std::max(times[stage.segment], stage.getTime(count));
  Picoseconds sum;
  for (Picoseconds time : times)
    sum += time;
  return sum;
}
