// The cases of the thermal tables, and small stacks to count by hand.
#include "ThermalCase.h"

using namespace atleus;
using namespace atleus::test;

/// Of both tables: a square die of 4 x 4 blocks.
static constexpr double side = 0.01;
static constexpr double siliconHeat = 1.75e6;
static constexpr double bondHeat = 4e6;

/// The stack of a row of hotspot_blocks.csv.
static ThermalStack makeHotSpotStack(const ReferenceRow &row) {
  bool isLateral = row.text("lateral") == "Y";
  ThermalLayer silicon{row.number("t_si_um") * 1e-6, side, row.number("k_si"),
                       siliconHeat, isLateral};
  ThermalLayer bond{row.number("t_bond_um") * 1e-6, side, row.number("k_bond"),
                    bondHeat, isLateral};
  ThermalLayer interface{row.number("t_tim_um") * 1e-6, side,
                         row.number("k_tim"), bondHeat, isLateral};
  ThermalStack stack;
  stack.dieX = stack.dieY = side;
  stack.ambient = row.number("ambient_K");
  for (int64_t tier = 0; tier < row.integer("NT"); ++tier) {
    if (tier > 0)
      stack.layers.push_back(bond);
    stack.layers.push_back(silicon);
  }
  stack.layers.push_back(interface);
  stack.layers.push_back({row.number("t_spreader_m"),
                          row.number("s_spreader_m"), 400, 3.55e6, true});
  stack.layers.push_back(
      {row.number("t_sink_m"), row.number("s_sink_m"), 400, 3.55e6, true});
  stack.setConvection(row.number("r_convec"));
  return stack;
}

/// The stack of a row of ice3d_blocks.csv.
static ThermalStack make3DICEStack(const ReferenceRow &row) {
  double source = row.number("source_um") * 1e-6;
  ThermalLayer heated{source, side, row.number("k_si"), siliconHeat, true};
  ThermalLayer silicon{row.number("t_si_um") * 1e-6 - source, side,
                       row.number("k_si"), siliconHeat, true};
  ThermalLayer bond{row.number("t_bond_um") * 1e-6, side, row.number("k_bond"),
                    bondHeat, true};
  ThermalStack stack;
  stack.dieX = stack.dieY = side;
  stack.ambient = row.number("ambient_K");
  stack.position = NodePosition::Middle;
  stack.heatTransfer = row.number("htc_W_m2K");
  for (int64_t tier = 0; tier < row.integer("NT"); ++tier) {
    if (tier > 0)
      stack.layers.push_back(bond);
    stack.layers.push_back(heated);
    stack.layers.push_back(silicon);
  }
  return stack;
}

/// Groups the rows of a table by case; `start` sets up stack and grid,
/// `layersPerTier` leads from a tier to the layer that it heats.
template <typename Start>
static std::vector<ThermalCase>
readCases(llvm::StringRef table, Start start, int64_t layersPerTier,
          llvm::StringRef mean, llvm::StringRef maximum) {
  std::vector<ReferenceRow> rows = readReference(table);
  std::vector<ThermalCase> cases;
  for (size_t first = 0; first < rows.size();) {
    size_t last = first;
    while (last < rows.size() &&
           rows[last].text("case") == rows[first].text("case"))
      ++last;
    ThermalCase &entry = cases.emplace_back();
    entry.name = rows[first].text("case").str();
    start(rows[first], entry);
    auto count = static_cast<Eigen::Index>(last - first);
    entry.power.resize(count);
    entry.expected.resize(count);
    entry.expectedMaximum.resize(maximum.empty() ? 0 : count);
    for (Eigen::Index i = 0; i < count; ++i) {
      const ReferenceRow &row = rows[first + i];
      entry.blocks.push_back({layersPerTier * row.integer("tier"),
                              row.integer("block_x") * side / 4,
                              row.integer("block_y") * side / 4, side / 4,
                              side / 4});
      entry.power[i] = row.number("power_W");
      entry.expected[i] = row.number(mean);
      if (!maximum.empty())
        entry.expectedMaximum[i] = row.number(maximum);
    }
    first = last;
  }
  return cases;
}

std::vector<ThermalCase> atleus::test::readHotSpotCases() {
  return readCases(
      "hotspot_blocks",
      [](const ReferenceRow &row, ThermalCase &entry) {
        entry.stack = makeHotSpotStack(row);
        entry.grid = {row.integer("grid"), row.integer("grid")};
      },
      /*layersPerTier=*/2, "temp_K", "");
}

std::vector<ThermalCase> atleus::test::read3DICECases() {
  return readCases(
      "ice3d_blocks",
      [](const ReferenceRow &row, ThermalCase &entry) {
        entry.stack = make3DICEStack(row);
        int64_t cells = std::llround(side * 1e6 / row.number("cell_um"));
        entry.grid = {cells, cells};
      },
      /*layersPerTier=*/3, "temp_avg_K", "temp_max_K");
}

std::vector<FloorplanBlock>
atleus::test::makeBlocks(llvm::ArrayRef<int64_t> layers, int64_t perSide) {
  double length = side / static_cast<double>(perSide);
  std::vector<FloorplanBlock> blocks;
  for (int64_t layer : layers)
    for (int64_t y = 0; y < perSide; ++y)
      for (int64_t x = 0; x < perSide; ++x)
        blocks.push_back({layer, static_cast<double>(x) * length,
                          static_cast<double>(y) * length, length, length});
  return blocks;
}

ThermalStack atleus::test::makePlate() {
  ThermalStack stack;
  stack.dieX = stack.dieY = side;
  stack.ambient = 300;
  stack.layers.push_back({1e-4, side, 120, siliconHeat, true});
  stack.heatTransfer = 1e4;
  return stack;
}

ThermalStack atleus::test::makePackage() {
  ThermalStack stack;
  stack.dieX = stack.dieY = side;
  stack.ambient = 318.15;
  stack.layers = {
      {1e-4, side, 120, siliconHeat, true}, {2e-5, side, 4, bondHeat, true},
      {1e-4, side, 120, siliconHeat, true}, {2e-5, side, 4, bondHeat, true},
      {1e-3, 0.03, 400, 3.55e6, true},      {6.9e-3, 0.06, 400, 3.55e6, true}};
  stack.setConvection(0.1);
  return stack;
}
