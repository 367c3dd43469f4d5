// NeuroSim's tables: reads of one array, and chips of many.
#include "lib/Validation/NeuroSimArray.h"
#include "lib/Validation/Tables.h"

#include <map>

using namespace mlir;
using namespace atleus;

static constexpr Reference neuroSim = {
    "DNN+NeuroSim V1.3", "neurosim/DNN_NeuroSim_V1.3",
    "388f421204cd97b0b980f79ce92d4b8c6e4c3d44"};

static double inNanoseconds(Picoseconds time) {
  return static_cast<double>(time.count()) / 1000;
}

//===----------------------------------------------------------------------===//
// One array
//===----------------------------------------------------------------------===//

enum ArrayQuantity {
  SenseCycle,
  Conversions,
  Switching,
  ReadTime,
  ConverterSteps,
  ReadEnergy,
  ArrayArea
};

// The components are given to a picosecond and a femtojoule per event, of times
// from 25 ps and energies from 40 fJ on.
static constexpr ComparedQuantity arrayQuantities[] = {
    {"sense cycle", "ns", ErrorMeasure::Relative, 1e-3, 0.01, 0.005},
    {"conversions", "ns", ErrorMeasure::Relative, 1e-3, 0.01, 0.005},
    {"switching", "ns", ErrorMeasure::Relative, 1e-3, 0.01, 0.005},
    {"read of an array", "ns", ErrorMeasure::Relative, 1e-3, 0.01, 0.005},
    {"conversion by resolution", "ns", ErrorMeasure::Absolute, 1e-3, 0.01,
     0.005},
    {"energy of a read", "pJ", ErrorMeasure::Relative, 1e-3, 0.01, 0.005},
    {"area of an array", "um^2", ErrorMeasure::Relative, 1e-4, 0.01, 0.005},
};

/// Energy of one pass of a matrix that fills the array, in picojoules.
static double readEnergy(const CrossbarConstants &core) {
  int64_t weights = std::max<int64_t>(1, core.columns / 2);
  CrossbarCounts counts =
      countCrossbar(core, 1, core.rows, weights, core.dacBits, core.cellBits);
  return static_cast<double>(crossbarEnergy(core, counts).total().count()) /
         1000;
}

/// The times of a read, the peer's in cycles if the array is clocked.
static void observeTimes(const TableRow &row, CrossbarConstants core,
                         Evaluation &evaluation) {
  double cycle = row.positive("sense_cycle_ns");
  double unit = row.flag("synchronous") ? cycle : 1;
  evaluation.observe(SenseCycle, row, cycle, inNanoseconds(senseCycle(core)));
  evaluation.observe(Conversions, row,
                     unit * row.positive("array_read_latency_adc"),
                     inNanoseconds(conversionTime(core)));
  evaluation.observe(Switching, row,
                     unit * row.number("array_read_latency_other"),
                     inNanoseconds(driveTime(core)));
  // Shifts and additions follow the last conversion.
  core.pipeline = Picoseconds(
      std::llround(1000 * unit * row.number("array_read_latency_accum")));
  evaluation.observe(ReadTime, row,
                     unit * row.positive("array_read_latency_total"),
                     inNanoseconds(crossbarTime(core, 1, core.dacBits)));
}

static LogicalResult evaluateArrays(const TableFolder &,
                                    Evaluation &evaluation) {
  // The first converter by successive approximation, from which those of other
  // resolutions follow.
  std::optional<CrossbarConstants> rated;
  for (const TableRow &row : evaluation.file().rows()) {
    NeuroSimArray array(row);
    observeTimes(row, array.core, evaluation);
    evaluation.observe(ReadEnergy, row, row.positive("e_read_total_pJ"),
                       readEnergy(array.core));
    auto area =
        crossbarArea(array.core, array.components, CrossbarLevel::Array);
    evaluation.observe(ArrayArea, row, row.positive("area_subarray_used_um2"),
                       static_cast<double>(area.total().count()) * 1e-6);
    if (array.core.adcType == arch::AdcType::Sar) {
      if (!rated)
        rated = array.core;
      CrossbarConstants converter;
      converter.adcRatedBits = rated->adcRatedBits;
      converter.adcSamplesPerSecond = rated->adcSamplesPerSecond;
      converter.adcBits = array.core.adcBits;
      evaluation.observe(ConverterSteps, row, row.positive("lat_sar_ns"),
                         inNanoseconds(conversionTime(converter)));
    }
    if (row.isMalformed())
      return failure();
  }
  return success();
}

static constexpr StringRef arrayColumns[] = {"technode_nm",
                                             "rows",
                                             "cols",
                                             "adc_bits",
                                             "adc_type",
                                             "cell_bits",
                                             "cols_per_adc",
                                             "r_on_ohm",
                                             "on_off_ratio",
                                             "synchronous",
                                             "row_activity",
                                             "sense_cycle_ns",
                                             "lat_wl_switch_ns",
                                             "lat_mux_ns",
                                             "lat_mux_decoder_ns",
                                             "lat_column_rc_ns",
                                             "lat_mlsa_ns",
                                             "lat_mlsa_encoder_ns",
                                             "lat_sar_ns",
                                             "array_read_latency_adc",
                                             "array_read_latency_accum",
                                             "array_read_latency_other",
                                             "array_read_latency_total",
                                             "e_array_pJ",
                                             "e_mlsa_pJ",
                                             "e_mlsa_encoder_pJ",
                                             "e_sar_pJ",
                                             "e_shiftadd_weight_pJ",
                                             "e_shiftadd_input_pJ",
                                             "e_wl_switch_pJ",
                                             "e_mux_pJ",
                                             "e_mux_decoder_pJ",
                                             "e_read_total_pJ",
                                             "area_array_um2",
                                             "area_adc_um2",
                                             "area_accum_um2",
                                             "area_other_um2",
                                             "area_subarray_used_um2"};
static constexpr StringRef arrayKeys[] = {
    "technode_nm", "rows",         "cols",     "adc_bits",     "adc_type",
    "cell_bits",   "cols_per_adc", "r_on_ohm", "on_off_ratio", "row_activity"};

const ReferenceTable atleus::neuroSimSubarray = {
    "neurosim_subarray", "crossbar array", neuroSim, arrayColumns,
    arrayKeys,           arrayQuantities,  "",       evaluateArrays};

//===----------------------------------------------------------------------===//
// A chip
//===----------------------------------------------------------------------===//

enum ChipQuantity { Clock, ConversionsOfChip, ConverterArea };

static constexpr ComparedQuantity chipQuantities[] = {
    {"clock", "ns", ErrorMeasure::Relative, 1e-3, 0.01, 0.005},
    {"conversions", "ns", ErrorMeasure::Relative, 1e-3, 0.01, 0.005},
    {"area of converters", "um^2", ErrorMeasure::Relative, 1e-4, 0.01, 0.005},
};

namespace {
/// `count` products of m vectors, which run one after another.
struct Product {
  int64_t count = 1;
  int64_t m = 0;
};
} // namespace

/// Reads "16x768x768" or, four of it, "4x16x768x768".
static std::optional<Product> parseProduct(StringRef text) {
  SmallVector<StringRef> sizes;
  text.split(sizes, 'x');
  if (sizes.size() != 3 && sizes.size() != 4)
    return std::nullopt;
  for (StringRef size : sizes)
    if (int64_t value;
        size.getAsInteger(10, value) || value < 1 || value > 1'000'000)
      return std::nullopt;
  Product product;
  if (sizes.size() == 4)
    sizes.front().getAsInteger(10, product.count);
  sizes[sizes.size() - 3].getAsInteger(10, product.m);
  return product;
}

/// The products of a workload: "gemm_MxKxN" or a list of them in parentheses.
static SmallVector<Product> readProducts(const TableRow &row) {
  StringRef text = row.text("workload");
  if (!text.consume_front("gemm_"))
    text = text.split('(').second.rtrim(')');
  SmallVector<StringRef> entries;
  text.split(entries, ',');
  SmallVector<Product> products;
  for (StringRef entry : entries) {
    if (std::optional<Product> product = parseProduct(entry)) {
      products.push_back(*product);
      continue;
    }
    row.reportAt("workload", "must list products such as 16x768x768, found '" +
                                 row.text("workload") + "'");
    break;
  }
  return products;
}

/// What names an array in both tables.
static std::string getKey(const TableRow &row) {
  std::string key;
  for (StringRef column : {"technode_nm", "rows", "adc_bits", "adc_type",
                           "cell_bits", "cols_per_adc"})
    key += (row.text(column) + " ").str();
  return key;
}

/// The arrays by their key, those with the cell that most of them have: chips
/// are made of it.
static std::map<std::string, const TableRow *>
findArrays(const TableFolder &folder) {
  std::map<std::string, const TableRow *> arrays;
  auto table = folder.find("neurosim_subarray");
  if (table == folder.end())
    return arrays;
  auto cellOf = [](const TableRow &row) {
    return (row.text("r_on_ohm") + " " + row.text("on_off_ratio")).str();
  };
  std::map<std::string, unsigned> cells;
  for (const TableRow &row : table->second->rows())
    ++cells[cellOf(row)];
  auto usual = llvm::max_element(
      cells, [](const auto &a, const auto &b) { return a.second < b.second; });
  for (const TableRow &row : table->second->rows())
    if (cellOf(row) == usual->first)
      arrays.try_emplace(getKey(row), &row);
  return arrays;
}

/// An array of which only the clock is known.
static CrossbarConstants makeClocked(const TableRow &row) {
  CrossbarConstants core;
  core.readout = arch::Readout::Clocked;
  core.columnsPerAdc = row.size("cols_per_adc");
  core.adcType = arch::AdcType::Flash;
  core.adcSamplesPerSecond = picosecondsPerSecond;
  // A picosecond of it is the conversion.
  int64_t clock = std::llround(1000 * row.positive("clock_ns"));
  core.read = Picoseconds(std::max<int64_t>(0, clock - 1));
  return core;
}

static void observeArray(const TableRow &row, const TableRow &arrayRow,
                         NeuroSimArray array, Evaluation &evaluation) {
  evaluation.observe(Clock, row, row.positive("clock_ns"),
                     inNanoseconds(senseCycle(array.core)));
  // As many arrays as their cells take area.
  array.core.arraysPerTile = std::llround(row.number("cim_array_area_um2") /
                                          arrayRow.positive("area_array_um2"));
  auto area = crossbarArea(array.core, array.components, CrossbarLevel::Core);
  evaluation.observe(ConverterArea, row, row.positive("adc_area_um2"),
                     static_cast<double>(area[CrossbarPart::Adc]->count()) *
                         1e-6);
}

static LogicalResult evaluateChips(const TableFolder &folder,
                                   Evaluation &evaluation) {
  std::map<std::string, const TableRow *> arrays = findArrays(folder);
  for (const TableRow &row : evaluation.file().rows()) {
    CrossbarConstants core = makeClocked(row);
    auto arrayRow = arrays.find(getKey(row));
    if (arrayRow != arrays.end()) {
      NeuroSimArray array(*arrayRow->second);
      core = array.core;
      core.readout = arch::Readout::Clocked;
      observeArray(row, *arrayRow->second, array, evaluation);
    }
    Picoseconds time;
    for (const Product &product : readProducts(row))
      time +=
          crossbarTime(core, product.m, row.size("input_bits")) * product.count;
    evaluation.observe(ConversionsOfChip, row, row.positive("adc_latency_ns"),
                       inNanoseconds(time));
    if (row.isMalformed())
      return failure();
  }
  return success();
}

static constexpr StringRef chipColumns[] = {
    "workload", "technode_nm",        "adc_bits",     "adc_type",
    "rows",     "cell_bits",          "input_bits",   "cols_per_adc",
    "clock_ns", "cim_array_area_um2", "adc_area_um2", "adc_latency_ns"};
static constexpr StringRef chipKeys[] = {"workload", "technode_nm", "adc_bits",
                                         "adc_type", "rows"};

const ReferenceTable atleus::neuroSimChip = {
    "neurosim_chip", "crossbars of a chip", neuroSim, chipColumns,
    chipKeys,        chipQuantities,        "",       evaluateChips};
