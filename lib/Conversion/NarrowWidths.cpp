// Bounds of sums by the types of operands, and warnings where they do not fit.
#include "NarrowWidths.h"

#include "atleus/Interpreter/ArrayConfiguration.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace atleus;

/// Whether all zero points of a type with several are zero. Those that are
/// found when the model runs are, if the integers are signed.
static bool hasNoZeroPoints(quant::QuantizedType type) {
  if (auto perAxis = dyn_cast<quant::UniformQuantizedPerAxisType>(type))
    return llvm::all_of(perAxis.getZeroPoints(),
                        [](int64_t zeroPoint) { return zeroPoint == 0; });
  if (auto blocks = dyn_cast<quant::UniformQuantizedSubChannelType>(type))
    return llvm::all_of(blocks.getZeroPoints().getValues<APInt>(),
                        [](const APInt &zeroPoint) { return zeroPoint == 0; });
  return isa<quant::AnyQuantizedType>(type) && type.isSigned();
}

/// The largest |stored - zero point| of a quantized type.
static int64_t getMagnitude(Type element) {
  auto type = cast<quant::QuantizedType>(element);
  int64_t low = type.getStorageTypeMin(), high = type.getStorageTypeMax();
  int64_t zeroPoint = 0;
  if (auto uniform = dyn_cast<quant::UniformQuantizedType>(type))
    zeroPoint = uniform.getZeroPoint();
  else if (!hasNoZeroPoints(type))
    return high - low;
  return std::max(std::abs(low - zeroPoint), std::abs(high - zeroPoint));
}

/// Bits in two's complement of sums of `terms` products.
static int64_t getSumBits(int64_t terms, Type lhs, Type rhs) {
  return llvm::Log2_64_Ceil(terms * getMagnitude(lhs) * getMagnitude(rhs) + 1) +
         1;
}

void NarrowWidths::Need::add(Operation *kernel, int64_t needed, int64_t found) {
  available = found;
  if (needed <= found)
    return;
  ++kernels;
  if (needed <= bits)
    return;
  bits = needed;
  worst = kernel;
}

void NarrowWidths::check(arch::CrossbarOp core, pim::MVMOp kernel) {
  pim::ArrayType array = kernel.getArray().getType();
  RankedTensorType matrix = array.getMatrix();
  Type input = kernel.getInput().getType().getElementType();
  int64_t rows = std::min(matrix.getDimSize(0),
                          nn::getScaleBlock(matrix, /*dimension=*/0));
  converters[core].add(kernel,
                       getConfiguration(array, input).losslessAdcBits(rows),
                       core.getAdcBits());
  if (std::optional<int64_t> bits = core.getAccumulatorBits())
    accumulators[core].add(
        kernel, getSumBits(rows, input, matrix.getElementType()), *bits);
}

void NarrowWidths::check(arch::SystolicOp core, systolic::MatMulOp kernel) {
  RankedTensorType lhs = kernel.getLhs().getType();
  RankedTensorType rhs = kernel.getRhs().getType();
  if (!nn::isQuantized(lhs) || !nn::isQuantized(rhs))
    return;
  int64_t inner = rhs.getRank() - (kernel.getTransposeRhs() ? 1 : 2);
  int64_t terms =
      std::min(rhs.getDimSize(inner), nn::getScaleBlock(rhs, inner));
  accumulators[core].add(
      kernel, getSumBits(terms, lhs.getElementType(), rhs.getElementType()),
      core.getAccumulatorBits());
}

void NarrowWidths::warn(Operation *core, const Need &need, StringRef sums,
                        StringRef part, StringRef effect) {
  if (need.kernels == 0)
    return;
  InFlightDiagnostic warning = need.worst->emitWarning();
  warning << sums << " may need " << part << " of " << need.bits
          << " bits, found " << need.available << ": larger ones " << effect;
  if (int64_t others = need.kernels - 1)
    warning << ", here and in " << others << " other kernel"
            << (others == 1 ? "" : "s");
  warning.attachNote(core->getLoc()) << "declared here";
}

static StringRef describe(arch::Overflow overflow) {
  return overflow == arch::Overflow::Wrap ? "wrap around" : "saturate";
}

void NarrowWidths::report() const {
  for (const auto &[op, need] : converters) {
    bool clips =
        cast<arch::CrossbarOp>(op).getAdcRange() == arch::AdcRange::UnitStep;
    warn(op, need, "column sums", "an ADC",
         clips ? "are clipped" : "are rounded");
  }
  for (const auto &[op, need] : accumulators) {
    auto crossbar = dyn_cast<arch::CrossbarOp>(op);
    arch::Overflow overflow = crossbar
                                  ? crossbar.getOverflow()
                                  : cast<arch::SystolicOp>(op).getOverflow();
    warn(op, need, "sums of products", "an accumulator", describe(overflow));
  }
}
