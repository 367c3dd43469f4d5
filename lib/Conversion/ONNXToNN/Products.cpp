// Rules for matrix products. The product with a parameter is a linear layer,
// that of two computed operands a matmul.
#include "Products.h"
#include "FusedActivation.h"
#include "Rules.h"

using namespace mlir;
using namespace atleus;

/// A parameter of at least two dimensions as a matrix, or null if it is more.
static Value asMatrix(Node &node, Value parameter) {
  ArrayRef<int64_t> shape = shapeOf(parameter);
  if (shape.size() < 2 ||
      !llvm::all_of(shape.drop_back(2), [](int64_t size) { return size == 1; }))
    return {};
  return node.reshape(parameter, shape.take_back(2));
}

/// The product of `input` with the matrix `weight`, which is a parameter. The
/// transpose of a parameter stays where it is and is read transposed.
static Value linear(Node &node, Value input, Value weight, Value bias,
                    bool transposed) {
  auto transpose = weight.getDefiningOp<nn::TransposeOp>();
  if (transpose && transpose.getPermutation() == ArrayRef<int64_t>{1, 0}) {
    weight = transpose.getInput();
    transposed = !transposed;
  }
  return node.emitWithOptional<nn::LinearOp>(input, weight, bias, transposed);
}

static bool isFloatTensor(Value value) {
  return isa<FloatType>(elementTypeOf(value));
}

/// A product whose left operand is a parameter: (A x)^T = x^T A^T.
static Value linearFromLeft(Node &node, Value weight, Value input) {
  Value transposed = node.transposeMatrices(input);
  if (!transposed)
    return {};
  Value product =
      linear(node, transposed, weight, Value(), /*transposed=*/true);
  return product ? node.transposeMatrices(product) : Value();
}

Value atleus::multiplyMatrices(Node &node, Value lhs, Value rhs) {
  bool isLhsStatic = nn::isStatic(lhs), isRhsStatic = nn::isStatic(rhs);
  if (isFloatTensor(lhs) && isLhsStatic != isRhsStatic) {
    if (isRhsStatic)
      if (Value weight = asMatrix(node, rhs)) {
        Value product = linear(node, lhs, weight, Value(), false);
        if (!product)
          return {};
        // Leading dimensions of size 1 of the parameter stay in the result.
        SmallVector<int64_t> shape(shapeOf(product));
        while (shape.size() < shapeOf(rhs).size())
          shape.insert(shape.begin(), 1);
        return node.reshape(product, shape);
      }
    if (isLhsStatic && shapeOf(lhs).size() == 2)
      return linearFromLeft(node, lhs, rhs);
  }
  return node.emit<nn::MatMulOp>(lhs, rhs, /*transpose_rhs=*/false);
}

Value atleus::withMatrices(Node &node, Value lhs, Value rhs,
                           llvm::function_ref<Value(Value, Value)> multiply) {
  if (!lhs || !rhs)
    return {};
  if (shapeOf(lhs).empty() || shapeOf(rhs).empty()) {
    node.emitError() << "operands must have 1 dimension or more, found "
                     << shapeOf(lhs).size() << " and " << shapeOf(rhs).size();
    return {};
  }
  bool isLhsVector = shapeOf(lhs).size() == 1;
  bool isRhsVector = shapeOf(rhs).size() == 1;
  if (isLhsVector)
    lhs = node.reshape(lhs, {1, shapeOf(lhs)[0]});
  if (isRhsVector)
    rhs = node.reshape(rhs, {shapeOf(rhs)[0], 1});
  Value product = multiply(lhs, rhs);
  if (!product || (!isLhsVector && !isRhsVector))
    return product;
  SmallVector<int64_t> shape(shapeOf(product));
  if (isRhsVector)
    shape.pop_back();
  if (isLhsVector)
    shape.erase(shape.end() - (isRhsVector ? 1 : 2));
  return node.reshape(product, shape);
}

static Values convertMatMul(Node &node) {
  return {withMatrices(
      node, node.get(0, "A"), node.get(1, "B"),
      [&](Value lhs, Value rhs) { return multiplyMatrices(node, lhs, rhs); })};
}

/// The addend of a Gemm as a bias of one dimension, or null if it is no such.
static Value asBias(Node &node, Value addend, int64_t features) {
  ArrayRef<int64_t> shape = shapeOf(addend);
  if (shape.empty() || shape.size() > 2 || shape.back() != features ||
      (shape.size() == 2 && shape[0] != 1) || !nn::isStatic(addend))
    return {};
  return node.reshape(addend, {features});
}

/// value * factor, unless the factor is 1.
static Value scale(Node &node, Value value, double factor) {
  if (!value || factor == 1)
    return value;
  return node.emit<nn::MulOp>(value, node.scalar(factor, elementTypeOf(value)));
}

static Values convertGemm(Node &node) {
  Value lhs = node.get(0, "A"), rhs = node.get(1, "B");
  if (!lhs || !rhs || !node.requireRank(lhs, 2, "A") ||
      !node.requireRank(rhs, 2, "B"))
    return {};
  double alpha = node.floatAttribute("alpha", 1.0);
  double beta = node.floatAttribute("beta", 1.0);
  bool transposed = node.integerAttribute("transB", 0) != 0;
  if (node.integerAttribute("transA", 0) != 0)
    lhs = node.transposeMatrices(lhs);
  if (!lhs)
    return {};
  Value addend = node.getOptional(2);
  if (beta == 0)
    addend = {};
  // Before opset 7 it said whether the addend is broadcast, which its shape
  // says too.
  if (node.getOpset() < 7)
    node.ignoreAttribute("broadcast");
  addend = scale(node, addend, beta);
  Value product;
  if (isFloatTensor(lhs) && nn::isStatic(rhs) && !nn::isStatic(lhs)) {
    int64_t features = shapeOf(rhs)[transposed ? 0 : 1];
    Value bias =
        addend && alpha == 1 ? asBias(node, addend, features) : Value();
    product = linear(node, lhs, rhs, bias, transposed);
    if (bias)
      return {product};
  } else if (isFloatTensor(lhs) && nn::isStatic(lhs) && !nn::isStatic(rhs)) {
    product = linearFromLeft(node, lhs,
                             transposed ? node.transposeMatrices(rhs) : rhs);
  } else {
    product = node.emit<nn::MatMulOp>(lhs, rhs, transposed);
  }
  product = scale(node, product, alpha);
  return {addend ? node.emit<nn::AddOp>(product, addend) : product};
}

/// Gemm of com.microsoft with an activation behind it.
static Values convertFusedGemm(Node &node) {
  Values results = convertGemm(node);
  if (results.empty())
    return {};
  return {applyFusedActivation(node, results.front())};
}

/// [m, batch..., k] as [batch..., m, k].
static Value moveFirstBehindBatches(Node &node, Value value) {
  Shape permutation = countUp(shapeOf(value).size());
  std::rotate(permutation.begin(), permutation.begin() + 1,
              permutation.end() - 1);
  return node.transpose(value, permutation);
}

/// MatMul of com.microsoft with transposes of the matrices and a factor.
static Values convertFusedMatMul(Node &node) {
  Value lhs = node.get(0, "A"), rhs = node.get(1, "B");
  if (!lhs || !rhs)
    return {};
  if (shapeOf(lhs).size() < 2 || shapeOf(rhs).size() < 2) {
    node.emitError() << "operands must have 2 dimensions or more, found "
                     << shapeOf(lhs).size() << " and " << shapeOf(rhs).size();
    return {};
  }
  if (node.integerAttribute("transBatchA", 0) != 0)
    lhs = moveFirstBehindBatches(node, lhs);
  if (node.integerAttribute("transBatchB", 0) != 0)
    rhs = moveFirstBehindBatches(node, rhs);
  if (node.integerAttribute("transA", 0) != 0)
    lhs = node.transposeMatrices(lhs);
  if (node.integerAttribute("transB", 0) != 0)
    rhs = node.transposeMatrices(rhs);
  if (!lhs || !rhs)
    return {};
  return {scale(node, multiplyMatrices(node, lhs, rhs),
                node.floatAttribute("alpha", 1.0))};
}

void atleus::addProductRules(Rules &rules) {
  rules.add("MatMul", convertMatMul);
  rules.add("Gemm", convertGemm);
  rules.add("FusedGemm", convertFusedGemm, microsoft);
  rules.add("FusedMatMul", convertFusedMatMul, microsoft);
}
