// Counts of what each op computes. A product counts as the matrix product that
// it is; everything else as operations on single elements.
#include "dialects/NN/NNShared.h"
#include "dialects/NN/RunTimeScales.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::nn;
using Unit = VectorOperation;

static int64_t numElements(Value value) {
  return cast<RankedTensorType>(value.getType()).getNumElements();
}

static int64_t numBytes(Value value) {
  return getNumBytes(cast<RankedTensorType>(value.getType()));
}

static Type elementType(Value value) {
  return getElementTypeOrSelf(value.getType());
}

Work nn::bytesWork(Operation *op) {
  Work work;
  for (Value operand : op->getOperands())
    (isStatic(operand) ? work.parameterBytes : work.bytesRead) +=
        numBytes(operand);
  for (Value result : op->getResults())
    work.bytesWritten += numBytes(result);
  return work;
}

Work nn::elementwiseWork(Operation *op, Unit unit) {
  Work work = bytesWork(op);
  work[unit] += numElements(op->getResult(0));
  return work;
}

Work nn::reductionWork(Operation *op) {
  Work work = bytesWork(op);
  Unit unit = isa<ReduceProdOp>(op) ? Unit::Multiply : Unit::Add;
  work[unit] += numElements(op->getOperand(0));
  if (isa<ReduceMeanOp>(op))
    work[Unit::Divide] += numElements(op->getResult(0));
  return work;
}

//===----------------------------------------------------------------------===//
// Products
//===----------------------------------------------------------------------===//

/// Adds the corrections for zero points, `blocks` of rows apart.
static void addZeroPoints(Work &work, const MatrixProduct &product, Type lhs,
                          Type rhs, int64_t blocks) {
  int64_t sums = blocks * product.batch * product.m * product.n;
  if (hasZeroPoint(lhs)) {
    work[Unit::Add] += sums;
    // The sums of columns that are not known beforehand, times the zero point.
    if (!product.staticRhs)
      work[Unit::Add] += product.batch * product.k * product.n;
    if (!product.staticRhs || isa<quant::AnyQuantizedType>(lhs))
      work[Unit::Multiply] += blocks * product.batch * product.n;
  }
  if (hasZeroPoint(rhs)) {
    work[Unit::Add] += product.batch * product.m * product.k + sums;
    bool single = isa<quant::UniformQuantizedType>(rhs);
    work[Unit::Multiply] += single ? product.batch * product.m : sums;
  }
}

void nn::addProduct(Work &work, MatrixProduct product, Type left,
                    RankedTensorType rhs, int64_t inner) {
  Type right = rhs.getElementType();
  product.lhsBits = getElementBits(left);
  product.rhsBits = getElementBits(right);
  if (auto codebook = dyn_cast<CodebookType>(right)) {
    // Each code is looked up and scaled before it is multiplied with.
    int64_t weights = product.batch * product.k * product.n;
    product.rhsBits = getElementBits(codebook.getExpressed());
    work[Unit::Lookup] += weights;
    work[Unit::Multiply] += weights;
  }
  int64_t blocks = 1;
  if (int64_t block = getScaleBlock(rhs, inner); block < product.k) {
    product.rowsPerScale = block;
    blocks = llvm::divideCeil(product.k, block);
  }
  work.products.push_back(product);
  if (!isQuantized(left))
    return;
  int64_t results = product.batch * product.m * product.n;
  work[Unit::Convert] += blocks * results;
  work[Unit::Multiply] += blocks * results;
  work[Unit::Add] += (blocks - 1) * results;
  addZeroPoints(work, product, left, right, blocks);
}

/// Adds the additions of a bias, if there is one.
static void addBias(Work &work, Value result, Value bias) {
  if (bias)
    work[Unit::Add] += numElements(result);
}

Work LinearOp::getWork() {
  Work work = bytesWork(*this);
  MatrixProduct product;
  product.m = getVectors();
  product.k = getInnerSize();
  product.n = getFeatures();
  product.staticRhs = true;
  product.sparsity = getWeightSparsity(getWeight(), getTransposed() ? 1 : 0);
  addProduct(work, product, elementType(getInput()), getWeight().getType(),
             getTransposed() ? 1 : 0);
  addRowScales(work, getInput(), getWeight().getType(),
               getTransposed() ? 0 : 1);
  addBias(work, getResult(), getBias());
  return work;
}

int64_t LinearOp::getInnerSize() {
  return getWeight().getType().getDimSize(getTransposed() ? 1 : 0);
}

int64_t LinearOp::getFeatures() { return getType().getShape().back(); }

int64_t LinearOp::getVectors() {
  return llvm::product_of(getType().getShape().drop_back());
}

Work ConvOp::getWork() {
  Work work = bytesWork(*this);
  ArrayRef<int64_t> weight = getShape(getWeight());
  ArrayRef<int64_t> result = getType().getShape();
  MatrixProduct product;
  product.batch = getGroups();
  product.m = result[0] * result[2] * result[3];
  product.k = weight[1] * weight[2] * weight[3];
  product.n = weight[0] / product.batch;
  product.staticRhs = true;
  // All scales are those of features.
  RankedTensorType matrix = getWeight().getType().clone({weight[0], product.k});
  addProduct(work, product, elementType(getInput()), matrix, /*inner=*/1);
  addBias(work, getResult(), getBias());
  return work;
}

/// A product of matrices in the last two dimensions of `lhs` and `rhs`.
static void addMatrices(Work &work, ArrayRef<int64_t> result, Value lhs,
                        Value rhs, bool transposeRhs) {
  auto right = cast<RankedTensorType>(rhs.getType());
  MatrixProduct product;
  product.batch = llvm::product_of(result.drop_back(2));
  product.m = result[result.size() - 2];
  product.k = getShape(lhs).back();
  product.n = result.back();
  addProduct(work, product, elementType(lhs), right,
             right.getRank() - (transposeRhs ? 1 : 2));
  addRowScales(work, lhs, right, right.getRank() - (transposeRhs ? 2 : 1));
}

Work MatMulOp::getWork() {
  Work work = bytesWork(*this);
  addMatrices(work, getType().getShape(), getLhs(), getRhs(),
              getTransposeRhs());
  return work;
}

Work IntegerMatMulOp::getWork() {
  Work work = bytesWork(*this);
  addMatrices(work, getType().getShape(), getLhs(), getRhs(),
              getTransposeRhs());
  // Subtracted from the operands before they are multiplied.
  if (getLhsZeroPoint())
    work[Unit::Add] += numElements(getLhs());
  if (getRhsZeroPoint())
    work[Unit::Add] += numElements(getRhs());
  return work;
}

/// Maximum, subtraction, exponential, sum, and division of each element.
static void addSoftmax(Work &work, int64_t elements) {
  work[Unit::Add] += 3 * elements;
  work[Unit::Exponential] += elements;
  work[Unit::Divide] += elements;
}

Work AttentionOp::getWork() {
  Work work = bytesWork(*this);
  SmallVector<int64_t> scores = getScoresShape();
  int64_t queries = scores[scores.size() - 2], keys = scores.back();
  int64_t batch = llvm::product_of(ArrayRef(scores).drop_back(2));
  int64_t keyFeatures = getShape(getKey()).back() / getKvHeads();
  int64_t valueFeatures = getShape(getValue()).back() / getKvHeads();
  int64_t elements = batch * queries * keys;
  MatrixProduct scoring = {batch, queries, keyFeatures, keys};
  addProduct(work, scoring, elementType(getQuery()), getKey().getType(),
             getKey().getType().getRank() - 1);
  addRowScales(work, getQuery(), getKey().getType(),
               getKey().getType().getRank() - 2);
  MatrixProduct mixing = {batch, queries, keys, valueFeatures};
  Type probabilities = getType().getElementType();
  if (isQuantized(getValue().getType()))
    probabilities = *getProbabilities();
  addProduct(work, mixing, probabilities, getValue().getType(),
             getValue().getType().getRank() - 2);
  work[Unit::Multiply] += elements; // the scale
  work[Unit::Add] += (getMask() ? elements : 0) + (getCausal() ? elements : 0);
  addSoftmax(work, elements);
  if (getProbabilities()) {
    work[Unit::Convert] += elements;
    work[Unit::Multiply] += elements;
  }
  return work;
}

Work SoftmaxOp::getWork() {
  Work work = bytesWork(*this);
  addSoftmax(work, getType().getNumElements());
  return work;
}

//===----------------------------------------------------------------------===//
// Normalization and activation
//===----------------------------------------------------------------------===//

/// How many times the last dimensions, those of the weight, are normalized.
static int64_t normalizedRows(RankedTensorType type, RankedTensorType weight) {
  return llvm::product_of(type.getShape().drop_back(weight.getRank()));
}

Work LayerNormOp::getWork() {
  Work work = bytesWork(*this);
  int64_t elements = getType().getNumElements();
  int64_t rows = normalizedRows(getType(), getWeight().getType());
  // Sum, difference from the mean, sum of squares; square, scale, weight.
  work[Unit::Add] += (getBias() ? 4 : 3) * elements;
  work[Unit::Multiply] += 3 * elements;
  work[Unit::Divide] += 2 * rows;
  work[Unit::SquareRoot] += rows;
  return work;
}

Work RMSNormOp::getWork() {
  Work work = bytesWork(*this);
  int64_t elements = getType().getNumElements();
  int64_t rows = normalizedRows(getType(), getWeight().getType());
  work[Unit::Add] += elements;
  work[Unit::Multiply] += 3 * elements;
  work[Unit::Divide] += rows;
  work[Unit::SquareRoot] += rows;
  return work;
}

Work GeluOp::getWork() {
  Work work = elementwiseWork(*this, Unit::Exponential);
  int64_t elements = getType().getNumElements();
  switch (getApproximation()) {
  case GeluApproximation::None:
    work[Unit::Multiply] += 3 * elements;
    work[Unit::Add] += elements;
    break;
  case GeluApproximation::Tanh:
    work[Unit::Multiply] += 6 * elements;
    work[Unit::Add] += 2 * elements;
    break;
  case GeluApproximation::Sigmoid:
    work[Unit::Multiply] += 2 * elements;
    break;
  }
  return work;
}

Work SwiGLUOp::getWork() {
  Work work = elementwiseWork(*this, Unit::Exponential);
  work[Unit::Multiply] += 2 * getType().getNumElements();
  return work;
}

int64_t RotaryEmbeddingOp::getRotatedFeatures() {
  return 2 * getShape(getCosine()).back();
}

Work RotaryEmbeddingOp::getWork() {
  Work work = bytesWork(*this);
  int64_t rotated =
      llvm::product_of(getType().getShape().drop_back()) * getRotatedFeatures();
  work[Unit::Multiply] += 2 * rotated;
  work[Unit::Add] += rotated;
  work[Unit::Move] += getType().getNumElements() - rotated;
  return work;
}

Work ClipOp::getWork() {
  Work work = elementwiseWork(*this, Unit::Add);
  work[Unit::Add] += getType().getNumElements();
  return work;
}

Work CastOp::getWork() { return elementwiseWork(*this, Unit::Convert); }

Work QuantizeOp::getWork() {
  Work work = elementwiseWork(*this, Unit::Convert);
  work[Unit::Multiply] += getType().getNumElements();
  // A scale that is not known beforehand takes a pass for the maximum, and one
  // for the minimum if there is a zero point.
  Type type = getType().getElementType();
  if (isa<quant::AnyQuantizedType>(type))
    work[Unit::Add] +=
        (hasZeroPoint(type) ? 2 : 1) * getType().getNumElements();
  return work;
}

Work DequantizeOp::getWork() {
  Work work = elementwiseWork(*this, Unit::Convert);
  work[Unit::Multiply] += getType().getNumElements();
  return work;
}

Work StorageCastOp::getWork() { return {}; }
Work ScaleOp::getWork() { return bytesWork(*this); }
Work ZeroPointOp::getWork() { return bytesWork(*this); }

Work SelectOp::getWork() { return elementwiseWork(*this, Unit::Add); }
Work CumSumOp::getWork() { return elementwiseWork(*this, Unit::Add); }
Work ArgMaxOp::getWork() { return reductionWork(*this); }

//===----------------------------------------------------------------------===//
// Movement of data
//===----------------------------------------------------------------------===//

Work ConstantOp::getWork() { return {}; }
Work ReshapeOp::getWork() { return {}; }
Work PatchesOp::getWork() { return elementwiseWork(*this, Unit::Move); }
Work TransposeOp::getWork() { return elementwiseWork(*this, Unit::Move); }
Work SliceOp::getWork() {
  // Only the elements that are kept are read.
  Work work = elementwiseWork(*this, Unit::Move);
  (isStatic(getInput()) ? work.parameterBytes : work.bytesRead) =
      numBytes(getResult());
  return work;
}
Work ConcatOp::getWork() { return elementwiseWork(*this, Unit::Move); }
Work ExpandOp::getWork() { return elementwiseWork(*this, Unit::Move); }
Work PadOp::getWork() { return elementwiseWork(*this, Unit::Move); }
Work TriluOp::getWork() { return elementwiseWork(*this, Unit::Move); }

/// Work of fetching elements of `table` at `indices`: only what is fetched is
/// read.
static Work lookupWork(Operation *op, Value table, Value indices) {
  Work work;
  work[Unit::Lookup] = numElements(op->getResult(0));
  (isStatic(table) ? work.parameterBytes : work.bytesRead) +=
      numBytes(op->getResult(0));
  (isStatic(indices) ? work.parameterBytes : work.bytesRead) +=
      numBytes(indices);
  work.bytesWritten = numBytes(op->getResult(0));
  return work;
}

Work GatherOp::getWork() { return lookupWork(*this, getInput(), getIndices()); }

Work EmbeddingOp::getWork() {
  return lookupWork(*this, getTable(), getIndices());
}

Work HostOp::getWork() {
  Work work;
  for (Operation &op : getBody().front().without_terminator())
    if (auto counted = dyn_cast<WorkOpInterface>(op))
      work += counted.getWork();
  return work;
}

Work HostOp::getTileWork(const Tile &tile) {
  return scaleWork(getWork(), tile.numElements(), numElements(getResult(0)));
}
