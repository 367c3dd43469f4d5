//===- Passes.td - conversions between dialects --------------*- tablegen -*-===//
//
// The passes that turn one dialect into the next.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_CONVERSION_PASSES_TD
#define ATLEUS_CONVERSION_PASSES_TD

include "mlir/Pass/PassBase.td"

def ConvertONNXToNN : Pass<"convert-onnx-to-nn", "::mlir::ModuleOp"> {
  let summary = "turn ONNX nodes into kernels on tensors of static shape";
  let description = [{
    Every shape becomes static: dimensions that the file leaves open take the
    values of `dims` and `shapes`. Constants and shape arithmetic are computed,
    parameters stay where they are. Kernels that the exporter took apart are put
    together again: linear layers with their bias, attention, layer and
    root-mean-square normalization, GELU, SiLU. What is not recognised stays in
    pieces, with the same result.

    Operators that are not known are reported all at once.
  }];
  let options = [
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
    Statistic<"numFolded", "folded", "Ops computed when compiling">,
  ];
  let dependentDialects = ["::atleus::nn::NNDialect",
                           "::mlir::func::FuncDialect"];
}

#endif // ATLEUS_CONVERSION_PASSES_TD
