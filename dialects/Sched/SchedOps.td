//===- SchedOps.td - the sched dialect ---------------------------------------===//
//
// Tasks and transfers with times, and what is known of them as a whole.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_SCHED_SCHEDOPS_TD
#define ATLEUS_SCHED_SCHEDOPS_TD

include "dialects/NoC/NoCAttributes.td"
include "dialects/Sched/SchedInterfaces.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/BuiltinAttributes.td"
include "mlir/IR/OpAsmInterface.td"
include "mlir/IR/OpBase.td"
include "mlir/IR/RegionKindInterface.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Sched_Dialect : Dialect {
  let name = "sched";
  let summary = "time: what runs when, where and after what";
  let description = [{
    A schedule is a list of tasks and transfers. Each gives an event, which
    happens when it ends, and waits for the events of others, so the order that
    data requires is the order of SSA values. Before scheduling, starts are
    absent: such a schedule is a scheduling problem. Times are in picoseconds,
    energies in femtojoules, counted from the start of an inference.
  }];
  let cppNamespace = "::atleus::sched";
  let dependentDialects = ["::atleus::noc::NoCDialect"];
  let useDefaultTypePrinterParser = 1;
}

def Sched_Event : TypeDef<Sched_Dialect, "Event"> {
  let mnemonic = "event";
  let summary = "the end of a task, of a transfer or of all of several";
}

def Sched_Integer : TypedSignlessIntegerAttrBase<I64, "int64_t",
                                     "64-bit integer">;
def Sched_Count : ConfinedAttr<Sched_Integer, [IntNonNegative]>;
def Sched_Energies : ConfinedAttr<DenseI64ArrayAttr,
    [DenseArrayNonNegative<DenseI64ArrayAttr>]>;
def Sched_PositiveCount : ConfinedAttr<Sched_Integer, [IntPositive]>;

class Sched_Op<string mnemonic, list<Trait> traits = []>
    : Op<Sched_Dialect, mnemonic, traits>;

def Sched_ScheduleOp : Sched_Op<"schedule",
    [IsolatedFromAbove, NoRegionArguments, NoTerminator, SingleBlock, Symbol]> {
  let summary = "one inference of a model on a machine, in time";
  let description = [{
    The block holds programs, tasks, transfers, barriers, at most one summary and
    the temperatures that follow from it.
    `makespan_ps` is the time at which the last task ends. `interval_ps` is a
    time after which the same schedule can start again for the next inference
    while the former still runs, without a resource that is held twice.

    Constraints:
    - C1: the block holds ops of the sched dialect only.
    - C2: no two tasks have the same kernel and index.
    - C3: there is one summary or none.
    - C4: with `makespan_ps`, every timed op has a start, and the last one ends
      then.

    ```mlir
    sched.schedule @main of "two-layers" on @atleus {
      %0 = sched.task "layer.0.query"[0] on (0, 0, 1) "arrays" duration 1200
      %1 = sched.transfer "layer.0.query"[0] along (0, 0, 1)[z-] bits 1024
        flits 8 flit_ps 10 hop_ps 50 after(%0) duration 180
      %2 = sched.task "layer.0.scores"[0] on (0, 0, 0) "array" after(%1)
        duration 700
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, OptionalAttr<StrAttr>:$model,
                       FlatSymbolRefAttr:$machine,
                       OptionalAttr<Sched_Count>:$makespan_ps,
                       OptionalAttr<Sched_PositiveCount>:$interval_ps);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name (`of` $model^)? `on` $machine
    (`makespan_ps` `(` $makespan_ps^ `)`)?
    (`interval_ps` `(` $interval_ps^ `)`)?
    attr-dict-with-keyword $body
  }];
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "::llvm::StringRef":$name, "::llvm::StringRef":$model,
                   "::llvm::StringRef":$machine)>];
  let hasRegionVerifier = 1;
  let extraClassDeclaration = [{
    /// The summary, or null.
    ::atleus::sched::SummaryOp getSummary();
  }];
}

class Sched_TimedOp<string mnemonic, list<Trait> traits = []>
    : Sched_Op<mnemonic, [
        HasParent<"::atleus::sched::ScheduleOp">,
        DeclareOpInterfaceMethods<TimedOpInterface>] # traits> {
  let results = (outs Sched_Event:$event);
}

def Sched_TaskOp : Sched_TimedOp<"task"> {
  let summary = "a part of a kernel runs on a unit of a node";
  let description = [{
    Task `index` of `kernel` holds the unit `unit` of `node` from its start for
    its duration. Units are named as the placement names them; those of one node
    work at the same time, one unit does one task after the other. The task does
    not start before `release_ps`. `result_bits` is the size of the results that
    it leaves in the buffer of its node, where readers and transfers find them.

    A task that streams parameters also holds the memory `memory` of
    `memory_node` for `stream_ps` from its start on. `bytes` is what a task moves
    in or out of a memory.

    Syntax:

    ```
    operation ::= `sched.task` $kernel `[` $index `]` `on` $node $unit
                  (`streams` $memory $memory_node `for` $stream_ps)?
                  (`after` `(` $after `)`)? (`release` $release_ps)?
                  (`start` $start_ps)? `duration` $duration_ps
                  (`energy` $energy_fj)? (`bytes` $bytes)?
                  (`result_bits` $result_bits)? attr-dict
    ```

    Constraints:
    - C1: numbers are not negative.
    - C2: the task ends before 2^62 ps.
    - C3: `memory`, `memory_node` and `stream_ps` are stated together; the memory
      is not held for longer than the task takes.

    ```mlir
    sched.schedule @main on @atleus {
      %0 = sched.task "query"[0] on (0, 0, 1) "arrays" start 0 duration 900
      %1 = sched.task "query"[1] on (0, 0, 1) "arrays" after(%0) release 500
        start 900 duration 900 energy 12000 result_bits 98304
      %2 = sched.task "head"[0] on (1, 0, 0) "array"
        streams "dram" (0, 0, 0) for 400 start 0 duration 900
    }
    ```
  }];
  let arguments = (ins StrAttr:$kernel, Sched_Count:$index, NoC_NodeAttr:$node,
                       StrAttr:$unit, OptionalAttr<StrAttr>:$memory,
                       OptionalAttr<NoC_NodeAttr>:$memory_node,
                       OptionalAttr<Sched_Count>:$stream_ps,
                       OptionalAttr<Sched_Count>:$bytes,
                       Variadic<Sched_Event>:$after,
                       OptionalAttr<Sched_Count>:$release_ps,
                       OptionalAttr<Sched_Count>:$start_ps,
                       Sched_Count:$duration_ps,
                       OptionalAttr<Sched_Count>:$energy_fj,
                       OptionalAttr<Sched_Count>:$result_bits);
  let hasCustomAssemblyFormat = 1;
  let builders = [
    OpBuilder<(ins "::mlir::StringAttr":$kernel, "int64_t":$index,
                   "::atleus::noc::NodeAttr":$node, "::mlir::StringAttr":$unit,
                   "::mlir::ValueRange":$after,
                   "::atleus::Picoseconds":$duration)>];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// Says that the task holds a memory for a part of its time.
    void setStream(::mlir::StringAttr memory, ::atleus::noc::NodeAttr node,
                   ::atleus::Picoseconds time);
  }];
}

def Sched_TransferOp : Sched_TimedOp<"transfer"> {
  let summary = "a result of a task moves over links";
  let description = [{
    `bits` of the result of task `index` of `kernel` move along `route` as
    `flits` flits. The head takes `hop_ps` from a node to the next, or
    `vertical_hop_ps` to another tier, or `added_hop_ps` over a link that the
    machine adds. The injection port of the first node is held from the start for
    flits * `flit_ps`, or for `held_ps` if that is stated, each link for as long, from the time at which the head leaves its
    node, and the ejection port of the last node from the time at which the head
    arrives. The data is available at start + `duration_ps`.

    With `branches` the transfer is a multicast. Each branch begins at a node
    that the route, or a branch before it, visits, and is another part of the
    tree; one without links delivers at that node itself. The data goes to the
    last nodes of the route and of all branches, and is available everywhere at
    start + `duration_ps`.

    With the attribute `sched.gathers` it moves the results of further tasks of
    the kernel, made at the same node, too.

    Syntax:

    ```
    operation ::= `sched.transfer` $kernel `[` $index `]` `along` $route
                  (`branches` $branches)? `bits` $bits `flits` $flits
                  `flit_ps` $flit_ps (`held_ps` $held_ps)? `hop_ps` $hop_ps
                  (`vertical_hop_ps` $vertical_hop_ps)?
                  (`added_hop_ps` $added_hop_ps)? (`after` `(` $after `)`)?
                  (`release` $release_ps)? (`start` $start_ps)?
                  `duration` $duration_ps (`energy` $energy_fj)? attr-dict
    ```

    Constraints:
    - C1: numbers are not negative; bits and flits are positive.
    - C2: the transfer ends before 2^62 ps.
    - C3: the duration covers all of the time for which links and ports are held.
    - C4: `held_ps` is not shorter than flits * `flit_ps`.
    - C5: `added_hop_ps` is stated if the route takes an added link.
    - C6: each branch begins at a node of the tree, and visits no node that is
      part of it already.
    - C7: no two parts of the tree deliver at the same node.
    - C8: `sched.gathers` is an array of indices that rise from `index` on.

    ```mlir
    sched.schedule @main on @atleus {
      %0 = sched.transfer "query"[0] along (0, 0, 1)[x+, z-] bits 2048 flits 16
        flit_ps 1000 hop_ps 5000 vertical_hop_ps 4000 start 0 duration 32000
      %1 = sched.transfer "query"[1] along (0, 0, 1)[-> (3, 3, 1)] bits 2048
        flits 16 flit_ps 1000 held_ps 18000 hop_ps 5000 added_hop_ps 7000
        start 32000 duration 32000
      %2 = sched.transfer "query"[2] along (0, 0, 1)[x+, x+]
        branches [(1, 0, 1)[], (1, 0, 1)[y+]] bits 2048 flits 16
        flit_ps 1000 hop_ps 5000 start 64000 duration 32000
    }
    ```
  }];
  let arguments = (ins StrAttr:$kernel, Sched_Count:$index, NoC_RouteAttr:$route,
                       Sched_PositiveCount:$bits, Sched_PositiveCount:$flits,
                       Sched_Count:$flit_ps,
                       OptionalAttr<Sched_Count>:$held_ps, Sched_Count:$hop_ps,
                       OptionalAttr<Sched_Count>:$vertical_hop_ps,
                       OptionalAttr<Sched_Count>:$added_hop_ps,
                       Variadic<Sched_Event>:$after,
                       OptionalAttr<Sched_Count>:$release_ps,
                       OptionalAttr<Sched_Count>:$start_ps,
                       Sched_Count:$duration_ps,
                       OptionalAttr<Sched_Count>:$energy_fj,
                       OptionalAttr<NoC_RouteArrayAttr>:$branches);
  let hasCustomAssemblyFormat = 1;
  let builders = [
    OpBuilder<(ins "::mlir::StringAttr":$kernel, "int64_t":$index,
                   "::atleus::noc::RouteAttr":$route, "::atleus::Bits":$bits,
                   "int64_t":$flits, "::atleus::Picoseconds":$perFlit,
                   "const ::atleus::PathTiming &":$path,
                   "::mlir::ValueRange":$after,
                   "::atleus::Picoseconds":$duration)>];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// The times of the transfer's parts.
    ::atleus::PathTiming getPathTiming();
  }];
}

def Sched_BarrierOp : Sched_TimedOp<"barrier", [Pure]> {
  let summary = "the end of all of several events";
  let description = [{
    Takes no time and no resource. A kernel with n tasks that all wait for the m
    tasks of another needs n + m operands with a barrier and n * m without.

    A barrier of one event is that event; events that a barrier names twice, and
    those of a barrier that only this one waits for, are merged.

    ```mlir
    sched.schedule @main on @atleus {
      %0 = sched.task "keys"[0] on (0, 0, 1) "arrays" duration 900
      %1 = sched.task "keys"[1] on (1, 0, 1) "arrays" duration 900
      %2 = sched.barrier after(%0, %1)
      %3 = sched.task "scores"[0] on (0, 0, 0) "array" after(%2) duration 100
    }
    ```
  }];
  let arguments = (ins Variadic<Sched_Event>:$after,
                       OptionalAttr<Sched_Count>:$start_ps);
  let assemblyFormat = "`after` `(` $after `)` (`start` $start_ps^)? attr-dict";
  let hasFolder = 1;
  let hasCanonicalizeMethod = 1;
}

def Sched_ProgramOp : Sched_Op<"program",
    [HasParent<"::atleus::sched::ScheduleOp">]> {
  let summary = "weights of a kernel are written before time 0";
  let description = [{
    `arrays` crossbar arrays at `nodes` hold the weights of `kernel` when the
    first inference starts. Writing them takes `duration_ps` and `energy_fj`,
    which count once and not in every inference.

    Constraints:
    - C1: numbers are not negative.

    ```mlir
    sched.schedule @main on @atleus {
      sched.program "query" on [(0, 0, 1), (1, 0, 1)] arrays 144 duration 1404000
        energy 22600
    }
    ```
  }];
  let arguments = (ins StrAttr:$kernel, NoC_NodesAttr:$nodes,
                       Sched_Count:$arrays, Sched_Count:$duration_ps,
                       OptionalAttr<Sched_Count>:$energy_fj);
  let assemblyFormat = [{
    $kernel `on` custom<NodeList>($nodes) `arrays` $arrays
    `duration` $duration_ps (`energy` $energy_fj^)? attr-dict
  }];
}

def Sched_SummaryOp : Sched_Op<"summary",
    [HasParent<"::atleus::sched::ScheduleOp">]> {
  let summary = "what is known of a schedule as a whole";
  let description = [{
    The makespan beside lower bounds of it: the critical path with unlimited
    resources; the time for which the busiest resource (unit, link or port) is
    held, with its name; and the bandwidth bound, the longest time for which a
    link or port of the network is held. `lower_bound_ps` is the largest bound
    that is known, which heeds dependences and resources at once; a schedule
    whose makespan equals it is as short as any. `energy_fj` is the
    energy of one inference by component. `node_energy_fj` is what of it becomes
    heat at each node of the network, x running fastest, then y, then z; memory
    and host are outside of the stack and have no part in it.
    `node_leakage_fj` is what of that flows during the makespan whether the node
    works or not.

    Constraints:
    - C1: numbers are not negative.
    - C2: no bound is above the makespan.
    - C3: the makespan is that of the schedule.
    - C4: each energy is a 64-bit integer that is not negative.
    - C5: `node_leakage_fj` has as many entries as `node_energy_fj`, none of
      which is larger.

    ```mlir
    sched.schedule @main on @atleus makespan_ps(900) {
      %0 = sched.task "query"[0] on (0, 0, 1) "arrays" start 0 duration 900
      sched.summary makespan_ps 900 critical_path_ps 900
        busiest_resource_ps 900 "unit (0, 0, 1) arrays" bandwidth_ps 0
        lower_bound_ps 900 energy_fj {crossbar_array = 1200, analog_to_digital = 16700}
    }
    ```
  }];
  let arguments = (ins Sched_Count:$makespan_ps, Sched_Count:$critical_path_ps,
                       Sched_Count:$busiest_resource_ps,
                       StrAttr:$busiest_resource, Sched_Count:$bandwidth_ps,
                       OptionalAttr<Sched_Count>:$lower_bound_ps,
                       OptionalAttr<DictionaryAttr>:$energy_fj,
                       OptionalAttr<Sched_Energies>:$node_energy_fj,
                       OptionalAttr<Sched_Energies>:$node_leakage_fj);
  let assemblyFormat = [{
    `makespan_ps` $makespan_ps `critical_path_ps` $critical_path_ps
    `busiest_resource_ps` $busiest_resource_ps $busiest_resource
    `bandwidth_ps` $bandwidth_ps (`lower_bound_ps` $lower_bound_ps^)?
    (`energy_fj` $energy_fj^)?
    (`node_energy_fj` $node_energy_fj^)?
    (`node_leakage_fj` $node_leakage_fj^)? attr-dict
  }];
  let hasVerifier = 1;
}

def Sched_TemperatureOp : Sched_Op<"temperature",
    [HasParent<"::atleus::sched::ScheduleOp">]> {
  let summary = "how warm the machine is at one rate of inferences";
  let description = [{
    What the temperatures settle at when the schedule starts again every
    `period_ps`: at the makespan, one inference runs after the other; at the
    schedule's interval, each starts as soon as it can. `node_mk` is the mean over
    the area of each node of the network, x running fastest, then y, then z.
    `peak_mk` is the hottest spot, which lies in the node `at`. Temperatures are
    in millikelvins.

    Constraints:
    - C1: numbers are positive.
    - C2: no node is hotter than the hottest spot.

    ```mlir
    sched.schedule @main on @atleus makespan_ps(900) {
      %0 = sched.task "query"[0] on (0, 0, 0) "arrays" start 0 duration 900
      sched.temperature period_ps 900 peak_mk 341320 at (0, 0, 0)
        node_mk [341210, 330450]
    }
    ```
  }];
  let arguments = (ins Sched_PositiveCount:$period_ps,
                       Sched_PositiveCount:$peak_mk, NoC_NodeAttr:$at,
                       ConfinedAttr<DenseI64ArrayAttr,
                         [DenseArrayStrictlyPositive<DenseI64ArrayAttr>]>
                         :$node_mk);
  let assemblyFormat = [{
    `period_ps` $period_ps `peak_mk` $peak_mk `at` custom<Node>($at)
    `node_mk` $node_mk attr-dict
  }];
  let hasVerifier = 1;
}

#endif // ATLEUS_SCHED_SCHEDOPS_TD
