// Verifiers and accessors of the parts of a machine.
#include "dialects/Arch/Arch.h"

#include "ArchSyntax.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace atleus::arch;

#define GET_OP_CLASSES
#include "dialects/Arch/ArchOps.cpp.inc"

//===----------------------------------------------------------------------===//
// Sources
//===----------------------------------------------------------------------===//

bool atleus::arch::isNumeric(Attribute attribute) {
  return isa<IntegerAttr, FloatAttr, DenseI64ArrayAttr>(attribute);
}

SourceAttr atleus::arch::getSource(Operation *op, StringRef name) {
  auto sources = op->getAttrOfType<DictionaryAttr>("sources");
  return sources ? sources.getAs<SourceAttr>(name) : nullptr;
}

/// Checks that no number is so large that times and energies have no place in
/// 64 bits.
static LogicalResult verifyRange(Operation *op, StringRef name,
                                 Attribute value) {
  // Rates and capacities are divisors.
  bool isDivisor = name.ends_with("_per_s") || name.ends_with("_bytes") ||
                   name.ends_with("_writes");
  int64_t limit = isDivisor ? 1'000'000'000'000'000'000 : 1'000'000'000'000;
  SmallVector<int64_t> numbers;
  if (auto integer = dyn_cast<IntegerAttr>(value))
    numbers.push_back(integer.getValue().getSExtValue());
  else if (auto list = dyn_cast<DenseI64ArrayAttr>(value))
    llvm::append_range(numbers, list.asArrayRef());
  for (int64_t number : numbers)
    if (number > limit)
      return op->emitOpError("has a '")
             << name << "' of " << number << ", expected at most " << limit;
  return success();
}

LogicalResult atleus::arch::verifySources(Operation *op) {
  for (StringAttr name : op->getName().getAttributeNames()) {
    Attribute value = op->getAttr(name);
    if (value && isNumeric(value) && !getSource(op, name)) // (C1)
      return op->emitOpError("does not say where '")
             << name.strref() << "' comes from: expected 'from "
             << "#arch.source<...>' after the number";
    if (value && failed(verifyRange(op, name, value)))
      return failure();
  }
  auto sources = op->getAttrOfType<DictionaryAttr>("sources");
  if (!sources)
    return success();
  for (NamedAttribute entry : sources) {
    Attribute value = op->getAttr(entry.getName());
    if (!value || !isNumeric(value)) // (C1)
      return op->emitOpError("has a source for '")
             << entry.getName().strref() << "', which is not a number of it";
  }
  return success();
}

//===----------------------------------------------------------------------===//
// References between parts
//===----------------------------------------------------------------------===//

/// Looks up part `reference` of the machine that `op` is in; null if it is
/// missing or of another kind.
template <typename PartOp>
static PartOp lookupPart(Operation *op, FlatSymbolRefAttr reference) {
  auto machine = op->getParentOfType<MachineOp>();
  if (!reference || !machine)
    return nullptr;
  return dyn_cast_or_null<PartOp>(
      SymbolTable::lookupSymbolIn(machine, reference));
}

/// Checks that `reference`, if present, is a `PartOp`; `name` is what the
/// attribute is called.
template <typename PartOp>
static LogicalResult verifyPart(Operation *op, FlatSymbolRefAttr reference,
                                StringRef name, SymbolTableCollection &tables) {
  if (!reference)
    return success();
  Operation *part = tables.lookupNearestSymbolFrom(op, reference);
  if (isa_and_present<PartOp>(part))
    return success();
  InFlightDiagnostic diagnostic = op->emitOpError("expects '")
                                  << name << "' to be an "
                                  << PartOp::getOperationName() << ", but "
                                  << reference;
  if (!part)
    return diagnostic << " is not declared in the machine";
  diagnostic << " is an " << part->getName().getStringRef();
  diagnostic.attachNote(part->getLoc()) << "declared here";
  return diagnostic;
}

VectorOp CrossbarOp::getVectorOp() {
  return lookupPart<VectorOp>(*this, getVectorAttr());
}
VectorOp SystolicOp::getVectorOp() {
  return lookupPart<VectorOp>(*this, getVectorAttr());
}
MemoryOp SystolicOp::getMemoryOp() {
  return lookupPart<MemoryOp>(*this, getMemoryAttr());
}

MemoryOp ProcessorOp::getMemoryOp() {
  return lookupPart<MemoryOp>(*this, getMemoryAttr());
}

LogicalResult ProcessorOp::verifySymbolUses(SymbolTableCollection &tables) {
  return verifyPart<MemoryOp>(*this, getMemoryAttr(), "memory", tables); // (C2)
}

DeviceOp CrossbarOp::getDeviceOp() {
  return lookupPart<DeviceOp>(*this, getDeviceAttr());
}

LogicalResult CrossbarOp::verifySymbolUses(SymbolTableCollection &tables) {
  if (failed(verifyPart<VectorOp>(*this, getVectorAttr(), "vector",
                                  tables))) // (C5)
    return failure();
  return verifyPart<DeviceOp>(*this, getDeviceAttr(), "device", tables); // (C9)
}

LogicalResult SystolicOp::verifySymbolUses(SymbolTableCollection &tables) {
  if (failed(verifyPart<VectorOp>(*this, getVectorAttr(), "vector",
                                  tables))) // (C2)
    return failure();
  return verifyPart<MemoryOp>(*this, getMemoryAttr(), "memory", tables); // (C3)
}

Operation *TierOp::getCoreOp() {
  return SymbolTable::lookupSymbolIn((*this)->getParentOp(), getCoreAttr());
}

LogicalResult TierOp::verifySymbolUses(SymbolTableCollection &tables) {
  Operation *core = tables.lookupNearestSymbolFrom(*this, getCoreAttr());
  if (!core) // (C2)
    return emitOpError("is made of ")
           << getCoreAttr() << ", which is not declared in the machine";
  if (isa<CrossbarOp, SystolicOp, ProcessorOp>(core))
    return success();
  InFlightDiagnostic diagnostic = // (C2)
      emitOpError("is made of ")
      << getCoreAttr() << ", which is an " << core->getName().getStringRef()
      << ": expected an arch.crossbar, an arch.systolic or an arch.processor";
  diagnostic.attachNote(core->getLoc()) << "declared here";
  return diagnostic;
}

LogicalResult LayerOp::verifySymbolUses(SymbolTableCollection &tables) {
  return verifyPart<TierOp>(*this, getSourceAttr(), "source", tables); // (C2)
}

//===----------------------------------------------------------------------===//
// Single parts
//===----------------------------------------------------------------------===//

LogicalResult CrossbarOp::verify() {
  if (getActiveRows() > getRows()) // (C2)
    return emitOpError("drives ")
           << getActiveRows() << " rows at once, but an array has "
           << getRows();
  if (getColumnsPerAdc() > getColumns()) // (C3)
    return emitOpError("shares an ADC among ")
           << getColumnsPerAdc() << " columns, but an array has "
           << getColumns();
  int64_t first = getAdcMinBits();
  int64_t last = first + static_cast<int64_t>(getAdcConversionFj().size()) - 1;
  if (getAdcBits() < first || getAdcBits() > last) // (C4)
    return emitOpError("has an ADC of ")
           << getAdcBits() << " bits, but 'adc_conversion_fj' states energies "
           << "for " << first << " to " << last << " bits";
  int64_t perUnit = getArraysPerUnit().value_or(getArraysPerTile());
  if (getArraysPerTile() % perUnit != 0) // (C6)
    return emitOpError("has units of ")
           << perUnit << " arrays, but a tile has " << getArraysPerTile()
           << ", which is no multiple of it";
  if (getAdcNm2() && getAdcNm2()->size() != getAdcConversionFj().size()) // (C7)
    return emitOpError("states ")
           << getAdcNm2()->size() << " areas of an ADC in 'adc_nm2', but "
           << getAdcConversionFj().size() << " energies in 'adc_conversion_fj'";
  if (getInputRegisterNm2().has_value() !=
      getOutputRegisterNm2().has_value()) // (C8)
    return emitOpError("states an area for ")
           << (getInputRegisterNm2() ? "'input_register_nm2'"
                                     : "'output_register_nm2'")
           << " alone: expected both registers or neither";
  if (getSparsity() != Sparsity::None &&
      getSparsity() != Sparsity::Lines) // (C10)
    return emitOpError("cannot skip '")
           << stringifySparsity(getSparsity())
           << "' zeros: expected 'none' or 'lines'";
  return success();
}

LogicalResult SystolicOp::verify() {
  if (getSparsity() != Sparsity::None &&
      getDataflow() == Dataflow::InputStationary) // (C4)
    return emitOpError("cannot skip '")
           << stringifySparsity(getSparsity())
           << "' zeros of weights while inputs stay: expected the dataflow 'ws' "
              "or 'os'";
  return success();
}

LogicalResult DeviceOp::verify() {
  if (getOnNanosiemens() <= getOffNanosiemens()) // (C2)
    return emitOpError("is on at ")
           << getOnNanosiemens() << " nS, which must be more than the "
           << getOffNanosiemens() << " nS at which it is off";
  if (getStuckOnPpm() + getStuckOffPpm() > 1'000'000) // (C3)
    return emitOpError("is stuck with a probability of ")
           << getStuckOnPpm() + getStuckOffPpm()
           << " millionths, expected at most 1000000";
  return success();
}

LogicalResult VectorOp::verify() {
  bool any = false;
  for (unsigned i = 0; i < atleus::numVectorOperations; ++i) {
    StringRef name = stringify(static_cast<atleus::VectorOperation>(i));
    bool cycles = (*this)->hasAttr((name + "_cycles").str());
    bool energy = (*this)->hasAttr((name + "_fj").str());
    if (cycles != energy) // (C2)
      return emitOpError("states '")
             << name << (cycles ? "_cycles" : "_fj") << "' but not '" << name
             << (cycles ? "_fj" : "_cycles") << "'";
    any |= cycles;
  }
  if (!any) // (C3)
    return emitOpError("has no operation");
  return success();
}

/// Largest networks, and largest ones with a routing table.
static constexpr int64_t maxNodes = 1 << 20, maxTableNodes = 1 << 10;

/// Checks the size of the network. (C7)
static LogicalResult verifyNumNodes(NoCOp noc) {
  int64_t limit = noc.getRouting() == Routing::XYZ ? maxNodes : maxTableNodes;
  int64_t nodes = 1;
  for (int64_t dim : noc.getDims())
    nodes = std::min(nodes, limit + 1) * std::min(dim, limit + 1);
  if (nodes <= limit)
    return success();
  return noc.emitOpError("has ")
         << noc.getDims()[0] << "x" << noc.getDims()[1] << "x"
         << noc.getDims()[2] << " nodes, but routing '"
         << stringifyRouting(noc.getRouting()) << "' takes at most " << limit;
}

/// Checks one list of links. `known` holds those seen before. (C3), (C4)
static LogicalResult verifyLinks(NoCOp noc, StringRef name,
                                 ArrayRef<int64_t> list, bool neighbours,
                                 llvm::DenseSet<Attribute> &known) {
  if (list.size() % 6 != 0) // (C3)
    return noc.emitOpError("has ")
           << list.size() << " numbers in '" << name
           << "': expected six per link, the coordinates of two nodes";
  for (; !list.empty(); list = list.drop_front(6)) {
    ArrayRef<int64_t> a = list.take_front(3), b = list.slice(3, 3);
    auto fail = [&](const Twine &text) {
      return noc.emitOpError("has a link in '")
             << name << "' between (" << a << ") and (" << b << "), " << text;
    };
    int64_t distance = 0;
    for (unsigned i = 0; i < 3; ++i) {
      if (a[i] >= noc.getDims()[i] || b[i] >= noc.getDims()[i]) // (C3)
        return fail("which do not both lie in the network of " +
                    Twine(noc.getDims()[0]) + "x" + Twine(noc.getDims()[1]) +
                    "x" + Twine(noc.getDims()[2]) + " nodes");
      distance += std::abs(a[i] - b[i]);
    }
    if (neighbours && distance != 1) // (C4)
      return fail("which are not neighbours of the mesh");
    if (!neighbours && distance <= 1) // (C4)
      return fail(distance == 0 ? "which are the same node"
                                : "which are neighbours of the mesh");
    if (a > b)
      std::swap(a, b);
    SmallVector<int64_t, 6> ends(a);
    llvm::append_range(ends, b);
    if (!known.insert(Builder(noc.getContext()).getDenseI64ArrayAttr(ends))
             .second) // (C4)
      return fail("which it lists twice");
  }
  return success();
}

LogicalResult NoCOp::verify() {
  if (getHeaderFlits() >= getMaxPacketFlits()) // (C2)
    return emitOpError("has packets of at most ")
           << getMaxPacketFlits() << " flits, of which " << getHeaderFlits()
           << " are header: no room for data";
  ArrayRef<int64_t> removed = getRemovedLinks().value_or(ArrayRef<int64_t>());
  ArrayRef<int64_t> added = getAddedLinks().value_or(ArrayRef<int64_t>());
  llvm::DenseSet<Attribute> known;
  if (failed(verifyLinks(*this, "removed_links", removed, true, known)) ||
      failed(verifyLinks(*this, "added_links", added, false, known)))
    return failure();
  if (!added.empty() && (!getAddedLinkCycles() || !getAddedLinkUm())) // (C5)
    return emitOpError("adds links without '")
           << (getAddedLinkCycles() ? "added_link_um" : "added_link_cycles")
           << "'";
  bool wholeMesh = removed.empty() && added.empty();
  if (!wholeMesh && getRouting() == Routing::XYZ) // (C6)
    return emitOpError("removes or adds links, which routing 'xyz' does not "
                       "know: expected 'minimal' or 'up_down'");
  return verifyNumNodes(*this);
}

/// Checks the size of a layer against that of the die.
static LogicalResult verifySide(PackageOp package, LayerOp layer) {
  int64_t die = std::max(package.getDieXUm(), package.getDieYUm());
  int64_t side = layer.getSideUm();
  bool isSmaller = side < die;                           // (C5)
  bool isLargerSource = side > die && layer.getSource(); // (C6)
  if (!isSmaller && !isLargerSource)
    return success();
  InFlightDiagnostic diagnostic = layer.emitOpError("has a side of ")
                                  << side << " um, ";
  if (isSmaller)
    diagnostic << "but the longer side of the die is " << die << " um";
  else
    diagnostic << "but a heat source expects that of the die, " << die << " um";
  diagnostic.attachNote(package.getLoc()) << "package declared here";
  return diagnostic;
}

LogicalResult PackageOp::verifyRegions() {
  if (getLayers().front().empty()) // (C2)
    return emitOpError("has no layer");
  if (getLimitMk() <= getAmbientMk()) // (C3)
    return emitOpError("limits the temperature to ")
           << getLimitMk() << " mK, which is not above the ambient "
           << getAmbientMk() << " mK";
  bool both = getConvectionMkPerW() && getHeatTransferWPerM2K();
  if (both || (!getConvectionMkPerW() && !getHeatTransferWPerM2K())) // (C4)
    return emitOpError("states ")
           << (both ? "both" : "neither")
           << " of 'convection_mk_per_w' and 'heat_transfer_w_per_m2_k': "
              "expected exactly one";
  for (auto layer : getLayers().getOps<LayerOp>())
    if (failed(verifySide(*this, layer)))
      return failure();
  return success();
}

//===----------------------------------------------------------------------===//
// The machine
//===----------------------------------------------------------------------===//

template <typename PartOp>
static PartOp getOnlyPart(MachineOp machine) {
  auto parts = machine.getBody().getOps<PartOp>();
  return parts.empty() ? PartOp() : *parts.begin();
}

NoCOp MachineOp::getNoC() { return getOnlyPart<NoCOp>(*this); }
HostOp MachineOp::getHost() { return getOnlyPart<HostOp>(*this); }
PackageOp MachineOp::getPackage() { return getOnlyPart<PackageOp>(*this); }

SmallVector<TierOp, 0> MachineOp::getTiers() {
  SmallVector<TierOp, 0> tiers(getBody().getOps<TierOp>());
  llvm::sort(tiers,
             [](TierOp a, TierOp b) { return a.getLevel() < b.getLevel(); });
  return tiers;
}

/// Checks that the machine has between `least` and `most` parts of a kind.
template <typename PartOp>
static LogicalResult verifyCount(MachineOp machine, int64_t least,
                                 int64_t most) {
  SmallVector<PartOp> parts(machine.getBody().getOps<PartOp>());
  int64_t count = parts.size();
  if (count >= least && count <= most)
    return success();
  InFlightDiagnostic diagnostic = machine.emitOpError("has ")
                                  << count << " " << PartOp::getOperationName()
                                  << ", but expects "
                                  << (count < least ? "at least " : "at most ")
                                  << (count < least ? least : most);
  for (PartOp part : llvm::drop_begin(parts, std::min(count, most)))
    diagnostic.attachNote(part.getLoc()) << "one too many declared here";
  return diagnostic;
}

static LogicalResult verifyTiers(MachineOp machine) {
  NoCOp noc = machine.getNoC();
  ArrayRef<int64_t> dims = noc.getDims();
  llvm::DenseMap<int64_t, TierOp> levels;
  for (TierOp tier : machine.getBody().getOps<TierOp>()) {
    auto [other, inserted] = levels.try_emplace(tier.getLevel(), tier);
    if (!inserted) { // (C5)
      InFlightDiagnostic diagnostic = tier.emitOpError("is on level ")
                                      << tier.getLevel() << ", where "
                                      << other->second.getSymNameAttr()
                                      << " is already";
      diagnostic.attachNote(other->second.getLoc()) << "declared here";
      return diagnostic;
    }
    InFlightDiagnostic diagnostic = tier.emitOpError();
    if (tier.getLevel() >= dims[2]) { // (C5)
      diagnostic << "is on level " << tier.getLevel()
                 << ", but the network has levels 0 to " << dims[2] - 1;
    } else if (tier.getGrid()[0] > dims[0] ||
               tier.getGrid()[1] > dims[1]) { // (C6)
      diagnostic << "has a grid of " << tier.getGrid()[0] << "x"
                 << tier.getGrid()[1] << " nodes, but a level of the network "
                 << "has " << dims[0] << "x" << dims[1];
    } else {
      diagnostic.abandon();
      continue;
    }
    diagnostic.attachNote(noc.getLoc()) << "network declared here";
    return diagnostic;
  }
  return success();
}

/// Checks that `node` of `op` is one of the network's. (C7)
static LogicalResult verifyNode(Operation *op, ArrayRef<int64_t> node,
                                NoCOp noc) {
  ArrayRef<int64_t> dims = noc.getDims();
  if (node[0] < dims[0] && node[1] < dims[1] && node[2] < dims[2])
    return success();
  InFlightDiagnostic diagnostic = op->emitOpError("is at node (")
                                  << node << "), but the network has "
                                  << dims[0] << "x" << dims[1] << "x" << dims[2]
                                  << " nodes";
  diagnostic.attachNote(noc.getLoc()) << "network declared here";
  return diagnostic;
}

/// Checks that every tier heats exactly one layer. (C8)
static LogicalResult verifyHeatSources(MachineOp machine) {
  PackageOp package = machine.getPackage();
  if (!package)
    return success();
  llvm::StringMap<unsigned> count;
  for (LayerOp layer : package.getLayers().getOps<LayerOp>())
    if (std::optional<StringRef> source = layer.getSource())
      ++count[*source];
  for (TierOp tier : machine.getBody().getOps<TierOp>()) {
    unsigned layers = count.lookup(tier.getSymName());
    if (layers == 1)
      continue;
    InFlightDiagnostic diagnostic =
        tier.emitOpError("is the heat source of ")
        << layers << " layers of the package, but expects exactly 1";
    diagnostic.attachNote(package.getLoc()) << "package declared here";
    return diagnostic;
  }
  return success();
}

LogicalResult MachineOp::verifyRegions() {
  constexpr int64_t many = std::numeric_limits<int64_t>::max();
  if (failed(verifyCount<NoCOp>(*this, 1, 1)) ||     // (C1)
      failed(verifyCount<HostOp>(*this, 1, 1)) ||    // (C2)
      failed(verifyCount<PackageOp>(*this, 0, 1)) || // (C3)
      failed(verifyCount<TierOp>(*this, 1, many)) || // (C4)
      failed(verifyTiers(*this)))
    return failure();
  for (MemoryOp memory : getBody().getOps<MemoryOp>())
    if (failed(verifyNode(memory, memory.getNode(), getNoC())))
      return failure();
  if (failed(verifyNode(getHost(), getHost().getNode(), getNoC())))
    return failure();
  return verifyHeatSources(*this);
}
