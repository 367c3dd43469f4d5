// The graph of channels that packets hold and wait for.
#include "atleus/Cost/NoCRouting.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

using namespace atleus;

/// For each channel, the channels that follow it on some route, without
/// repetition.
static std::vector<std::vector<unsigned>>
collectDependences(const NoCRouting &routing) {
  std::vector<std::vector<unsigned>> followers(
      routing.topology().channels().size());
  unsigned numNodes = routing.topology().numNodes();
  llvm::SmallVector<unsigned, 16> route;
  for (unsigned from = 0; from < numNodes; ++from)
    for (unsigned to = 0; to < numNodes; ++to) {
      route.clear();
      routing.route(from, to, route);
      for (size_t i = 0; i + 1 < route.size(); ++i)
        if (!llvm::is_contained(followers[route[i]], route[i + 1]))
          followers[route[i]].push_back(route[i + 1]);
    }
  for (std::vector<unsigned> &list : followers)
    llvm::sort(list);
  return followers;
}

namespace {
/// Depth-first search without recursion: a network may have many channels.
class CycleSearch {
public:
  explicit CycleSearch(std::vector<std::vector<unsigned>> followers)
      : followers(std::move(followers)), state(this->followers.size(), New),
        tried(this->followers.size(), 0) {}

  /// A cycle among what can be reached from `start`, or nothing.
  std::vector<unsigned> from(unsigned start) {
    if (state[start] == New)
      enter(start);
    while (!path.empty()) {
      unsigned channel = path.back();
      if (tried[channel] == followers[channel].size()) {
        state[channel] = Done;
        path.pop_back();
        continue;
      }
      unsigned follower = followers[channel][tried[channel]++];
      if (state[follower] == OnPath)
        return {llvm::find(path, follower), path.end()};
      if (state[follower] == New)
        enter(follower);
    }
    return {};
  }

private:
  enum State : uint8_t { New, OnPath, Done };

  void enter(unsigned channel) {
    state[channel] = OnPath;
    path.push_back(channel);
  }

  std::vector<std::vector<unsigned>> followers;
  std::vector<State> state;
  std::vector<size_t> tried;
  std::vector<unsigned> path;
};
} // namespace

std::vector<unsigned> atleus::findDependenceCycle(const NoCRouting &routing) {
  CycleSearch search(collectDependences(routing));
  for (unsigned i = 0; i < routing.topology().channels().size(); ++i)
    if (std::vector<unsigned> cycle = search.from(i); !cycle.empty())
      return cycle;
  return {};
}
