//===- ArchCoreOps.td - the machine as IR: cores --------------------------===//
//
// Base classes of the dialect's ops, and the cores: crossbar, systolic array
// and vector unit.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_ARCH_ARCHCOREOPS_TD
#define ATLEUS_ARCH_ARCHCOREOPS_TD

include "dialects/Arch/ArchDialect.td"
include "mlir/IR/CommonAttrConstraints.td"
include "mlir/IR/OpBase.td"
include "mlir/IR/Properties.td"
include "mlir/IR/RegionKindInterface.td"
include "mlir/IR/SymbolInterfaces.td"

/// The op has a `sources` dictionary with one source per number.
def Arch_Described : NativeOpTrait<"Described"> {
  let cppNamespace = "::atleus::arch";
}

class Arch_Op<string mnemonic, list<Trait> traits = []>
    : Op<Arch_Dialect, mnemonic, traits>;

/// A part of a machine.
class Arch_PartOp<string mnemonic, list<Trait> traits = []>
    : Arch_Op<mnemonic, [HasParent<"MachineOp">, Arch_Described] # traits>;

def Arch_Integer : SignlessIntegerAttrBase<I64, "64-bit integer"> {
  let returnType = "int64_t";
  let convertFromStorage = "$_self.getValue().getSExtValue()";
  let constBuilderCall = "$_builder.getI64IntegerAttr($0)";
}

class Arch_Positive<string text> : ConfinedAttr<Arch_Integer, [IntPositive]> {
  let description = text;
}

class Arch_NonNegative<string text>
    : ConfinedAttr<Arch_Integer, [IntNonNegative]> {
  let description = text;
}

class Arch_Between<int low, int high, string text>
    : ConfinedAttr<Arch_Integer, [IntMinValue<low>, IntMaxValue<high>]> {
  let description = text;
}

class Arch_Coordinates<int count, string text>
    : ConfinedAttr<DenseI64ArrayAttr, [
        DenseArrayCount<count>,
        DenseArrayStrictlyPositive<DenseI64ArrayAttr>]> {
  let description = text;
}

class Arch_Node<string text> : ConfinedAttr<DenseI64ArrayAttr, [
    DenseArrayCount<3>, DenseArrayNonNegative<DenseI64ArrayAttr>]> {
  let description = text;
}

def Arch_Sources : OptionalAttr<DictionaryAttr> {
  let description = "a source per number, by its name";
}

def Arch_DeviceOp : Arch_PartOp<"device", [Symbol]> {
  let summary = "The resistive cells of crossbars, and how they vary";
  let description = [{
    A cell's level lies between the conductances `off_nanosiemens` and `on_nanosiemens`. What is
    written deviates: a conductance G becomes G * exp(N(0, programming_sigma)),
    or the cell is stuck at one end. With time it drifts to G * (t /
    drift_reference_s)^-nu. A read adds the thermal noise of the conductance,
    4 kB T G f with f the bandwidth of the readout, and a part in proportion to
    the current (1/f and random-telegraph noise). Sigmas, probabilities and
    exponents are in millionths.

    Constraints:
    - (C1) Every number has a source.
    - (C2) `on_nanosiemens` is greater than `off_nanosiemens`.
    - (C3) `stuck_on_ppm` and `stuck_off_ppm` add up to at most a million.

    An example is in the description of the dialect.
  }];
  let arguments = (ins
    SymbolNameAttr:$sym_name,
    Arch_Positive<"conductance of a cell that is on">:$on_nanosiemens,
    Arch_Positive<"conductance of a cell that is off">:$off_nanosiemens,
    Arch_Positive<"voltage of a driven wordline">:$read_mv,
    Arch_Positive<"bandwidth of the readout">:$bandwidth_hz,
    Arch_NonNegative<"deviation of a written conductance's logarithm">
      :$programming_sigma_ppm,
    Arch_Between<0, 1000000, "probability of a cell that is stuck on">
      :$stuck_on_ppm,
    Arch_Between<0, 1000000, "probability of a cell that is stuck off">
      :$stuck_off_ppm,
    Arch_NonNegative<"exponent of the drift">:$drift_exponent_ppm,
    OptionalAttr<Arch_NonNegative<"deviation of the exponent among cells">>
      :$drift_exponent_sigma_ppm,
    Arch_Positive<"time after the write at which nothing has drifted">
      :$drift_reference_s,
    Arch_NonNegative<"deviation of a current relative to it, besides thermal noise">
      :$read_sigma_ppm,
    Arch_Sources:$sources);
  let assemblyFormat = "$sym_name custom<Description>(attr-dict)";
  let hasVerifier = 1;
}

def Arch_CrossbarOp : Arch_PartOp<"crossbar", [
    Symbol, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "A core of resistive crossbars";
  let description = [{
    Tiles of arrays that multiply a vector by a matrix stored in their cells. A
    weight of W bits takes ceil(W / cell_bits) slices in adjacent columns;
    inputs enter bit by bit through DACs; a column's sum is converted by an ADC
    that several columns share; shift-and-add units put the slices together.
    `vector` names the unit that adds the bias and rescales; without it the core
    only multiplies. Sums of blocks of rows are kept in `accumulator_bits`, or in
    as many as they need if it is not stated. `device` names the cells; without it
    they are ideal.

    Constraints:
    - (C1) Every number has a source.
    - (C2) `active_rows` is at most `rows`.
    - (C3) `columns_per_adc` is at most `columns`.
    - (C4) `adc_conversion_fj` has an entry for `adc_bits`; its first entry is
      for `adc_min_bits`.
    - (C5) `vector` is an `arch.vector` of the machine.
    - (C6) `arrays_per_unit` divides `arrays_per_tile`.
    - (C7) `adc_nm2` has as many entries as `adc_conversion_fj`.
    - (C8) `input_register_nm2` and `output_register_nm2` are both stated or
      neither.
    - (C9) `device` is an `arch.device` of the machine.
    - (C10) `sparsity` is `none` or `lines`: a wordline and a bitline are left
      out as a whole.

    An example is in the description of the dialect.
  }];
  let arguments = (ins
    SymbolNameAttr:$sym_name,
    Arch_Positive<"tiles in the core">:$tiles,
    Arch_Positive<"arrays in a tile">:$arrays_per_tile,
    OptionalAttr<Arch_Positive<"arrays that share registers (an IMA)">>
      :$arrays_per_unit,
    Arch_Positive<"wordlines of an array">:$rows,
    Arch_Positive<"bitlines of an array">:$columns,
    Arch_Between<1, 8, "bits that a cell holds">:$cell_bits,
    Arch_EncodingAttr:$encoding,
    Arch_Positive<"wordlines driven at once">:$active_rows,
    OptionalAttr<Arch_Between<8, 64, "width of an accumulated sum">>
      :$accumulator_bits,
    DefaultValuedAttr<Arch_OverflowAttr, "::atleus::arch::Overflow::Wrap">
      :$overflow,
    DefaultValuedAttr<Arch_SparsityAttr, "::atleus::arch::Sparsity::None">
      :$sparsity,
    Arch_Positive<"drive and settling of the bitlines">:$read_ps,
    DefaultValuedAttr<Arch_ReadoutAttr, "::atleus::arch::Readout::Sampled">
      :$readout,
    OptionalAttr<Arch_NonNegative<"switching of the wordlines">>:$wordline_ps,
    OptionalAttr<Arch_NonNegative<"switching of the column multiplexer">>
      :$mux_ps,
    OptionalAttr<Arch_Positive<"added to the time of a read, in percent">>
      :$sense_margin_percent,
    Arch_Between<1, 8, "input bits per pass">:$dac_bits,
    Arch_AdcTypeAttr:$adc_type,
    Arch_Between<1, 16, "resolution in use">:$adc_bits,
    DefaultValuedAttr<Arch_AdcRangeAttr, "::atleus::arch::AdcRange::UnitStep">
      :$adc_range,
    Arch_Between<1, 16, "resolution at which the rate is stated">
      :$adc_rated_bits,
    Arch_Positive<"conversions of one ADC at adc_rated_bits">
      :$adc_samples_per_s,
    Arch_Positive<"columns that share an ADC">:$columns_per_adc,
    Arch_Between<1, 16, "resolution of the first adc_conversion_fj">
      :$adc_min_bits,
    ConfinedAttr<DenseI64ArrayAttr,
      [DenseArrayStrictlyPositive<DenseI64ArrayAttr>]>:$adc_conversion_fj,
    Arch_NonNegative<"sampling of a column">:$sample_hold_fj,
    Arch_NonNegative<"one wordline driven for one pass">:$dac_drive_fj,
    Arch_NonNegative<"one pass with all rows of an array">:$array_read_fj,
    OptionalAttr<Arch_NonNegative<"selecting a column">>:$mux_fj,
    Arch_NonNegative<"one shift and one addition">:$shift_add_fj,
    Arch_NonNegative<"a bit read from the input register">
      :$input_register_bit_fj,
    Arch_NonNegative<"a sum written to the output register">
      :$output_register_fj,
    Arch_Positive<"activation buffer of the core">:$buffer_bytes,
    Arch_Positive<"bandwidth of the buffer">:$buffer_bytes_per_s,
    Arch_NonNegative<"a bit in or out of the buffer">:$buffer_bit_fj,
    Arch_NonNegative<"a bit from the buffer to the arrays">:$bus_bit_fj,
    Arch_NonNegative<"stages before and after the passes">:$pipeline_ps,
    Arch_Positive<"programming one row of an array">:$row_write_ps,
    Arch_NonNegative<"programming one cell">:$cell_write_fj,
    Arch_Positive<"largest power for programming">:$write_power_uw,
    Arch_Positive<"writes that a cell survives">:$endurance_writes,
    OptionalAttr<ConfinedAttr<DenseI64ArrayAttr,
      [DenseArrayStrictlyPositive<DenseI64ArrayAttr>]>>:$adc_nm2,
    OptionalAttr<Arch_NonNegative<"the cells of an array">>:$array_nm2,
    OptionalAttr<Arch_NonNegative<"the DAC of a row">>:$dac_nm2,
    OptionalAttr<Arch_NonNegative<"sample and hold of a column">>
      :$sample_hold_nm2,
    OptionalAttr<Arch_NonNegative<"the column multiplexer of an ADC">>:$mux_nm2,
    OptionalAttr<Arch_NonNegative<"shift-and-add units of an array">>
      :$shift_add_nm2,
    OptionalAttr<Arch_NonNegative<"input register of an array">>
      :$input_register_nm2,
    OptionalAttr<Arch_NonNegative<"output register of an array">>
      :$output_register_nm2,
    OptionalAttr<Arch_NonNegative<"activation buffer of a tile">>:$buffer_nm2,
    OptionalAttr<Arch_NonNegative<"bus of a tile">>:$bus_nm2,
    OptionalAttr<Arch_NonNegative<"the core besides the parts above">>
      :$other_um2,
    OptionalAttr<Arch_NonNegative<"idle power of an array">>:$array_leakage_nw,
    OptionalAttr<Arch_NonNegative<"idle power of a row's DAC">>:$dac_leakage_nw,
    OptionalAttr<Arch_NonNegative<"idle power of an ADC">>:$adc_leakage_nw,
    OptionalAttr<Arch_NonNegative<"idle power of an array's shift-and-add units">>
      :$shift_add_leakage_nw,
    OptionalAttr<Arch_NonNegative<"idle power of an array's registers">>
      :$register_leakage_nw,
    OptionalAttr<Arch_NonNegative<"idle power of a tile's buffer">>
      :$buffer_leakage_nw,
    Arch_NonNegative<"idle power of the core besides the parts above">
      :$leakage_uw,
    OptionalAttr<FlatSymbolRefAttr>:$vector,
    OptionalAttr<FlatSymbolRefAttr>:$device,
    Arch_Sources:$sources);
  let assemblyFormat = "$sym_name custom<Description>(attr-dict)";
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// The cells, or null if they are ideal.
    DeviceOp getDeviceOp();
    /// Arrays in the core.
    int64_t getNumArrays() { return getTiles() * getArraysPerTile(); }
    /// The unit for bias and scale, or null.
    VectorOp getVectorOp();
  }];
}

def Arch_SystolicOp : Arch_PartOp<"systolic", [
    Symbol, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "A core with a systolic array and a vector unit";
  let description = [{
    An array of multiply-accumulate cells with a buffer. Operands wider than
    `mac_bits` take one pass per pair of parts. `overlap_folds` lets one tile of
    operands fill the array while the previous one drains. `vector` names the
    unit for element operations; `memory` names where parameters are read from.

    With `operand_buffer_bytes`, each operand and the result has a double buffer
    of that size at the array: half of it is in use while the other half is
    filled or drained. `buffer_bytes_per_cycle` is then the bandwidth of each of
    the three, and `prefetch` says in which order operands come. Without it, the
    three share the bandwidth and nothing is fetched twice.

    Constraints:
    - (C1) Every number has a source.
    - (C2) `vector` is an `arch.vector` of the machine.
    - (C3) `memory` is an `arch.memory` of the machine.
    - (C4) With `sparsity` the inputs do not stay in the array, where each would
      wait for the weights of its own row.

    An example is in the description of `arch.machine`.
  }];
  let arguments = (ins
    SymbolNameAttr:$sym_name,
    Arch_Positive<"cells along a column">:$rows,
    Arch_Positive<"cells along a row">:$columns,
    Arch_DataflowAttr:$dataflow,
    UnitAttr:$overlap_folds,
    Arch_Positive<"clock period">:$clock_ps,
    Arch_Positive<"operand width of a cell">:$mac_bits,
    Arch_Between<8, 64, "width of a partial sum">:$accumulator_bits,
    DefaultValuedAttr<Arch_OverflowAttr, "::atleus::arch::Overflow::Wrap">
      :$overflow,
    DefaultValuedAttr<Arch_SparsityAttr, "::atleus::arch::Sparsity::None">
      :$sparsity,
    Arch_NonNegative<"one multiply-accumulate of mac_bits">:$mac_fj,
    Arch_Positive<"buffer of the core">:$buffer_bytes,
    Arch_Positive<"bandwidth of the buffer">:$buffer_bytes_per_cycle,
    OptionalAttr<Arch_Positive<"double buffer of each operand at the array">>
      :$operand_buffer_bytes,
    DefaultValuedAttr<Arch_PrefetchAttr, "::atleus::arch::Prefetch::Stored">
      :$prefetch,
    Arch_NonNegative<"a byte in or out of the buffer">:$buffer_byte_fj,
    OptionalAttr<Arch_Positive<"the core">>:$area_um2,
    Arch_NonNegative<"idle power of the core">:$leakage_uw,
    OptionalAttr<FlatSymbolRefAttr>:$vector,
    OptionalAttr<FlatSymbolRefAttr>:$memory,
    Arch_Sources:$sources);
  let assemblyFormat = "$sym_name custom<Description>(attr-dict)";
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// The unit for element operations, or null.
    VectorOp getVectorOp();
    /// The memory that holds parameters, or null.
    MemoryOp getMemoryOp();
  }];
}

def Arch_ProcessorOp : Arch_PartOp<"processor", [
    Symbol, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "A core of general processors: a roofline";
  let description = [{
    Streaming multiprocessors of a GPU, or any programmable core. Time is the
    latency of a kernel's start plus the largest of multiply-accumulates,
    operations on elements and bytes over their rates. Operands wider than
    `mac_bits` take one multiply-accumulate per pair of parts. `memory` names
    where parameters are read from.

    Constraints:
    - (C1) Every number has a source.
    - (C2) `memory` is an `arch.memory` of the machine.

    ```mlir
    #ours = #arch.source<estimated, "chosen for this example">
    arch.machine @small {
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
      arch.processor @sm {macs_per_s = 1000000000000, mac_bits = 8,
        mac_fj = 1000, operations_per_s = 100000000000, operation_fj = 5000,
        bytes_per_s = 200000000000, byte_fj = 2500, latency_ps = 1000000,
        leakage_uw = 100000, memory = @dram} from #ours
      arch.tier @sm0 of @sm {level = 0, grid = [1, 1]} from #ours
    }
    ```
  }];
  let arguments = (ins
    SymbolNameAttr:$sym_name,
    Arch_Positive<"multiply-accumulates of mac_bits">:$macs_per_s,
    Arch_Positive<"operand width at which macs_per_s is stated">:$mac_bits,
    Arch_NonNegative<"one multiply-accumulate of mac_bits">:$mac_fj,
    Arch_Positive<"operations on elements">:$operations_per_s,
    Arch_NonNegative<"an operation on an element">:$operation_fj,
    Arch_Positive<"bandwidth of the core's own memory">:$bytes_per_s,
    Arch_NonNegative<"a byte in or out of it">:$byte_fj,
    Arch_NonNegative<"time to start a kernel">:$latency_ps,
    OptionalAttr<Arch_Positive<"the core">>:$area_um2,
    Arch_NonNegative<"idle power of the core">:$leakage_uw,
    OptionalAttr<FlatSymbolRefAttr>:$memory,
    Arch_Sources:$sources);
  let assemblyFormat = "$sym_name custom<Description>(attr-dict)";
  let extraClassDeclaration = [{
    /// The memory that holds parameters, or null.
    MemoryOp getMemoryOp();
  }];
}

def Arch_VectorOp : Arch_PartOp<"vector", [Symbol]> {
  let summary = "A unit for operations on elements";
  let description = [{
    `lanes` elements at once. An operation whose cycles are not stated does not
    exist in the unit.

    Constraints:
    - (C1) Every number has a source.
    - (C2) An operation has both cycles and energy, or neither.
    - (C3) There is at least one operation.

    An example is in the description of the dialect.
  }];
  let arguments = (ins
    SymbolNameAttr:$sym_name,
    Arch_Positive<"elements at once">:$lanes,
    Arch_Positive<"clock period">:$clock_ps,
    OptionalAttr<Arch_Positive<"add, compare, select">>:$add_cycles,
    OptionalAttr<Arch_NonNegative<"add, compare, select">>:$add_fj,
    OptionalAttr<Arch_Positive<"multiply">>:$multiply_cycles,
    OptionalAttr<Arch_NonNegative<"multiply">>:$multiply_fj,
    OptionalAttr<Arch_Positive<"divide">>:$divide_cycles,
    OptionalAttr<Arch_NonNegative<"divide">>:$divide_fj,
    OptionalAttr<Arch_Positive<"exp, log, erf, tanh">>:$exponential_cycles,
    OptionalAttr<Arch_NonNegative<"exp, log, erf, tanh">>:$exponential_fj,
    OptionalAttr<Arch_Positive<"square root">>:$square_root_cycles,
    OptionalAttr<Arch_NonNegative<"square root">>:$square_root_fj,
    OptionalAttr<Arch_Positive<"change of type">>:$convert_cycles,
    OptionalAttr<Arch_NonNegative<"change of type">>:$convert_fj,
    OptionalAttr<Arch_Positive<"copy">>:$move_cycles,
    OptionalAttr<Arch_NonNegative<"copy">>:$move_fj,
    OptionalAttr<Arch_Positive<"fetch by index">>:$lookup_cycles,
    OptionalAttr<Arch_NonNegative<"fetch by index">>:$lookup_fj,
    OptionalAttr<Arch_Positive<"the unit">>:$area_um2,
    Arch_NonNegative<"idle power of the unit">:$leakage_uw,
    Arch_Sources:$sources);
  let assemblyFormat = "$sym_name custom<Description>(attr-dict)";
  let hasVerifier = 1;
}

#endif // ATLEUS_ARCH_ARCHCOREOPS_TD
