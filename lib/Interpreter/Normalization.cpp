// Softmax and normalizations, row by row.
#include "FloatFunctions.h"
#include "RowSums.h"

#include "atleus/Interpreter/DataMovement.h"
#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/Normalization.h"
#include "atleus/Interpreter/Parallel.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

using namespace mlir;
using namespace atleus;
using namespace atleus::kernels;

/// Calls `row(input row, result row)` for rows of `size` elements.
template <typename T, typename Row>
static Tensor mapRows(const Tensor &input, int64_t size, Row row) {
  Tensor result(input.getShape(), input.getElementType());
  if (size == 0)
    return result;
  const T *from = input.as<T>().data();
  T *to = result.mutableAs<T>().data();
  constexpr int64_t elementsPerThread = 1 << 14;
  parallelChunks(input.numElements() / size,
                 std::max<int64_t>(1, elementsPerThread / size),
                 [&](int64_t begin, int64_t end) {
                   for (int64_t i = begin; i < end; ++i)
                     row(from + i * size, to + i * size);
                 });
  return result;
}

/// Calls `kernel` with the tag of float or double; 16-bit floats are converted
/// to float and back.
template <typename Kernel>
static Tensor dispatchFloat(const Tensor &input, Kernel kernel) {
  if (input.getKind() == ElementKind::Float64)
    return kernel(ElementTag<double>(), input);
  Type f32 = Float32Type::get(input.getElementType().getContext());
  return convert(kernel(ElementTag<float>(), convert(input, f32)),
                 input.getElementType());
}

/// The elements of a parameter in the type of the computation.
template <typename T>
static Tensor parameter(const Tensor &tensor) {
  if (!tensor)
    return tensor;
  MLIRContext *context = tensor.getElementType().getContext();
  if constexpr (std::is_same_v<T, double>)
    return convert(tensor, Float64Type::get(context));
  else
    return convert(tensor, Float32Type::get(context));
}

template <typename T>
static void softmaxRow(const T *from, T *to, int64_t size) {
  T highest = from[0];
  for (int64_t i = 1; i < size; ++i)
    highest = from[i] > highest ? from[i] : highest;
  constexpr T nothing = -std::numeric_limits<T>::infinity();
  if (highest == nothing &&
      std::all_of(from, from + size, [=](T x) { return x == nothing; })) {
    std::fill_n(to, size, T(0));
    return;
  }
  for (int64_t i = 0; i < size; ++i)
    to[i] = exponential(from[i] - highest);
  T sum = static_cast<T>(sumInDouble(size, [=](int64_t i) { return to[i]; }));
  for (int64_t i = 0; i < size; ++i)
    to[i] /= sum;
}

Tensor kernels::softmax(const Tensor &input, int64_t axis) {
  if (axis != input.getRank() - 1) {
    // Exchanging two dimensions is its own inverse.
    Shape permutation(input.getRank());
    std::iota(permutation.begin(), permutation.end(), 0);
    std::swap(permutation[axis], permutation.back());
    return transpose(
        softmax(transpose(input, permutation), input.getRank() - 1),
        permutation);
  }
  int64_t size = input.getDim(axis);
  return dispatchFloat(input, [&](auto tag, const Tensor &x) {
    using T = typename decltype(tag)::Type;
    return mapRows<T>(
        x, size, [=](const T *from, T *to) { softmaxRow(from, to, size); });
  });
}

Tensor kernels::layerNorm(const Tensor &input, const Tensor &weight,
                          const Tensor &bias, double epsilon) {
  int64_t size = weight.numElements();
  return dispatchFloat(input, [&](auto tag, const Tensor &x) {
    using T = typename decltype(tag)::Type;
    Tensor weights = parameter<T>(weight), biases = parameter<T>(bias);
    const T *scale = weights.as<T>().data();
    const T *shift = biases ? biases.as<T>().data() : nullptr;
    return mapRows<T>(x, size, [=](const T *from, T *to) {
      double mean =
          sumInDouble(size, [=](int64_t i) { return from[i]; }) / size;
      double variance = sumInDouble(size,
                                    [=](int64_t i) {
                                      double d = from[i] - mean;
                                      return d * d;
                                    }) /
                        size;
      double factor = 1.0 / std::sqrt(variance + epsilon);
      for (int64_t i = 0; i < size; ++i)
        to[i] = static_cast<T>((from[i] - mean) * factor) * scale[i];
      if (shift)
        for (int64_t i = 0; i < size; ++i)
          to[i] += shift[i];
    });
  });
}

Tensor kernels::rmsNorm(const Tensor &input, const Tensor &weight,
                        double epsilon) {
  int64_t size = weight.numElements();
  return dispatchFloat(input, [&](auto tag, const Tensor &x) {
    using T = typename decltype(tag)::Type;
    Tensor weights = parameter<T>(weight);
    const T *scale = weights.as<T>().data();
    return mapRows<T>(x, size, [=](const T *from, T *to) {
      double square =
          sumInDouble(size,
                      [=](int64_t i) {
                        return static_cast<double>(from[i]) * from[i];
                      }) /
          size;
      double factor = 1.0 / std::sqrt(square + epsilon);
      for (int64_t i = 0; i < size; ++i)
        to[i] = static_cast<T>(from[i] * factor) * scale[i];
    });
  });
}
