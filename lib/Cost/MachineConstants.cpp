// Reads the constants of a machine's parts.
#include "atleus/Cost/MachineConstants.h"

using namespace atleus;

CrossbarConstants atleus::getConstants(arch::CrossbarOp op) {
  CrossbarConstants core;
  core.tiles = op.getTiles();
  core.arraysPerTile = op.getArraysPerTile();
  core.rows = op.getRows();
  core.columns = op.getColumns();
  core.cellBits = op.getCellBits();
  core.encoding = op.getEncoding();
  core.activeRows = op.getActiveRows();
  core.sparsity = op.getSparsity();
  core.read = Picoseconds(op.getReadPs());
  core.readout = op.getReadout();
  core.wordline = Picoseconds(op.getWordlinePs().value_or(0));
  core.mux = Picoseconds(op.getMuxPs().value_or(0));
  core.senseMarginPercent = op.getSenseMarginPercent().value_or(0);
  core.dacBits = op.getDacBits();
  core.adcType = op.getAdcType();
  core.adcBits = op.getAdcBits();
  core.adcRatedBits = op.getAdcRatedBits();
  core.adcSamplesPerSecond = op.getAdcSamplesPerS();
  core.columnsPerAdc = op.getColumnsPerAdc();
  core.adcConversion = Femtojoules(
      op.getAdcConversionFj()[op.getAdcBits() - op.getAdcMinBits()]);
  core.sampleHold = Femtojoules(op.getSampleHoldFj());
  core.dacDrive = Femtojoules(op.getDacDriveFj());
  core.arrayRead = Femtojoules(op.getArrayReadFj());
  core.muxSelect = Femtojoules(op.getMuxFj().value_or(0));
  core.shiftAdd = Femtojoules(op.getShiftAddFj());
  core.inputRegisterBit = Femtojoules(op.getInputRegisterBitFj());
  core.outputRegister = Femtojoules(op.getOutputRegisterFj());
  core.bufferBytesPerSecond = op.getBufferBytesPerS();
  core.bufferBit = Femtojoules(op.getBufferBitFj());
  core.busBit = Femtojoules(op.getBusBitFj());
  core.pipeline = Picoseconds(op.getPipelinePs());
  core.rowWrite = Picoseconds(op.getRowWritePs());
  core.cellWrite = Femtojoules(op.getCellWriteFj());
  core.writePowerMicrowatts = op.getWritePowerUw();
  core.enduranceWrites = op.getEnduranceWrites();
  return core;
}

CrossbarComponents atleus::getComponents(arch::CrossbarOp op) {
  using Stated = std::optional<int64_t>;
  CrossbarComponents components;
  components.arraysPerUnit =
      op.getArraysPerUnit().value_or(op.getArraysPerTile());

  auto setArea = [&](CrossbarPart part, Stated area, int64_t scale = 1) {
    if (area)
      components.area[part] = SquareNanometres(*area * scale);
  };
  Stated adc;
  if (std::optional<llvm::ArrayRef<int64_t>> areas = op.getAdcNm2())
    adc = (*areas)[op.getAdcBits() - op.getAdcMinBits()];
  Stated registers;
  if (Stated input = op.getInputRegisterNm2())
    registers = *input + op.getOutputRegisterNm2().value_or(0);
  setArea(CrossbarPart::Array, op.getArrayNm2());
  setArea(CrossbarPart::Dac, op.getDacNm2());
  setArea(CrossbarPart::SampleHold, op.getSampleHoldNm2());
  setArea(CrossbarPart::Mux, op.getMuxNm2());
  setArea(CrossbarPart::Adc, adc);
  setArea(CrossbarPart::ShiftAdd, op.getShiftAddNm2());
  setArea(CrossbarPart::Registers, registers);
  setArea(CrossbarPart::Buffer, op.getBufferNm2());
  setArea(CrossbarPart::Bus, op.getBusNm2());
  setArea(CrossbarPart::Other, op.getOtherUm2(), 1'000'000);

  auto setLeakage = [&](CrossbarPart part, Stated power, int64_t scale = 1) {
    if (power)
      components.leakage[part] = Nanowatts(*power * scale);
  };
  setLeakage(CrossbarPart::Array, op.getArrayLeakageNw());
  setLeakage(CrossbarPart::Dac, op.getDacLeakageNw());
  setLeakage(CrossbarPart::Adc, op.getAdcLeakageNw());
  setLeakage(CrossbarPart::ShiftAdd, op.getShiftAddLeakageNw());
  setLeakage(CrossbarPart::Registers, op.getRegisterLeakageNw());
  setLeakage(CrossbarPart::Buffer, op.getBufferLeakageNw());
  setLeakage(CrossbarPart::Other, op.getLeakageUw(), 1000);
  return components;
}

SystolicConstants atleus::getConstants(arch::SystolicOp op) {
  SystolicConstants array;
  array.rows = op.getRows();
  array.columns = op.getColumns();
  array.dataflow = op.getDataflow();
  array.overlapFolds = op.getOverlapFolds();
  array.clock = Picoseconds(op.getClockPs());
  array.macBits = op.getMacBits();
  array.mac = Femtojoules(op.getMacFj());
  return array;
}

VectorConstants atleus::getConstants(arch::VectorOp op) {
  VectorConstants unit;
  unit.lanes = op.getLanes();
  unit.clock = Picoseconds(op.getClockPs());
  auto set = [&](VectorOperation operation, std::optional<int64_t> cycles,
                 std::optional<int64_t> energy) {
    unit.cycles[static_cast<unsigned>(operation)] = cycles.value_or(0);
    unit.energy[static_cast<unsigned>(operation)] =
        Femtojoules(energy.value_or(0));
  };
  set(VectorOperation::Add, op.getAddCycles(), op.getAddFj());
  set(VectorOperation::Multiply, op.getMultiplyCycles(), op.getMultiplyFj());
  set(VectorOperation::Divide, op.getDivideCycles(), op.getDivideFj());
  set(VectorOperation::Exponential, op.getExponentialCycles(),
      op.getExponentialFj());
  set(VectorOperation::SquareRoot, op.getSquareRootCycles(),
      op.getSquareRootFj());
  set(VectorOperation::Convert, op.getConvertCycles(), op.getConvertFj());
  set(VectorOperation::Move, op.getMoveCycles(), op.getMoveFj());
  set(VectorOperation::Lookup, op.getLookupCycles(), op.getLookupFj());
  return unit;
}

MemoryConstants atleus::getConstants(arch::MemoryOp op) {
  MemoryConstants memory;
  memory.capacityBytes = op.getCapacityBytes();
  memory.bytesPerSecond = op.getBytesPerS();
  memory.latency = Picoseconds(op.getLatencyPs());
  memory.burstBytes = op.getBurstBytes();
  memory.bit = Femtojoules(op.getBitFj());
  return memory;
}

/// Pairs of nodes from six coordinates each.
static std::vector<std::pair<NodeCoordinate, NodeCoordinate>>
getLinks(std::optional<llvm::ArrayRef<int64_t>> list) {
  std::vector<std::pair<NodeCoordinate, NodeCoordinate>> links;
  if (!list)
    return links;
  for (llvm::ArrayRef<int64_t> rest = *list; !rest.empty();
       rest = rest.drop_front(6))
    links.push_back({{rest[0], rest[1], rest[2]}, {rest[3], rest[4], rest[5]}});
  return links;
}

NoCConstants atleus::getConstants(arch::NoCOp op) {
  NoCConstants noc;
  llvm::ArrayRef<int64_t> dims = op.getDims();
  noc.dims = {dims[0], dims[1], dims[2]};
  noc.linkBits = op.getLinkBits();
  noc.clock = Picoseconds(op.getClockPs());
  noc.routingCycles = op.getRoutingCycles();
  noc.vcAllocationCycles = op.getVcAllocationCycles();
  noc.switchAllocationCycles = op.getSwitchAllocationCycles();
  noc.traversalCycles = op.getTraversalCycles();
  noc.speculative = op.getSpeculative();
  noc.virtualChannels = op.getVirtualChannels();
  noc.bufferFlits = op.getBufferFlits();
  noc.maxPacketFlits = op.getMaxPacketFlits();
  noc.headerFlits = op.getHeaderFlits();
  noc.planarLinkCycles = op.getPlanarLinkCycles();
  noc.verticalLinkCycles = op.getVerticalLinkCycles();
  noc.addedLinkCycles = op.getAddedLinkCycles().value_or(1);
  noc.planarLinkMicrometres = op.getPlanarLinkUm();
  noc.addedLinkMicrometres = op.getAddedLinkUm().value_or(1);
  noc.routerFlit = Femtojoules(op.getRouterFlitFj());
  noc.planarBitPerMillimetre = Femtojoules(op.getPlanarBitFjPerMm());
  noc.verticalBit = Femtojoules(op.getVerticalBitFj());
  noc.routing = op.getRouting();
  noc.removedLinks = getLinks(op.getRemovedLinks());
  noc.addedLinks = getLinks(op.getAddedLinks());
  return noc;
}

ProcessorConstants atleus::getConstants(arch::ProcessorOp op) {
  ProcessorConstants processor;
  processor.macsPerSecond = op.getMacsPerS();
  processor.macBits = op.getMacBits();
  processor.mac = Femtojoules(op.getMacFj());
  processor.operationsPerSecond = op.getOperationsPerS();
  processor.operation = Femtojoules(op.getOperationFj());
  processor.bytesPerSecond = op.getBytesPerS();
  processor.byte = Femtojoules(op.getByteFj());
  processor.latency = Picoseconds(op.getLatencyPs());
  return processor;
}

HostConstants atleus::getConstants(arch::HostOp op) {
  HostConstants host;
  host.operationsPerSecond = op.getOperationsPerS();
  host.bytesPerSecond = op.getBytesPerS();
  host.latency = Picoseconds(op.getLatencyPs());
  host.operation = Femtojoules(op.getOperationFj());
  host.byte = Femtojoules(op.getByteFj());
  return host;
}

CrossbarCore atleus::getCore(arch::CrossbarOp op) {
  CrossbarCore core{getConstants(op), std::nullopt};
  if (arch::VectorOp unit = op.getVectorOp())
    core.vector = getConstants(unit);
  return core;
}

SystolicCore atleus::getCore(arch::SystolicOp op) {
  SystolicCore core;
  core.array = getConstants(op);
  core.sparsity = op.getSparsity();
  core.accumulatorBits = op.getAccumulatorBits();
  core.bufferBytesPerCycle = op.getBufferBytesPerCycle();
  core.operandBufferBytes = op.getOperandBufferBytes();
  core.prefetch = op.getPrefetch();
  core.bufferByte = Femtojoules(op.getBufferByteFj());
  if (arch::VectorOp unit = op.getVectorOp())
    core.vector = getConstants(unit);
  if (arch::MemoryOp memory = op.getMemoryOp())
    core.memory = getConstants(memory);
  return core;
}

ProcessorCore atleus::getCore(arch::ProcessorOp op) {
  ProcessorCore core{getConstants(op), std::nullopt};
  if (arch::MemoryOp memory = op.getMemoryOp())
    core.memory = getConstants(memory);
  return core;
}

NodeCoordinate atleus::getNode(arch::TierOp tier, int64_t index) {
  int64_t width = tier.getGrid()[0];
  return {index % width, index / width, tier.getLevel()};
}

int64_t atleus::countArrays(arch::MachineOp machine) {
  int64_t arrays = 0;
  for (arch::TierOp tier : machine.getTiers())
    if (auto core = llvm::dyn_cast<arch::CrossbarOp>(tier.getCoreOp()))
      arrays += core.getNumArrays() * tier.getNumNodes();
  return arrays;
}
