// Rotary embedding, as products and sums of the halves of all pairs.
#include "atleus/Interpreter/RotaryEmbedding.h"
#include "atleus/Interpreter/DataMovement.h"
#include "atleus/Interpreter/Elementwise.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::kernels;

/// Elements `offset` to `offset + size - 1` of dimension `axis`.
static Tensor sliceAxis(const Tensor &input, int64_t axis, int64_t offset,
                        int64_t size) {
  Shape offsets(input.getRank(), 0), strides(input.getRank(), 1);
  Shape sizes(input.getShape());
  offsets[axis] = offset;
  sizes[axis] = size;
  return slice(input, offsets, sizes, strides);
}

/// a * b + sign * c * d; the shapes are known to broadcast.
static Tensor sumOfProducts(const Tensor &a, const Tensor &b, Binary sign,
                            const Tensor &c, const Tensor &d) {
  Tensor first = llvm::cantFail(binary(Binary::Multiply, a, b));
  Tensor second = llvm::cantFail(binary(Binary::Multiply, c, d));
  return llvm::cantFail(binary(sign, first, second));
}

llvm::Expected<Tensor> kernels::rotaryEmbedding(const Tensor &input,
                                                const Tensor &cosine,
                                                const Tensor &sine,
                                                bool interleaved) {
  int64_t last = input.getRank() - 1, features = input.getDim(last);
  int64_t pairs = cosine.getShape().back();
  Tensor rotated = sliceAxis(input, last, 0, 2 * pairs);
  // The two members of a pair lie along a dimension of their own.
  Shape split(rotated.getShape().drop_back());
  split.append({interleaved ? pairs : 2, interleaved ? 2 : pairs});
  int64_t axis = interleaved ? last + 1 : last;
  rotated = rotated.withShape(split);
  Shape half(input.getShape().drop_back());
  half.push_back(pairs);
  Tensor a = sliceAxis(rotated, axis, 0, 1).withShape(half);
  Tensor b = sliceAxis(rotated, axis, 1, 1).withShape(half);
  Shape member(split);
  member[axis] = 1;
  Tensor newA = sumOfProducts(a, cosine, Binary::Subtract, b, sine);
  Tensor newB = sumOfProducts(b, cosine, Binary::Add, a, sine);
  Tensor joined =
      concat({newA.withShape(member), newB.withShape(member)}, axis);
  Shape whole(input.getShape());
  whole[last] = 2 * pairs;
  joined = joined.withShape(whole);
  if (2 * pairs == features)
    return joined;
  return concat(
      {joined, sliceAxis(input, last, 2 * pairs, features - 2 * pairs)}, last);
}
