// Unions of routes that are trees.
#include "atleus/Mapping/MulticastTree.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"

#include <cassert>
#include <numeric>

using namespace atleus;

int64_t MulticastTree::numLinks() const {
  int64_t links = 0;
  for (const NodePath &path : paths)
    links += static_cast<int64_t>(path.size()) - 1;
  return links;
}

namespace {
/// A tree and from where each of its nodes is entered.
struct GrowingTree {
  explicit GrowingTree(unsigned source) { entries[source] = source; }

  /// Whether the route enters no node of the tree from another side.
  bool fits(const NodePath &route) const;
  void add(const NodePath &route, unsigned number);

  MulticastTree tree;
  llvm::SmallDenseMap<unsigned, unsigned, 32> entries;
};
} // namespace

bool GrowingTree::fits(const NodePath &route) const {
  for (size_t i = 1; i < route.size(); ++i) {
    auto entry = entries.find(route[i]);
    if (entry != entries.end() && entry->second != route[i - 1])
      return false;
  }
  return true;
}

void GrowingTree::add(const NodePath &route, unsigned number) {
  size_t last = 0;
  while (last + 1 < route.size() && entries.contains(route[last + 1]))
    ++last;
  NodePath path(route.begin() + last, route.end());
  for (size_t i = 1; i < path.size(); ++i)
    entries[path[i]] = path[i - 1];
  tree.paths.push_back(std::move(path));
  tree.routes.push_back(number);
}

std::vector<MulticastTree>
atleus::makeMulticastTrees(llvm::ArrayRef<NodePath> routes) {
  std::vector<unsigned> order(routes.size());
  std::iota(order.begin(), order.end(), 0);
  llvm::sort(order, [&](unsigned a, unsigned b) {
    return routes[a].size() != routes[b].size()
               ? routes[a].size() > routes[b].size()
               : routes[a].back() < routes[b].back();
  });
  std::vector<GrowingTree> growing;
  for (unsigned number : order) {
    const NodePath &route = routes[number];
    assert(route.front() == routes.front().front() && "routes of one node");
    auto place = llvm::find_if(
        growing, [&](const GrowingTree &tree) { return tree.fits(route); });
    if (place == growing.end())
      place = growing.insert(place, GrowingTree(route.front()));
    place->add(route, number);
  }
  std::vector<MulticastTree> trees;
  trees.reserve(growing.size());
  for (GrowingTree &tree : growing)
    trees.push_back(std::move(tree.tree));
  return trees;
}
