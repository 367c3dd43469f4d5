//===- Passes.td - transformations of the IR -----------------*- tablegen -*-===//
//
// The passes that stay within the dialects of their input.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_TRANSFORMS_PASSES_TD
#define ATLEUS_TRANSFORMS_PASSES_TD

include "mlir/Pass/PassBase.td"

def LowerConvolution : Pass<"atleus-lower-convolution", "::mlir::ModuleOp"> {
  let summary = "turn convolutions into matrix products";
  let description = [{
    A convolution is the product of the image's patches with the weight, which
    is a matrix of features by the elements of a patch. The patch embedding of a
    vision transformer becomes a layer that a crossbar can hold. The weight
    keeps its bytes; the kernel's name goes to the product.

    A convolution of several groups becomes one product with a matrix for each
    group, which systolic arrays execute.
  }];
  let statistics = [
    Statistic<"numLowered", "lowered", "Convolutions turned into products">,
  ];
  let dependentDialects = ["::atleus::nn::NNDialect"];
}

#endif // ATLEUS_TRANSFORMS_PASSES_TD
