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
                                   arch::Encoding) {
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
  return success();
}

LogicalResult ArrayType::verify(function_ref<InFlightDiagnostic()> emitError,
                                RankedTensorType matrix,
                                CrossbarAttr crossbar) {
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
  return success();
}

int64_t ArrayType::getSlices() const {
  int64_t bits = nn::getElementBits(getMatrix().getElementType());
  int64_t slices = llvm::divideCeil(bits, getCrossbar().getCellBits());
  bool differential =
      getCrossbar().getEncoding() == arch::Encoding::Differential;
  return differential ? 2 * slices : slices;
}

int64_t ArrayType::getGridRows() const {
  return llvm::divideCeil(getMatrix().getDimSize(0), getCrossbar().getRows());
}

int64_t ArrayType::getGridColumns() const {
  return llvm::divideCeil(getMatrix().getDimSize(1) * getSlices(),
                          getCrossbar().getColumns());
}
