// Cuts programs of weights and their products along features and rows.
#include "WeightParts.h"

#include "ProgramPacking.h"

#include "dialects/Arch/Assignment.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace atleus;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

namespace {
/// Consecutive rows and columns of a weight.
struct WeightBox {
  int64_t firstRow, rows, firstColumn, columns;
};
} // namespace

static WeightBox toBox(pim::ArrayType type, const ArrayPiece &piece) {
  pim::ArrayLayout layout = type.getLayout();
  int64_t allRows = type.getMatrix().getDimSize(0);
  auto toRow = [&](int64_t gridRow) {
    // Behind the last row of arrays, whose unit may have fewer rows.
    return gridRow == layout.gridRows
               ? allRows
               : gridRow / layout.gridRowsPerUnit * layout.rowsPerUnit;
  };
  int64_t first = toRow(piece.firstGridRow);
  return {first, toRow(piece.firstGridRow + piece.gridRows) - first,
          piece.firstFeature, piece.features};
}

/// The numbers of a grid of blocks, of `blockRows` rows and `blockColumns`
/// columns, that a box meets: one for each block of rows and each column.
static DenseElementsAttr cutGrid(DenseElementsAttr numbers, int64_t blockRows,
                                 int64_t blockColumns, const WeightBox &box) {
  ArrayRef<int64_t> grid = numbers.getType().getShape();
  auto values = llvm::to_vector(numbers.getValues<Attribute>());
  int64_t firstBlock = box.firstRow / blockRows;
  int64_t endBlock = llvm::divideCeil(box.firstRow + box.rows, blockRows);
  SmallVector<Attribute> kept;
  for (int64_t row = firstBlock; row < endBlock; ++row)
    for (int64_t column = 0; column < box.columns; ++column)
      kept.push_back(
          values[row * grid[1] + (box.firstColumn + column) / blockColumns]);
  return DenseElementsAttr::get(
      RankedTensorType::get({endBlock - firstBlock, box.columns},
                            numbers.getElementType()),
      kept);
}

/// The type of a box of a matrix of blocks. A cut may go through a block along
/// its columns: in the result each column has its own.
static Type cutBlocks(quant::UniformQuantizedSubChannelType type,
                      RankedTensorType matrix, const WeightBox &box) {
  int64_t rows = nn::getScaleBlock(matrix, /*dimension=*/0);
  int64_t columns = nn::getScaleBlock(matrix, /*dimension=*/1);
  return quant::UniformQuantizedSubChannelType::get(
      type.getFlags(), type.getStorageType(), type.getExpressedType(),
      cutGrid(type.getScales(), rows, columns, box),
      cutGrid(type.getZeroPoints(), rows, columns, box), {0, 1},
      {std::min(rows, box.rows), 1}, type.getStorageTypeMin(),
      type.getStorageTypeMax());
}

/// A box of a matrix in its quantized type.
static RankedTensorType cutMatrix(RankedTensorType matrix,
                                  const WeightBox &box) {
  Type element = matrix.getElementType();
  // Scales along the columns are cut with them.
  if (auto perAxis = dyn_cast<quant::UniformQuantizedPerAxisType>(element))
    element = quant::UniformQuantizedPerAxisType::get(
        perAxis.getFlags(), perAxis.getStorageType(),
        perAxis.getExpressedType(),
        perAxis.getScales().slice(box.firstColumn, box.columns),
        perAxis.getZeroPoints().slice(box.firstColumn, box.columns),
        perAxis.getQuantizedDimension(), perAxis.getStorageTypeMin(),
        perAxis.getStorageTypeMax());
  if (auto blocks = dyn_cast<quant::UniformQuantizedSubChannelType>(element))
    element = cutBlocks(blocks, matrix, box);
  return RankedTensorType::get({box.rows, box.columns}, element);
}

/// The type of sums of some rows of the weight, which are sent to the others:
/// as wide as they need, in the widths that memories have, and floats where
/// rows have different scales.
static Type getSumType(pim::MVMOp product) {
  MLIRContext *context = product.getContext();
  pim::ArrayType type = product.getArray().getType();
  RankedTensorType matrix = type.getMatrix();
  int64_t rows = matrix.getDimSize(0);
  if (product.getSums())
    return getElementTypeOrSelf(product.getSums().getType());
  if (nn::getScaleBlock(matrix, /*dimension=*/0) < rows)
    return Float32Type::get(context);
  // Factors less their zero points are below 2 to the power of their bits, and
  // the sum has a sign.
  unsigned bits =
      nn::getElementBits(product.getInput().getType().getElementType()) +
      nn::getElementBits(matrix.getElementType()) + llvm::Log2_64_Ceil(rows) +
      1;
  if (int64_t held = type.getCrossbar().getAccumulatorBits(); held != 0)
    bits = std::min<unsigned>(bits, held);
  return IntegerType::get(context, bits <= 32 ? 32 : 64);
}

//===----------------------------------------------------------------------===//
// Programs and products
//===----------------------------------------------------------------------===//

static void setPartName(Operation *from, Operation *part, size_t number) {
  if (StringRef name = nn::getKernelName(from); !name.empty())
    part->setAttr(
        nn::nameAttribute,
        StringAttr::get(from->getContext(), name + ".part" + Twine(number)));
}

static pim::ProgramOp createPart(pim::ProgramOp program, const WeightBox &box,
                                 size_t number) {
  OpBuilder builder(program);
  pim::ArrayType type = program.getType();
  auto cut =
      pim::ArrayType::get(type.getContext(), cutMatrix(type.getMatrix(), box),
                          type.getCrossbar(), type.getSparsity());
  int64_t first = program.getFeatures()[0] + box.firstColumn;
  auto part = pim::ProgramOp::create(
      builder, program.getLoc(), cut, program.getWeight(), program.getTier(),
      /*nodes=*/nullptr, ArrayRef<int64_t>{first, box.columns},
      program.getTransposed(), program.getNoiseAttr());
  part.setRowsAttr(program.getRowsAttr());
  if (box.rows != type.getMatrix().getDimSize(0))
    part.setRows(
        ArrayRef<int64_t>{program.getFirstRow() + box.firstRow, box.rows});
  setPartName(program, part, number);
  // Parts of weights of one slot take turns each with those of the same place.
  if (std::optional<StringRef> slot = program.getSlot())
    part.setSlot((*slot + ".part" + Twine(number)).str());
  return part;
}

/// `count` elements along the last dimension, from `first` on.
static Value sliceLast(OpBuilder &builder, Location location, Value value,
                       int64_t first, int64_t count) {
  auto type = cast<RankedTensorType>(value.getType());
  if (count == type.getShape().back())
    return value;
  SmallVector<int64_t> offsets(type.getRank(), 0), sizes(type.getShape());
  SmallVector<int64_t> strides(type.getRank(), 1);
  offsets.back() = first;
  sizes.back() = count;
  return nn::SliceOp::create(builder, location, value, offsets, sizes, strides);
}

namespace {
/// One part of a weight.
struct WeightPart {
  Value array;
  WeightBox box;
};

/// Replaces a product by its products with the parts of its weight.
class ProductSplitter {
public:
  explicit ProductSplitter(pim::MVMOp product)
      : product(product), builder(product) {}

  void split(ArrayRef<WeightPart> parts);

private:
  Value multiplyRows(ArrayRef<WeightPart> parts, Value sums, bool isLast);
  Value multiply(const WeightPart &part, Value input, Value sums, bool isLast);

  pim::MVMOp product;
  OpBuilder builder;
  size_t numParts = 0;
};
} // namespace

/// The product with one part. Who has the last rows adds the bias and makes
/// what the whole product makes.
Value ProductSplitter::multiply(const WeightPart &part, Value input, Value sums,
                                bool isLast) {
  Location location = product.getLoc();
  auto cut = [&](Value value) {
    return value ? sliceLast(builder, location, value, part.box.firstColumn,
                             part.box.columns)
                 : value;
  };
  SmallVector<int64_t> shape(product.getType().getShape());
  SmallVector<int64_t> tile(product.getTaskTile());
  shape.back() = part.box.columns;
  tile.back() = std::min(tile.back(), part.box.columns);
  Type element =
      isLast ? product.getType().getElementType() : getSumType(product);
  Value bias = isLast ? cut(product.getBias()) : Value();
  auto result = pim::MVMOp::create(
      builder, location, RankedTensorType::get(shape, element), part.array,
      input, bias, cut(sums), product.getTier(), tile,
      /*nodes=*/nullptr);
  setPartName(product, result, numParts++);
  arch::copyAssignment(product, result);
  return result;
}

/// The product with all parts that have the same rows.
Value ProductSplitter::multiplyRows(ArrayRef<WeightPart> parts, Value sums,
                                    bool isLast) {
  const WeightBox &rows = parts.front().box;
  Value input = sliceLast(builder, product.getLoc(), product.getInput(),
                          rows.firstRow, rows.rows);
  SmallVector<Value> results;
  for (const WeightPart &part : parts)
    results.push_back(multiply(part, input, sums, isLast));
  if (results.size() == 1)
    return results.front();
  return nn::ConcatOp::create(builder, product.getLoc(), results,
                              product.getType().getRank() - 1);
}

void ProductSplitter::split(ArrayRef<WeightPart> parts) {
  Value sums = product.getSums();
  while (!parts.empty()) {
    int64_t firstRow = parts.front().box.firstRow;
    ArrayRef<WeightPart> same = parts.take_while(
        [&](const WeightPart &part) { return part.box.firstRow == firstRow; });
    parts = parts.drop_front(same.size());
    sums = multiplyRows(same, sums, /*isLast=*/parts.empty());
  }
  product.replaceAllUsesWith(sums);
  product.erase();
}

SmallVector<pim::ProgramOp> atleus::splitProgram(pim::ProgramOp program,
                                                 ArrayRef<ArrayPiece> pieces) {
  SmallVector<WeightPart> parts;
  SmallVector<pim::ProgramOp> programs;
  for (const ArrayPiece &piece : pieces) {
    WeightBox box = toBox(program.getType(), piece);
    programs.push_back(createPart(program, box, parts.size()));
    parts.push_back({programs.back().getArray(), box});
  }
  for (Operation *user : llvm::make_early_inc_range(program->getUsers()))
    ProductSplitter(cast<pim::MVMOp>(user)).split(parts);
  program.erase();
  return programs;
}

SmallVector<ArrayPiece> atleus::cutFeatures(pim::ArrayType type,
                                            int64_t parts) {
  pim::ArrayLayout layout = type.getLayout();
  ArrayDemand demand = getDemand(layout);
  int64_t features = type.getMatrix().getDimSize(1);
  // Units of features that share a column of arrays.
  int64_t perColumn = std::max<int64_t>(1, demand.featuresIn(layout.gridRows));
  int64_t columns = llvm::divideCeil(layout.units, perColumn);
  parts = std::min(parts, columns);
  SmallVector<ArrayPiece> pieces;
  for (int64_t i = 0; i < parts; ++i) {
    int64_t first = columns * i / parts * perColumn;
    int64_t end = std::min(columns * (i + 1) / parts * perColumn, layout.units);
    int64_t firstFeature = first * layout.featuresPerUnit;
    pieces.push_back(
        {0, firstFeature,
         std::min(end * layout.featuresPerUnit, features) - firstFeature,
         demand.arrays(end - first), 0, layout.gridRows});
  }
  return pieces;
}
