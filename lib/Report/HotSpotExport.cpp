// A heated machine as input of HotSpot.
#include "atleus/Report/HotSpotExport.h"

#include "atleus/Report/LoadedSchedule.h"
#include "atleus/Report/Translations.h"
#include "atleus/Thermal/MachineStack.h"
#include "dialects/Dialects.h"

#include "mlir/Tools/mlir-translate/Translation.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <map>

using namespace mlir;
using namespace atleus;

namespace {
/// A machine's package in the terms of HotSpot: layers of the die's size, then
/// a spreader, then a sink.
struct HotSpotPackage {
  arch::PackageOp package;
  SmallVector<arch::LayerOp> layers;
  arch::LayerOp spreader;
  arch::LayerOp sink;
};

/// The power of a layer's blocks, and their names.
struct HeatedLayer {
  std::string floorplan;
  std::vector<FloorplanBlock> blocks;
  std::vector<std::string> names;
  std::vector<double> power;
};
} // namespace

/// Whether the layer reaches beyond the die.
static bool isLarger(arch::PackageOp package, arch::LayerOp layer) {
  return layer.getSideUm() > std::max(package.getDieXUm(), package.getDieYUm());
}

static FailureOr<HotSpotPackage> splitPackage(arch::PackageOp package) {
  HotSpotPackage split;
  split.package = package;
  split.layers.assign(package.getLayers().op_begin<arch::LayerOp>(),
                      package.getLayers().op_end<arch::LayerOp>());
  if (!package.getConvectionMkPerW())
    return package.emitOpError("is cooled by a heat transfer coefficient, but "
                               "HotSpot expects 'convection_mk_per_w'");
  unsigned larger = llvm::count_if(split.layers, [&](arch::LayerOp layer) {
    return isLarger(package, layer);
  });
  size_t count = split.layers.size();
  if (larger != 2 || count < 3 || !isLarger(package, split.layers[count - 1]) ||
      !isLarger(package, split.layers[count - 2]))
    return package.emitOpError("has ")
           << larger << " layers that are larger than the die, but HotSpot "
           << "expects the last two of at least three to be, its spreader and "
              "its sink";
  split.sink = split.layers.pop_back_val();
  split.spreader = split.layers.pop_back_val();
  if (split.sink.getSideUm() < split.spreader.getSideUm())
    return split.sink.emitOpError("has a side of ")
           << split.sink.getSideUm() << " um, but HotSpot expects a sink that "
           << "is no smaller than the spreader of "
           << split.spreader.getSideUm() << " um";
  for (arch::LayerOp layer : {split.spreader, split.sink})
    if (layer.getVerticalOnly())
      return layer.emitOpError(
          "is 'vertical_only', but in HotSpot heat spreads "
          "sideways in spreader and sink");
  return split;
}

/// The blocks of each heated layer. Nodes of a level without a tier, whose heat
/// goes to a layer that has blocks of its own, add to these.
static std::map<int64_t, HeatedLayer>
heatLayers(arch::MachineOp machine, const Eigen::VectorXd &power,
           ArrayRef<arch::LayerOp> layers) {
  std::map<int64_t, HeatedLayer> heated;
  ArrayRef<int64_t> dims = machine.getNoC().getDims();
  int64_t perLevel = dims[0] * dims[1];
  for (auto [index, block] : llvm::enumerate(getNodeBlocks(machine))) {
    HeatedLayer &layer = heated[block.layer];
    auto place = static_cast<int64_t>(index) % perLevel;
    if (static_cast<int64_t>(layer.blocks.size()) < perLevel) {
      arch::LayerOp source = layers[block.layer];
      auto tier = machine.lookupSymbol<arch::TierOp>(*source.getSource());
      std::string level = std::to_string(tier.getLevel());
      layer.floorplan = "tier" + level + ".flp";
      layer.blocks.push_back(block);
      layer.names.push_back(("node_" + Twine(place % dims[0]) + "_" +
                             Twine(place / dims[0]) + "_" + level)
                                .str());
      layer.power.push_back(0);
    }
    layer.power[place] += power[static_cast<Eigen::Index>(index)];
  }
  return heated;
}

//===----------------------------------------------------------------------===//
// Files
//===----------------------------------------------------------------------===//

static auto number(double value) { return llvm::format("%.12g", value); }

/// Micrometres and the like in SI units.
static auto scaled(int64_t count, double unit) {
  return number(static_cast<double>(count) * unit);
}

static std::string writeFloorplan(ArrayRef<FloorplanBlock> blocks,
                                  ArrayRef<std::string> names) {
  std::string text = "# name, width, height, left x, bottom y; in metres\n";
  llvm::raw_string_ostream os(text);
  for (auto [block, name] : llvm::zip_equal(blocks, names))
    os << name << '\t' << number(block.width) << '\t' << number(block.height)
       << '\t' << number(block.x) << '\t' << number(block.y) << '\n';
  return text;
}

static std::string
writePowerTrace(const std::map<int64_t, HeatedLayer> &heated) {
  std::string names, values;
  llvm::raw_string_ostream nameStream(names), valueStream(values);
  const char *separator = "";
  for (const auto &entry : heated)
    for (auto [name, power] :
         llvm::zip_equal(entry.second.names, entry.second.power)) {
      nameStream << separator << name;
      valueStream << separator << number(power);
      separator = "\t";
    }
  return names + '\n' + values + '\n';
}

static std::string writeLayers(const HotSpotPackage &package,
                               const std::map<int64_t, HeatedLayer> &heated) {
  std::string text = "# number, lateral flow, power, J/(m^3 K), m K/W, m, "
                     "floorplan\n";
  llvm::raw_string_ostream os(text);
  for (auto [index, entry] : llvm::enumerate(package.layers)) {
    arch::LayerOp layer = entry;
    auto found = heated.find(static_cast<int64_t>(index));
    bool hasPower = found != heated.end();
    os << "\n# ";
    llvm::printEscapedString(layer.getName(), os);
    os << '\n'
       << index << '\n'
       << (layer.getVerticalOnly() ? 'N' : 'Y') << '\n'
       << (hasPower ? 'Y' : 'N') << '\n'
       << static_cast<int64_t>(layer.getHeatJPerM3K()) << '\n'
       << number(1e3 / static_cast<double>(layer.getConductivityMwPerMK()))
       << '\n'
       << scaled(layer.getThicknessUm(), 1e-6) << '\n'
       << (hasPower ? found->second.floorplan : "die.flp") << '\n';
  }
  return text;
}

static std::string writeConfig(const HotSpotPackage &package) {
  std::string text;
  llvm::raw_string_ostream os(text);
  arch::PackageOp op = package.package;
  auto add = [&](const char *name, const auto &value) {
    os << '-' << name << '\t' << value << '\n';
  };
  auto addPlate = [&](const std::string &name, arch::LayerOp layer) {
    add(("s_" + name).c_str(), scaled(layer.getSideUm(), 1e-6));
    add(("t_" + name).c_str(), scaled(layer.getThicknessUm(), 1e-6));
    add(("k_" + name).c_str(), scaled(layer.getConductivityMwPerMK(), 1e-3));
    add(("p_" + name).c_str(), static_cast<int64_t>(layer.getHeatJPerM3K()));
  };
  add("model_type", "grid");
  add("grid_layer_file", "layers.lcf");
  add("grid_rows", 64);
  add("grid_cols", 64);
  add("grid_map_mode", "avg");
  add("ambient", scaled(op.getAmbientMk(), 1e-3));
  add("r_convec", scaled(*op.getConvectionMkPerW(), 1e-3));
  add("c_convec", scaled(op.getConvectionMjPerK().value_or(0), 1e-3));
  addPlate("spreader", package.spreader);
  addPlate("sink", package.sink);
  return text;
}

FailureOr<std::vector<OutputFile>>
atleus::makeHotSpotFiles(sched::ScheduleOp schedule, Picoseconds period) {
  arch::MachineOp machine = findMachine(schedule);
  sched::SummaryOp summary = schedule.getSummary();
  if (!machine || !machine.getPackage())
    return schedule.emitError("expected a machine with an 'arch.package'");
  if (!summary || !summary.getNodeEnergyFj())
    return schedule.emitError("has no energy of nodes: estimate it before it "
                              "is exported to HotSpot");
  ArrayRef<int64_t> dims = machine.getNoC().getDims();
  int64_t numNodes = dims[0] * dims[1] * dims[2];
  if (static_cast<int64_t>(summary.getNodeEnergyFj()->size()) != numNodes)
    return summary.emitError("energy of ")
           << summary.getNodeEnergyFj()->size()
           << " nodes, but the network has " << numNodes;
  FailureOr<HotSpotPackage> package = splitPackage(machine.getPackage());
  if (failed(package))
    return failure();
  std::vector<OutputFile> files;
  auto add = [&](const Twine &name, std::string text) {
    files.push_back(makeTextFile(name.str(), std::move(text)));
  };
  std::map<int64_t, HeatedLayer> heated =
      heatLayers(machine, getNodePower(summary, period), package->layers);
  for (const auto &[index, layer] : heated)
    add(layer.floorplan, writeFloorplan(layer.blocks, layer.names));
  ThermalStack stack = getThermalStack(package->package);
  add("die.flp", writeFloorplan({{0, 0, 0, stack.dieX, stack.dieY}}, {"die"}));
  add("layers.lcf", writeLayers(*package, heated));
  add("power.ptrace", writePowerTrace(heated));
  add("hotspot.config", writeConfig(*package));
  return files;
}

//===----------------------------------------------------------------------===//
// Translation
//===----------------------------------------------------------------------===//

void atleus::registerHotSpotExport(llvm::cl::OptionCategory &category) {
  static llvm::cl::opt<std::string> folder(
      "hotspot-folder",
      llvm::cl::desc("Folder for the files of --export-hotspot (default: "
                     "hotspot)"),
      llvm::cl::value_desc("path"), llvm::cl::init("hotspot"),
      llvm::cl::cat(category));
  static llvm::cl::opt<int64_t> period(
      "hotspot-period",
      llvm::cl::desc("Time from one inference to the next, for the power of "
                     "--export-hotspot (default: the makespan)"),
      llvm::cl::value_desc("ps"), llvm::cl::init(0), llvm::cl::cat(category));
  TranslateFromMLIRRegistration registration(
      "export-hotspot",
      "Write floorplans, power and layers as input of HotSpot",
      [](ModuleOp module, llvm::raw_ostream &os) -> LogicalResult {
        FailureOr<sched::ScheduleOp> schedule = findTimedSchedule(module);
        if (failed(schedule))
          return failure();
        if (period < 0)
          return schedule->emitError("expected a period that is not negative");
        int64_t time = period == 0 ? schedule->getMakespanPs().value_or(0)
                                   : period.getValue();
        if (time == 0)
          return schedule->emitError("takes no time, so it has no power");
        FailureOr<std::vector<OutputFile>> files =
            makeHotSpotFiles(*schedule, Picoseconds(time));
        if (failed(files))
          return failure();
        if (llvm::Error error = writeFolderWhole(folder, *files))
          return module.emitError() << llvm::toString(std::move(error));
        os << "cd " << folder << " && hotspot -c hotspot.config -p "
           << "power.ptrace -steady_file hotspot.steady\n";
        return success();
      },
      [](DialectRegistry &registry) { registerAllDialects(registry); });
}
