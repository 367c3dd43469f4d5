// Prints machines for `atleus machines`.
#include "atleus/Report/MachineTable.h"

#include "AreaText.h"
#include "atleus/Cost/CrossbarModel.h"
#include "atleus/Cost/MachineConstants.h"
#include "atleus/Report/Table.h"
#include "atleus/Transforms/MachineLibrary.h"
#include "dialects/Arch/MachineNumbers.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <array>

using namespace mlir;
using namespace atleus;

/// {4, 4, 2} as "4x4x2".
static std::string formatGrid(ArrayRef<int64_t> sizes) {
  std::vector<std::string> parts;
  for (int64_t size : sizes)
    parts.push_back(std::to_string(size));
  return llvm::join(parts, "x");
}

/// A dash for what a core does not have.
static std::string formatSome(int64_t count) {
  return count == 0 ? "-" : formatCount(count);
}

namespace {
/// What a core does, as a table shows it.
struct CoreSummary {
  std::string kind;
  int64_t arrays = 0;
  /// 8-bit weights that the arrays hold.
  int64_t weights = 0;
  /// Multiply-accumulates of 8-bit operands per second.
  double macsPerSecond = 0;
};
} // namespace

static CoreSummary describe(arch::CrossbarOp op) {
  CrossbarConstants core = getConstants(op);
  CoreSummary summary;
  summary.kind = "crossbar " + formatGrid({core.rows, core.columns}) + ", " +
                 std::to_string(core.cellBits) + " bits/cell, " +
                 std::to_string(core.adcBits) + "-bit ADC";
  summary.arrays = core.arrays();
  summary.weights =
      summary.arrays * core.rows * (core.columns / columnsPerWeight(core, 8));
  summary.macsPerSecond = 1e12 * static_cast<double>(summary.weights) /
                          static_cast<double>(vectorInterval(core, 8).count());
  return summary;
}

static CoreSummary describe(arch::SystolicOp op) {
  SystolicConstants array = getConstants(op);
  CoreSummary summary;
  summary.kind = "systolic " + formatGrid({array.rows, array.columns}) + ", " +
                 arch::stringifyDataflow(array.dataflow).str();
  summary.macsPerSecond =
      1e12 * static_cast<double>(array.rows * array.columns) /
      static_cast<double>(array.clock.count() * systolicPasses(array, 8, 8));
  return summary;
}

static CoreSummary describe(arch::ProcessorOp op) {
  ProcessorConstants core = getConstants(op);
  CoreSummary summary;
  summary.kind =
      "processor, " +
      formatQuantity(static_cast<double>(core.operationsPerSecond), "op/s") +
      " on elements, " +
      formatQuantity(static_cast<double>(core.bytesPerSecond), "B/s");
  Work one;
  one.products.push_back({1, 1, 1, 1, 8, 8});
  summary.macsPerSecond = static_cast<double>(core.macsPerSecond) /
                          static_cast<double>(processorMacs(core, one));
  return summary;
}

static CoreSummary describeCore(Operation *core) {
  return TypeSwitch<Operation *, CoreSummary>(core)
      .Case<arch::CrossbarOp, arch::SystolicOp, arch::ProcessorOp>(
          [](auto op) { return describe(op); });
}

/// A multiply-accumulate is two operations.
static std::string formatPeak(double macsPerSecond) {
  return formatQuantity(2 * macsPerSecond, "op/s");
}

static double getPeak(arch::MachineOp machine) {
  double macsPerSecond = 0;
  for (arch::TierOp tier : machine.getTiers())
    macsPerSecond += static_cast<double>(tier.getNumNodes()) *
                     describeCore(tier.getCoreOp()).macsPerSecond;
  return macsPerSecond;
}

LogicalResult atleus::printMachineList(MLIRContext *context,
                                       llvm::raw_ostream &os) {
  Table table({"name", "network", "crossbar arrays", "8-bit peak", "summary"});
  bool failed = false;
  for (const MachineFile &file : listMachines()) {
    OwningOpRef<arch::MachineOp> machine = loadMachine(file.path, context);
    if (!machine) {
      failed = true;
      continue;
    }
    table.addRow({file.name, formatGrid(machine->getNoC().getDims()),
                  formatSome(countArrays(*machine)),
                  formatPeak(getPeak(*machine)),
                  machine->getSummary().value_or("").str()});
  }
  table.print(os);
  return failure(failed);
}

//===----------------------------------------------------------------------===//
// One machine
//===----------------------------------------------------------------------===//

static void printTiers(arch::MachineOp machine, llvm::raw_ostream &os) {
  Table table({"tier", "level", "nodes", "core", "kind", "arrays",
               "8-bit weights", "8-bit peak"});
  for (arch::TierOp tier : machine.getTiers()) {
    CoreSummary core = describeCore(tier.getCoreOp());
    int64_t nodes = tier.getNumNodes();
    table.addRow({tier.getSymName().str(), std::to_string(tier.getLevel()),
                  formatGrid(tier.getGrid()), tier.getCore().str(), core.kind,
                  formatSome(nodes * core.arrays),
                  formatSome(nodes * core.weights),
                  formatPeak(static_cast<double>(nodes) * core.macsPerSecond)});
  }
  table.print(os);
}

static void printAreas(arch::MachineOp machine, llvm::raw_ostream &os) {
  Table table({"tier", "area", "parts"});
  for (arch::TierOp tier : machine.getTiers()) {
    std::vector<AreaReport> areas = readAreas(tier);
    table.addRow(
        {tier.getSymName().str(), formatTotalArea(areas), formatAreas(areas)});
  }
  table.print(os);
}

static double perSecond(int64_t picoseconds) {
  return 1e12 / static_cast<double>(picoseconds);
}

void atleus::printMachineTable(arch::MachineOp machine, llvm::raw_ostream &os) {
  os << machine.getSymName();
  if (std::optional<StringRef> summary = machine.getSummary())
    os << ": " << *summary;
  os << "\n\n";
  printTiers(machine, os);
  os << '\n';
  printAreas(machine, os);
  os << '\n';

  arch::NoCOp noc = machine.getNoC();
  Table parts({"part", "name", "properties"});
  parts.addRow({"network", noc.getSymName().str(),
                "mesh of " + formatGrid(noc.getDims()) + ", " +
                    std::to_string(noc.getLinkBits()) + "-bit links at " +
                    formatQuantity(perSecond(noc.getClockPs()), "Hz")});
  for (auto memory : machine.getBody().getOps<arch::MemoryOp>())
    parts.addRow({"memory", memory.getSymName().str(),
                  "DRAM of " +
                      formatQuantity(
                          static_cast<double>(memory.getCapacityBytes()), "B") +
                      " at " +
                      formatQuantity(static_cast<double>(memory.getBytesPerS()),
                                     "B/s")});
  arch::HostOp host = machine.getHost();
  parts.addRow(
      {"host", host.getSymName().str(),
       "up to " +
           formatQuantity(static_cast<double>(host.getOperationsPerS()),
                          "op/s") +
           ", " +
           formatQuantity(static_cast<double>(host.getBytesPerS()), "B/s")});
  if (arch::PackageOp package = machine.getPackage())
    parts.addRow(
        {"package", "-",
         std::to_string(
             llvm::range_size(package.getLayers().getOps<arch::LayerOp>())) +
             " layers, at most " +
             llvm::formatv("{0:F2}",
                           static_cast<double>(package.getLimitMk()) / 1000)
                 .str() +
             " K"});
  parts.print(os);
}

//===----------------------------------------------------------------------===//
// Sources
//===----------------------------------------------------------------------===//

void atleus::printMachineSources(arch::MachineOp machine,
                                 llvm::raw_ostream &os) {
  Table table({"part", "number", "value", "unit", "provenance", "source"});
  std::array<unsigned, arch::getMaxEnumValForProvenance() + 1> counts = {};
  unsigned total = 0;
  arch::forEachNumber(machine, [&](const arch::MachineNumber &number) {
    arch::Provenance provenance = number.source.getProvenance();
    table.addRow({arch::getPartName(number.part), number.name.str(),
                  arch::formatNumber(number.value),
                  arch::getUnit(number.name).str(),
                  arch::stringifyProvenance(provenance).str(),
                  number.source.getText().str()});
    ++counts[static_cast<unsigned>(provenance)];
    ++total;
  });
  table.print(os);
  os << '\n' << total << " numbers:";
  for (unsigned i = 0; i < counts.size(); ++i)
    os << (i == 0 ? " " : ", ") << counts[i] << ' '
       << arch::stringifyProvenance(static_cast<arch::Provenance>(i));
  os << " (recalled and estimated numbers are unverified)\n";
}

/// A number, or an array of numbers.
static void writeNumber(Attribute value, llvm::json::OStream &json) {
  if (auto number = dyn_cast<IntegerAttr>(value))
    return json.value(number.getInt());
  json.array([&] {
    for (int64_t number : cast<DenseI64ArrayAttr>(value).asArrayRef())
      json.value(number);
  });
}

void atleus::writeMachineSourcesJSON(arch::MachineOp machine,
                                     llvm::raw_ostream &os) {
  llvm::json::OStream json(os, /*IndentSize=*/2);
  json.object([&] {
    json.attribute("machine", machine.getSymName());
    json.attributeArray("numbers", [&] {
      arch::forEachNumber(machine, [&](const arch::MachineNumber &number) {
        json.object([&] {
          json.attribute("part", arch::getPartName(number.part));
          json.attribute("number", number.name.strref());
          json.attributeBegin("value");
          writeNumber(number.value, json);
          json.attributeEnd();
          json.attribute("unit", arch::getUnit(number.name));
          json.attribute("provenance", arch::stringifyProvenance(
                                           number.source.getProvenance()));
          json.attribute("source", number.source.getText());
        });
      });
    });
  });
  os << '\n';
}
