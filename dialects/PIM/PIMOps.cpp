// Verifiers, work and access of the pim ops.
#include "dialects/NN/RunTimeScales.h"
#include "dialects/PIM/PIM.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::pim;

#define GET_OP_CLASSES
#include "dialects/PIM/PIMOps.cpp.inc"

//===----------------------------------------------------------------------===//
// ProgramOp
//===----------------------------------------------------------------------===//

/// Checks that the lines that the array leaves out are those of the weight.
static LogicalResult verifyLines(ProgramOp op) {
  nn::SparsityAttr lines = op.getType().getSparsity();
  if (!lines)
    return success();
  nn::SparseConstantOp constant = nn::findSparseConstant(op.getWeight());
  if (!constant) // (C6)
    return op.emitOpError() << "leaves out lines of a weight that is not in "
                               "sparse storage";
  unsigned inner = op.getTransposed() ? 1 : 0;
  WeightSparsity stored = constant.describe(inner);
  WeightSparsity written = lines.describe(op.getType().getMatrix().getShape(),
                                          /*kept=*/1, /*inner=*/0);
  // Blocks are cut across the lines that they keep.
  bool rows = stored.keptRows != 0;
  bool same = written.keptRows == stored.keptRows &&
              written.keptColumns == stored.keptColumns &&
              (rows ? written.blockRows == stored.blockRows &&
                          stored.blockColumns % written.blockColumns == 0
                    : written.blockColumns == stored.blockColumns &&
                          stored.blockRows % written.blockRows == 0);
  if (!same) // (C6)
    return op.emitOpError()
           << "leaves out the lines of " << lines
           << ", but the weight has those of " << constant.getSparsity();
  if (op.getFeatures()[0] % written.blockColumns != 0) // (C6)
    return op.emitOpError()
           << "features must begin with a block of " << written.blockColumns
           << " columns, found " << op.getFeatures()[0];
  if (op.getFirstRow() % written.blockRows != 0) // (C6)
    return op.emitOpError()
           << "rows must begin with a block of " << written.blockRows
           << " rows, found " << op.getFirstRow();
  return success();
}

/// Checks that an offset and a size lie within `count` rows or columns. (C2)
static LogicalResult verifyRange(ProgramOp op, StringRef name,
                                 ArrayRef<int64_t> range, int64_t count,
                                 StringRef dimension) {
  if (range.size() == 2 && range[0] >= 0 && range[1] >= 1 &&
      range[1] <= count && range[0] <= count - range[1])
    return success();
  return op.emitOpError() << name << " must be an offset and a size within "
                          << count << " " << dimension << ", found [" << range
                          << "]";
}

/// Checks that each replica has a node of its own. (C4)
static LogicalResult verifyReplicas(ProgramOp op) {
  ArrayRef<int64_t> nodes = *op.getNodes();
  int64_t replicas = op.getReplicas();
  if (static_cast<int64_t>(nodes.size()) != replicas * 3)
    return op.emitOpError()
           << "needs the " << replicas * 3 << " coordinates of "
           << (replicas == 1 ? "one node" : std::to_string(replicas) + " nodes")
           << ", found " << nodes.size() << " numbers";
  llvm::SmallVector<std::array<int64_t, 3>> seen;
  for (ArrayRef<int64_t> rest = nodes; !rest.empty();
       rest = rest.drop_front(3)) {
    std::array<int64_t, 3> node = {rest[0], rest[1], rest[2]};
    if (llvm::is_contained(seen, node))
      return op.emitOpError() << "has two replicas at node (" << node[0] << ", "
                              << node[1] << ", " << node[2] << ")";
    seen.push_back(node);
  }
  return verifyNodes(op, nodes);
}

LogicalResult ProgramOp::verify() {
  RankedTensorType weight = getWeight().getType();
  if (weight.getRank() != 2 || !nn::isQuantized(weight)) // (C1)
    return emitOpError() << "needs a quantized matrix, found " << weight;
  int64_t inner = weight.getDimSize(getTransposed() ? 1 : 0);
  int64_t columns = weight.getDimSize(getTransposed() ? 0 : 1);
  ArrayRef<int64_t> features = getFeatures();
  if (failed(verifyRange(*this, "features", features, columns, "columns")))
    return failure();
  if (std::optional<ArrayRef<int64_t>> rows = getRows()) {
    if (failed(verifyRange(*this, "rows", *rows, inner, "rows")))
      return failure();
    inner = (*rows)[1];
  }
  ArrayRef<int64_t> matrix = getType().getMatrix().getShape();
  if (matrix[0] != inner || matrix[1] != features[1]) // (C3)
    return emitOpError() << "array must hold " << inner << "x" << features[1]
                         << " weights, found " << matrix[0] << "x" << matrix[1];
  auto stored = cast<quant::QuantizedType>(weight.getElementType());
  auto written =
      cast<quant::QuantizedType>(getType().getMatrix().getElementType());
  if (stored.getStorageType() != written.getStorageType() ||
      stored.getExpressedType() != written.getExpressedType()) // (C3)
    return emitOpError() << "array must hold weights of "
                         << stored.getStorageType() << " that express "
                         << stored.getExpressedType() << ", found " << written;
  if (getNoise() && !getType().getCrossbar().getDevice()) // (C5)
    return emitOpError() << "has noise, but its crossbar states no device";
  if (failed(verifyLines(*this)))
    return failure();
  if (auto replicas = static_cast<int64_t>(getReplicas()); replicas < 1) // (C4)
    return emitOpError() << "replicas must be positive, found " << replicas;
  if (!getNodes()) // (C4)
    return success();
  return verifyReplicas(*this);
}

Work ProgramOp::getWork() {
  Work work;
  work.parameterBytes = nn::getNumBytes(getType().getMatrix());
  return work;
}

//===----------------------------------------------------------------------===//
// MVMOp
//===----------------------------------------------------------------------===//

/// Whether sums of rows may have elements of `type`.
static bool isSum(Type type) {
  return type.isSignlessInteger(32) || type.isSignlessInteger(64) ||
         type.isF32();
}

/// Checks what is added to, and that integers need no scales in between.
static LogicalResult verifySums(MVMOp op) {
  Type result = op.getType().getElementType();
  bool hasIntegers = op.hasIntegerResult();
  if (Value sums = op.getSums()) {
    auto type = cast<RankedTensorType>(sums.getType());
    Type element = type.getElementType();
    if (type.getShape() != op.getType().getShape() || !isSum(element)) // (C5)
      return op.emitOpError()
             << "sums must be i32, i64 or f32 of the result's shape, found "
             << type;
    if (hasIntegers && element != result) // (C5)
      return op.emitOpError() << "sums must be " << result
                              << " as the result is, found " << element;
    hasIntegers |= isa<IntegerType>(element);
  }
  RankedTensorType matrix = op.getArray().getType().getMatrix();
  int64_t block = nn::getScaleBlock(matrix, /*dimension=*/0);
  if (hasIntegers && block < matrix.getDimSize(0)) // (C6)
    return op.emitOpError()
           << "integer sums need rows with scales in common, found blocks of "
           << block << " of the " << matrix.getDimSize(0) << " rows";
  return success();
}

LogicalResult MVMOp::verify() {
  RankedTensorType input = getInput().getType(), result = getType();
  ArrayRef<int64_t> matrix = getArray().getType().getMatrix().getShape();
  auto weight = cast<quant::QuantizedType>(
      getArray().getType().getMatrix().getElementType());
  Type expressed = weight.getExpressedType();
  auto quantized = dyn_cast<quant::QuantizedType>(input.getElementType());
  if (!quantized || quantized.getExpressedType() != expressed ||
      input.getRank() == 0 || input.getShape().back() != matrix[0]) // (C1)
    return emitOpError() << "input must be quantized vectors of " << matrix[0]
                         << " elements that express " << expressed << ", found "
                         << input;
  auto bias = RankedTensorType::get(matrix.take_back(1), expressed);
  if (getBias() && getBias().getType() != bias) // (C2)
    return emitOpError() << "bias must be " << bias << ", found "
                         << getBias().getType();
  SmallVector<int64_t> shape(input.getShape());
  shape.back() = matrix[1];
  Type element = result.getElementType();
  bool isPartial = !getBias() && isSum(element);
  if (result.getShape() != ArrayRef(shape) ||
      (element != expressed && !isPartial)) // (C3)
    return emitOpError() << "result must be "
                         << RankedTensorType::get(shape, expressed)
                         << (getBias() ? "" : ", or sums of i32, i64 or f32")
                         << ", found " << result;
  return verifySums(*this);
}

/// Takes away what scaling the sums of `product` takes: who has the last rows
/// scales, once.
static void dropScaling(Work &work, const MatrixProduct &product, Value input,
                        RankedTensorType matrix) {
  int64_t results = product.m * product.n;
  work[VectorOperation::Convert] -= results;
  work[VectorOperation::Multiply] -= results;
  if (nn::findRunTimeScales(input) != nn::RunTimeScales::Vector)
    return;
  bool sameColumns =
      nn::getScaleBlock(matrix, /*dimension=*/1) == matrix.getDimSize(1);
  work[VectorOperation::Multiply] -= product.m * (sameColumns ? 1 : product.n);
}

/// Work of `vectors` products with `features` columns of the matrix.
static Work productWork(MVMOp op, int64_t vectors, int64_t features) {
  RankedTensorType matrix = op.getArray().getType().getMatrix();
  Type input = op.getInput().getType().getElementType();
  int64_t results = vectors * features;
  MatrixProduct product;
  product.m = vectors;
  product.k = matrix.getDimSize(0);
  product.n = features;
  product.staticRhs = true;
  if (nn::SparsityAttr lines = op.getArray().getType().getSparsity()) {
    ArrayRef<int64_t> shape = matrix.getShape();
    int64_t kept = nn::countKept(lines.getPattern(shape));
    product.sparsity =
        lines.describe(shape, kept, /*inner=*/0).ofColumns(features, shape[1]);
  }
  Work work;
  nn::addProduct(work, product, input, matrix, /*inner=*/0);
  nn::addRowScales(work, op.getInput(), matrix, /*column=*/1);
  if (op.hasIntegerResult())
    dropScaling(work, product, op.getInput(), matrix);
  if (op.getBias())
    work[VectorOperation::Add] += results;
  work.bytesRead =
      llvm::divideCeil(vectors * product.k * nn::getElementBits(input), 8);
  if (Value sums = op.getSums()) {
    work[VectorOperation::Add] += results;
    work.bytesRead +=
        results * nn::getElementBits(getElementTypeOrSelf(sums.getType())) / 8;
  }
  work.bytesWritten =
      results * nn::getElementBits(op.getType().getElementType()) / 8;
  return work;
}

Work MVMOp::getWork() {
  ArrayRef<int64_t> shape = getType().getShape();
  return productWork(*this, llvm::product_of(shape.drop_back()), shape.back());
}

Work MVMOp::getTileWork(const Tile &tile) {
  return productWork(*this, llvm::product_of(ArrayRef(tile.sizes).drop_back()),
                     tile.sizes.back());
}

Tile MVMOp::getOperandTile(unsigned operand, unsigned, const Tile &result) {
  if (operand == 0) {
    Tile matrix = Tile::whole(getArray().getType().getMatrix().getShape());
    matrix.offsets[1] = result.offsets.back();
    matrix.sizes[1] = result.sizes.back();
    return matrix;
  }
  if (operand == getSumsNumber())
    return result;
  if (operand == 2)
    return {{result.offsets.back()}, {result.sizes.back()}};
  Tile tile = result;
  tile.offsets.back() = 0;
  tile.sizes.back() = getInput().getType().getShape().back();
  return tile;
}
