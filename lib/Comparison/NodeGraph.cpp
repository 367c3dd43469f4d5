// Keeps the names in an ONNX graph, and searches it backwards.
#include "atleus/Comparison/NodeGraph.h"

#include "dialects/ONNX/ONNX.h"

using namespace mlir;
using namespace atleus;

/// The name of a value that a node computes, or null.
static StringAttr nameOf(Value value) {
  auto node = value.getDefiningOp<onnx::NodeOp>();
  if (!node || !node.getOutputNamesAttr())
    return {};
  unsigned index = cast<OpResult>(value).getResultNumber();
  return cast<StringAttr>(node.getOutputNamesAttr()[index]);
}

NodeGraph::NodeGraph(func::FuncOp function) {
  for (auto op : function.front().getOps<onnx::NodeOp>()) {
    // Constants would hide the nodes that compute.
    if (op.getInputs().empty())
      continue;
    Node node;
    StringAttr name = op.getNameAttr();
    if (!name || name.empty())
      name =
          op.getOutputs().empty() ? StringAttr() : nameOf(op.getOutputs()[0]);
    node.description =
        (op.getOpType() + (name ? " '" + name.getValue() + "'" : Twine()))
            .str();
    for (Value input : op.getInputs())
      if (StringAttr read = nameOf(input))
        node.inputs.push_back(read);
    for (Value output : op.getOutputs())
      if (StringAttr computed = nameOf(output))
        producers.try_emplace(computed.getValue(), nodes.size());
    nodes.push_back(std::move(node));
  }
}

std::vector<std::string>
NodeGraph::getNodesBefore(StringRef value,
                          const llvm::DenseSet<StringRef> &known) const {
  llvm::DenseSet<size_t> found;
  SmallVector<StringRef> open = {value};
  while (!open.empty()) {
    auto producer = producers.find(open.pop_back_val());
    if (producer == producers.end() || !found.insert(producer->second).second)
      continue;
    for (StringAttr input : nodes[producer->second].inputs)
      if (!known.contains(input.getValue()))
        open.push_back(input.getValue());
  }
  std::vector<std::string> result;
  for (auto [i, node] : llvm::enumerate(nodes))
    if (found.contains(i))
      result.push_back(node.description);
  return result;
}
