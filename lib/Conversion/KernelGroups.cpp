// Which ops of a block run as one kernel.
#include "KernelGroups.h"

#include "dialects/NN/NN.h"

using namespace mlir;
using namespace atleus;

static ArrayRef<int64_t> shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

/// Whether `op` needs only the same row of `operand`, which has the shape of
/// its result, to compute a row: all but the last dimension of a tile are 1.
static bool readsSameRow(Operation *op, unsigned operand) {
  auto access = cast<AccessOpInterface>(op);
  ArrayRef<int64_t> shape = shapeOf(op->getResult(0));
  for (bool last : {false, true}) {
    Tile row = Tile::whole(shape);
    for (size_t i = 0; i + 1 < shape.size(); ++i) {
      row.offsets[i] = last ? shape[i] - 1 : 0;
      row.sizes[i] = 1;
    }
    Tile read = access.getOperandTile(operand, 0, row);
    if (!read.isEmpty() && !(read.intersect(row) == read))
      return false;
  }
  return true;
}

namespace {
class Grouping {
public:
  explicit Grouping(function_ref<GroupPlace(Operation *)> getPlace)
      : getPlace(getPlace) {}

  void visit(Operation *op);
  std::vector<KernelGroup> takeGroups();

private:
  struct Node {
    KernelGroup group;
    int64_t level;
    /// The group with which this one was merged, or its own number.
    unsigned representative;
  };

  unsigned find(unsigned group);
  int64_t levelOf(Value value);
  /// The group of the op that computes an operand of `op` if `op` may join it.
  std::optional<unsigned> candidate(Operation *op, unsigned operand,
                                    const GroupPlace &place);
  void visitGroupable(Operation *op, const GroupPlace &place);

  function_ref<GroupPlace(Operation *)> getPlace;
  std::vector<Node> nodes;
  llvm::DenseMap<Operation *, unsigned> groupOf;
  llvm::DenseMap<Operation *, int64_t> levels;
};
} // namespace

unsigned Grouping::find(unsigned group) {
  while (nodes[group].representative != group)
    group = nodes[group].representative =
        nodes[nodes[group].representative].representative;
  return group;
}

int64_t Grouping::levelOf(Value value) {
  Operation *op = value.getDefiningOp();
  return op ? levels.lookup(op) : 0;
}

std::optional<unsigned> Grouping::candidate(Operation *op, unsigned operand,
                                            const GroupPlace &place) {
  Operation *producer = op->getOperand(operand).getDefiningOp();
  auto found = groupOf.find(producer);
  if (!producer || found == groupOf.end())
    return std::nullopt;
  unsigned group = find(found->second);
  if (nodes[group].group.place.tier != place.tier)
    return std::nullopt;
  if (place.isHost)
    return group;
  if (shapeOf(producer->getResult(0)) != shapeOf(op->getResult(0)) ||
      !readsSameRow(op, operand))
    return std::nullopt;
  return group;
}

void Grouping::visitGroupable(Operation *op, const GroupPlace &place) {
  // Groups that the op may join, and the level of what it reads elsewhere.
  SmallVector<unsigned> candidates;
  int64_t best = 0, outside = 0;
  for (unsigned i = 0; i < op->getNumOperands(); ++i) {
    int64_t level = levelOf(op->getOperand(i));
    if (std::optional<unsigned> group = candidate(op, i, place)) {
      candidates.push_back(*group);
      best = std::max(best, level);
    } else {
      outside = std::max(outside, level);
    }
  }
  llvm::erase_if(candidates,
                 [&](unsigned group) { return nodes[group].level != best; });
  // A value that one operand may read within the kernel and another may not
  // counts as outside, so that the op starts a kernel of its own.
  if (candidates.empty() || outside >= best) {
    unsigned number = nodes.size();
    nodes.push_back({{place, {op}}, std::max(best, outside) + 1, number});
    groupOf[op] = number;
    levels[op] = nodes.back().level;
    return;
  }
  unsigned target = *llvm::min_element(candidates);
  for (unsigned group : candidates)
    nodes[group].representative = target;
  groupOf[op] = target;
  levels[op] = best;
  nodes[target].group.ops.push_back(op);
}

void Grouping::visit(Operation *op) {
  int64_t level = 0;
  for (Value operand : op->getOperands())
    level = std::max(level, levelOf(operand));
  GroupPlace place = getPlace(op);
  if (place.tier)
    return visitGroupable(op, place);
  bool isView = op->hasTrait<nn::LayoutOnly>();
  bool isStatic = op->getNumResults() == 1 && nn::isStatic(op->getResult(0));
  levels[op] = isStatic ? 0 : level + (isView ? 0 : 1);
}

std::vector<KernelGroup> Grouping::takeGroups() {
  std::vector<KernelGroup> result;
  std::vector<unsigned> place(nodes.size());
  for (unsigned i = 0; i < nodes.size(); ++i) {
    unsigned group = find(i);
    if (group == i) {
      place[i] = result.size();
      result.push_back({nodes[i].group.place, {}});
    }
    llvm::append_range(result[place[group]].ops, nodes[i].group.ops);
  }
  for (KernelGroup &group : result)
    llvm::sort(group.ops, [](Operation *a, Operation *b) {
      return a->isBeforeInBlock(b);
    });
  return result;
}

std::vector<KernelGroup>
atleus::groupOps(Block &block, function_ref<GroupPlace(Operation *)> getPlace) {
  Grouping grouping(getPlace);
  for (Operation &op : block)
    grouping.visit(&op);
  return grouping.takeGroups();
}
