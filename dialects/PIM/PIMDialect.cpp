// Registration of the pim dialect, its attribute and its type.
#include "dialects/PIM/PIM.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::pim;

#include "dialects/PIM/PIMDialect.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/PIM/PIMAttributes.cpp.inc"

#define GET_TYPEDEF_CLASSES
#include "dialects/PIM/PIMTypes.cpp.inc"

namespace {
/// Prints each array type and each crossbar once, as an alias.
struct Aliases : public OpAsmDialectInterface {
  using OpAsmDialectInterface::OpAsmDialectInterface;

  AliasResult getAlias(Type type, raw_ostream &os) const final {
    if (!isa<ArrayType>(type))
      return AliasResult::NoAlias;
    os << "array";
    return AliasResult::FinalAlias;
  }

  AliasResult getAlias(Attribute attribute, raw_ostream &os) const final {
    if (!isa<CrossbarAttr>(attribute))
      return AliasResult::NoAlias;
    os << "crossbar";
    return AliasResult::FinalAlias;
  }
};
} // namespace

void PIMDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialects/PIM/PIMAttributes.cpp.inc"
      >();
  addTypes<
#define GET_TYPEDEF_LIST
#include "dialects/PIM/PIMTypes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/PIM/PIMOps.cpp.inc"
      >();
  addInterfaces<Aliases>();
}

LogicalResult CrossbarAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                   int64_t rows, int64_t columns,
                                   int64_t cellBits, int64_t dacBits,
                                   int64_t adcBits, int64_t activeRows,
                                   arch::Encoding, int64_t accumulatorBits,
                                   arch::Overflow, arch::AdcRange, DeviceAttr) {
  if (rows < 1 || columns < 1)
    return emitError() << "a crossbar needs rows and columns, found " << rows
                       << " and " << columns;
  auto checkBits = [&](StringRef name, int64_t bits, int64_t most) {
    if (bits >= 1 && bits <= most)
      return success();
    emitError() << name << " must be from 1 to " << most << ", found " << bits;
    return failure();
  };
  if (failed(checkBits("cell_bits", cellBits, 8)) ||
      failed(checkBits("dac_bits", dacBits, 8)) ||
      failed(checkBits("adc_bits", adcBits, 16)))
    return failure();
  if (activeRows < 1 || activeRows > rows)
    return emitError() << "active_rows must be from 1 to the " << rows
                       << " rows, found " << activeRows;
  if (accumulatorBits != 0 && (accumulatorBits < 8 || accumulatorBits > 64))
    return emitError() << "accumulator_bits must be 0 or from 8 to 64, found "
                       << accumulatorBits;
  return success();
}

LogicalResult DeviceAttr::verify(
    function_ref<InFlightDiagnostic()> emitError, int64_t onNanosiemens,
    int64_t offNanosiemens, int64_t readMv, int64_t bandwidthHz,
    int64_t programmingSigmaPpm, int64_t stuckOnPpm, int64_t stuckOffPpm,
    int64_t driftExponentPpm, int64_t driftExponentSigmaPpm,
    int64_t driftReferenceS, int64_t readSigmaPpm) {
  if (offNanosiemens < 1 || onNanosiemens <= offNanosiemens) // (C1)
    return emitError() << "on_nanosiemens must be greater than "
                          "off_nanosiemens, which must be "
                          "positive, found "
                       << onNanosiemens << " and " << offNanosiemens;
  if (readMv < 1 || bandwidthHz < 1 || driftReferenceS < 1) // (C1)
    return emitError() << "read_mv, bandwidth_hz and drift_reference_s must be "
                          "positive, found "
                       << readMv << ", " << bandwidthHz << " and "
                       << driftReferenceS;
  for (int64_t number : {programmingSigmaPpm, stuckOnPpm, stuckOffPpm,
                         driftExponentPpm, driftExponentSigmaPpm, readSigmaPpm})
    if (number < 0) // (C2)
      return emitError() << "a device cannot have negative numbers, found "
                         << number;
  uint64_t stuckPpm =
      static_cast<uint64_t>(stuckOnPpm) + static_cast<uint64_t>(stuckOffPpm);
  if (stuckPpm > 1'000'000) // (C2)
    return emitError() << "probabilities of stuck cells must add up to at most "
                          "1000000, found "
                       << stuckPpm;
  return success();
}

LogicalResult NoiseAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                int64_t, int64_t, int64_t firstArray,
                                int64_t temperatureMk, int64_t elapsedS) {
  if (firstArray < 0) // (C1)
    return emitError() << "first_array must not be negative, found "
                       << firstArray;
  if (temperatureMk < 1 || elapsedS < 1) // (C1)
    return emitError()
           << "temperature_mk and elapsed_s must be positive, found "
           << temperatureMk << " and " << elapsedS;
  return success();
}

LogicalResult ArrayType::verify(function_ref<InFlightDiagnostic()> emitError,
                                RankedTensorType matrix, CrossbarAttr crossbar,
                                nn::SparsityAttr sparsity) {
  std::optional<int64_t> weights = nn::countElements(matrix.getShape());
  if (matrix.getRank() != 2 || !nn::isQuantized(matrix) || !weights ||
      *weights == 0)
    return emitError() << "an array holds a quantized matrix of 1 to 2^40 "
                          "weights, found "
                       << matrix;
  int64_t block = nn::getScaleBlock(matrix, /*dimension=*/0);
  int64_t rows = crossbar.getRows();
  if (block < matrix.getDimSize(0) && block % rows != 0 &&
      rows % block != 0) // (C2)
    return emitError() << "blocks of " << block
                       << " rows with scales of their own must divide the "
                       << rows << " rows of an array or be a multiple of them";
  if (sparsity && sparsity.getKeptLines() == 0) // (C3)
    return emitError() << "an array leaves out lines of blocks, found "
                       << sparsity;
  if (sparsity && block < matrix.getDimSize(0) &&
      block % sparsity.getBlockRows() != 0) // (C4)
    return emitError() << "blocks of " << block
                       << " rows with scales of their own cut through blocks "
                          "of "
                       << sparsity.getBlockRows() << " that leave out lines";
  return success();
}

int64_t ArrayType::getSlices() const {
  int64_t bits = nn::getElementBits(getMatrix().getElementType());
  int64_t slices = llvm::divideCeil(bits, getCrossbar().getCellBits());
  bool differential =
      getCrossbar().getEncoding() == arch::Encoding::Differential;
  return differential ? 2 * slices : slices;
}

ArrayLayout ArrayType::getLayout() const {
  ArrayRef<int64_t> shape = getMatrix().getShape();
  ArrayGrid grid{shape[0],
                 shape[1],
                 getSlices(),
                 getCrossbar().getRows(),
                 getCrossbar().getColumns(),
                 nn::getScaleBlock(getMatrix(), /*dimension=*/0)};
  if (!getSparsity())
    return layOutDense(grid);
  // How many weights are zero within the lines makes no difference.
  return layOutLines(grid,
                     getSparsity().describe(shape, /*kept=*/1, /*inner=*/0));
}

int64_t ArrayType::getGridRows() const { return getLayout().gridRows; }

int64_t ArrayType::getGridColumns() const { return getLayout().gridColumns(); }
