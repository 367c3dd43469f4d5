//===- NoCAttributes.td - nodes and routes ---------------------------------===//
//
// The noc dialect, its lists of nodes and its routes.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_NOC_NOCATTRIBUTES_TD
#define ATLEUS_NOC_NOCATTRIBUTES_TD

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/OpBase.td"

def NoC_Dialect : Dialect {
  let name = "noc";
  let summary = "data that moves between nodes of a 3D network";
  let description = [{
    A node of the network is named by its coordinates (x, y, z); z is the level
    of the tier. A link leads from a node to a neighbour in one of six
    directions, or to any node that the machine adds a link to. So a route is a
    node and a list of directions, in which `-> (x, y, z)` stands for an added
    link. Every node also
    has an injection port, by which data enters the network, and an ejection
    port, by which it leaves.
  }];
  let cppNamespace = "::atleus::noc";
  let dependentDialects = ["::mlir::quant::QuantDialect"];
  let useDefaultAttributePrinterParser = 1;
  let extraClassDeclaration = "void registerAttributes();";
}

def NoC_NodeAttr : AttrDef<NoC_Dialect, "Node"> {
  let mnemonic = "node";
  let summary = "a place in the network";
  let description = [{
    Constraints:
    - C1: coordinates are not negative.

    ```mlir
    module attributes {noc.example = #noc.node<(0, 2, 1)>} {}
    ```
  }];
  let parameters = (ins "::atleus::noc::Node":$node);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
}

def NoC_NodesAttr : AttrDef<NoC_Dialect, "Nodes"> {
  let mnemonic = "nodes";
  let summary = "a list of nodes";
  let description = [{
    The order means what the op says that has the attribute. A node may stand in
    a list twice.

    Constraints:
    - C1: the list is not empty.
    - C2: coordinates are not negative.

    ```mlir
    module attributes {noc.example = #noc.nodes<(0, 0, 1), (1, 0, 1)>} {}
    ```
  }];
  let parameters = (ins ArrayRefParameter<"::atleus::noc::Node">:$nodes);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    /// Nodes of triples x, y, z, which is how kernels hold them.
    static NodesAttr fromCoordinates(::mlir::MLIRContext *context,
                                     ::llvm::ArrayRef<int64_t> coordinates);
  }];
}

def NoC_RouteAttr : AttrDef<NoC_Dialect, "Route"> {
  let mnemonic = "route";
  let summary = "a path from a node over links";
  let description = [{
    The first node and the links that follow. Without links
    the data passes the ports of one node only.

    Constraints:
    - C1: no node of the route has a negative coordinate.
    - C2: no node is visited twice.
    - C3: an added link does not lead to a neighbour.

    ```mlir
    module attributes {
      noc.example = #noc.route<(0, 0, 1)[x+, y+, y+, z-]>,
      noc.added = #noc.route<(0, 0, 1)[x+, -> (3, 3, 1), z-]>} {}
    ```
  }];
  let parameters = (ins "::atleus::noc::Node":$start,
                        ArrayRefParameter<"::atleus::noc::Hop">:$hops);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    /// The route over the nodes, each of which is linked to the next.
    static RouteAttr getOver(::mlir::MLIRContext *context,
                             ::llvm::ArrayRef<::atleus::noc::Node> nodes);
    /// The last node.
    ::atleus::noc::Node getEnd() const;
    /// All nodes in the order of the visit, one more than links.
    ::llvm::SmallVector<::atleus::noc::Node> getNodes() const;
  }];
}

def NoC_RouteArrayAttr :
    TypedArrayAttrBase<NoC_RouteAttr, "list of routes">;

#endif // ATLEUS_NOC_NOCATTRIBUTES_TD
