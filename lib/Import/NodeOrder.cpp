// Topological order of nodes, and the cycle where there is none.
#include "NodeOrder.h"

#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include <functional>
#include <queue>

using namespace mlir;
using namespace atleus;
using atleus_onnx::GraphProto;
using atleus_onnx::NodeProto;

std::string atleus::describeNode(const NodeProto &node) {
  if (!node.name().empty())
    return "node '" + node.name() + "' (" + node.op_type() + ")";
  for (const std::string &output : node.output())
    if (!output.empty())
      return "node " + node.op_type() + " that makes '" + output + "'";
  return "node " + node.op_type();
}

/// Calls `visit` with each name that the node, or a node of a graph inside it,
/// uses. Graphs are nested at most as deep as the message splitter lets them.
static void visitUses(const NodeProto &node,
                      llvm::function_ref<void(StringRef)> visit) {
  auto visitGraph = [&](const GraphProto &graph) {
    for (const NodeProto &inner : graph.node())
      visitUses(inner, visit);
    for (const auto &output : graph.output())
      visit(output.name());
  };
  for (const std::string &input : node.input())
    if (!input.empty())
      visit(input);
  for (const auto &attribute : node.attribute()) {
    if (attribute.has_g())
      visitGraph(attribute.g());
    for (const GraphProto &graph : attribute.graphs())
      visitGraph(graph);
  }
}

/// For each node the nodes whose results it uses, without repetition.
static std::vector<SmallVector<int, 4>> findProducers(const NodeList &nodes) {
  llvm::StringMap<int> producerOf;
  for (int i = 0; i < nodes.size(); ++i)
    for (const std::string &output : nodes[i].output())
      if (!output.empty())
        producerOf[output] = i;
  std::vector<SmallVector<int, 4>> producers(nodes.size());
  for (int i = 0; i < nodes.size(); ++i) {
    llvm::SmallSetVector<int, 4> found;
    visitUses(nodes[i], [&](StringRef name) {
      auto producer = producerOf.find(name);
      if (producer != producerOf.end())
        found.insert(producer->second);
    });
    producers[i] = found.takeVector();
  }
  return producers;
}

/// Follows producers that are not `done` from one of them until one repeats,
/// and reports the nodes in the order in which values flow.
static void reportCycle(const NodeList &nodes,
                        ArrayRef<SmallVector<int, 4>> producers,
                        const std::vector<bool> &done, Location location) {
  llvm::SetVector<int> path;
  int next = 0;
  while (done[next])
    ++next;
  while (path.insert(next))
    next =
        *llvm::find_if(producers[next], [&](int node) { return !done[node]; });
  SmallVector<int> cycle(llvm::find(path, next), path.end());
  cycle.push_back(next);
  InFlightDiagnostic error = emitError(location)
                             << "the graph has a cycle of " << cycle.size() - 1
                             << (cycle.size() == 2 ? " node: " : " nodes: ");
  std::reverse(cycle.begin(), cycle.end());
  // A cycle can be as long as the graph; the end of it says enough.
  constexpr size_t shown = 16;
  size_t skipped = cycle.size() > shown ? cycle.size() - shown : 0;
  if (skipped > 0)
    error << "... -> ";
  llvm::ListSeparator separator(" -> ");
  for (int node : llvm::drop_begin(cycle, skipped))
    error << StringRef(separator) << describeNode(nodes[node]);
}

FailureOr<SmallVector<int>> atleus::orderNodes(const NodeList &nodes,
                                               Location location) {
  std::vector<SmallVector<int, 4>> producers = findProducers(nodes);
  std::vector<SmallVector<int, 4>> users(nodes.size());
  std::vector<size_t> missing(nodes.size());
  // The smallest index that can be next is taken, so that a file that is in
  // order stays as it is.
  std::priority_queue<int, std::vector<int>, std::greater<>> ready;
  for (int i = 0; i < nodes.size(); ++i) {
    missing[i] = producers[i].size();
    if (missing[i] == 0)
      ready.push(i);
    for (int producer : producers[i])
      users[producer].push_back(i);
  }
  SmallVector<int> order;
  std::vector<bool> done(nodes.size());
  while (!ready.empty()) {
    int node = ready.top();
    ready.pop();
    done[node] = true;
    order.push_back(node);
    for (int user : users[node])
      if (--missing[user] == 0)
        ready.push(user);
  }
  if (order.size() != static_cast<size_t>(nodes.size())) {
    reportCycle(nodes, producers, done, location);
    return failure();
  }
  return order;
}
