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

    The result is checked by `--atleus-verify-schedule` in the same pass.
  }];
  let dependentDialects = ["::atleus::sched::SchedDialect"];
  let options = [
    Option<"algorithm", "algorithm", "::atleus::scheduling::Algorithm",
           "::atleus::scheduling::Algorithm::List", "Algorithm",
           [{::llvm::cl::values(
             clEnumValN(::atleus::scheduling::Algorithm::List, "list",
                        "list scheduling, longest path to a sink first"))}]>,
  ];
  let statistics = [
    Statistic<"numTasks", "tasks", "Tasks scheduled">,
    Statistic<"numTransfers", "transfers", "Transfers scheduled">,
    Statistic<"makespan", "makespan-ps", "Sum of the makespans, in ps">,
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
    a note at the other.
  }];
  let dependentDialects = ["::atleus::sched::SchedDialect"];
}

#endif // ATLEUS_TRANSFORMS_PASSES_TD
