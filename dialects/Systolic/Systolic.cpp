// Verifiers, work and access of the systolic ops.
#include "dialects/Systolic/Systolic.h"
#include "dialects/NN/RunTimeScales.h"

#include "mlir/Dialect/Traits.h"
#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::systolic;

#include "dialects/Systolic/SystolicDialect.cpp.inc"

#define GET_OP_CLASSES
#include "dialects/Systolic/SystolicOps.cpp.inc"

void SystolicDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "dialects/Systolic/SystolicOps.cpp.inc"
      >();
}

static ArrayRef<int64_t> shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

//===----------------------------------------------------------------------===//
// MatMulOp
//===----------------------------------------------------------------------===//

LogicalResult MatMulOp::verify() {
  ArrayRef<int64_t> lhs = shapeOf(getLhs()), rhs = shapeOf(getRhs());
  if (lhs.size() < 2 || rhs.size() < 2 ||
      lhs.back() != rhs[rhs.size() - (getTransposeRhs() ? 1 : 2)]) // (C1)
    return emitOpError() << "operands must be matrices with equal inner "
                            "dimensions, found "
                         << getLhs().getType() << " and " << getRhs().getType();
  SmallVector<int64_t> shape;
  if (!OpTrait::util::getBroadcastedShape(lhs.drop_back(2), rhs.drop_back(2),
                                          shape)) // (C2)
    return emitOpError() << "leading dimensions of " << getLhs().getType()
                         << " and " << getRhs().getType()
                         << " do not broadcast";
  shape.push_back(lhs[lhs.size() - 2]);
  shape.push_back(rhs[rhs.size() - (getTransposeRhs() ? 2 : 1)]);
  Type left = getLhs().getType().getElementType();
  Type right = getRhs().getType().getElementType();
  auto quantized = dyn_cast<quant::QuantizedType>(left);
  auto other = dyn_cast<quant::QuantizedType>(right);
  Type expressed = quantized ? quantized.getExpressedType() : left;
  if (std::optional<uint64_t> bits = getAccumulatorBits();
      bits && (*bits < 8 || *bits > 64)) // (C7)
    return emitOpError() << "accumulator_bits must be from 8 to 64, found "
                         << *bits;
  if (auto codebook = dyn_cast<nn::CodebookType>(right);
      codebook && getStaticRhs())
    right = codebook.getExpressed();
  if ((other ? other.getExpressedType() : right) != expressed ||
      !quantized != !other) // (C5)
    return emitOpError() << "operands must be floats of one type, or quantized "
                            "and express one type, found "
                         << left << " and " << right;
  if (nn::varyAlongInner(getRhs(), getTransposeRhs()))
    return emitOpError() << "scales of the right operand vary along the "
                            "dimension that is summed over";
  auto expected = RankedTensorType::get(shape, expressed);
  if (getType() != expected) // (C3)
    return emitOpError() << "result must be " << expected << ", found "
                         << getType();
  auto bias = RankedTensorType::get({shape.back()}, expressed);
  if (getBias() && getBias().getType() != bias) // (C4)
    return emitOpError() << "bias must be " << bias << ", found "
                         << getBias().getType();
  return success();
}

/// Bytes of a tile of `value`.
static int64_t tileBytes(Value value, const Tile &tile) {
  return nn::getNumBytes(
      RankedTensorType::get(tile.sizes, getElementTypeOrSelf(value.getType())));
}

Work MatMulOp::getWork() {
  return getTileWork(Tile::whole(getType().getShape()));
}

Work MatMulOp::getTileWork(const Tile &tile) {
  ArrayRef<int64_t> sizes = tile.sizes;
  int64_t results = tile.numElements();
  Work work;
  MatrixProduct product;
  product.batch = llvm::product_of(sizes.drop_back(2));
  product.m = sizes[sizes.size() - 2];
  product.k = shapeOf(getLhs()).back();
  product.n = sizes.back();
  product.staticRhs = getStaticRhs();
  RankedTensorType rhs = getRhs().getType();
  // Vectors that are multiplied by the same matrix follow each other through
  // the array, whatever dimension they lie along.
  if (llvm::product_of(rhs.getShape().drop_back(2)) == 1)
    product.m *= std::exchange(product.batch, 1);
  if (getStaticRhs())
    product.sparsity =
        nn::getWeightSparsity(getRhs(), getTransposeRhs() ? 1 : 0)
            .ofColumns(product.n, getType().getShape().back());
  nn::addProduct(work, product, getLhs().getType().getElementType(), rhs,
                 rhs.getRank() - (getTransposeRhs() ? 1 : 2));
  nn::addRowScales(work, getLhs(), rhs,
                   rhs.getRank() - (getTransposeRhs() ? 2 : 1));
  if (getBias())
    work[VectorOperation::Add] += results;
  for (auto [i, operand] : llvm::enumerate(getOperands())) {
    bool parameter = i == 1 ? getStaticRhs() : nn::isStatic(operand);
    (parameter ? work.parameterBytes : work.bytesRead) +=
        tileBytes(operand, getOperandTile(i, 0, tile));
  }
  work.bytesWritten = tileBytes(getResult(), tile);
  return work;
}

/// The tile of an operand whose matrices have the given row and column ranges,
/// for the batch of a tile of the result.
static Tile matrixTile(const Tile &result, ArrayRef<int64_t> shape,
                       std::pair<int64_t, int64_t> rows,
                       std::pair<int64_t, int64_t> columns) {
  Tile batch =
      broadcastTile({{result.offsets.begin(), result.offsets.end() - 2},
                     {result.sizes.begin(), result.sizes.end() - 2}},
                    shape.drop_back(2));
  batch.offsets.append({rows.first, columns.first});
  batch.sizes.append({rows.second, columns.second});
  return batch;
}

Tile MatMulOp::getOperandTile(unsigned operand, unsigned, const Tile &result) {
  unsigned rank = result.rank();
  std::pair<int64_t, int64_t> inner = {0, shapeOf(getLhs()).back()};
  std::pair<int64_t, int64_t> rows = {result.offsets[rank - 2],
                                      result.sizes[rank - 2]};
  std::pair<int64_t, int64_t> columns = {result.offsets[rank - 1],
                                         result.sizes[rank - 1]};
  if (operand == 2)
    return {{columns.first}, {columns.second}};
  if (operand == 0)
    return matrixTile(result, shapeOf(getLhs()), rows, inner);
  if (getTransposeRhs())
    return matrixTile(result, shapeOf(getRhs()), columns, inner);
  return matrixTile(result, shapeOf(getRhs()), inner, columns);
}

//===----------------------------------------------------------------------===//
// VectorOp
//===----------------------------------------------------------------------===//

LogicalResult VectorOp::verify() {
  Block &block = getBody().front();
  if (block.getArgumentTypes() != getOperandTypes()) // (C1)
    return emitOpError() << "region has arguments (" << block.getArgumentTypes()
                         << "), operands are (" << getOperandTypes() << ")";
  if (!isa<nn::YieldOp>(block.back())) // (C2)
    return emitOpError() << "region must end with 'nn.yield'";
  if (block.back().getOperandTypes() != getResultTypes()) // (C2)
    return emitOpError() << "region yields (" << block.back().getOperandTypes()
                         << "), results are (" << getResultTypes() << ")";
  for (Value result : getResults())
    if (shapeOf(result) != shapeOf(getResult(0))) // (C2)
      return emitOpError() << "results must have one shape, found "
                           << getResult(0).getType() << " and "
                           << result.getType();
  for (Operation &op : block.without_terminator())
    if (!isa<WorkOpInterface>(op) || !isa<AccessOpInterface>(op)) // (C3)
      return emitOpError() << "cannot hold '" << op.getName()
                           << "', which states no work or no access";
  return success();
}

static int64_t numBytes(Value value) {
  return nn::getNumBytes(cast<RankedTensorType>(value.getType()));
}

/// Bytes that the ops of a region read of an operand: of a table only what is
/// fetched.
static int64_t bytesRead(BlockArgument argument) {
  int64_t whole = numBytes(argument), read = 0;
  for (OpOperand &use : argument.getUses()) {
    Operation *op = use.getOwner();
    bool fetches =
        isa<nn::EmbeddingOp, nn::GatherOp>(op) && use.getOperandNumber() == 0;
    read += fetches ? numBytes(op->getResult(0)) : whole;
  }
  return std::min(whole, read);
}

Work VectorOp::getWork() {
  Work work;
  for (Operation &op : getBody().front())
    if (auto counted = dyn_cast<WorkOpInterface>(op))
      work += counted.getWork();
  // Only operands, constants and results enter or leave the core.
  work.bytesRead = work.bytesWritten = work.parameterBytes = 0;
  for (auto [input, argument] :
       llvm::zip_equal(getInputs(), getBody().getArguments()))
    (nn::isStatic(input) ? work.parameterBytes : work.bytesRead) +=
        bytesRead(argument);
  for (auto constant : getBody().getOps<nn::ConstantOp>())
    work.parameterBytes += numBytes(constant);
  for (Value output : getOutputs())
    work.bytesWritten += numBytes(output);
  return work;
}

Work VectorOp::getTileWork(const Tile &tile) {
  return scaleWork(getWork(), tile.numElements(),
                   llvm::product_of(shapeOf(getResult(0))));
}

namespace {
/// Which tiles of the values in a region are needed. Regions have few values.
class NeededTiles {
public:
  void add(Value value, const Tile &tile) {
    if (Tile *known = find(value))
      *known = uniteTiles(*known, tile);
    else
      needed.emplace_back(value, tile);
  }

  /// Null if none is. Valid until the next one is added.
  Tile *find(Value value) {
    auto *found = llvm::find_if(
        needed, [&](const auto &entry) { return entry.first == value; });
    return found == needed.end() ? nullptr : &found->second;
  }

private:
  llvm::SmallVector<std::pair<Value, Tile>, 8> needed;
};
} // namespace

Tile VectorOp::getOperandTile(unsigned operand, unsigned resultNumber,
                              const Tile &result) {
  // From the yielded value backwards, which tile of each value is needed.
  Block &block = getBody().front();
  BlockArgument argument = block.getArgument(operand);
  NeededTiles needed;
  needed.add(block.back().getOperand(resultNumber), result);
  for (Operation &op : llvm::reverse(block.without_terminator())) {
    auto access = cast<AccessOpInterface>(op);
    for (OpResult value : op.getResults()) {
      const Tile *known = needed.find(value);
      if (!known || known->isEmpty())
        continue;
      Tile tile = *known;
      for (auto [i, input] : llvm::enumerate(op.getOperands()))
        if (input == argument || !isa<BlockArgument>(input))
          needed.add(input,
                     access.getOperandTile(i, value.getResultNumber(), tile));
    }
  }
  if (const Tile *known = needed.find(argument))
    return *known;
  Tile empty = Tile::whole(shapeOf(getOperand(operand)));
  empty.sizes.assign(empty.rank(), 0);
  return empty;
}
