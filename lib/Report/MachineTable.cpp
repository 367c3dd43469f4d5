// Prints machines for `atleus machines`.
#include "atleus/Report/MachineTable.h"

#include "AreaText.h"
#include "atleus/Cost/CrossbarModel.h"
#include "atleus/Cost/MachineConstants.h"
#include "atleus/Report/Table.h"
#include "atleus/Transforms/MachineLibrary.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/FormatVariadic.h"
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

static int64_t countCells(arch::MachineOp machine) {
  int64_t cells = 0;
  for (arch::TierOp tier : machine.getTiers())
    if (auto core = dyn_cast<arch::SystolicOp>(tier.getCoreOp()))
      cells += core.getRows() * core.getColumns() * tier.getNumNodes();
  return cells;
}

LogicalResult atleus::printMachineList(MLIRContext *context,
                                       llvm::raw_ostream &os) {
  Table table({"name", "nodes", "crossbar arrays", "systolic MACs", "summary"});
  bool failed = false;
  for (const MachineFile &file : listMachines()) {
    OwningOpRef<arch::MachineOp> machine = loadMachine(file.path, context);
    if (!machine) {
      failed = true;
      continue;
    }
    table.addRow({file.name, formatGrid(machine->getNoC().getDims()),
                  formatSome(countArrays(*machine)),
                  formatSome(countCells(*machine)),
                  machine->getSummary().value_or("").str()});
  }
  table.print(os);
  return failure(failed);
}

//===----------------------------------------------------------------------===//
// One machine
//===----------------------------------------------------------------------===//

/// The columns of a tier that depend on the kind of its core.
static std::vector<std::string> describeCore(Operation *core, int64_t nodes) {
  if (auto crossbar = dyn_cast<arch::CrossbarOp>(core)) {
    CrossbarConstants constants = getConstants(crossbar);
    int64_t arrays = nodes * constants.arrays();
    int64_t weights = arrays * constants.rows *
                      (constants.columns / columnsPerWeight(constants, 8));
    double perSecond =
        1e12 * static_cast<double>(weights) /
        static_cast<double>(vectorInterval(constants, 8).count());
    std::string kind = "crossbar " +
                       formatGrid({constants.rows, constants.columns}) + ", " +
                       std::to_string(constants.cellBits) + " bits/cell, " +
                       std::to_string(constants.adcBits) + "-bit ADC";
    return {kind, formatCount(arrays), formatCount(weights),
            formatQuantity(2 * perSecond, "op/s")};
  }
  SystolicConstants array = getConstants(cast<arch::SystolicOp>(core));
  double perSecond = 1e12 *
                     static_cast<double>(nodes * array.rows * array.columns) /
                     static_cast<double>(array.clock.count());
  std::string kind = "systolic " + formatGrid({array.rows, array.columns}) +
                     ", " + arch::stringifyDataflow(array.dataflow).str();
  return {kind, "-", "-", formatQuantity(2 * perSecond, "op/s")};
}

static void printTiers(arch::MachineOp machine, llvm::raw_ostream &os) {
  Table table({"tier", "level", "nodes", "core", "kind", "arrays",
               "8-bit weights", "8-bit peak"});
  for (arch::TierOp tier : machine.getTiers()) {
    std::vector<std::string> row = {
        tier.getSymName().str(), std::to_string(tier.getLevel()),
        formatGrid(tier.getGrid()), tier.getCore().str()};
    llvm::append_range(row, describeCore(tier.getCoreOp(), tier.getNumNodes()));
    table.addRow(std::move(row));
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

/// What a part is called in a table: its symbol or name, or its kind.
static std::string getPartName(Operation *part) {
  if (auto symbol = dyn_cast<SymbolOpInterface>(part))
    return symbol.getName().str();
  if (auto layer = dyn_cast<arch::LayerOp>(part))
    return layer.getName().str();
  return part->getName().stripDialect().str();
}

static std::string formatNumber(Attribute attribute) {
  if (auto number = dyn_cast<IntegerAttr>(attribute))
    return std::to_string(number.getInt());
  std::vector<std::string> parts;
  for (int64_t number : cast<DenseI64ArrayAttr>(attribute).asArrayRef())
    parts.push_back(std::to_string(number));
  return "[" + llvm::join(parts, ", ") + "]";
}

void atleus::printMachineSources(arch::MachineOp machine,
                                 llvm::raw_ostream &os) {
  Table table({"part", "number", "value", "provenance", "source"});
  std::array<unsigned, arch::getMaxEnumValForProvenance() + 1> counts = {};
  unsigned total = 0;
  machine.walk<WalkOrder::PreOrder>([&](Operation *part) {
    for (StringAttr name : part->getName().getAttributeNames()) {
      Attribute value = part->getAttr(name);
      arch::SourceAttr source = arch::getSource(part, name);
      if (!value || !source)
        continue;
      arch::Provenance provenance = source.getProvenance();
      table.addRow({getPartName(part), name.str(), formatNumber(value),
                    arch::stringifyProvenance(provenance).str(),
                    source.getText().str()});
      ++counts[static_cast<unsigned>(provenance)];
      ++total;
    }
  });
  table.print(os);
  os << '\n' << total << " numbers:";
  for (unsigned i = 0; i < counts.size(); ++i)
    os << (i == 0 ? " " : ", ") << counts[i] << ' '
       << arch::stringifyProvenance(static_cast<arch::Provenance>(i));
  os << " (recalled numbers are unverified)\n";
}
