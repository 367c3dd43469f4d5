// Adds up hops.
#include "dialects/Sched/PathTiming.h"

using namespace atleus;

llvm::SmallVector<Picoseconds>
atleus::headArrivals(const PathTiming &timing, llvm::ArrayRef<LinkKind> links) {
  llvm::SmallVector<Picoseconds> arrivals;
  Picoseconds head;
  for (LinkKind kind : links) {
    arrivals.push_back(head);
    head += timing.hop[static_cast<unsigned>(kind)];
  }
  arrivals.push_back(head);
  return arrivals;
}
