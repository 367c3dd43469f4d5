//===- Passes.td - conversions between dialects --------------*- tablegen -*-===//
//
// The passes that turn one dialect into the next.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_CONVERSION_PASSES_TD
#define ATLEUS_CONVERSION_PASSES_TD

include "mlir/Pass/PassBase.td"

def ConvertNNToPIM : Pass<"convert-nn-to-pim", "::mlir::ModuleOp"> {
  let summary = "put the linear layers of crossbar tiers into crossbars";
  let description = [{
    A quantized `nn.linear` whose tier has crossbars becomes a `pim.program`,
    which writes the weight, and a `pim.mvm`, which multiplies. The array's
    numerics are copied from the machine. A crossbar tier can do nothing else:
    any other op that is assigned to one is an error.
  }];
  let statistics = [
    Statistic<"numPrograms", "programs", "Weights put into crossbars">,
    Statistic<"numArrays", "arrays", "Crossbar arrays that they take">,
  ];
  let dependentDialects = ["::atleus::pim::PIMDialect"];
}

def ConvertNNToSystolic : Pass<"convert-nn-to-systolic", "::mlir::ModuleOp"> {
  let summary = "make kernels of everything that is not in crossbars";
  let description = [{
    Products become `systolic.matmul`; `nn.attention` becomes two of them with a
    softmax between, on views that split the heads. What else is assigned to a
    systolic tier is grouped into `systolic.vector` kernels: ops that use each
    other's results, have the same tier and the same result shape, and need
    only the same row of each other's results. Ops of the host are grouped into
    `nn.host`. Layout ops stay as views. Afterwards every op that computes is
    part of a kernel with a name of its own.
  }];
  let statistics = [
    Statistic<"numProducts", "products", "Products on systolic arrays">,
    Statistic<"numVectors", "vectors", "Kernels of vector units">,
    Statistic<"numHosts", "hosts", "Kernels of the host">,
    Statistic<"numGrouped", "grouped", "Ops in kernels of several ops">,
  ];
  let dependentDialects = ["::atleus::systolic::SystolicDialect"];
}

#endif // ATLEUS_CONVERSION_PASSES_TD
