// Types, work and tiles of the ops that find places when they run.
#include "dialects/NN/NNShared.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::nn;
using Unit = VectorOperation;

using Types = SmallVectorImpl<Type>;
using Place = std::optional<Location>;

static RankedTensorType tensorType(Value value) {
  return cast<RankedTensorType>(value.getType());
}

static int64_t numElements(Value value) {
  return tensorType(value).getNumElements();
}

static int64_t numBytes(Value value) { return getNumBytes(tensorType(value)); }

static Tile wholeOf(Value value) { return Tile::whole(getShape(value)); }

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

/// Checks that indices along `axis` go with an input.
static LogicalResult checkElementIndices(ErrorSite site, Value input,
                                         Value indices, int64_t axis) {
  ArrayRef<int64_t> shape = getShape(input), places = getShape(indices);
  if (failed(checkAxis(site, axis, shape.size()))) // (C1)
    return failure();
  bool fits = places.size() == shape.size();
  for (size_t i = 0; fits && i < shape.size(); ++i)
    fits = static_cast<int64_t>(i) == axis || places[i] <= shape[i];
  if (fits) // (C2)
    return success();
  return site.emitError("indices of shape ", shapeText(places),
                        " must lie within the input, ", shapeText(shape),
                        ", but for dimension ", axis);
}

LogicalResult GatherElementsOp::inferReturnTypes(MLIRContext *, Place loc,
                                                 Adaptor adaptor,
                                                 Types &types) {
  if (failed(checkElementIndices({loc, getOperationName()}, adaptor.getInput(),
                                 adaptor.getIndices(), adaptor.getAxis())))
    return failure(); // (C1) (C2)
  types.push_back(
      tensorType(adaptor.getInput()).clone(getShape(adaptor.getIndices())));
  return success();
}

LogicalResult GatherNDOp::inferReturnTypes(MLIRContext *, Place loc,
                                           Adaptor adaptor, Types &types) {
  ErrorSite site = {loc, getOperationName()};
  ArrayRef<int64_t> shape = getShape(adaptor.getInput());
  ArrayRef<int64_t> indices = getShape(adaptor.getIndices());
  int64_t batch = adaptor.getBatchDims();
  int64_t indexRank = indices.size(), rank = shape.size();
  if (batch < 0 || batch >= indexRank || batch > rank ||
      indices.take_front(batch) != shape.take_front(batch)) // (C1)
    return site.emitError("indices of shape ", shapeText(indices),
                          " and input of shape ", shapeText(shape),
                          " must have ", batch,
                          " leading dimensions in common");
  int64_t depth = indices.back();
  if (depth < 1 || depth > rank - batch) // (C2)
    return site.emitError("tuples must have from 1 to ", rank - batch,
                          " indices, found ", depth);
  SmallVector<int64_t> result(indices.drop_back());
  llvm::append_range(result, shape.drop_front(batch + depth));
  types.push_back(tensorType(adaptor.getInput()).clone(result));
  return success();
}

/// Checks that updates are `expected`.
static LogicalResult checkUpdates(ErrorSite site, Value updates,
                                  RankedTensorType expected) {
  if (updates.getType() == expected)
    return success();
  return site.emitError("updates must be ", expected, ", found ",
                        updates.getType());
}

LogicalResult ScatterElementsOp::inferReturnTypes(MLIRContext *, Place loc,
                                                  Adaptor adaptor,
                                                  Types &types) {
  ErrorSite site = {loc, getOperationName()};
  RankedTensorType input = tensorType(adaptor.getInput());
  if (failed(checkElementIndices(site, adaptor.getInput(), adaptor.getIndices(),
                                 adaptor.getAxis())) || // (C1) (C2)
      failed(checkUpdates(site, adaptor.getUpdates(),
                          input.clone(getShape(adaptor.getIndices()))))) // (C3)
    return failure();
  types.push_back(input);
  return success();
}

LogicalResult ScatterNDOp::inferReturnTypes(MLIRContext *, Place loc,
                                            Adaptor adaptor, Types &types) {
  ErrorSite site = {loc, getOperationName()};
  RankedTensorType input = tensorType(adaptor.getInput());
  ArrayRef<int64_t> indices = getShape(adaptor.getIndices());
  int64_t depth = indices.empty() ? 0 : indices.back();
  if (depth < 1 || depth > input.getRank()) // (C1)
    return site.emitError("tuples must have from 1 to ", input.getRank(),
                          " indices, found ", depth);
  SmallVector<int64_t> shape(indices.drop_back());
  llvm::append_range(shape, input.getShape().drop_front(depth));
  if (failed(checkUpdates(site, adaptor.getUpdates(),
                          input.clone(shape)))) // (C2)
    return failure();
  types.push_back(input);
  return success();
}

LogicalResult TopKOp::inferReturnTypes(MLIRContext *context, Place loc,
                                       Adaptor adaptor, Types &types) {
  ErrorSite site = {loc, getOperationName()};
  ArrayRef<int64_t> input = getShape(adaptor.getInput());
  int64_t axis = adaptor.getAxis(), count = adaptor.getCount();
  if (failed(checkAxis(site, axis, input.size()))) // (C1)
    return failure();
  if (count < 0 || count > input[axis]) // (C2)
    return site.emitError("count must be from 0 to ", input[axis], ", found ",
                          count);
  SmallVector<int64_t> shape(input);
  shape[axis] = count;
  types.push_back(RankedTensorType::get(shape, IntegerType::get(context, 64)));
  return success();
}

//===----------------------------------------------------------------------===//
// Work
//===----------------------------------------------------------------------===//

/// Adds the bytes of reading a value.
static void addRead(Work &work, Value value, int64_t bytes) {
  (isStatic(value) ? work.parameterBytes : work.bytesRead) += bytes;
}

/// Work of fetching as many elements of `input` as the result has.
static Work fetchWork(Operation *op, Value input, Value indices) {
  Work work;
  work[Unit::Lookup] = numElements(op->getResult(0));
  addRead(work, input, numBytes(op->getResult(0)));
  addRead(work, indices, numBytes(indices));
  work.bytesWritten = numBytes(op->getResult(0));
  return work;
}

/// The unit that combines an element with its update.
static std::optional<Unit> combiningUnit(ScatterReduction reduction) {
  switch (reduction) {
  case ScatterReduction::Replace:
    return std::nullopt;
  case ScatterReduction::Multiply:
    return Unit::Multiply;
  case ScatterReduction::Add:
  case ScatterReduction::Maximum:
  case ScatterReduction::Minimum:
    return Unit::Add;
  }
  llvm_unreachable("every way to combine is handled");
}

/// Work of copying a tensor and writing the updates into the copy.
static Work updateWork(Operation *op, Value updates,
                       ScatterReduction reduction) {
  Work work = bytesWork(op);
  work[Unit::Move] += numElements(op->getResult(0));
  work[Unit::Lookup] += numElements(updates);
  if (std::optional<Unit> unit = combiningUnit(reduction))
    work[*unit] += numElements(updates);
  return work;
}

Work GatherElementsOp::getWork() {
  return fetchWork(*this, getInput(), getIndices());
}
Work GatherNDOp::getWork() {
  return fetchWork(*this, getInput(), getIndices());
}
Work ScatterElementsOp::getWork() {
  return updateWork(*this, getUpdates(), getReduction());
}
Work ScatterNDOp::getWork() {
  return updateWork(*this, getUpdates(), getReduction());
}

Work TopKOp::getWork() {
  Work work = bytesWork(*this);
  // Each element is compared with a heap of the largest ones so far.
  int64_t levels = llvm::Log2_64_Ceil(std::max<int64_t>(2, getCount()));
  work[Unit::Add] += numElements(getInput()) * levels;
  work[Unit::Move] += numElements(getResult());
  return work;
}

//===----------------------------------------------------------------------===//
// Tiles
//===----------------------------------------------------------------------===//

Tile GatherElementsOp::getOperandTile(unsigned operand, unsigned,
                                      const Tile &result) {
  if (operand == 1)
    return result;
  Tile tile = result;
  tile.offsets[getAxis()] = 0;
  tile.sizes[getAxis()] = getShape(getInput())[getAxis()];
  return tile;
}

Tile GatherNDOp::getOperandTile(unsigned operand, unsigned,
                                const Tile &result) {
  ArrayRef<int64_t> indices = getShape(getIndices());
  unsigned tuples = indices.size() - 1, batch = getBatchDims();
  if (operand == 1) {
    Tile tile = Tile::whole(indices);
    for (unsigned i = 0; i < tuples; ++i) {
      tile.offsets[i] = result.offsets[i];
      tile.sizes[i] = result.sizes[i];
    }
    return tile;
  }
  // Which slices are fetched is known only when the op runs.
  Tile tile = wholeOf(getInput());
  unsigned sliced = batch + indices.back();
  for (unsigned i = 0; i < tile.rank(); ++i) {
    if (i >= batch && i < sliced)
      continue;
    unsigned from = i < batch ? i : i - sliced + tuples;
    tile.offsets[i] = result.offsets[from];
    tile.sizes[i] = result.sizes[from];
  }
  return tile;
}

Tile ScatterElementsOp::getOperandTile(unsigned operand, unsigned,
                                       const Tile &result) {
  if (operand == 0)
    return result;
  // Any index may name an element of the tile; the other coordinates must.
  Tile tile = result.intersect(wholeOf(getIndices()));
  tile.offsets[getAxis()] = 0;
  tile.sizes[getAxis()] = getShape(getIndices())[getAxis()];
  if (tile.isEmpty())
    tile.offsets.assign(tile.rank(), 0);
  return tile;
}

Tile ScatterNDOp::getOperandTile(unsigned operand, unsigned,
                                 const Tile &result) {
  if (operand == 0)
    return result;
  // Any tuple may name a slice that meets the tile.
  Tile tile = wholeOf(getOperand(operand));
  if (operand == 1)
    return tile;
  unsigned depth = getShape(getIndices()).back();
  unsigned tuples = getShape(getIndices()).size() - 1;
  for (unsigned i = depth; i < result.rank(); ++i) {
    tile.offsets[tuples + i - depth] = result.offsets[i];
    tile.sizes[tuples + i - depth] = result.sizes[i];
  }
  return tile;
}

Tile TopKOp::getOperandTile(unsigned, unsigned, const Tile &result) {
  Tile tile = result;
  tile.offsets[getAxis()] = 0;
  tile.sizes[getAxis()] = getShape(getInput())[getAxis()];
  return tile;
}
