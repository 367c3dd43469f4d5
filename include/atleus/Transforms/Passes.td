//===- Passes.td - transformations of the IR -----------------*- tablegen -*-===//
//
// The passes from nn to a schedule, sorted by name.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_TRANSFORMS_PASSES_TD
#define ATLEUS_TRANSFORMS_PASSES_TD

include "mlir/Pass/PassBase.td"

def AssignTiers : Pass<"atleus-assign-tiers", "::mlir::ModuleOp"> {
  let summary = "choose a tier of the machine for each kernel";
  let description = [{
    Writes the attribute `arch.tier` on every op that computes something from
    the model's inputs.

    Layers with weights go to crossbar tiers, in program order while they fit;
    the arrays are packed as at placement, so that what is assigned has a place.
    If layers are left over, an error tells what is missing, or, with
    `spill=systolic` or on a machine that is made for it, they go to the other
    tiers and their weights stream from memory. On a machine with
    `streaming<attention>` so do the weights of the projections around each
    attention. Layers whose `nn.precision` leaves their activations in floats are
    not meant for crossbars; their weights stream, too.

    Everything else goes to the tiers without crossbars, systolic or processor,
    whose cores say whether they can execute it. With several tiers each takes
    consecutive kernels of about the same time, cut where little data moves
    between them. Operations on elements that none of them can execute go to the
    vector units of crossbar tiers, and what no core can execute to the host; a
    remark says why.

    What streams from a memory, with the inputs and results of the model, must
    fit into it.
  }];
  let options = [
    Option<"spill", "spill", "::atleus::WeightSpill",
           "::atleus::WeightSpill::None",
           "What becomes of weights without room in crossbars",
           [{::llvm::cl::values(
             clEnumValN(::atleus::WeightSpill::None, "none", "an error"),
             clEnumValN(::atleus::WeightSpill::Systolic, "systolic",
                        "they stream from memory into systolic tiers"))}]>,
  ];
  let statistics = [
    Statistic<"numCrossbar", "crossbar", "Kernels on crossbar tiers">,
    Statistic<"numSystolic", "systolic",
              "Kernels on systolic and processor tiers">,
    Statistic<"numVector", "vector", "Kernels on vector units of crossbar tiers">,
    Statistic<"numHost", "host", "Kernels on the host">,
    Statistic<"numSpilled", "spilled", "Kernels with weights in no crossbar">,
    Statistic<"numArrays", "arrays", "Crossbar arrays used">,
  ];
  let dependentDialects = ["::atleus::arch::ArchDialect"];
}

def AttachMachine : Pass<"atleus-attach-machine", "::mlir::ModuleOp"> {
  let summary = "put a machine into the module";
  let description = [{
    Copies the `arch.machine` of a preset or a file to the start of the module,
    with the changes that `set` asks for. The module must not hold a machine
    yet.
  }];
  let options = [
    Option<"machine", "machine", "std::string", /*default=*/"",
           "Name of a preset, or path of a .mlir file">,
    ListOption<"overrides", "set", "std::string",
               "Changes such as reram.adc_bits=6">,
  ];
  let dependentDialects = ["::atleus::arch::ArchDialect"];
}

def BuildSchedule : Pass<"atleus-build-schedule", "::mlir::ModuleOp"> {
  let summary = "state what a scheduler has to solve";
  let description = [{
    Adds a `sched.schedule` without starts: a `sched.program` for each weight in
    crossbars, a `sched.task` for each tile of each kernel with the price that
    its core states, and a `sched.transfer` for what a node needs of the result
    of a task on another node, sent once. Tasks of a kernel on crossbars run on
    its own arrays, others on the systolic array or the vector unit of their
    node, or on the host. Inputs are read from memory and results written to it
    by tasks of their own, `input:NAME` and `output:NAME`. What several tasks
    wait for together is a `sched.barrier`. The kernels stay beside the schedule,
    which refers to them by name; `sched.energy_fj` of the schedule is the energy
    of its tasks and transfers by component.
  }];
  let statistics = [
    Statistic<"numTasks", "tasks", "Tasks">,
    Statistic<"numTransfers", "transfers", "Transfers">,
    Statistic<"numBarriers", "barriers", "Barriers">,
  ];
  let dependentDialects = ["::atleus::sched::SchedDialect"];
}

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

def Estimate : Pass<"atleus-estimate", "::mlir::ModuleOp"> {
  let summary = "state the energy of a schedule";
  let description = [{
    Writes into the `sched.summary` of each schedule the energy of one inference
    by component, and the part of it that becomes heat at each node, with what of
    that is leakage. Tasks cost
    what the cores of their kernels state, transfers what the network states for
    their routes; both get their `energy_fj`. Idle power of cores, vector units,
    routers, memories and host counts over the whole makespan, as leakage.

    Writing weights counts once and not in every inference: it stays with the
    `sched.program` ops.
  }];
  let statistics = [
    Statistic<"numTasks", "tasks", "Tasks with energy">,
    Statistic<"numTransfers", "transfers", "Transfers with energy">,
  ];
  let dependentDialects = ["::atleus::sched::SchedDialect"];
}

def EstimateTemperature
    : Pass<"atleus-estimate-temperature", "::mlir::ModuleOp"> {
  let summary = "state how warm a schedule makes the machine";
  let description = [{
    Adds a `sched.temperature` to each schedule with energy: what the
    temperatures settle at when inferences follow each other without end. The
    power of a node is its energy of one inference over the time from one to the
    next. That is the makespan, if each waits for the one before, and the
    interval of the schedule, if each starts as soon as it can, the power of
    sustained operation; each gets an op. Leakage flows all the time at either
    rate. The power spreads evenly over the node's area, in the layer of its
    tier. Memory and host are outside of the stack and do not heat it.

    The package of the machine is a grid of thermal resistances of at least
    `cells` times `cells` cells to a layer. A machine without package has no
    temperatures.

    A spot above the limit of the package is a warning, or, with
    `enforce-limit`, an error.
  }];
  let options = [
    Option<"cells", "cells", "unsigned", /*default=*/"32",
           "Cells along each side of the die, up to 512">,
    Option<"enforceLimit", "enforce-limit", "bool", /*default=*/"false",
           "A temperature above the limit of the package is an error">,
  ];
  let statistics = [
    Statistic<"numTemperatures", "temperatures", "Rates with temperatures">,
  ];
  let dependentDialects = ["::atleus::sched::SchedDialect"];
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

def InsertTransfers : Pass<"atleus-insert-transfers", "::mlir::ModuleOp"> {
  let summary = "move values between the nodes of kernels";
  let description = [{
    Where a task reads what a task on another node has computed, the value goes
    through a `noc.transfer`: one for each value and each list of nodes that
    reads it, with a route along x, y and z for each pair of nodes between which
    data moves. Inputs of the function come from the machine's memory, or from
    the host of a machine without memory, and its results go there. Views are
    applied after the transfer.
  }];
  let statistics = [
    Statistic<"numTransfers", "transfers", "Transfers inserted">,
    Statistic<"numBytes", "bytes", "Bytes that they move">,
    Statistic<"numByteLinks", "byte-links", "Bytes times links">,
  ];
  let dependentDialects = ["::atleus::noc::NoCDialect"];
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

def Place : Pass<"atleus-place", "::mlir::ModuleOp"> {
  let summary = "choose the nodes on which kernels run";
  let description = [{
    Each weight goes to the node of its tier that holds the least so far, along
    a path of neighbours: results of kernels that follow each other leave from
    different nodes. A kernel of a systolic tier takes as many nodes as
    it has tasks or the tier has nodes: for each run of tasks the node over
    whose links and ports the least traffic goes, to and from the kernels that
    are placed already; of equal ones that which is used least. A kernel whose
    tasks each read what one task of another has computed runs on the same nodes
    if that is no worse: the scores, the softmax and the context of a head stay
    together.
  }];
  let dependentDialects = ["::atleus::pim::PIMDialect"];
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

    Activations have one scale. With `calibration`, an .npz file with an array
    of samples for each input of the model, the model is run on every sample and
    the range of the numbers that were seen gives the scale: all of it, or what
    `calibration-method` makes of their histogram. Without it, the type is
    `!quant.any` and the scale is computed each time the model runs. The
    probabilities of an attention are unsigned with the range [0, 1] in either
    case.

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

def Schedule : Pass<"atleus-schedule", "::atleus::sched::ScheduleOp"> {
  let summary = "Give each task and transfer of a schedule a start";
  let description = [{
    Solves the scheduling problem that the tasks, transfers and barriers of a
    `sched.schedule` state: an op starts when the events that it waits for have
    happened and its release has come, and a unit, link or port serves one op at
    a time. Former starts are not regarded. Writes the starts, `makespan_ps`, a
    `sched.summary` with lower bounds of the makespan, and `interval_ps`: the
    shortest time after which the next inference can run by the same schedule
    without a resource that is held twice. Capacities of buffers are not a part
    of the problem.

    `list` places tasks in the order of the longest path to a sink. `search`
    schedules by several priorities, and then changes the order at random, from a
    fixed seed, in windows of time; it is never longer than `list`. `exact`
    searches the orders of all pairs of tasks that share a resource by branch and
    bound, which is for problems of up to some hundred tasks; when it ends without
    a proof, it says so in a warning. `lower_bound_ps` equals the makespan after a
    proof. `modulo` looks for starts at which the schedule can begin again early:
    it folds time by an interval in which the busiest resource is in use for
    `busiest-percent`, and by longer ones if that fails or makes the latency
    longer than `latency-percent` of that of `list`.

    The result is checked by `--atleus-verify-schedule` in the same pass.
  }];
  let dependentDialects = ["::atleus::sched::SchedDialect"];
  let options = [
    Option<"algorithm", "algorithm", "::atleus::scheduling::Algorithm",
           "::atleus::scheduling::Algorithm::List", "Algorithm",
           [{::llvm::cl::values(
             clEnumValN(::atleus::scheduling::Algorithm::List, "list",
                        "list scheduling, longest path to a sink first"),
             clEnumValN(::atleus::scheduling::Algorithm::Search, "search",
                        "several priorities and a local search"),
             clEnumValN(::atleus::scheduling::Algorithm::Modulo, "modulo",
                        "short intervals between inferences"),
             clEnumValN(::atleus::scheduling::Algorithm::Exact, "exact",
                        "branch and bound, for small problems"))}]>,
    Option<"searchRounds", "search-rounds", "unsigned", "100",
           "Rounds of the local search, of search and exact">,
    Option<"maxNodes", "max-nodes", "int64_t", "10000",
           "Most nodes of the search tree, of exact">,
    Option<"busiestPercent", "busiest-percent", "unsigned", "90",
           "Part of an interval for which the busiest resource is to be in use, "
           "of modulo, 1 to 100">,
    Option<"latencyPercent", "latency-percent", "unsigned", "0",
           "Longest latency, in percent of that of list, of modulo, from 100 on; "
           "0 for no limit">,
  ];
  let statistics = [
    Statistic<"numTasks", "tasks", "Tasks scheduled">,
    Statistic<"numTransfers", "transfers", "Transfers scheduled">,
    Statistic<"makespan", "makespan-ps", "Sum of the makespans, in ps">,
  ];
}

def Tile : Pass<"atleus-tile", "::mlir::ModuleOp"> {
  let summary = "cut kernels into tasks, and weights into what a node holds";
  let description = [{
    Sets the `task_tile` of every kernel: the last dimension whole, the one before
    (tokens) in blocks, one of each dimension before that (heads, batch). A
    product whose weight streams from memory is cut by columns of the weight
    instead, into as many tasks and at least one for each node of the tier, so
    that each column is read once. A kernel of a vector unit whose result depends on all tokens, such as a
    quantization with a scale of the whole tensor, is one task. A weight for which
    no node has enough free arrays is cut along its features; each part is a
    kernel, and a view puts the results together.
  }];
  let options = [
    Option<"tokensPerTask", "tokens-per-task", "int64_t", /*default=*/"16",
           "Most tokens of a task">,
  ];
  let statistics = [
    Statistic<"numTasks", "tasks", "Tasks of all kernels">,
    Statistic<"numCut", "cut", "Weights that lie on several nodes">,
  ];
  let dependentDialects = ["::atleus::nn::NNDialect",
                           "::atleus::pim::PIMDialect"];
}

def VerifyBuffers : Pass<"atleus-verify-buffers", "::mlir::ModuleOp"> {
  let summary = "check that buffers hold what a schedule keeps in them";
  let description = [{
    Adds up, over time and without any code of the schedulers, what lies in the
    buffer of each node: `result_bits` of a task from its start on, `bits` of a
    transfer from the time at which its head arrives at its last node. Both stay
    until the last task of that node that waits for them has ended, and until the
    last flit of the last transfer that waits for them has left the node. A
    barrier passes on what those behind it wait for. Data with several readers
    lies there once; data without readers stays until it is complete.

    Capacities are the `buffer_bytes` of the cores of the machine. Cores that
    state none, memories and hosts are not limited. Data between a memory or a
    host and the network does not enter the buffer of the node beside them, as
    long as no task of its core reads it. Parameters that stream through a core
    and constants of vector units are not counted.

    The sum is taken for inferences that follow each other, and, if the schedule
    has an `interval_ps`, for inferences that start as soon as they can and
    share the buffers. A buffer that is too small is a warning, or, with
    `enforce-limit`, an error. It names the worst buffer and what takes most of
    its place.
  }];
  let options = [
    Option<"enforceLimit", "enforce-limit", "bool", /*default=*/"false",
           "A buffer that is too small is an error">,
  ];
  let statistics = [
    Statistic<"numBuffers", "buffers", "Buffers checked">,
  ];
}

def VerifySchedule
    : Pass<"atleus-verify-schedule", "::atleus::sched::ScheduleOp"> {
  let summary = "Check the starts of a schedule";
  let description = [{
    Checks, without any code of the schedulers, that every task, transfer and
    barrier has a start; that it starts after its release and after the events
    for which it waits; that no two hold a unit, a link or a port at once; and
    that this stays so when the schedule is started again every `interval_ps`.
    Up to ten violations are reported, each at the op that comes too early, with
    a note at the other. What buffers hold is checked by
    `--atleus-verify-buffers`.
  }];
  let dependentDialects = ["::atleus::sched::SchedDialect"];
}

def VerifyTransfers : Pass<"atleus-verify-transfers", "::mlir::ModuleOp"> {
  let summary = "check that values are where kernels read them";
  let description = [{
    Follows every operand of every kernel, and every result of the function, to
    the kernel that computes it. A value that is computed on one tier or node and
    read on another needs a `noc.transfer` on the way, from the nodes of the one
    to the nodes of the other, with a route for each pair between which data
    moves.
  }];
  let dependentDialects = ["::atleus::noc::NoCDialect"];
}

#endif // ATLEUS_TRANSFORMS_PASSES_TD
