// The model of AssignmentProblem.cpp without what gets in the way.
#include "RelaxedAssignment.h"

#include <algorithm>

using namespace atleus;

Picoseconds atleus::leastDuration(const AssignmentProblem &problem,
                                  const AssignmentKernel &kernel,
                                  const Alternative &alternative) {
  if (alternative.arrays == 0 || alternative.isRewritten())
    return alternative.duration;
  int64_t fitting = std::max<int64_t>(1, problem.arrays / alternative.arrays);
  int64_t replicas =
      std::min({problem.maxReplicas, kernel.maxReplicas, fitting});
  return Picoseconds((alternative.duration.count() + replicas - 1) / replicas);
}

/// The least of each number of all alternatives, as an alternative.
static Alternative mergeAlternatives(const AssignmentProblem &problem,
                                     const AssignmentKernel &kernel) {
  Alternative merged;
  merged.duration = merged.arrival = Picoseconds::largest();
  for (const Alternative &alternative : kernel.alternatives) {
    merged.duration =
        std::min(merged.duration, leastDuration(problem, kernel, alternative));
    merged.arrival = std::min(merged.arrival, alternative.arrival);
    merged.streams |= alternative.streams;
  }
  return merged;
}

Picoseconds atleus::relaxedLatency(const AssignmentProblem &problem,
                                   const Assignment &partial) {
  std::vector<Picoseconds> first(partial.size()), end(partial.size());
  std::vector<Picoseconds> unitFree(problem.units);
  Picoseconds memoryFree, latency;
  for (size_t i = 0; i < partial.size(); ++i) {
    const AssignmentKernel &kernel = problem.kernels[i];
    bool isOpen = partial[i] == undecided;
    Alternative chosen = isOpen ? mergeAlternatives(problem, kernel)
                                : kernel.alternatives[partial[i]];
    if (!isOpen)
      chosen.duration = leastDuration(problem, kernel, chosen);
    Picoseconds block(chosen.duration.count() / kernel.blocks);
    Picoseconds start, last;
    for (const AssignmentInput &input : kernel.inputs) {
      bool flows = input.byBlocks && chosen.streams;
      start =
          std::max(start, flows ? first[input.producer] : end[input.producer]);
      if (flows)
        last = std::max(last, end[input.producer] + block);
    }
    start += chosen.arrival;
    memoryFree += chosen.load;
    Picoseconds weight = chosen.load == Picoseconds()
                             ? Picoseconds()
                             : memoryFree + problem.memoryLatency;
    if (chosen.unit != Alternative::ownUnit) {
      start = std::max(start, unitFree[chosen.unit]);
      unitFree[chosen.unit] = start + chosen.duration;
    }
    end[i] = std::max(std::max(start, weight) + chosen.duration, last);
    first[i] = chosen.streams ? start + block : end[i];
    latency = std::max(latency, end[i]);
  }
  return latency;
}
