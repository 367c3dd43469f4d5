//===- ArchDialect.td - the machine as IR: dialect and attributes ---------===//
//
// The dialect, its enums and the attribute that says where a number is from.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_ARCH_ARCHDIALECT_TD
#define ATLEUS_ARCH_ARCHDIALECT_TD

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"

def Arch_Dialect : Dialect {
  let name = "arch";
  let cppNamespace = "::atleus::arch";
  let summary = "The machine that a model is mapped to";
  let description = [{
    A machine is data: tiers of cores, the network between them, memories, the
    host and the package, with every constant that a cost model needs. Numbers
    are integers in base units, the unit in the name: `read_ps`, `mac_fj`,
    `limit_mk`. After a number, `from` says where it comes from; after the
    closing brace, `from` says it for all numbers that have none of their own.

    ```mlir
    #isaac = #arch.source<paper, "ISAAC, ISCA 2016">
    #ours = #arch.source<recalled, "chosen for this example">
    arch.machine @example {
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
      arch.vector @post {lanes = 64, clock_ps = 1000, add_cycles = 1,
        add_fj = 100, leakage_uw = 0} from #ours
      arch.device @cell {on_nanosiemens = 750000, off_nanosiemens = 50000,
        read_mv = 200, bandwidth_hz = 10000000, programming_sigma_ppm = 30000,
        stuck_on_ppm = 100, stuck_off_ppm = 100, drift_exponent_ppm = 5000,
        drift_reference_s = 1, read_sigma_ppm = 5000} from #ours
      arch.crossbar @reram {tiles = 16, arrays_per_tile = 96, rows = 128,
        columns = 128, cell_bits = 2, dac_bits = 1, active_rows = 128,
        encoding = #arch.encoding<flipped>, read_ps = 100000 from #isaac,
        adc_type = #arch.adc_type<sar>, adc_bits = 8, adc_rated_bits = 8,
        adc_samples_per_s = 1280000000, columns_per_adc = 128,
        adc_min_bits = 8, adc_conversion_fj = [1670], sample_hold_fj = 1,
        dac_drive_fj = 391, array_read_fj = 30000, shift_add_fj = 21,
        input_register_bit_fj = 121, output_register_fj = 22,
        buffer_bytes = 1048576, buffer_bytes_per_s = 518000000000,
        buffer_bit_fj = 80, bus_bit_fj = 54, pipeline_ps = 600000,
        row_write_ps = 85694, cell_write_fj = 1379, write_power_uw = 5440000,
        endurance_writes = 100000000, leakage_uw = 0, vector = @post,
        device = @cell} from #ours
      arch.tier @reram0 of @reram {level = 0, grid = [1, 1]} from #ours
    }
    ```
  }];
  let useDefaultAttributePrinterParser = 1;
}

class Arch_Attr<string name, string attrMnemonic>
    : AttrDef<Arch_Dialect, name> {
  let mnemonic = attrMnemonic;
}

class Arch_Enum<string name, string text, list<I32EnumCase> cases>
    : I32Enum<name, text, cases> {
  let cppNamespace = "::atleus::arch";
}

class Arch_EnumAttr<EnumInfo info, string name>
    : EnumAttr<Arch_Dialect, info, name> {
  let assemblyFormat = "`<` $value `>`";
}

def Arch_Provenance : Arch_Enum<"Provenance", "how well a number is founded", [
    I32EnumCase<"Paper", 0, "paper">,
    I32EnumCase<"Exact", 1, "exact">,
    I32EnumCase<"Derived", 2, "derived">,
    I32EnumCase<"Recalled", 3, "recalled">,
    I32EnumCase<"Estimated", 4, "estimated">]>;

def Arch_SourceAttr : Arch_Attr<"Source", "source"> {
  let summary = "Where a number comes from";
  let description = [{
    `paper`: from the named publication. `exact`: checked by equality against
    an independent simulator. `derived`: follows from numbers with a source, as
    the text says. `recalled`: from the literature as remembered. `estimated`: a
    choice of the preset's author. The last two are unverified: reports list
    them with what depends on them.

    ```mlir
    module attributes {
      x.read = #arch.source<paper, "ISAAC, ISCA 2016">,
      x.clock = #arch.source<recalled, "32 nm synthesis results">
    } {}
    ```
  }];
  let parameters = (ins EnumParameter<Arch_Provenance>:$provenance,
                        StringRefParameter<"which source">:$text);
  let assemblyFormat = "`<` $provenance `,` $text `>`";
}

def Arch_Dataflow : Arch_Enum<"Dataflow",
    "which operand of a product stays in a systolic array", [
    I32EnumCase<"WeightStationary", 0, "ws">,
    I32EnumCase<"OutputStationary", 1, "os">,
    I32EnumCase<"InputStationary", 2, "is">]>;
def Arch_DataflowAttr : Arch_EnumAttr<Arch_Dataflow, "dataflow">;

def Arch_Prefetch : Arch_Enum<"Prefetch",
    "in which order operand buffers are filled", [
    I32EnumCase<"Stored", 0, "stored">,
    I32EnumCase<"Demand", 1, "demand">]>;
def Arch_PrefetchAttr : Arch_EnumAttr<Arch_Prefetch, "prefetch"> {
  let description = [{
    `stored`: each operand comes tile by tile as it is stored, round and round,
    half a buffer at a time; what the array needs again after it has left the
    buffer is waited for until it comes round (SCALE-Sim). `demand`: in the
    order in which the array reads it, so that nothing comes that is not needed
    next.
  }];
}

def Arch_Encoding : Arch_Enum<"Encoding", "how cells hold signed weights", [
    I32EnumCase<"Offset", 0, "offset">,
    I32EnumCase<"Flipped", 1, "flipped">,
    I32EnumCase<"Differential", 2, "differential">]>;
def Arch_EncodingAttr : Arch_EnumAttr<Arch_Encoding, "encoding"> {
  let description = [{
    `offset`: weights are stored plus half their range; the sum of the inputs,
    kept by a digital counter, corrects the result. `flipped`: the same, and a
    column whose cells sum past half of the largest sum is stored inverted
    (ISAAC), which saves one bit of the ADC. `differential`: positive and
    negative parts lie in separate columns, which are subtracted.
  }];
}

def Arch_Readout : Arch_Enum<"Readout", "how columns reach their ADC", [
    I32EnumCase<"Sampled", 0, "sampled">,
    I32EnumCase<"Direct", 1, "direct">,
    I32EnumCase<"Clocked", 2, "clocked">]>;
def Arch_ReadoutAttr : Arch_EnumAttr<Arch_Readout, "readout"> {
  let description = [{
    `sampled`: all columns are held, and converted one after another while the
    next step settles (ISAAC). `direct`: without sample and hold; each column
    settles, then its conversion starts (NeuroSim, asynchronous). `clocked`: the
    same in cycles of a clock that is as long as the switching of wordlines and
    multiplexer, the settling and the conversion together (NeuroSim,
    synchronous).
  }];
}

def Arch_Routing : Arch_Enum<"Routing", "which way packets take", [
    I32EnumCase<"XYZ", 0, "xyz">,
    I32EnumCase<"Minimal", 1, "minimal">,
    I32EnumCase<"UpDown", 2, "up_down">]>;
def Arch_RoutingAttr : Arch_EnumAttr<Arch_Routing, "routing"> {
  let description = [{
    `xyz`: along x, then y, then z. `minimal`: by a table with one of the
    fastest paths from each node to each other. `up_down`: by a table as well,
    of paths that first go towards one node in the middle only, then away from it
    only, so that packets cannot block each other. The last two also take
    networks with removed and added links.
  }];
}

def Arch_Streaming : Arch_Enum<"Streaming",
    "which parameters stream from memory instead of lying in crossbars", [
    I32EnumCase<"None", 0, "none">,
    I32EnumCase<"Overflow", 1, "overflow">,
    I32EnumCase<"Attention", 2, "attention">]>;
def Arch_StreamingAttr : Arch_EnumAttr<Arch_Streaming, "streaming"> {
  let description = [{
    What the machine is built for. `none`: every layer's weight lies in
    crossbars, and one without room is an error. `overflow`: weights without room
    stream into the tiers that have no crossbars; of a machine without crossbars,
    all of them. `attention`: the projections around an attention stream into
    the tiers that execute it, and all other weights lie in crossbars.
  }];
}

def Arch_Overflow : Arch_Enum<"Overflow",
    "what becomes of a sum that does not fit into its register", [
    I32EnumCase<"Wrap", 0, "wrap">,
    I32EnumCase<"Saturate", 1, "saturate">]>;
def Arch_OverflowAttr : Arch_EnumAttr<Arch_Overflow, "overflow"> {
  let description = [{
    `wrap`: the upper bits are lost. `saturate`: each addition that leaves the
    range gives the nearest number in it.
  }];
}

def Arch_Sparsity : Arch_Enum<"Sparsity",
    "zeros of a weight that cost no time and no energy", [
    I32EnumCase<"None", 0, "none">,
    I32EnumCase<"Lines", 1, "lines">,
    I32EnumCase<"Groups", 2, "groups">,
    I32EnumCase<"Hierarchical", 3, "hierarchical">,
    I32EnumCase<"Any", 4, "any">]>;
def Arch_SparsityAttr : Arch_EnumAttr<Arch_Sparsity, "sparsity"> {
  let description = [{
    `none`: zeros are computed like other weights. `lines`: rows or columns of a
    block that are zero as a whole are left out, and those that are kept lie side
    by side. `groups`: of each group of consecutive weights the same number is
    kept, as in N:M and bank-balanced patterns. `hierarchical`: lines, and groups
    in what is kept. `any`: zeros anywhere; the column with the most weights that
    are not zero takes the longest.
  }];
}

def Arch_AdcRange : Arch_Enum<"AdcRange",
    "what an ADC does with sums above its largest code", [
    I32EnumCase<"UnitStep", 0, "unit_step">,
    I32EnumCase<"FullScale", 1, "full_scale">]>;
def Arch_AdcRangeAttr : Arch_EnumAttr<Arch_AdcRange, "adc_range"> {
  let description = [{
    `unit_step`: a step is one level of a cell, driven by one; larger sums are
    clipped. `full_scale`: the codes cover the largest sum that a column can have
    in as few whole levels to a step as they can; a sum is rounded to the nearest
    step, halves up.
  }];
}

def Arch_AdcType : Arch_Enum<"AdcType",
    "how the time of a conversion depends on its resolution", [
    I32EnumCase<"Sar", 0, "sar">,
    I32EnumCase<"Flash", 1, "flash">]>;
def Arch_AdcTypeAttr : Arch_EnumAttr<Arch_AdcType, "adc_type"> {
  let description = [{
    `sar`: successive approximation, one step per bit and one to sample, so the
    time is proportional to bits + 1. `flash`: independent of the resolution.
  }];
}

#endif // ATLEUS_ARCH_ARCHDIALECT_TD
