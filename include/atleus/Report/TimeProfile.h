// A quantity over time, in equal steps of a makespan: few numbers, also of many
// tasks.
//
// Example: two units that work from 0 to 10 ps and from 5 to 10 ps, in four
// steps of 5 ps: levels of 1, 2, 0 and 0 units in use.
//
//   TimeProfile profile(Picoseconds(20), 4);
//   profile.add(Picoseconds(0), Picoseconds(10), 1);
//   profile.add(Picoseconds(5), Picoseconds(10), 1);
#ifndef ATLEUS_REPORT_TIMEPROFILE_H
#define ATLEUS_REPORT_TIMEPROFILE_H

#include "atleus/Support/Units.h"

#include <vector>

namespace atleus {

class TimeProfile {
public:
  /// `numSteps` is positive.
  TimeProfile(Picoseconds makespan, unsigned numSteps);

  /// Adds `level` from `begin` to `end`, a part of the makespan.
  void add(Picoseconds begin, Picoseconds end, double level);

  /// The mean level in each step.
  std::vector<double> getMeans() const;

  unsigned numSteps() const { return parts.size(); }

  /// When step `step` begins; the makespan for the one after the last.
  Picoseconds getBegin(unsigned step) const;
  /// The step in which `time` lies.
  unsigned findStep(Picoseconds time) const;

private:
  Picoseconds makespan;
  /// What is added to single steps, and from which step on a level changes.
  std::vector<double> parts, changes;
};

} // namespace atleus

#endif // ATLEUS_REPORT_TIMEPROFILE_H
