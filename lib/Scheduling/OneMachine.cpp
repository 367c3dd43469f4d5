// Jackson's preemptive schedule.
#include "atleus/Scheduling/OneMachine.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

#include <algorithm>
#include <tuple>

using namespace atleus;
using namespace atleus::scheduling;

namespace {
/// A job that has begun or could.
struct Pending {
  Picoseconds tail, left;

  bool operator<(const Pending &other) const {
    return std::tuple(tail.count(), left.count()) <
           std::tuple(other.tail.count(), other.left.count());
  }
};
} // namespace

Picoseconds scheduling::preemptiveMakespan(llvm::MutableArrayRef<Job> jobs) {
  llvm::sort(jobs, [](const Job &a, const Job &b) {
    return std::tuple(a.head.count(), a.tail.count(), a.length.count()) <
           std::tuple(b.head.count(), b.tail.count(), b.length.count());
  });
  // A heap with the longest tail on top.
  llvm::SmallVector<Pending, 32> pending;
  Picoseconds now, end;
  size_t next = 0;
  while (next < jobs.size() || !pending.empty()) {
    if (pending.empty())
      now = std::max(now, jobs[next].head);
    for (; next < jobs.size() && jobs[next].head <= now; ++next) {
      pending.push_back({jobs[next].tail, jobs[next].length});
      std::push_heap(pending.begin(), pending.end());
    }
    Pending &running = pending.front();
    Picoseconds until = now + running.left;
    if (next < jobs.size() && jobs[next].head < until) {
      running.left = until - jobs[next].head;
      now = jobs[next].head;
      continue;
    }
    now = until;
    end = std::max(end, now + running.tail);
    std::pop_heap(pending.begin(), pending.end());
    pending.pop_back();
  }
  return end;
}
