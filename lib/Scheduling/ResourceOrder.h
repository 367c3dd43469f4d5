// In which order tasks of a schedule hold each resource.
#ifndef ATLEUS_LIB_SCHEDULING_RESOURCEORDER_H
#define ATLEUS_LIB_SCHEDULING_RESOURCEORDER_H

#include "atleus/Scheduling/Problem.h"

namespace atleus::scheduling {

/// The uses of each resource that are not empty, by their begins, then tasks,
/// then numbers of uses. All lie in one list, those of a resource together.
class ResourceOrder {
public:
  struct Holding {
    Picoseconds begin, end;
    unsigned task;
    /// Counted over the uses of all tasks.
    unsigned use;
  };

  ResourceOrder(const Problem &problem, const Starts &starts);

  llvm::ArrayRef<Holding> operator[](unsigned resource) const {
    return llvm::ArrayRef<Holding>(holdings).slice(
        begins[resource], begins[resource + 1] - begins[resource]);
  }
  unsigned numResources() const { return begins.size() - 1; }

private:
  std::vector<Holding> holdings;
  /// By resource, where its holdings begin; one more for the end.
  std::vector<size_t> begins;
};

} // namespace atleus::scheduling

#endif // ATLEUS_LIB_SCHEDULING_RESOURCEORDER_H
