// The nodes of an ONNX graph and what each reads and computes, as names: what
// remains to be known of the graph when it has become kernels.
#ifndef ATLEUS_COMPARISON_NODEGRAPH_H
#define ATLEUS_COMPARISON_NODEGRAPH_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

#include <string>
#include <vector>

namespace atleus {

class NodeGraph {
public:
  /// The graph of a function of `onnx` ops, which may be converted afterwards.
  explicit NodeGraph(mlir::func::FuncOp function);

  /// The nodes on the way to `value` from values in `known` and from inputs, as
  /// "MatMul '/layer.0/query/MatMul'", in the order of the graph, without those
  /// that have no input. `known` may hold `value` itself.
  std::vector<std::string>
  getNodesBefore(llvm::StringRef value,
                 const llvm::DenseSet<llvm::StringRef> &known) const;

private:
  struct Node {
    std::string description;
    std::vector<mlir::StringAttr> inputs;
  };

  std::vector<Node> nodes;
  /// The node that computes a value.
  llvm::DenseMap<llvm::StringRef, size_t> producers;
};

} // namespace atleus

#endif // ATLEUS_COMPARISON_NODEGRAPH_H
