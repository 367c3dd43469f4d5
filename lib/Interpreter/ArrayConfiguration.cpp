// From the crossbars of the pim dialect to their numerics.
#include "atleus/Interpreter/ArrayConfiguration.h"

#include "atleus/Interpreter/DeviceEffects.h"

using namespace mlir;
using namespace atleus;

static SignEncoding signEncoding(arch::Encoding encoding) {
  switch (encoding) {
  case arch::Encoding::Offset:
    return SignEncoding::Offset;
  case arch::Encoding::Flipped:
    return SignEncoding::Flipped;
  case arch::Encoding::Differential:
    return SignEncoding::Differential;
  }
  llvm_unreachable("every encoding is handled");
}

static unsigned getStorageBits(Type elementType) {
  return cast<quant::QuantizedType>(elementType).getStorageTypeIntegralWidth();
}

CrossbarConfiguration atleus::getConfiguration(pim::ArrayType array) {
  pim::CrossbarAttr crossbar = array.getCrossbar();
  CrossbarConfiguration configuration;
  configuration.rows = crossbar.getRows();
  configuration.activeRows = crossbar.getActiveRows();
  configuration.cellBits = crossbar.getCellBits();
  configuration.dacBits = crossbar.getDacBits();
  configuration.adcBits = crossbar.getAdcBits();
  configuration.encoding = signEncoding(crossbar.getEncoding());
  configuration.adcRange = crossbar.getAdcRange() == arch::AdcRange::UnitStep
                               ? AdcRange::UnitStep
                               : AdcRange::FullScale;
  if (crossbar.getAccumulatorBits() != 0)
    configuration.accumulator.bits = crossbar.getAccumulatorBits();
  configuration.accumulator.overflow =
      crossbar.getOverflow() == arch::Overflow::Wrap ? Overflow::Wrap
                                                     : Overflow::Saturate;
  configuration.weightBits = getStorageBits(array.getMatrix().getElementType());
  return configuration;
}

CrossbarConfiguration atleus::getConfiguration(pim::ArrayType array,
                                               Type inputElement) {
  CrossbarConfiguration configuration = getConfiguration(array);
  configuration.inputBits = getStorageBits(inputElement);
  configuration.signedInputs =
      cast<quant::QuantizedType>(inputElement).isSigned();
  return configuration;
}

/// From the units of the machine to those of physics.
static DeviceConstants getConstants(pim::DeviceAttr device) {
  auto scaled = [](int64_t value, double unit) {
    return static_cast<double>(value) * unit;
  };
  constexpr double nano = 1e-9, milli = 1e-3, millionth = 1e-6;
  DeviceConstants constants;
  constants.onConductance = scaled(device.getOnNanosiemens(), nano);
  constants.offConductance = scaled(device.getOffNanosiemens(), nano);
  constants.readVoltage = scaled(device.getReadMv(), milli);
  constants.bandwidth = scaled(device.getBandwidthHz(), 1);
  constants.programmingSigma =
      scaled(device.getProgrammingSigmaPpm(), millionth);
  constants.stuckOnProbability = scaled(device.getStuckOnPpm(), millionth);
  constants.stuckOffProbability = scaled(device.getStuckOffPpm(), millionth);
  constants.driftExponent = scaled(device.getDriftExponentPpm(), millionth);
  constants.driftExponentSigma =
      scaled(device.getDriftExponentSigmaPpm(), millionth);
  constants.driftReferenceTime = scaled(device.getDriftReferenceS(), 1);
  constants.readSigma = scaled(device.getReadSigmaPpm(), millionth);
  return constants;
}

std::shared_ptr<const AnalogEffects>
atleus::getEffects(pim::ProgramOp program) {
  return getEffects(program, /*arraysBefore=*/0, program.getFeatures()[1]);
}

std::shared_ptr<const AnalogEffects>
atleus::getEffects(pim::ProgramOp program, int64_t arraysBefore,
                   int64_t features) {
  pim::NoiseAttr noise = program.getNoiseAttr();
  if (!noise)
    return nullptr;
  pim::ArrayType array = program.getArray().getType();
  NoiseDraw draw;
  draw.seed = static_cast<uint64_t>(noise.getSeed());
  draw.trial = static_cast<uint32_t>(noise.getTrial());
  draw.temperature = static_cast<double>(noise.getTemperatureMk()) * 1e-3;
  draw.elapsedTime = static_cast<double>(noise.getElapsedS());
  ArrayGrid grid;
  grid.firstArray = noise.getFirstArray() + arraysBefore;
  grid.gridColumns = llvm::divideCeil(features * array.getSlices(),
                                      array.getCrossbar().getColumns());
  grid.columns = array.getCrossbar().getColumns();
  return std::make_shared<DeviceEffects>(
      DeviceNoise(getConstants(array.getCrossbar().getDevice()), draw), grid,
      getConfiguration(array));
}
