// A latency that no completion of a partial assignment is below.
#ifndef ATLEUS_LIB_MAPPING_RELAXEDASSIGNMENT_H
#define ATLEUS_LIB_MAPPING_RELAXEDASSIGNMENT_H

#include "atleus/Mapping/AssignmentProblem.h"

namespace atleus {

/// What is not decided yet.
constexpr unsigned undecided = ~0u;

/// The latency if what is undecided took the least of all its alternatives and
/// no unit, all weights had as many replicas as could fit beside nothing else,
/// and undecided weights came from no memory.
Picoseconds relaxedLatency(const AssignmentProblem &problem,
                           const Assignment &partial);

/// The time of an alternative with the most replicas that could ever fit.
Picoseconds leastDuration(const AssignmentProblem &problem,
                          const AssignmentKernel &kernel,
                          const Alternative &alternative);

} // namespace atleus

#endif // ATLEUS_LIB_MAPPING_RELAXEDASSIGNMENT_H
