// Attention as transposes, two products and a softmax.
#include "atleus/Interpreter/Attention.h"
#include "atleus/Interpreter/DataMovement.h"
#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/MatrixProduct.h"
#include "atleus/Interpreter/Normalization.h"
#include "atleus/Interpreter/Quantization.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"

#include <limits>

using namespace mlir;
using namespace atleus;
using namespace atleus::kernels;

/// [..., tokens, groups * perGroup * size] to [batch, groups, perGroup, tokens,
/// size].
static Tensor splitHeads(const Tensor &input, int64_t groups,
                         int64_t perGroup) {
  int64_t rank = input.getRank();
  int64_t tokens = input.getDim(rank - 2);
  int64_t size = input.getDim(rank - 1) / (groups * perGroup);
  int64_t batch = 1;
  for (int64_t dimension : input.getShape().drop_back(2))
    batch *= dimension;
  return transpose(input.withShape({batch, tokens, groups, perGroup, size}),
                   {0, 2, 3, 1, 4});
}

/// Product as floats, exact in integers if the operands are quantized.
static llvm::Expected<Tensor> product(const Tensor &lhs, const Tensor &rhs,
                                      bool transposeRhs) {
  if (isa<quant::QuantizedType>(lhs.getElementType()))
    return quantizedProduct(lhs, rhs, transposeRhs);
  return matmul(lhs, rhs, transposeRhs);
}

/// Hides from token i the keys after i + keys - queries.
template <typename T>
static void hideLaterKeys(Tensor &scores) {
  int64_t queries = scores.getDim(scores.getRank() - 2);
  int64_t keys = scores.getDim(scores.getRank() - 1);
  MutableArrayRef<T> values = scores.mutableAs<T>();
  for (int64_t row = 0; row * keys < static_cast<int64_t>(values.size());
       ++row) {
    int64_t visible = row % queries + 1 + keys - queries;
    for (int64_t key = std::max<int64_t>(0, visible); key < keys; ++key)
      values[row * keys + key] = T(-std::numeric_limits<float>::infinity());
  }
}

/// scale * scores + mask, causal or not, as [..., heads, queries, keys].
static Tensor maskScores(const Tensor &products, ArrayRef<int64_t> shape,
                         const Tensor &mask, const AttentionOptions &options) {
  Type type = products.getElementType();
  Tensor factor = filled({}, type, options.scale);
  Tensor scores = llvm::cantFail(
      binary(Binary::Multiply, products.withShape(shape), factor));
  if (mask)
    scores = llvm::cantFail(binary(Binary::Add, scores, convert(mask, type)));
  if (options.causal)
    dispatchElement(scores.getKind(), [&](auto tag) {
      using T = typename decltype(tag)::Type;
      if constexpr (isFloatElement<T>)
        hideLaterKeys<T>(scores);
    });
  return scores;
}

llvm::Expected<Tensor>
kernels::attention(const Tensor &query, const Tensor &key, const Tensor &value,
                   const Tensor &mask, const AttentionOptions &options) {
  int64_t rank = query.getRank();
  int64_t groups = options.keyValueHeads, perGroup = options.heads / groups;
  llvm::Expected<Tensor> products =
      product(splitHeads(query, groups, perGroup), splitHeads(key, groups, 1),
              /*transposeRhs=*/true);
  if (!products)
    return products.takeError();
  Shape scoresShape(query.getShape().drop_back(2));
  scoresShape.append(
      {options.heads, query.getDim(rank - 2), key.getDim(rank - 2)});
  Tensor scores = maskScores(*products, scoresShape, mask, options);
  Tensor probabilities = softmax(scores, scores.getRank() - 1);
  if (options.probabilities) {
    llvm::Expected<Tensor> quantized =
        quantize(probabilities, options.probabilities);
    if (!quantized)
      return quantized.takeError();
    probabilities = *quantized;
    if (!isa<quant::QuantizedType>(value.getElementType())) {
      quantized = dequantize(probabilities, value.getElementType());
      if (!quantized)
        return quantized.takeError();
      probabilities = *quantized;
    }
  }
  llvm::Expected<Tensor> mixed =
      product(probabilities.withShape(products->getShape()),
              splitHeads(value, groups, 1), /*transposeRhs=*/false);
  if (!mixed)
    return mixed.takeError();
  // [batch, groups, perGroup, tokens, size] back to token-major.
  Tensor tokenMajor = transpose(*mixed, {0, 3, 1, 2, 4});
  Shape shape(query.getShape());
  shape.back() = value.getDim(rank - 1) * perGroup;
  return tokenMajor.withShape(shape);
}
