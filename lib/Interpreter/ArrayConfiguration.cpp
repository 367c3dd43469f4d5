// From the crossbars of the pim dialect to their numerics.
#include "atleus/Interpreter/ArrayConfiguration.h"

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
