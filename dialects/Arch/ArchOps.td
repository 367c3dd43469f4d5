//===- ArchOps.td - the machine as IR: structure --------------------------===//
//
// The machine, its tiers, network, memories, host and package. The cores are in
// ArchCoreOps.td.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_ARCH_ARCHOPS_TD
#define ATLEUS_ARCH_ARCHOPS_TD

include "dialects/Arch/ArchCoreOps.td"

def Arch_MachineOp : Arch_Op<"machine", [
    Symbol, SymbolTable, IsolatedFromAbove, SingleBlock, NoTerminator,
    NoRegionArguments]> {
  let summary = "A machine";
  let description = [{
    Holds the description of one machine: cores, tiers of them, the network,
    memories, the host and the package. `streaming` says which parameters stream
    from memory where others lie in crossbars.

    Constraints:
    - (C1) There is exactly one `arch.noc`.
    - (C2) There is exactly one `arch.host`.
    - (C3) There is at most one `arch.package`.
    - (C4) There is at least one `arch.tier`.
    - (C5) No two tiers have the same level, and each level is below the third
      dimension of the network.
    - (C6) The grid of each tier fits the first two dimensions of the network.
    - (C7) The node of each memory and of the host lies within the network.
    - (C8) If there is a package, each tier is the heat source of exactly one
      layer.

    ```mlir
    #ours = #arch.source<recalled, "chosen for this example">
    arch.machine @small summary "one systolic node" {
      arch.noc @mesh {dims = [1, 1, 1], link_bits = 128, clock_ps = 1000,
        routing_cycles = 1, vc_allocation_cycles = 1,
        switch_allocation_cycles = 1, traversal_cycles = 1,
        virtual_channels = 4, buffer_flits = 8, max_packet_flits = 16,
        header_flits = 1, planar_link_cycles = 1, vertical_link_cycles = 1,
        planar_link_um = 2500, router_flit_fj = 10370,
        planar_bit_fj_per_mm = 100, vertical_bit_fj = 15,
        router_leakage_uw = 410} from #ours
      arch.memory @dram {node = [0, 0, 0], capacity_bytes = 8589934592,
        bytes_per_s = 256000000000, latency_ps = 100000, burst_bytes = 32,
        bit_fj = 3900, idle_uw = 0} from #ours
      arch.host @host {node = [0, 0, 0], operations_per_s = 100000000000,
        bytes_per_s = 16000000000, latency_ps = 10000000,
        operation_fj = 100000, byte_fj = 100000, idle_uw = 0} from #ours
      arch.systolic @pe {rows = 64, columns = 64,
        dataflow = #arch.dataflow<os>, clock_ps = 1000, mac_bits = 8,
        accumulator_bits = 32, mac_fj = 300, buffer_bytes = 1048576,
        buffer_bytes_per_cycle = 256,
        buffer_byte_fj = 2500, leakage_uw = 0, memory = @dram} from #ours
      arch.tier @sa0 of @pe {level = 0, grid = [1, 1]} from #ours
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
                       OptionalAttr<StrAttr>:$summary,
                       DefaultValuedAttr<Arch_StreamingAttr,
                         "::atleus::arch::Streaming::None">:$streaming);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name (`summary` $summary^)? (`streaming` `` $streaming^)?
    attr-dict-with-keyword $body
  }];
  let hasRegionVerifier = 1;
  let extraClassDeclaration = [{
    /// The machine's network.
    NoCOp getNoC();
    /// The machine's host.
    HostOp getHost();
    /// The machine's package, if it has one.
    PackageOp getPackage();
    /// The tiers in the order of their levels.
    ::llvm::SmallVector<TierOp, 0> getTiers();
  }];
}

def Arch_TierOp : Arch_PartOp<"tier", [
    Symbol, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "A grid of equal cores on one level of the stack";
  let description = [{
    Node (x, y) of the tier is node (x, y, level) of the network. Level 0 is the
    furthest from the heat sink.

    Constraints:
    - (C1) Every number has a source.
    - (C2) `core` is an `arch.crossbar`, an `arch.systolic` or an
      `arch.processor` of the machine.
    - (C3) `grid` holds two positive numbers.

    An example is in the description of the dialect.
  }];
  let arguments = (ins
    SymbolNameAttr:$sym_name,
    FlatSymbolRefAttr:$core,
    Arch_NonNegative<"position in the stack">:$level,
    Arch_Coordinates<2, "nodes along x and y">:$grid,
    Arch_Sources:$sources);
  let assemblyFormat = "$sym_name `of` $core custom<Description>(attr-dict)";
  let extraClassDeclaration = [{
    /// The core that every node of the tier has.
    ::mlir::Operation *getCoreOp();
    /// Number of nodes.
    int64_t getNumNodes() { return getGrid()[0] * getGrid()[1]; }
  }];
}

def Arch_NoCOp : Arch_PartOp<"noc", [Symbol]> {
  let summary = "The network between the nodes";
  let description = [{
    A 3D mesh of input-queued virtual-channel routers, one per node. Routing is
    dimension-ordered, first x, then y, then z, or by tables. Where the machine
    is used, every node must reach every other, and no set of packets may be able
    to wait for each other (`atleus/Cost/NoCRouting.h`).

    With `multicast` a router copies the flits that it receives to several of its
    outputs, so that what several nodes read travels once over each link of a
    tree. Without it each node gets a packet of its own.

    A machine may remove links of the mesh and add others. Both are lists of
    pairs of nodes, six coordinates each; a pair stands for the links in both
    directions.

    Constraints:
    - (C1) Every number has a source.
    - (C2) A packet is longer than its header.
    - (C3) `removed_links` and `added_links` hold six coordinates per link, of
      nodes of the network.
    - (C4) A removed link joins neighbours of the mesh; an added link joins two
      nodes that are not neighbours. No link is listed twice.
    - (C5) With `added_links`, `added_link_cycles` and `added_link_um` are
      stated.
    - (C6) With removed or added links, the routing is not `xyz`.
    - (C7) The network has at most 1048576 nodes, with a routing other than
      `xyz` at most 1024.

    An example is in the description of the dialect.
  }];
  let arguments = (ins
    SymbolNameAttr:$sym_name,
    Arch_Coordinates<3, "nodes along x, y and z">:$dims,
    Arch_Positive<"width of a link, the size of a flit">:$link_bits,
    Arch_Positive<"clock period of routers and links">:$clock_ps,
    Arch_NonNegative<"route computation; 0 with look-ahead">:$routing_cycles,
    Arch_Positive<"allocation of a virtual channel">:$vc_allocation_cycles,
    Arch_Positive<"allocation of the switch">:$switch_allocation_cycles,
    Arch_Positive<"switch traversal">:$traversal_cycles,
    UnitAttr:$speculative,
    UnitAttr:$multicast,
    DefaultValuedAttr<Arch_RoutingAttr, "::atleus::arch::Routing::XYZ">
      :$routing,
    OptionalAttr<ConfinedAttr<DenseI64ArrayAttr,
      [DenseArrayNonNegative<DenseI64ArrayAttr>]>>:$removed_links,
    OptionalAttr<ConfinedAttr<DenseI64ArrayAttr,
      [DenseArrayNonNegative<DenseI64ArrayAttr>]>>:$added_links,
    OptionalAttr<Arch_Positive<"latency of an added link">>:$added_link_cycles,
    OptionalAttr<Arch_Positive<"length of an added link">>:$added_link_um,
    Arch_Positive<"virtual channels per port">:$virtual_channels,
    Arch_Positive<"buffer of a virtual channel">:$buffer_flits,
    Arch_Positive<"longest packet, with its header">:$max_packet_flits,
    Arch_NonNegative<"flits of a packet that hold no data">:$header_flits,
    Arch_Positive<"latency of a link within a tier">:$planar_link_cycles,
    Arch_Positive<"latency of a link between tiers">:$vertical_link_cycles,
    Arch_Positive<"length of a link within a tier">:$planar_link_um,
    Arch_NonNegative<"a flit through a router">:$router_flit_fj,
    Arch_NonNegative<"a bit over 1 mm within a tier">:$planar_bit_fj_per_mm,
    Arch_NonNegative<"a bit to the next tier">:$vertical_bit_fj,
    OptionalAttr<Arch_Positive<"a router">>:$router_um2,
    Arch_NonNegative<"idle power of a router">:$router_leakage_uw,
    Arch_Sources:$sources);
  let assemblyFormat = "$sym_name custom<Description>(attr-dict)";
  let hasVerifier = 1;
}

def Arch_MemoryOp : Arch_PartOp<"memory", [Symbol]> {
  let summary = "Memory outside of the stack";
  let description = [{
    DRAM at one node of the network.

    Constraints:
    - (C1) Every number has a source.

    An example is in the description of `arch.machine`.
  }];
  let arguments = (ins
    SymbolNameAttr:$sym_name,
    Arch_Node<"where it is attached">:$node,
    Arch_Positive<"size">:$capacity_bytes,
    Arch_Positive<"bandwidth">:$bytes_per_s,
    Arch_NonNegative<"time to the first byte">:$latency_ps,
    Arch_Positive<"smallest access">:$burst_bytes,
    Arch_NonNegative<"access of a bit">:$bit_fj,
    OptionalAttr<Arch_Positive<"controller and interface on the die">>
      :$area_um2,
    Arch_NonNegative<"power without access">:$idle_uw,
    Arch_Sources:$sources);
  let assemblyFormat = "$sym_name custom<Description>(attr-dict)";
}

def Arch_HostOp : Arch_PartOp<"host", [Symbol]> {
  let summary = "The processor that runs what no tier can";
  let description = [{
    A roofline: time is the latency of a call plus the larger of operations over
    their rate and bytes over the bandwidth. A multiply-accumulate is two
    operations.

    Constraints:
    - (C1) Every number has a source.

    An example is in the description of the dialect.
  }];
  let arguments = (ins
    SymbolNameAttr:$sym_name,
    Arch_Node<"where it is attached">:$node,
    Arch_Positive<"operations on elements">:$operations_per_s,
    Arch_Positive<"bandwidth to the machine">:$bytes_per_s,
    Arch_NonNegative<"time to start a call">:$latency_ps,
    Arch_NonNegative<"an operation">:$operation_fj,
    Arch_NonNegative<"a byte moved">:$byte_fj,
    Arch_NonNegative<"power without work">:$idle_uw,
    Arch_Sources:$sources);
  let assemblyFormat = "$sym_name custom<Description>(attr-dict)";
}

def Arch_PackageOp : Arch_PartOp<"package", [
    SingleBlock, NoTerminator, NoRegionArguments]> {
  let summary = "The stack of layers between the tiers and the air";
  let description = [{
    The layers are listed from the side that is furthest from the heat sink to
    the sink. Its surface is cooled by convection, either of a stated resistance
    in all (`convection_mk_per_w`, as HotSpot has it) or of a heat transfer
    coefficient (`heat_transfer_w_per_m2_k`, as 3D-ICE has it). All other faces
    are adiabatic.

    Constraints:
    - (C1) Every number has a source.
    - (C2) There is at least one layer.
    - (C3) The limit is above the ambient temperature.
    - (C4) Exactly one of `convection_mk_per_w` and `heat_transfer_w_per_m2_k`
      is stated.
    - (C5) No layer is smaller than the longer side of the die. One of exactly
      that size has the outline of the die, a larger one is a square around it.
    - (C6) No layer that a tier heats is larger than the die.

    ```mlir
    #ours = #arch.source<recalled, "chosen for this example">
    arch.machine @small {
      arch.noc @mesh {dims = [1, 1, 1], link_bits = 128, clock_ps = 1000,
        routing_cycles = 1, vc_allocation_cycles = 1,
        switch_allocation_cycles = 1, traversal_cycles = 1,
        virtual_channels = 4, buffer_flits = 8, max_packet_flits = 16,
        header_flits = 1, planar_link_cycles = 1, vertical_link_cycles = 1,
        planar_link_um = 2500, router_flit_fj = 10370,
        planar_bit_fj_per_mm = 100, vertical_bit_fj = 15,
        router_leakage_uw = 410} from #ours
      arch.host @host {node = [0, 0, 0], operations_per_s = 100000000000,
        bytes_per_s = 16000000000, latency_ps = 10000000,
        operation_fj = 100000, byte_fj = 100000, idle_uw = 0} from #ours
      arch.systolic @pe {rows = 8, columns = 8, dataflow = #arch.dataflow<ws>,
        clock_ps = 1000, mac_bits = 8, accumulator_bits = 32, mac_fj = 300,
        buffer_bytes = 65536,
        buffer_bytes_per_cycle = 32, buffer_byte_fj = 2500,
        leakage_uw = 0} from #ours
      arch.tier @sa0 of @pe {level = 0, grid = [1, 1]} from #ours
      arch.package {die_x_um = 10000, die_y_um = 10000, ambient_mk = 318150,
        limit_mk = 378150, convection_mk_per_w = 100} from #ours layers {
        arch.layer "silicon0" {thickness_um = 100, side_um = 10000,
          conductivity_mw_per_m_k = 120000, heat_j_per_m3_k = 1750000,
          source = @sa0} from #ours
        arch.layer "sink" {thickness_um = 6900, side_um = 60000,
          conductivity_mw_per_m_k = 400000,
          heat_j_per_m3_k = 3550000} from #ours
      }
    }
    ```
  }];
  let arguments = (ins
    Arch_Positive<"width of the tiers">:$die_x_um,
    Arch_Positive<"depth of the tiers">:$die_y_um,
    Arch_Positive<"temperature of the air">:$ambient_mk,
    Arch_Positive<"highest temperature allowed">:$limit_mk,
    OptionalAttr<Arch_Positive<"thermal resistance of the sink's surface">>
      :$convection_mk_per_w,
    OptionalAttr<Arch_NonNegative<"heat capacity of the moving air">>
      :$convection_mj_per_k,
    OptionalAttr<Arch_Positive<"heat transfer coefficient of the last layer">>
      :$heat_transfer_w_per_m2_k,
    Arch_Sources:$sources);
  let regions = (region SizedRegion<1>:$layers);
  let assemblyFormat = "custom<Description>(attr-dict) `layers` $layers";
  let hasRegionVerifier = 1;
}

def Arch_LayerOp : Arch_Op<"layer", [
    HasParent<"PackageOp">, Arch_Described,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "One layer of the package";
  let description = [{
    A plate of one material. `source` names the tier whose power it dissipates.
    In a layer that is `vertical_only`, heat does not spread sideways.

    Constraints:
    - (C1) Every number has a source.
    - (C2) `source` is a tier of the machine.

    An example is in the description of `arch.package`.
  }];
  let arguments = (ins
    StrAttr:$name,
    Arch_Positive<"thickness">:$thickness_um,
    Arch_Positive<"width and depth">:$side_um,
    Arch_Positive<"thermal conductivity">:$conductivity_mw_per_m_k,
    Arch_Positive<"volumetric heat capacity">:$heat_j_per_m3_k,
    UnitAttr:$vertical_only,
    OptionalAttr<FlatSymbolRefAttr>:$source,
    Arch_Sources:$sources);
  let assemblyFormat = "$name custom<Description>(attr-dict)";
}

#endif // ATLEUS_ARCH_ARCHOPS_TD
