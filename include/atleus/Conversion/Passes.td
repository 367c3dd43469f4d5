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

def ConvertONNXToNN : Pass<"convert-onnx-to-nn", "::mlir::ModuleOp"> {
  let summary = "turn ONNX nodes into kernels on tensors of static shape";
  let description = [{
    Every shape becomes static: dimensions that the file leaves open take the
    values of `dims` and `shapes`. Constants and shape arithmetic are computed,
    parameters stay where they are. Kernels that the exporter took apart are put
    together again: linear layers with their bias, attention, layer and
    root-mean-square normalization, GELU, SiLU, SwiGLU, rotary embedding. What is not recognised stays in
    pieces, with the same result.

    Operators that are not known are reported all at once.

    With `record-values` an op whose result equals a value of the ONNX graph
    has the name of that value in `nn.onnx_values`. Names follow the value that
    replaces another; those of values inside a kernel that was put together are
    gone.
  }];
  let options = [
    Option<"recordValues", "record-values", "bool", /*default=*/"false",
           "Write down which values of the ONNX graph the results equal">,
    ListOption<"dims", "dims", "std::string",
               "Values of named dimensions, e.g. batch=1,seq=128">,
    ListOption<"shapes", "shapes", "std::string",
               "Shapes of whole inputs, e.g. image=1x3x224x224">,
  ];
  let statistics = [
    Statistic<"numLinear", "linear", "Linear kernels">,
    Statistic<"numMatMul", "matmul", "Products of two computed operands">,
    Statistic<"numConv", "conv", "Convolutions">,
    Statistic<"numEmbedding", "embedding", "Embeddings">,
    Statistic<"numAttention", "attention", "Attention kernels recognised">,
    Statistic<"numLayerNorm", "layer_norm", "Layer normalizations">,
    Statistic<"numRMSNorm", "rms_norm", "Root-mean-square normalizations">,
    Statistic<"numGelu", "gelu", "GELU activations">,
    Statistic<"numSilu", "silu", "SiLU activations">,
    Statistic<"numSwiGLU", "swiglu", "Gated SiLU activations">,
    Statistic<"numRotary", "rotary_embedding", "Rotary embeddings recognised">,
    Statistic<"numFolded", "folded", "Ops computed when compiling">,
  ];
  let dependentDialects = ["::atleus::nn::NNDialect",
                           "::mlir::func::FuncDialect"];
}

#endif // ATLEUS_CONVERSION_PASSES_TD
