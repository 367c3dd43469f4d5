//===- NoCOps.td - ops of the noc dialect ----------------------------------===//
//
// Transfers of tensors between the nodes of tiers.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_NOC_NOCOPS_TD
#define ATLEUS_NOC_NOCOPS_TD

include "dialects/Interfaces/Access.td"
include "dialects/Interfaces/WorkOp.td"
include "dialects/NoC/NoCAttributes.td"
include "mlir/IR/BuiltinAttributes.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def NoC_TransferOp : Op<NoC_Dialect, "transfer",
    [Pure, AllTypesMatch<["input", "result"]>,
     DeclareOpInterfaceMethods<WorkOpInterface>,
     DeclareOpInterfaceMethods<AccessOpInterface>]> {
  let summary = "a tensor moves from nodes to nodes";
  let description = [{
    The result is the operand's value, available at the nodes `to_nodes` of the
    tier or memory `to`. Before, its tiles lie at the nodes `from_nodes` of
    `from`, which are the nodes of the kernel that computes it; those of `to` are
    the nodes of the kernels that read it.

    `routes` holds one route for each pair of a source and a destination node
    between which data flows. It is absent until the transfer is routed.

    Constraints:
    - C1: operand and result have the same type, a tensor of static shape.
    - C2: each route starts at a source node.
    - C3: each route ends at a destination node.
    - C4: no two routes have the same ends.

    ```mlir
    func.func @main(%q: tensor<128x768xf32>) -> tensor<128x768xf32> {
      %t = noc.transfer %q from @reram0[(0, 0, 1)] to @sa0[(1, 2, 0)]
        along [(0, 0, 1)[x+, y+, y+, z-]] : tensor<128x768xf32>
      return %t : tensor<128x768xf32>
    }
    ```
  }];
  let arguments = (ins StaticShapeTensorOf<[AnyType]>:$input,
                       FlatSymbolRefAttr:$from, NoC_NodesAttr:$from_nodes,
                       FlatSymbolRefAttr:$to, NoC_NodesAttr:$to_nodes,
                       OptionalAttr<NoC_RouteArrayAttr>:$routes);
  let results = (outs StaticShapeTensorOf<[AnyType]>:$result);
  let assemblyFormat = [{
    $input `from` $from `` custom<NodeList>($from_nodes)
    `to` $to `` custom<NodeList>($to_nodes)
    (`along` custom<RouteList>($routes)^)?
    attr-dict `:` type($input)
  }];
  let hasVerifier = 1;
  let hasFolder = 1;
}

#endif // ATLEUS_NOC_NOCOPS_TD
