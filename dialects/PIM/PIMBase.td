//===- PIMBase.td - crossbars, and weights in them ------------------------===//
//
// The dialect, its attributes and its types.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_PIM_PIMBASE_TD
#define ATLEUS_PIM_PIMBASE_TD

include "dialects/Arch/ArchDialect.td"
include "dialects/NN/NNBase.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/OpBase.td"

def PIM_Dialect : Dialect {
  let name = "pim";
  let summary = "crossbars: programming weights, and products with them";
  let description = [{
    Processing in memory. A weight is written once into a grid of crossbar
    arrays (`pim.program`) and stays there; a product (`pim.mvm`) sends vectors
    through it. One op stands for the whole grid: a 768x3072 weight of 8 bits in
    128x128 arrays with 2-bit cells is one `pim.program` over 6x96 arrays.
  }];
  let cppNamespace = "::atleus::pim";
  let dependentDialects = ["::atleus::arch::ArchDialect",
                           "::atleus::nn::NNDialect"];
  let useDefaultAttributePrinterParser = 1;
  let useDefaultTypePrinterParser = 1;
}

def PIM_DeviceAttr : AttrDef<PIM_Dialect, "Device"> {
  let mnemonic = "device";
  let summary = "how cells vary";
  let description = [{
    The numbers of an `arch.device`, copied from the machine when a kernel is
    tiled; units are in the names.

    Constraints:
    - C1: `on_nanosiemens` is greater than `off_nanosiemens`, which is positive, as are `read_mv`,
      `bandwidth_hz` and `drift_reference_s`.
    - C2: no number is negative; probabilities add up to at most a million.

    ```mlir
    module attributes {
      x.cell = #pim.device<on_nanosiemens = 750000, off_nanosiemens = 50000, read_mv = 200,
        bandwidth_hz = 10000000, programming_sigma_ppm = 30000,
        stuck_on_ppm = 100, stuck_off_ppm = 100, drift_exponent_ppm = 5000,
        drift_exponent_sigma_ppm = 0, drift_reference_s = 1,
        read_sigma_ppm = 5000>
    } {}
    ```
  }];
  let parameters = (ins "int64_t":$on_nanosiemens, "int64_t":$off_nanosiemens,
                        "int64_t":$read_mv, "int64_t":$bandwidth_hz,
                        "int64_t":$programming_sigma_ppm,
                        "int64_t":$stuck_on_ppm, "int64_t":$stuck_off_ppm,
                        "int64_t":$drift_exponent_ppm,
                        "int64_t":$drift_exponent_sigma_ppm,
                        "int64_t":$drift_reference_s,
                        "int64_t":$read_sigma_ppm);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

def PIM_NoiseAttr : AttrDef<PIM_Dialect, "Noise"> {
  let mnemonic = "noise";
  let summary = "one draw of what devices do to a weight";
  let description = [{
    All random numbers come from a counter-based generator keyed by `seed`,
    `trial`, the number of the array, counted from `first_array` on, and the cell,
    so that they depend neither on threads nor on the order of evaluation. Arrays
    are at `temperature_mk` and are read `elapsed_s` after they were written.

    Constraints:
    - C1: `first_array` is not negative, `temperature_mk` and `elapsed_s` are
      positive.

    ```mlir
    module attributes {
      x.noise = #pim.noise<seed = 1, trial = 0, first_array = 96,
                           temperature_mk = 330000, elapsed_s = 1>
    } {}
    ```
  }];
  let parameters = (ins "int64_t":$seed, "int64_t":$trial,
                        "int64_t":$first_array, "int64_t":$temperature_mk,
                        "int64_t":$elapsed_s);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

def PIM_OverflowParameter : EnumParameter<Arch_Overflow> {
  let defaultValue = "::atleus::arch::Overflow::Wrap";
}

def PIM_AdcRangeParameter : EnumParameter<Arch_AdcRange> {
  let defaultValue = "::atleus::arch::AdcRange::UnitStep";
}

def PIM_CrossbarAttr : AttrDef<PIM_Dialect, "Crossbar"> {
  let mnemonic = "crossbar";
  let summary = "how an array computes";
  let description = [{
    Everything of a crossbar on which the numbers that it computes depend: array
    size, bits of a cell, of a DAC and of an ADC, wordlines that are driven at
    once, the encoding of signs, the width in which the sums of blocks of rows
    are accumulated (0: as wide as they need), what the ADC makes of sums above
    its largest code, and the cells, which are ideal if no device is stated. It is copied from the machine when a kernel is tiled, so
    that cost and numerics follow the same numbers.

    Constraints:
    - C1: there is a row and a column at least.
    - C2: a cell and a DAC have 1 to 8 bits, an ADC 1 to 16.
    - C3: `active_rows` is from 1 to the number of rows.
    - C4: `accumulator_bits` is 0 or from 8 to 64.

    ```mlir
    func.func private @weights(!pim.array<tensor<8x4x!quant.uniform<i8:f32, 0.5>>,
        #pim.crossbar<rows = 128, columns = 128, cell_bits = 2, dac_bits = 1,
                      adc_bits = 8, active_rows = 128, encoding = flipped>>)
    ```
  }];
  let parameters = (ins "int64_t":$rows, "int64_t":$columns,
                        "int64_t":$cell_bits, "int64_t":$dac_bits,
                        "int64_t":$adc_bits, "int64_t":$active_rows,
                        EnumParameter<Arch_Encoding>:$encoding,
                        DefaultValuedParameter<"int64_t", "0">
                          :$accumulator_bits,
                        PIM_OverflowParameter:$overflow,
                        PIM_AdcRangeParameter:$adc_range,
                        OptionalParameter<"::atleus::pim::DeviceAttr">:$device);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

def PIM_ArrayType : TypeDef<PIM_Dialect, "Array"> {
  let mnemonic = "array";
  let summary = "a weight in a grid of crossbar arrays";
  let description = [{
    `matrix` is the weight [k, n] in its quantized type. Rows of the matrix lie
    along wordlines; the slices of one weight lie in adjacent columns.

    Unsigned weights are held less half their range; what that and the zero
    points change in a sum is corrected in the digital part, which knows the sums
    of the columns and counts those of the inputs. Blocks of rows with a scale of
    their own are driven and scaled one after another.

    Constraints:
    - C1: the matrix has two dimensions and 1 to 2^40 weights of a quantized
      type with storage and expressed type.
    - C2: if blocks of rows have scales of their own, their size divides the rows
      of an array or is a multiple of them.
    - C3: `sparsity` has blocks whose lines are left out.
    - C4: with `sparsity`, blocks of rows with scales of their own begin and end
      with its blocks.

    With `sparsity`, whose dimension 0 is k, the lines of each block that are
    zero as a whole are not there: those that are kept lie side by side. Rows
    that are kept of all blocks below each other make up the rows of arrays that
    hold the columns of one block; columns that are kept of all blocks beside
    each other make up the columns of arrays that hold the rows of one block.

    See the crossbar attribute for an example.
  }];
  let parameters = (ins "::mlir::RankedTensorType":$matrix,
                        "::atleus::pim::CrossbarAttr":$crossbar,
                        OptionalParameter<"::atleus::nn::SparsityAttr">
                          :$sparsity);
  let assemblyFormat = "`<` $matrix `,` $crossbar (`,` $sparsity^)? `>`";
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    /// Columns that one weight takes: its bits over the bits of a cell, and
    /// twice that if positive and negative parts lie apart.
    int64_t getSlices() const;
    /// How the matrix lies in the arrays.
    ArrayLayout getLayout() const;
    /// Arrays along the matrix' rows and along its columns times slices.
    int64_t getGridRows() const;
    int64_t getGridColumns() const;
    /// Arrays that hold the matrix.
    int64_t getNumArrays() const { return getGridRows() * getGridColumns(); }
  }];
}

#endif // ATLEUS_PIM_PIMBASE_TD
