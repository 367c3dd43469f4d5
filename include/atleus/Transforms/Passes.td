//===- Passes.td - transformations of the IR -----------------*- tablegen -*-===//
//
// The passes from nn to a schedule, sorted by name.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_TRANSFORMS_PASSES_TD
#define ATLEUS_TRANSFORMS_PASSES_TD

include "atleus/Transforms/CompressionPasses.td"
include "mlir/Pass/PassBase.td"

def AssignTiers : Pass<"atleus-assign-tiers", "::mlir::ModuleOp"> {
  let summary = "choose a tier of the machine for each kernel";
  let description = [{
    Writes the attribute `arch.tier` on every op that computes something from
    the model's inputs.

    Kernels that a pattern of `assign` matches go to the tier that it names. Of
    the other layers with weights `policy` says which go to crossbars:
    - `static-dynamic`: all. On a machine with `streaming<attention>` the weights
      of the projections around each attention stream from memory instead.
    - `attention-feedforward`: all but those projections.
    - `all-crossbar`: all; what has no weight goes to vector units beside
      crossbars first.
    - `all-systolic`: none.
    - `cost`: those with which `objective` is smallest in a model of the whole
      inference (`atleus/Mapping/AssignmentSearch.h`). That is exact where few
      layers have a choice; the function's `arch.assignment` states how far from
      the best it may be.

    Layers whose `nn.precision` leaves their activations in floats are not meant
    for crossbars; their weights stream. The arrays are packed as at placement, so
    that what is assigned has a place. If layers are left over, an error tells
    what is missing, or `spill` says what becomes of them: their weights stream
    into the other tiers, as on a machine with `streaming<overflow>`, or weights
    of equal layout take turns in slots of crossbars (`arch.slot`) and are written
    in each inference.

    Everything else goes to the tiers without crossbars, systolic or processor,
    whose cores say whether they can execute it. With several tiers each takes
    consecutive kernels of about the same time, cut where little data moves
    between them. Operations on elements that none of them can execute go to the
    vector units of crossbar tiers, and what no core can execute to the host; a
    remark says why.

    What streams from a memory, with the inputs and results of the model, must
    fit into it. Each kernel keeps in `arch.reason` what decided, and in
    `arch.alternatives` what each tier would take for it, or why it cannot run
    there.
  }];
  let options = [
    Option<"policy", "policy", "::atleus::AssignmentPolicy",
           "::atleus::AssignmentPolicy::StaticDynamic", "How tiers are chosen",
           [{::llvm::cl::values(
             clEnumValN(::atleus::AssignmentPolicy::Cost, "cost",
                        "what costs least"),
             clEnumValN(::atleus::AssignmentPolicy::StaticDynamic,
                        "static-dynamic",
                        "weights to crossbars, all else to systolic tiers"),
             clEnumValN(::atleus::AssignmentPolicy::AttentionFeedForward,
                        "attention-feedforward",
                        "feed-forward layers to crossbars, all else to systolic "
                        "tiers"),
             clEnumValN(::atleus::AssignmentPolicy::AllSystolic, "all-systolic",
                        "nothing to crossbars"),
             clEnumValN(::atleus::AssignmentPolicy::AllCrossbar, "all-crossbar",
                        "all that crossbar tiers can execute"))}]>,
    Option<"objective", "objective", "::atleus::AssignmentObjective",
           "::atleus::AssignmentObjective::Latency",
           "What the policy cost makes small",
           [{::llvm::cl::values(
             clEnumValN(::atleus::AssignmentObjective::Latency, "latency",
                        "the time of an inference"),
             clEnumValN(::atleus::AssignmentObjective::Energy, "energy",
                        "the energy of an inference"),
             clEnumValN(::atleus::AssignmentObjective::EDP, "edp",
                        "energy times time"))}]>,
    ListOption<"pins", "assign", "std::string",
               "Kernels that go to a tier, such as encoder.*.ffn*=@reram0; the "
               "last pattern that matches counts">,
    Option<"spill", "spill", "::atleus::WeightSpill",
           "::atleus::WeightSpill::None",
           "What becomes of weights without room in crossbars",
           [{::llvm::cl::values(
             clEnumValN(::atleus::WeightSpill::Auto, "auto",
                        "what costs less, of systolic and rewrite"),
             clEnumValN(::atleus::WeightSpill::None, "none", "an error"),
             clEnumValN(::atleus::WeightSpill::Systolic, "systolic",
                        "they stream from memory into systolic tiers"),
             clEnumValN(::atleus::WeightSpill::Rewrite, "rewrite",
                        "they take turns in crossbars, written anew in each "
                        "inference"))}]>,
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
    of a task on another node, sent once; on a network with `multicast`, what
    several nodes need goes along a tree, once for all of them. Tasks of a kernel
    on crossbars run on its own arrays, others on the systolic array or the vector
    unit of their node, or on the host. Inputs are read from memory and results
    written to it by tasks of their own, `input:NAME` and `output:NAME`. So is
    what brings weights in each inference: `load:NAME` those of products on
    systolic cores with a memory, as far ahead as a part of the buffer allows, and
    `write:NAME` those that take turns in a slot of crossbars, after the last
    product with the weight before. What several tasks wait for together is a
    `sched.barrier`. The kernels stay beside the schedule,
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

def Estimate : Pass<"atleus-estimate", "::mlir::ModuleOp"> {
  let summary = "state the energy of a schedule";
  let description = [{
    Writes into the `sched.summary` of each schedule the energy of one inference
    by component, and the part of it that becomes heat at each node, with what of
    that is leakage. Tasks cost
    what the cores of their kernels state, transfers what the network states for
    their routes; both get their `energy_fj`. Idle power of cores, vector units,
    routers, memories and host counts over the whole makespan, as leakage.

    Writing weights that stay counts once and not in every inference: it stays
    with the `sched.program` ops. Weights that take turns are written by tasks; if
    cells do not last for a year at the schedule's own rate, that is a warning.
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

def Place : Pass<"atleus-place", "::mlir::ModuleOp"> {
  let summary = "choose the nodes on which kernels run";
  let description = [{
    Each weight goes to the node of its tier that holds the least so far, each
    kernel of a systolic tier to as many nodes as it has tasks or the tier has
    nodes. A kernel whose runs of tasks read for the most part, and all of it,
    what the runs with the same numbers of another have made stays with it: the
    scores, the softmax and the context of a head. Weights of one slot are at one
    place.

    `row-major` counts nodes row by row. `curve` counts them along a space-filling
    curve, which tiers of equal size share, and gives each other kernel the nodes
    over whose links and ports the least traffic goes, of equal ones that which
    works the least. `anneal` goes on from there: parts move or change places
    within the capacity of nodes, so that traffic x distance and the loads of
    links, ports and units at the same time become small
    (`atleus/Mapping/Placement.h` states the cost).

    The module gets the attribute `noc.placement`: traffic x distance and the time
    of the busiest link, of the chosen placement and of one row by row.
  }];
  let options = [
    Option<"method", "method", "::atleus::PlacementMethod",
           "::atleus::PlacementMethod::Curve", "How nodes are chosen",
           [{::llvm::cl::values(
             clEnumValN(::atleus::PlacementMethod::RowMajor, "row-major",
                        "in program order, row by row"),
             clEnumValN(::atleus::PlacementMethod::Curve, "curve",
                        "along a space-filling curve, near their data"),
             clEnumValN(::atleus::PlacementMethod::Anneal, "anneal",
                        "from there on by simulated annealing"))}]>,
    Option<"moves", "moves", "unsigned", "8000",
           "Changes that simulated annealing tries">,
    Option<"seed", "seed", "uint64_t", "0",
           "Key of the random numbers of simulated annealing">,
  ];
  let dependentDialects = ["::atleus::pim::PIMDialect"];
}

def Replicate : Pass<"atleus-replicate", "::mlir::ModuleOp"> {
  let summary = "give spare crossbars to weights that keep others waiting";
  let description = [{
    Sets `replicas` of the `pim.program` ops whose products take the most time, as
    long as arrays are left and the time of the whole becomes shorter. Kernels form
    segments, of which each begins where a first task waits for a last one; a step
    gives the slowest stages of the segment that gains most for its arrays as many
    replicas as make them faster (`atleus/Mapping/ReplicaAllocation.h`). Each
    replica has a node of its own. Weights of a slot, and those that have several
    replicas already, keep what they have.
  }];
  let options = [
    Option<"maxReplicas", "max-replicas", "unsigned", "0",
           "Most replicas of a weight; 0 for no limit, 1 for none">,
  ];
  let statistics = [
    Statistic<"numReplicated", "replicated", "Weights with several replicas">,
    Statistic<"numArrays", "arrays", "Arrays of the added replicas">,
  ];
  let dependentDialects = ["::atleus::pim::PIMDialect"];
}

def Schedule : Pass<"atleus-schedule", "::atleus::sched::ScheduleOp"> {
  let summary = "give each task and transfer of a schedule a start";
  let description = [{
    Solves the scheduling problem that the tasks, transfers and barriers of a
    `sched.schedule` state: an op starts when the events that it waits for have
    happened and its release has come, and a unit, link or port serves one op at
    a time. Former starts are regarded by `given` alone. Writes the starts, `makespan_ps`, a
    `sched.summary` with lower bounds of the makespan, and `interval_ps`: the
    shortest time after which the next inference can run by the same schedule
    without a resource that is held twice, or a weight that is written over while
    another inference multiplies by it. Capacities of buffers are not a part of
    the problem, but for `heeds-buffers`; `--atleus-fit-buffers` heeds them.

    `list` lets time go on and gives what falls free to the task that waits for it
    with the longest path to a sink (`atleus/Scheduling/DispatchScheduler.h`), and
    then moves all tasks to the right and to the left again, where that makes the
    schedule shorter (`atleus/Scheduling/Justification.h`). Small problems are also
    scheduled task by task. `search`
    schedules by several priorities, and then changes the order at random, from a
    fixed seed, in windows of time; it is never longer than `list`. `exact`
    searches the orders of all pairs of tasks that share a resource by branch and
    bound, which is for problems of up to some hundred tasks; when it ends without
    a proof, it says so in a warning. `lower_bound_ps` equals the makespan after a
    proof. `modulo` looks for starts at which the schedule can begin again early:
    it cuts the schedule of `list` into stages that run at once, each for another
    inference (`atleus/Scheduling/ModuloScheduler.h`). The more stages, the
    shorter the interval and the longer the latency: it takes the fewest with
    which the busiest resource is in use for `busiest-percent` of each interval,
    or as many as keep the latency within `latency-percent` of that of `list`. With
    `heeds-buffers` it takes no more of them than have room for their data.
    `given` keeps the starts that all ops have, to check and judge a schedule that
    was made elsewhere.

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
                        "branch and bound, for small problems"),
             clEnumValN(::atleus::scheduling::Algorithm::Given, "given",
                        "the starts that ops have"))}]>,
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
    Option<"heedsBuffers", "heeds-buffers", "bool", "false",
           "Keep no more data of inferences that overlap than buffers hold, of "
           "modulo">,
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
    that each column is read once; two tasks have room in the part of a buffer
    that weights come into. A kernel of a vector unit whose result depends on all
    tokens, such as a quantization with a scale of the whole tensor, is one task.

    A weight in crossbars is cut along its features into as many parts as the
    ports of nodes need to send results as fast as the arrays compute them, and
    where no node has enough free arrays; each part is a kernel, and a view puts
    the results together. Weights of slots are cut for want of arrays only.
    Where no node has as many arrays as one column of arrays takes, the weight is
    cut along its rows, too, and sums go from the parts with the first rows to
    those with the next: each adds to them, and the last one scales.
  }];
  let options = [
    Option<"tokensPerTask", "tokens-per-task", "int64_t", /*default=*/"16",
           "Most tokens of a task; 0: chosen by the time that tasks take and what "
           "starting and moving them costs">,
    Option<"bufferShare", "buffer-share", "int64_t", /*default=*/"2",
           "What a task reads and leaves takes at most one part of its buffer "
           "of so many, if its tokens can be fewer">,
  ];
  let statistics = [
    Statistic<"numTasks", "tasks", "Tasks of all kernels">,
    Statistic<"numCut", "cut", "Weights that lie on several nodes">,
  ];
  let dependentDialects = ["::atleus::nn::NNDialect",
                           "::atleus::pim::PIMDialect"];
}

def FitBuffers : Pass<"atleus-fit-buffers", "::mlir::ModuleOp"> {
  let summary = "start tasks later where buffers would not hold what they leave";
  let description = [{
    Schedules that keep no more in the buffers of nodes than these hold stay as
    they are. Of others the tasks and transfers start anew: one after the other
    in an order near that of their starts in which each has room, each as early
    as it has room for good (`atleus/Scheduling/BufferedOrder.h`,
    `atleus/Scheduling/BufferedScheduler.h`). Then `interval_ps` grows until the
    inferences that are under way at once fit, too. What lies in buffers is what
    `--atleus-verify-buffers` counts.

    A schedule for which there is no such order is an error. It names the task
    that finds no room, how much is missing, what takes most of the place, and
    sizes of buffers for which there is an order of the same tasks.
  }];
  let dependentDialects = ["::atleus::sched::SchedDialect"];
  let options = [
    Option<"statesSizes", "states-sizes", "bool", /*default=*/"true",
           "Look for sizes of buffers for which there is an order, which takes "
           "some times as long as to see that there is none">,
  ];
  let statistics = [
    Statistic<"numDelayed", "schedules-delayed",
              "Schedules that started anew to fit into buffers">,
    Statistic<"numSlowed", "intervals-raised",
              "Schedules that repeat later to fit into buffers">,
  ];
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
    long as no task of its core reads it. What `load:NAME` brings stays until the
    last task that waits for it has ended. Parameters that stream through a core
    while it computes and constants of vector units are not counted.

    The sum is taken for inferences that follow each other, and, if the schedule
    has an `interval_ps`, for inferences that start as soon as they can and
    share the buffers. A buffer that is too small is a warning, which
    `sched.exceeds_buffers` at the schedule records, or, with `enforce-limit`, an
    error. It names the worst buffer and what takes most of its place.
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
  let summary = "check the starts of a schedule";
  let description = [{
    Checks, without any code of the schedulers, that every task, transfer and
    barrier has a start; that it starts after its release and after the events
    for which it waits; that no two hold a unit, a link or a port at once; and
    that this stays so when the schedule is started again every `interval_ps`,
    with the arrays of a slot held from the write of a weight to its last product.
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
