// Area, idle power and power at full load of crossbars, part by part.
#include "atleus/Cost/CrossbarComponents.h"

#include "llvm/Support/ErrorHandling.h"

using namespace atleus;
using llvm::StringRef;

static CrossbarPart getPart(unsigned index) {
  return static_cast<CrossbarPart>(index);
}

StringRef atleus::stringify(CrossbarPart part) {
  switch (part) {
  case CrossbarPart::Array:
    return "array";
  case CrossbarPart::Dac:
    return "dac";
  case CrossbarPart::SampleHold:
    return "sample_hold";
  case CrossbarPart::Mux:
    return "mux";
  case CrossbarPart::Adc:
    return "adc";
  case CrossbarPart::ShiftAdd:
    return "shift_add";
  case CrossbarPart::Registers:
    return "registers";
  case CrossbarPart::Buffer:
    return "buffer";
  case CrossbarPart::Bus:
    return "bus";
  case CrossbarPart::Other:
    return "other";
  }
  llvm_unreachable("part without a name");
}

//===----------------------------------------------------------------------===//
// Counts
//===----------------------------------------------------------------------===//

/// The first level that has the part.
static CrossbarLevel getLevel(CrossbarPart part) {
  switch (part) {
  case CrossbarPart::Buffer:
  case CrossbarPart::Bus:
    return CrossbarLevel::Tile;
  case CrossbarPart::Other:
    return CrossbarLevel::Core;
  default:
    return CrossbarLevel::Array;
  }
}

/// Pieces of a part in one instance of its own level.
static int64_t countInLevel(const CrossbarConstants &core, CrossbarPart part) {
  switch (part) {
  case CrossbarPart::Dac:
    return core.rows;
  case CrossbarPart::SampleHold:
    return core.columns;
  case CrossbarPart::Mux:
  case CrossbarPart::Adc:
    return ceilDivide(core.columns, core.columnsPerAdc);
  default:
    return 1;
  }
}

/// Arrays in one instance of a level.
static int64_t countArraysOf(const CrossbarConstants &core,
                             const CrossbarComponents &components,
                             CrossbarLevel level) {
  switch (level) {
  case CrossbarLevel::Array:
    return 1;
  case CrossbarLevel::Unit:
    return components.arraysPerUnit;
  case CrossbarLevel::Tile:
    return core.arraysPerTile;
  case CrossbarLevel::Core:
    return core.arrays();
  }
  llvm_unreachable("level without a count");
}

int64_t atleus::countParts(const CrossbarConstants &core,
                           const CrossbarComponents &components,
                           CrossbarPart part, CrossbarLevel level) {
  CrossbarLevel own = getLevel(part);
  if (level < own)
    return 0;
  int64_t instances = 1;
  if (own == CrossbarLevel::Array)
    instances = countArraysOf(core, components, level);
  else if (own == CrossbarLevel::Tile && level == CrossbarLevel::Core)
    instances = core.tiles;
  return instances * countInLevel(core, part);
}

//===----------------------------------------------------------------------===//
// Area and idle power
//===----------------------------------------------------------------------===//

template <typename QuantityT>
static CrossbarBreakdown<QuantityT>
scaleToLevel(const CrossbarConstants &core,
             const CrossbarComponents &components,
             const CrossbarBreakdown<QuantityT> &ofPiece, CrossbarLevel level) {
  CrossbarBreakdown<QuantityT> result;
  for (unsigned i = 0; i < numCrossbarParts; ++i)
    if (ofPiece.part[i])
      result.part[i] =
          *ofPiece.part[i] * countParts(core, components, getPart(i), level);
  return result;
}

CrossbarBreakdown<SquareNanometres>
atleus::crossbarArea(const CrossbarConstants &core,
                     const CrossbarComponents &components,
                     CrossbarLevel level) {
  return scaleToLevel(core, components, components.area, level);
}

CrossbarBreakdown<Nanowatts>
atleus::crossbarLeakage(const CrossbarConstants &core,
                        const CrossbarComponents &components,
                        CrossbarLevel level) {
  return scaleToLevel(core, components, components.leakage, level);
}

//===----------------------------------------------------------------------===//
// Power at full load
//===----------------------------------------------------------------------===//

/// What the parts of an array take in one pass.
static CrossbarBreakdown<Femtojoules>
energyOfPass(const CrossbarConstants &core) {
  int64_t conversions = crossbarSteps(core) * core.columns;
  CrossbarBreakdown<Femtojoules> energy;
  energy[CrossbarPart::Array] = core.arrayRead;
  energy[CrossbarPart::Dac] = core.dacDrive * core.rows;
  energy[CrossbarPart::SampleHold] = core.sampleHold * conversions;
  energy[CrossbarPart::Mux] = core.muxSelect * conversions;
  energy[CrossbarPart::Adc] = core.adcConversion * conversions;
  energy[CrossbarPart::ShiftAdd] = core.shiftAdd * conversions;
  energy[CrossbarPart::Registers] =
      core.inputRegisterBit * (core.rows * core.dacBits) +
      core.outputRegister * conversions;
  return energy;
}

CrossbarBreakdown<Nanowatts>
atleus::crossbarPeakPower(const CrossbarConstants &core,
                          const CrossbarComponents &components,
                          CrossbarLevel level) {
  CrossbarBreakdown<Femtojoules> energy = energyOfPass(core);
  Picoseconds pass = stepTime(core) * crossbarSteps(core);
  int64_t arrays = countArraysOf(core, components, level);
  CrossbarBreakdown<Nanowatts> power;
  for (unsigned i = 0; i < numCrossbarParts; ++i)
    if (energy.part[i])
      power.part[i] = meanPower(*energy.part[i] * arrays, pass);
  if (level < CrossbarLevel::Tile)
    return power;
  // The bandwidth is the core's; the bus carries half of it.
  int64_t share = level == CrossbarLevel::Core ? 1 : core.tiles;
  auto powerOf = [&](Femtojoules ofByte) {
    return Nanowatts(ceilScale(ofByte.count(), core.bufferBytesPerSecond,
                               1'000'000 * share));
  };
  power[CrossbarPart::Buffer] = powerOf(core.bufferBit * 8);
  power[CrossbarPart::Bus] = powerOf(core.busBit * 4);
  return power;
}
