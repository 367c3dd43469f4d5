//===- CompressionPasses.td - passes of phase compressed -----*- tablegen -*-===//
//
// Passes that make a model smaller, and the one that lets its devices vary.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_TRANSFORMS_COMPRESSIONPASSES_TD
#define ATLEUS_TRANSFORMS_COMPRESSIONPASSES_TD

include "mlir/Pass/PassBase.td"

def ChoosePrecision : Pass<"atleus-choose-precision", "::mlir::ModuleOp"> {
  let summary = "Say which widths quantization is to give each product";
  let description = [{
    Writes `nn.precision` on products whose names match a pattern. A rule is
    `PATTERN=PRECISION`: a glob (`*`, `?`, `[a-z]`, `{x,y}`) of names of
    `nn.linear`, `nn.matmul` and `nn.attention`, and

    - `4`: bits of the weights, 2 to 8; activations have `activation-bits`;
    - `4/8`: bits of weights and of activations, 4 to 8, 16 or `float`;
    - `float`: the product stays in floats;
    - `nf4`: weights are 4-bit normal floats, activations are floats.

    Where several rules match a name, the last one counts. A pattern that matches
    no product is an error. Bits of weights say nothing of a product without
    weights; a pattern that matches only such products, and states no bits of
    activations, gives a warning.

    With a `budget`, layers that no rule matches get the widths that suit it best,
    from 2 to 8 bits as far as fewer bits take fewer arrays:

    - `crossbars:2000`: the least loss at so many crossbar arrays, or
    - `crossbars:60%` at a share of those that `weight-bits` take;
    - `loss:0.5`: the fewest arrays at which so many of 100 answers change.

    Each layer's loss in each width is measured on the samples of `calibration`:
    the squared error of the model's first output over its squares, with that
    layer's weights rounded and everything else in floats. The answers are the
    largest elements along the output's last dimension; whether they change is
    measured on the model as `atleus-quantize` with the options `quantize` makes
    it. A remark says what each layer gets. A budget that cannot be kept is an
    error.
  }];
  let options = [
    ListOption<"precision", "precision", "std::string",
               "Rules, PATTERN=PRECISION">,
    Option<"activationBits", "activation-bits", "unsigned", "8",
           "Bits of an activation if a rule states none">,
    Option<"weightBits", "weight-bits", "unsigned", "8",
           "Bits of a weight of which a budget states a share">,
    Option<"budget", "budget", "std::string", "",
           "crossbars:COUNT, crossbars:SHARE% or loss:POINTS">,
    Option<"calibration", "calibration", "std::string", "",
           "Path of an .npz file with samples of the model's inputs">,
    Option<"machine", "machine", "std::string", "",
           "Preset or machine file whose crossbars a budget counts">,
    ListOption<"machineChanges", "set", "std::string",
               "Changes to it, 'part.attribute=value'">,
    Option<"quantize", "quantize", "std::string", "",
           "Options of the atleus-quantize that will follow">,
  ];
  let statistics = [
    Statistic<"numMatched", "matched", "Matches of patterns with products">,
  ];
  let dependentDialects = ["::atleus::arch::ArchDialect",
                           "::atleus::nn::NNDialect",
                           "::mlir::quant::QuantDialect"];
}

def InjectNoise : Pass<"atleus-inject-noise", "::mlir::ModuleOp"> {
  let summary = "say how the devices of crossbars deviate";
  let description = [{
    Writes the attribute `noise` on every `pim.program`: with it the interpreter
    computes what cells make of the weight and of what is read
    (`atleus/Interpreter/DeviceNoise.h`), without it crossbars are ideal. Arrays
    are numbered through the module, so that each has random numbers of its own;
    different trials have different ones.

    Arrays are as warm as `temperature-mk` says; else, as their node gets at the
    highest rate of inferences of which the schedule states temperatures; else,
    as the air around the package. They are read `elapsed-s` after they were
    written; else, at the device's reference time, before anything drifts.
    Noise that is there already is replaced.
  }];
  let options = [
    Option<"seed", "seed", "int64_t", /*default=*/"0",
           "Key of all random numbers">,
    Option<"trial", "trial", "int64_t", /*default=*/"0",
           "Which of many draws with the same seed">,
    Option<"temperatureMk", "temperature-mk", "int64_t", /*default=*/"0",
           "Temperature of all arrays in millikelvins; 0 takes that of the "
           "schedule or of the package">,
    Option<"elapsedS", "elapsed-s", "int64_t", /*default=*/"0",
           "Seconds since weights were written; 0 is the time up to which "
           "nothing drifts">,
  ];
  let statistics = [
    Statistic<"numPrograms", "programs", "Weights with noise">,
  ];
  let dependentDialects = ["::atleus::pim::PIMDialect"];
}

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

def Prune : Pass<"atleus-prune", "::mlir::ModuleOp"> {
  let summary = "make weights of linear layers zero";
  let description = [{
    Replaces the weight of every `nn.linear` that is a float and known when
    compiling by an `nn.sparse_constant`, of which the share `sparsity` is zero.
    A weight that several layers read is pruned once. `layers` are globs of the
    names of the layers that are meant; without any, all are.

    Sizes are those of the matrix [k, n], in which a row belongs to an input.
    `pattern` says where zeros may be:
    - `unstructured`: anywhere;
    - `block`: in each block of `block-rows` x `block-columns` whole `lines`, rows
      or columns, and as many in each. A size of 0 is that of what an array of
      `machine` or of the module's machine holds, for crossbars of weights of
      `weight-bits`; one that is larger than the matrix, or 0 without a machine,
      is that of the matrix;
    - `bank-balanced` and `n:m`: in each column the same number in each `group` of
      consecutive weights, 32 or 4 if not stated;
    - `hierarchical`: lines of blocks, and of what these leave, the same number in
      each group.

    Of a group `kept` weights stay. If it is not stated, the sparsity decides:
    groups of a hierarchical pattern keep the square root of the share that stays,
    as nearly as they can, and lines what makes up the rest. Numbers are those
    with which whole groups and blocks keep most nearly what they should, and 1 at
    least; smaller ones at an edge keep the same share, rounded up.

    What stays has the largest magnitude, of equal ones the first: of lines the
    largest norm. With `calibration`, an .npz file with samples of the model's
    inputs, magnitudes count times the root mean square of their inputs (Wanda,
    arXiv 2306.11695). With `compensate` the weights that stay are changed so that
    the layer's outputs for these samples change least (SparseGPT, arXiv
    2301.00774).

    `by=sensitivity` gives each weight a share of its own, so that `sparsity` is
    that of all together: each is pruned more and more, without compensation, and
    its outputs for the samples are compared. In steps, the weight is pruned
    further whose relative squared error grows the least for each zero.

    The index of the sparse storage is the smaller one of bitmap and offsets, at
    each level.
  }];
  let options = [
    Option<"pattern", "pattern", "::atleus::PruningKind",
           "::atleus::PruningKind::Hierarchical", "Where zeros may be",
           [{::llvm::cl::values(
             clEnumValN(::atleus::PruningKind::Unstructured, "unstructured",
                        "anywhere"),
             clEnumValN(::atleus::PruningKind::Block, "block",
                        "lines of blocks"),
             clEnumValN(::atleus::PruningKind::BankBalanced, "bank-balanced",
                        "the same number in each bank of a column"),
             clEnumValN(::atleus::PruningKind::NOfM, "n:m",
                        "the same number in each short group of a column"),
             clEnumValN(::atleus::PruningKind::Hierarchical, "hierarchical",
                        "lines of blocks, and the same number in each group of "
                        "what is left"))}]>,
    Option<"sparsity", "sparsity", "double", "0.5",
           "Share of the weights that become zero, at least 0 and below 1">,
    Option<"by", "by", "::atleus::SparsityShare",
           "::atleus::SparsityShare::Uniform", "How much of each weight",
           [{::llvm::cl::values(
             clEnumValN(::atleus::SparsityShare::Uniform, "uniform",
                        "the same share"),
             clEnumValN(::atleus::SparsityShare::Sensitivity, "sensitivity",
                        "more of weights whose outputs lose less"))}]>,
    Option<"blockRows", "block-rows", "int64_t", "0", "Rows of a block">,
    Option<"blockColumns", "block-columns", "int64_t", "0",
           "Columns of a block">,
    Option<"machine", "machine", "std::string", "",
           "Name of a preset, or path of a .mlir file, for the size of blocks">,
    ListOption<"machineChanges", "set", "std::string",
               "Changes to that machine, such as reram.rows=64">,
    Option<"weightBits", "weight-bits", "unsigned", "8",
           "Bits of the weights that an array of the machine will hold">,
    Option<"lines", "lines", "::atleus::PrunedLines",
           "::atleus::PrunedLines::Rows", "What a block loses as a whole",
           [{::llvm::cl::values(
             clEnumValN(::atleus::PrunedLines::Rows, "rows", "rows"),
             clEnumValN(::atleus::PrunedLines::Columns, "columns",
                        "columns"))}]>,
    Option<"group", "group", "int64_t", "0", "Weights of a group">,
    Option<"kept", "kept", "int64_t", "0", "Weights that a group keeps">,
    ListOption<"layers", "layers", "std::string",
               "Globs of the names of layers">,
    Option<"calibration", "calibration", "std::string", "",
           "Path of an .npz file with samples of the model's inputs">,
    Option<"compensate", "compensate", "bool", /*default=*/"false",
           "Change the weights that stay so that outputs change least">,
  ];
  let statistics = [
    Statistic<"numWeights", "weights", "Weights pruned">,
    Statistic<"numElements", "elements", "Elements of these weights">,
    Statistic<"numZeros", "zeros", "Elements that became zero">,
  ];
  let dependentDialects = ["::atleus::nn::NNDialect"];
}

def Quantize : Pass<"atleus-quantize", "::mlir::ModuleOp"> {
  let summary = "quantize the operands of matrix products";
  let description = [{
    Post-training quantization. Every float operand of `nn.linear`, `nn.matmul`
    and `nn.attention` gets an `nn.quantize` to an integer type; other ops stay
    in floats. A value that several products read is quantized once for each
    type. A product with `nn.precision` gets the widths that it states, every
    other one those of the options.

    What is quantized already stays as it is: an operand of a product that comes
    from `nn.dequantize`, with views between them or not, is replaced by the
    stored integers with the scales and zero points that they have, and neither
    calibration nor the number of bits applies to it; a warning says where other
    bits were asked for. A product of integers needs one scale for its left
    operand, and scales for columns or blocks of its right one; other scales are
    given up with a warning, and the values are quantized anew. An attention
    whose probabilities have a type keeps it.

    Weights of layers have a scale for each output feature, for each block of
    rows and columns that one crossbar array holds, or one in all; other
    parameters have one. A scale is the largest magnitude over the largest
    integer, or smaller if clipping the largest weights makes the squared error
    smaller. Weights that are all zero have the scale 1. The floats of the
    weights stay where they are; only the type of the `nn.quantize` holds what
    was found. The size of a block is stated, or follows from the module's
    machine or the one that is named: the rows of an array, and the columns over
    those that a weight of so many bits takes. Blocks at the edges are smaller.

    With `rounding=error-feedback`, later weights of an output feature make up for
    the errors of earlier ones, so that the layer's outputs on the samples of
    `calibration` change least (GPTQ, arXiv 2210.17323); zeros of an
    `nn.sparse_constant` stay zeros. Such weights are constants of integers with
    an `nn.storage_cast`. The samples are run once more for it, in as many runs as
    2 GiB of second moments ask for: 4 k^2 bytes for an input of k features.

    With `calibration`, an .npz file with an array of samples for each input of
    the model, activations have one scale: the model is run on every sample and
    the range of the numbers that were seen gives it, all of it, or what
    `calibration-method` makes of their histogram. Without it, the type is
    `!quant.any` and scales are computed each time the model runs: one for each
    vector of a left operand, the input of a layer and the query of an attention
    among them, so that no token waits for another, and one for each matrix of a
    right operand, which are the keys and the values of each head. With
    `activation-scales=per-tensor` each activation has one. The probabilities of
    an attention are unsigned with the range [0, 1] in every case.

    32 bits are floats. A product with float weights stays in floats and gets
    `nn.precision`, so that later passes know that this is meant. With float
    activations weights alone are rounded to what their integers stand for. The
    code `nf4` makes weights of layers `!nn.codebook`s; activations, and
    products without such a weight, stay floats then.
  }];
  let options = [
    Option<"weights", "weights", "::atleus::WeightScales",
           "::atleus::WeightScales::PerChannel",
           "Granularity of the weights' scales", [{::llvm::cl::values(
             clEnumValN(::atleus::WeightScales::PerTensor, "per-tensor",
                        "one scale for a weight"),
             clEnumValN(::atleus::WeightScales::PerChannel, "per-channel",
                        "a scale for each output feature"),
             clEnumValN(::atleus::WeightScales::CrossbarWise, "crossbar-wise",
                        "a scale for each block that one array holds"))}]>,
    Option<"weightBits", "weight-bits", "unsigned", "8",
           "Bits of a weight, 2 to 8, or 32 for floats">,
    Option<"weightCode", "weight-code", "::atleus::WeightCoding",
           "::atleus::WeightCoding::Symmetric",
           "What the bits of a weight mean", [{::llvm::cl::values(
             clEnumValN(::atleus::WeightCoding::Symmetric, "symmetric",
                        "multiples of the scale, signed"),
             clEnumValN(::atleus::WeightCoding::Affine, "affine",
                        "multiples of the scale from a zero point on"),
             clEnumValN(::atleus::WeightCoding::NF4, "nf4",
                        "4-bit normal floats"))}]>,
    Option<"weightClipping", "weight-clipping", "::atleus::WeightClipping",
           "::atleus::WeightClipping::MinMax",
           "What becomes of the largest weights", [{::llvm::cl::values(
             clEnumValN(::atleus::WeightClipping::MinMax, "min-max",
                        "they are kept"),
             clEnumValN(::atleus::WeightClipping::MeanSquaredError, "mse",
                        "clipped for the least squared error"))}]>,
    Option<"rounding", "rounding", "::atleus::WeightRounding",
           "::atleus::WeightRounding::Nearest",
           "How the weights of layers become integers", [{
           ::llvm::cl::values(
             clEnumValN(::atleus::WeightRounding::Nearest, "nearest",
                        "each alone"),
             clEnumValN(::atleus::WeightRounding::ErrorFeedback,
                        "error-feedback",
                        "later ones make up for the errors of earlier ones"))}]>,
    Option<"blockRows", "block-rows", "int64_t", "0",
           "Rows of a block of crossbar-wise scales; 0: those of an array">,
    Option<"blockColumns", "block-columns", "int64_t", "0",
           "Columns of a block; 0: those that an array holds">,
    Option<"codebookBlock", "codebook-block", "int64_t", "64",
           "Weights with a common scale in an NF4 code">,
    Option<"machine", "machine", "std::string", "",
           "Preset or machine file whose arrays give the size of a block">,
    ListOption<"machineChanges", "set", "std::string",
               "Changes to it, 'part.attribute=value'">,
    Option<"activationBits", "activation-bits", "unsigned", "8",
           "Bits of an activation, 4 to 8 or 16, or 32 for floats">,
    Option<"activationCode", "activation-code", "::atleus::ActivationCoding",
           "::atleus::ActivationCoding::Symmetric",
           "What the bits of an activation mean", [{::llvm::cl::values(
             clEnumValN(::atleus::ActivationCoding::Symmetric, "symmetric",
                        "multiples of the scale, signed"),
             clEnumValN(::atleus::ActivationCoding::Affine, "affine",
                        "multiples of the scale from a zero point on"))}]>,
    Option<"activationScales", "activation-scales",
           "::atleus::ActivationScales",
           "::atleus::ActivationScales::PerToken",
           "For what an activation has a scale at run time", [{
           ::llvm::cl::values(
             clEnumValN(::atleus::ActivationScales::PerToken, "per-token",
                        "each token, and the keys and values of each head"),
             clEnumValN(::atleus::ActivationScales::PerTensor, "per-tensor",
                        "the whole tensor"))}]>,
    Option<"calibration", "calibration", "std::string", "",
           "Path of an .npz file with samples of the model's inputs">,
    Option<"calibrationMethod", "calibration-method",
           "::atleus::CalibrationMethod",
           "::atleus::CalibrationMethod::MinMax",
           "Which range of what was seen the integers cover", [{
           ::llvm::cl::values(
             clEnumValN(::atleus::CalibrationMethod::MinMax, "min-max",
                        "all of it"),
             clEnumValN(::atleus::CalibrationMethod::Percentile, "percentile",
                        "a share of the numbers"),
             clEnumValN(::atleus::CalibrationMethod::Entropy, "entropy",
                        "of the least divergence from the distribution"),
             clEnumValN(::atleus::CalibrationMethod::MeanSquaredError, "mse",
                        "of the least squared error"))}]>,
    Option<"percentile", "percentile", "double", "99.99",
           "Share of the numbers in percent, above 0 and at most 100">,
  ];
  let statistics = [
    Statistic<"numProducts", "products", "Products with quantized operands">,
    Statistic<"numWeights", "weights", "Weights quantized">,
    Statistic<"numActivations", "activations", "Activations quantized">,
    Statistic<"numKept", "kept", "Operands that were quantized already">,
    Statistic<"numFloat", "floats", "Products that stay in floats">,
    Statistic<"numZeroScales", "zero-scales",
              "Weights, or features or blocks of them, that are all zero">,
    Statistic<"numZeroActivations", "zero-activations",
              "Activations that are zero in all samples">,
  ];
  let dependentDialects = ["::atleus::arch::ArchDialect",
                           "::atleus::nn::NNDialect",
                           "::mlir::quant::QuantDialect"];
}

#endif // ATLEUS_TRANSFORMS_COMPRESSIONPASSES_TD
