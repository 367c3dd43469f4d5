// HotSpot's and 3D-ICE's tables: temperatures of blocks of stacked dies.
#include "lib/Validation/Tables.h"

#include "atleus/Thermal/BlockMap.h"
#include "atleus/Thermal/SteadyState.h"

using namespace mlir;
using namespace atleus;

/// Side of the square die of both tables.
static constexpr double dieSide = 0.01;
static constexpr double micrometre = 1e-6;
/// W/(m K) of the spreader and the sink in HotSpot's runs.
static constexpr double copper = 400;

namespace {
/// The rows of one simulation: the blocks of all tiers with their powers.
struct Case {
  RowGroup rows;
  /// The layer of the stack that the blocks of each tier heat.
  std::vector<int64_t> heatedLayers;
  ThermalStack stack;
  int64_t cells = 1;
};
} // namespace

/// A whole number up to `largest`.
static int64_t readUpTo(const TableRow &row, StringRef column,
                        int64_t largest) {
  int64_t value = row.size(column);
  if (value <= largest)
    return value;
  row.reportAt(column, "must be at most " + llvm::Twine(largest) + ", found " +
                           llvm::Twine(value));
  return largest;
}

static int64_t readTiers(const TableRow &row) {
  return readUpTo(row, "NT", 64);
}

/// The index of a block along a side of the die.
static int64_t readIndex(const TableRow &row, StringRef column) {
  return row.count(column, /*largest=*/63);
}

/// Blocks along each side of the die: one more than the highest index. Reports
/// a case that lacks blocks.
static int64_t countBlocks(const Case &one) {
  int64_t side = 1;
  for (const TableRow *row : one.rows)
    side = std::max({side, readIndex(*row, "block_x") + 1,
                     readIndex(*row, "block_y") + 1});
  const TableRow &first = *one.rows.front();
  auto tiers = static_cast<int64_t>(one.heatedLayers.size());
  auto found = static_cast<int64_t>(one.rows.size());
  if (found != tiers * side * side)
    first.reportAt("case", "must have NT x " + llvm::Twine(side) + " x " +
                               llvm::Twine(side) + " = " +
                               llvm::Twine(tiers * side * side) +
                               " rows of blocks, found " + llvm::Twine(found));
  return side;
}

/// Where the blocks of a case are, and their powers. Fails if a row is
/// malformed.
static LogicalResult readBlocks(const Case &one,
                                std::vector<FloorplanBlock> &blocks,
                                Eigen::VectorXd &power) {
  double side = dieSide / static_cast<double>(countBlocks(one));
  if (one.rows.front()->isMalformed())
    return failure();
  power.resize(static_cast<Eigen::Index>(one.rows.size()));
  for (auto [index, rowAt] : llvm::enumerate(one.rows)) {
    const TableRow &row = *rowAt;
    int64_t tier = row.count("tier");
    if (tier >= static_cast<int64_t>(one.heatedLayers.size())) {
      row.reportAt("tier", "must be below NT, found " + llvm::Twine(tier));
      return failure();
    }
    power[static_cast<Eigen::Index>(index)] = row.number("power_W");
    blocks.push_back({one.heatedLayers[tier],
                      static_cast<double>(readIndex(row, "block_x")) * side,
                      static_cast<double>(readIndex(row, "block_y")) * side,
                      side, side});
    if (row.isMalformed())
      return failure();
  }
  return success();
}

static constexpr ComparedQuantity hotSpotQuantities[] = {
    // The tool prints hundredths of a kelvin.
    {"temperature", "K", ErrorMeasure::Absolute, 0.0051, 1, 1},
    {"rise over ambient", "K", ErrorMeasure::Relative, 0, 0.02, 0.02, 0, 0.01},
};

static constexpr ComparedQuantity iceQuantities[] = {
    // The tool prints thousandths of a kelvin.
    {"temperature", "K", ErrorMeasure::Absolute, 0.00051, 1, 1},
    {"rise over ambient", "K", ErrorMeasure::Relative, 0, 0.02, 0.02, 0, 0.001},
    {"highest temperature", "K", ErrorMeasure::Absolute, 0.00051, 1, 1},
};

/// Solves a case; observes the mean temperature of its blocks in `column`, and
/// the highest one in `highest` if that is not empty.
static LogicalResult observeCase(const Case &one, StringRef column,
                                 StringRef highest, Evaluation &evaluation) {
  std::vector<FloorplanBlock> blocks;
  Eigen::VectorXd power;
  if (failed(readBlocks(one, blocks, power)))
    return failure();
  ThermalNetwork network(one.stack, {one.cells, one.cells});
  BlockMap map(network, blocks);
  Eigen::VectorXd rises = solveSteadyState(network, map.spread(power));
  Eigen::VectorXd mean = map.average(rises), maximum = map.maximum(rises);
  for (auto [index, rowAt] : llvm::enumerate(one.rows)) {
    const TableRow &row = *rowAt;
    auto block = static_cast<Eigen::Index>(index);
    double ambient = one.stack.ambient;
    double expected = row.positive(column);
    double expectedHighest = highest.empty() ? 0 : row.positive(highest);
    if (row.isMalformed())
      return failure();
    evaluation.observe(0, row, expected, ambient + mean[block]);
    if (expected > ambient)
      evaluation.observe(1, row, expected - ambient, mean[block]);
    if (!highest.empty())
      evaluation.observe(2, row, expectedHighest, ambient + maximum[block]);
  }
  return success();
}

//===----------------------------------------------------------------------===//
// HotSpot
//===----------------------------------------------------------------------===//

static constexpr Reference hotSpot = {
    "HotSpot 7.0", "uvahotspot/HotSpot",
    "f18831e48cef5d62580585cca0d7fab6c71bc3cc"};

/// Dies with bonds between them, then interface material, spreader and sink.
static void readHotSpotStack(const TableRow &row, Case &one) {
  auto plate = [&](StringRef thickness, StringRef conductivity) {
    ThermalLayer layer;
    layer.thickness = row.positive(thickness) * micrometre;
    layer.conductivity = row.positive(conductivity);
    layer.isLateral = row.flag("lateral");
    return layer;
  };
  auto metal = [&](StringRef thickness, StringRef side) {
    ThermalLayer layer;
    layer.thickness = row.positive(thickness);
    layer.side = row.positive(side);
    layer.conductivity = copper;
    return layer;
  };
  ThermalStack &stack = one.stack;
  stack.dieX = stack.dieY = dieSide;
  stack.ambient = row.positive("ambient_K");
  int64_t tiers = readTiers(row);
  for (int64_t tier = 0; tier < tiers; ++tier) {
    if (tier > 0)
      stack.layers.push_back(plate("t_bond_um", "k_bond"));
    one.heatedLayers.push_back(static_cast<int64_t>(stack.layers.size()));
    stack.layers.push_back(plate("t_si_um", "k_si"));
  }
  stack.layers.push_back(plate("t_tim_um", "k_tim"));
  stack.layers.push_back(metal("t_spreader_m", "s_spreader_m"));
  stack.layers.push_back(metal("t_sink_m", "s_sink_m"));
  stack.setConvection(row.positive("r_convec"));
  one.cells = readUpTo(row, "grid", 1024);
}

static constexpr StringRef hotSpotColumns[] = {
    "case",    "NT",       "t_si_um",  "k_si",         "t_bond_um",
    "k_bond",  "t_tim_um", "k_tim",    "r_convec",     "ambient_K",
    "grid",    "s_sink_m", "t_sink_m", "s_spreader_m", "t_spreader_m",
    "lateral", "tier",     "block_y",  "block_x",      "power_W",
    "temp_K"};

static LogicalResult evaluateHotSpot(const TableFolder &,
                                     Evaluation &evaluation) {
  // The columns of a stack come before those of a block.
  ArrayRef<StringRef> stack = ArrayRef(hotSpotColumns).drop_back(5);
  for (RowGroup &rows : groupRows(evaluation.file().rows(), stack)) {
    Case one{std::move(rows), {}, {}, 1};
    const TableRow &first = *one.rows.front();
    readHotSpotStack(first, one);
    if (first.isMalformed() ||
        failed(observeCase(one, "temp_K", "", evaluation)))
      return failure();
  }
  return success();
}

static constexpr StringRef blockKeys[] = {"case", "tier", "block_y", "block_x"};

const ReferenceTable atleus::hotSpotBlocks = {"hotspot_blocks",
                                              "temperatures under a heat sink",
                                              hotSpot,
                                              hotSpotColumns,
                                              blockKeys,
                                              hotSpotQuantities,
                                              "",
                                              evaluateHotSpot};

//===----------------------------------------------------------------------===//
// 3D-ICE
//===----------------------------------------------------------------------===//

static constexpr Reference ice3D = {"3D-ICE 4.0", "esl-epfl/3d-ice",
                                    "39ed2a7adc62cfe115b38358c9513b85f3d1f509"};

/// Dies, the lowest part of each dissipating the power, with bonds between.
static void readIceStack(const TableRow &row, Case &one) {
  auto plate = [&](double micrometres, StringRef conductivity) {
    ThermalLayer layer;
    layer.thickness = micrometres * micrometre;
    layer.conductivity = row.positive(conductivity);
    return layer;
  };
  ThermalStack &stack = one.stack;
  stack.dieX = stack.dieY = dieSide;
  stack.ambient = row.positive("ambient_K");
  stack.heatTransfer = row.positive("htc_W_m2K");
  stack.position = NodePosition::Middle;
  double silicon = row.positive("t_si_um"), source = row.positive("source_um");
  double bond = row.positive("t_bond_um"), cell = row.positive("cell_um");
  if (source >= silicon)
    row.reportAt("source_um", "must be less than t_si_um");
  int64_t tiers = readTiers(row);
  for (int64_t tier = 0; tier < tiers; ++tier) {
    if (tier > 0)
      stack.layers.push_back(plate(bond, "k_bond"));
    one.heatedLayers.push_back(static_cast<int64_t>(stack.layers.size()));
    stack.layers.push_back(plate(source, "k_si"));
    stack.layers.push_back(plate(silicon - source, "k_si"));
  }
  double cells = dieSide / (cell * micrometre);
  one.cells = std::llround(cells);
  if (cells > 1024 || std::abs(cells - static_cast<double>(one.cells)) > 1e-6 ||
      one.cells < 1)
    row.reportAt("cell_um", "must divide the die's side of 10000 um into at "
                            "most 1024 cells");
}

static constexpr StringRef iceColumns[] = {
    "case",    "NT",        "t_si_um",    "source_um", "k_si", "t_bond_um",
    "k_bond",  "htc_W_m2K", "ambient_K",  "cell_um",   "tier", "block_y",
    "block_x", "power_W",   "temp_avg_K", "temp_max_K"};

static LogicalResult evaluateIce(const TableFolder &, Evaluation &evaluation) {
  // The columns of a stack come before those of a block.
  ArrayRef<StringRef> stack = ArrayRef(iceColumns).drop_back(6);
  for (RowGroup &rows : groupRows(evaluation.file().rows(), stack)) {
    Case one{std::move(rows), {}, {}, 1};
    const TableRow &first = *one.rows.front();
    readIceStack(first, one);
    if (first.isMalformed() ||
        failed(observeCase(one, "temp_avg_K", "temp_max_K", evaluation)))
      return failure();
  }
  return success();
}

const ReferenceTable atleus::ice3DBlocks = {
    "ice3d_blocks",
    "temperatures under a uniform heat transfer",
    ice3D,
    iceColumns,
    blockKeys,
    iceQuantities,
    "",
    evaluateIce};
