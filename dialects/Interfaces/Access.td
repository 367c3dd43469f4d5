//===- Access.td - which part of an operand a part of a result needs -------===//
//
// The interface on which the splitting of kernels into tasks stands.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_INTERFACES_ACCESS_TD
#define ATLEUS_INTERFACES_ACCESS_TD

include "mlir/IR/OpBase.td"

def AccessOpInterface : OpInterface<"AccessOpInterface"> {
  let cppNamespace = "::atleus";
  let description = [{
    A tile is a box in the index space of a value: an offset and a size per
    dimension. Given the tile of a result that is to be computed, the op says
    which tile of each operand it reads. Two tasks depend on each other when
    the tile that one reads meets the tile that the other writes; nothing else
    in the toolchain knows which dimension is a token or a head.
  }];
  let methods = [
    InterfaceMethod<[{
      A box of operand `operand` that holds all that is read to compute
      `result`, a box of result `resultNumber` that is not empty. It is the
      smallest such box, but for lookups by computed indices and for tiles that
      cut across rows of a reshape or of patches. It may be empty: an operand of
      a concatenation may not be read at all.
    }], "::atleus::Tile", "getOperandTile",
      (ins "unsigned":$operand, "unsigned":$resultNumber,
           "const ::atleus::Tile &":$result)>,
  ];
}

#endif // ATLEUS_INTERFACES_ACCESS_TD
