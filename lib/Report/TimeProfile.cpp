// Adds levels up in constant time each, however long they last.
#include "atleus/Report/TimeProfile.h"

#include <algorithm>
#include <cmath>

using namespace atleus;

TimeProfile::TimeProfile(Picoseconds makespan, unsigned numSteps)
    : makespan(std::max(makespan, Picoseconds(1))), parts(numSteps),
      changes(numSteps + 1) {}

Picoseconds TimeProfile::getBegin(unsigned step) const {
  // 128 bits: a makespan may have 62.
  return Picoseconds(static_cast<int64_t>(
      static_cast<__int128>(makespan.count()) * step / numSteps()));
}

unsigned TimeProfile::findStep(Picoseconds time) const {
  auto step =
      static_cast<__int128>(time.count()) * numSteps() / makespan.count();
  return static_cast<unsigned>(std::clamp<__int128>(step, 0, numSteps() - 1));
}

void TimeProfile::add(Picoseconds begin, Picoseconds end, double level) {
  if (end <= begin)
    return;
  double scale = double(numSteps()) / makespan.count();
  double from = begin.count() * scale, to = end.count() * scale;
  auto first = static_cast<unsigned>(
      std::clamp<double>(std::floor(from), 0, numSteps() - 1));
  auto last =
      static_cast<unsigned>(std::clamp<double>(std::floor(to), 0, numSteps()));
  if (first == last) {
    parts[first] += level * (to - from);
    return;
  }
  parts[first] += level * (first + 1 - from);
  changes[first + 1] += level;
  changes[last] -= level;
  if (last < numSteps())
    parts[last] += level * (to - last);
}

std::vector<double> TimeProfile::getMeans() const {
  std::vector<double> means(parts);
  double level = 0;
  for (unsigned step = 0; step < numSteps(); ++step) {
    level += changes[step];
    // Sums of what comes and goes are not exact.
    means[step] = std::max(0.0, means[step] + level);
  }
  return means;
}
