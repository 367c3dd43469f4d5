//===- WorkOp.td - counts of work --------------------------------*- C++ -*-===//
//
// The interface through which an op states its work.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_INTERFACES_WORKOP_TD
#define ATLEUS_INTERFACES_WORKOP_TD

include "mlir/IR/OpBase.td"

def WorkOpInterface : OpInterface<"WorkOpInterface"> {
  let cppNamespace = "::atleus";
  let description = [{
    Counts of what an op computes and of the bytes that it touches. An op that
    computes nothing returns an empty Work, on purpose; an op without this
    interface cannot be mapped.
  }];
  let methods = [
    InterfaceMethod<[{
      The work of computing the whole of the op's results.
    }], "::atleus::Work", "getWork", (ins)>,
  ];
}

#endif // ATLEUS_INTERFACES_WORKOP_TD
