// Which flows are sent together.
//
// Flows from one task to several nodes are one transfer where the network can
// copy what it carries (`multicast` of arch.noc): it takes the injection port
// and each link of the tree of their routes once. All of its destinations get
// the same. So flows of the same tiles go together, and flows of other tiles
// join them if the flits times ports and links of the whole are fewer than
// those of both apart. That is so where what they read is mostly the same: the
// heads of an attention, each at a node, stay apart.
//
// Without `multicast` each flow is a transfer.
//
// Flows of several tasks are not sent together, so that none waits for another
// task. Only where a schedule would have more entries than it may
// (TaskGranularity.h) they are: products whose weights stream are cut by
// columns, and what reads whole rows needs a piece of each of them. All tasks
// that need one of the pieces need the others, too, so that what waits longer
// is what came first. The number of tasks that go together
// doubles until there are few enough transfers. Tiles of arguments stay apart.
#ifndef ATLEUS_TRANSFORMS_TRANSFERGROUPS_H
#define ATLEUS_TRANSFORMS_TRANSFERGROUPS_H

#include "DataFlows.h"

#include "atleus/Cost/NoCRouting.h"

#include "llvm/ADT/StringMap.h"

namespace atleus {

/// A way through the network: to one node, or a tree.
struct TransferWay {
  noc::RouteAttr route;
  /// Of routes, null if there are none.
  mlir::ArrayAttr branches;
  TreeLength length;
  /// By destination, its place among those for which ways were sought.
  llvm::SmallVector<unsigned, 1> targets;
};

/// Flows that are one transfer.
struct TransferGroup {
  /// In the order of their tasks.
  llvm::SmallVector<unsigned, 1> flows;
  int64_t bytes = 0;
  const TransferWay *way = nullptr;
};

class TransferGroups {
public:
  TransferGroups(llvm::ArrayRef<Flow> flows, const NoCRouting &routing,
                 arch::NoCOp noc);
  TransferGroups(const TransferGroups &) = delete;
  TransferGroups &operator=(const TransferGroups &) = delete;

  /// Sends flows of several tasks of a kernel at one node together, which go
  /// the same way to the same readers, until there are `most` transfers or
  /// nothing else goes together. `readers` has a number for each flow, equal
  /// for flows that the same tasks wait for; none of what goes alone.
  void gather(llvm::ArrayRef<std::optional<unsigned>> readers, int64_t most);

  /// All of them.
  llvm::ArrayRef<TransferGroup> getGroups() const { return groups; }
  /// That of a flow which is not local.
  const TransferGroup &getGroupOf(unsigned flow) const {
    return groups[groupOf[flow]];
  }

private:
  /// Ways that together lead to several nodes.
  using Ways = std::vector<TransferWay>;
  /// Flows that get the same, in the order of their nodes.
  struct Batch {
    llvm::SmallVector<unsigned, 4> flows;
    llvm::SmallVector<Tile, 1> tiles;
    /// The box around them, and the sum of their elements.
    Tile box;
    int64_t elements = 0;
    int64_t bytes = 0;
    const Ways *ways = nullptr;
  };

  void addFlowsOfTask(llvm::ArrayRef<unsigned> numbers);
  void addToBatch(unsigned number, std::vector<Batch> &batches) const;
  void complete(Batch &batch);
  int64_t countBytes(const Batch &a, const Batch &b) const;
  std::optional<Batch> join(const Batch &a, const Batch &b);
  void addGroups(const Batch &batch);
  const Ways &findWays(llvm::ArrayRef<unsigned> numbers);
  Ways makeWays(noc::Node from, llvm::ArrayRef<unsigned> numbers) const;
  int64_t countLoad(const Batch &batch) const;
  unsigned toNumber(noc::Node node) const;

  llvm::ArrayRef<Flow> flows;
  const NoCRouting &routing;
  mlir::MLIRContext *context;
  bool multicast;
  NoCConstants constants;
  /// By the numbers of the first node and the last ones.
  llvm::StringMap<std::unique_ptr<Ways>> waysOf;
  std::vector<TransferGroup> groups;
  /// By flow; of a local one, none.
  std::vector<unsigned> groupOf;
};

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_TRANSFERGROUPS_H
