//===- Passes.td - transformations of the IR -----------------*- tablegen -*-===//
//
// The passes from nn to a schedule, sorted by name.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_TRANSFORMS_PASSES_TD
#define ATLEUS_TRANSFORMS_PASSES_TD

include "mlir/Pass/PassBase.td"

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
    Weights are packed into the nodes of their tier, one node after another
    along a path of neighbours. A kernel of a systolic tier takes as many nodes as
    it has tasks or the tier has nodes: for each run of tasks the node over
    whose links and ports the least traffic goes, to and from the kernels that
    are placed already; of equal ones that which is used least. A kernel whose
    tasks each read what one task of another has computed runs on the same nodes
    if that is no worse: the scores, the softmax and the context of a head stay
    together.
  }];
  let dependentDialects = ["::atleus::pim::PIMDialect"];
}

def Tile : Pass<"atleus-tile", "::mlir::ModuleOp"> {
  let summary = "cut kernels into tasks, and weights into what a node holds";
  let description = [{
    Sets the `task_tile` of every kernel: the last dimension whole, the one before
    (tokens) in blocks, one of each dimension before that (heads, batch). A
    kernel of a vector unit whose result depends on all tokens, such as a
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

def VerifyTransfers : Pass<"atleus-verify-transfers", "::mlir::ModuleOp"> {
  let summary = "check that values are where kernels read them";
  let description = [{
    Follows every operand of every kernel, and every result of the function, to
    the kernel that computes it. A value that is computed on one tier or node and
    read on another needs a `noc.transfer` on the way, from the nodes of the one
    to the nodes of the other, with a route for each pair between which data
    moves.
  }];
}

#endif // ATLEUS_TRANSFORMS_PASSES_TD
