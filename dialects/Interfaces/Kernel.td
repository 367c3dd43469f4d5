//===- Kernel.td - a kernel that has a place in the machine ----------------===//
//
// The interface of the ops that become tasks of a schedule.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_INTERFACES_KERNEL_TD
#define ATLEUS_INTERFACES_KERNEL_TD

include "mlir/IR/OpBase.td"

def KernelOpInterface : OpInterface<"KernelOpInterface"> {
  let cppNamespace = "::atleus";
  let description = [{
    A kernel has the attributes `tier`, `task_tile` and, once it is placed,
    `nodes`. It runs on one tier. Its first result is cut into tiles of the shape
    `task_tile`; one task computes one tile, and the last tile of a dimension
    may be smaller. Tasks are counted in row-major order over the grid of tiles
    and dealt out in equal runs: task i of t runs at node floor(i * n / t) of
    the n `nodes`, so that tiles side by side, such as those of one head, stay
    together. A node is three coordinates x, y, z in the machine's network.
  }];
  let methods = [
    InterfaceMethod<"Work of computing one tile of the first result.",
      "::atleus::Work", "getTileWork", (ins "const ::atleus::Tile &":$tile)>,
  ];
  let verify = [{ return ::atleus::verifyKernel($_op); }];
  let extraSharedClassDeclaration = [{
    /// The tier, or the host, on which the kernel runs.
    ::mlir::FlatSymbolRefAttr getKernelTier() {
      return $_op->template getAttrOfType<::mlir::FlatSymbolRefAttr>("tier");
    }
    /// Coordinates of the nodes, three numbers each; empty before placement.
    ::llvm::ArrayRef<int64_t> getKernelNodes() {
      auto nodes =
          $_op->template getAttrOfType<::mlir::DenseI64ArrayAttr>("nodes");
      return nodes ? nodes.asArrayRef() : ::llvm::ArrayRef<int64_t>();
    }
    void setKernelNodes(::llvm::ArrayRef<int64_t> coordinates) {
      $_op->setAttr("nodes", ::mlir::DenseI64ArrayAttr::get(
                                 $_op->getContext(), coordinates));
    }
    void setTaskShape(::llvm::ArrayRef<int64_t> shape) {
      $_op->setAttr("task_tile", ::mlir::DenseI64ArrayAttr::get(
                                     $_op->getContext(), shape));
    }
    /// Number of tiles along each dimension of the first result.
    ::llvm::SmallVector<int64_t> getTaskGrid() {
      return ::atleus::getTaskGrid($_op);
    }
    /// Number of tasks.
    int64_t getNumTasks() { return ::llvm::product_of(getTaskGrid()); }
    /// Coordinates of the node at which task `index` runs.
    ::llvm::ArrayRef<int64_t> getTaskNode(int64_t index) {
      int64_t count = getKernelNodes().size() / 3;
      return getKernelNodes().slice(index * count / getNumTasks() * 3, 3);
    }
    /// Tile of the first result that task `index` computes.
    ::atleus::Tile getTaskResult(int64_t index) {
      return ::atleus::getTaskResult($_op, index);
    }
  }];
}

// Attributes that every kernel has.
defvar kernelAttributes = (ins FlatSymbolRefAttr:$tier,
    DenseI64ArrayAttr:$task_tile, OptionalAttr<DenseI64ArrayAttr>:$nodes);

#endif // ATLEUS_INTERFACES_KERNEL_TD
