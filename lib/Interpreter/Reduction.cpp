// Reductions over rows: the reduced dimensions are moved to the end first.
#include "NaN.h"
#include "RowSums.h"

#include "atleus/Interpreter/DataMovement.h"
#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/Parallel.h"
#include "atleus/Interpreter/Reduction.h"

#include <limits>
#include <numeric>

using namespace mlir;
using namespace atleus;
using namespace atleus::kernels;

/// The neutral element of maximum and minimum.
template <typename T>
static T lowest() {
  return std::numeric_limits<T>::has_infinity
             ? -std::numeric_limits<T>::infinity()
             : std::numeric_limits<T>::lowest();
}
template <typename T>
static T highest() {
  return std::numeric_limits<T>::has_infinity
             ? std::numeric_limits<T>::infinity()
             : std::numeric_limits<T>::max();
}

template <typename T>
static T sumRow(const T *row, int64_t size) {
  if constexpr (std::is_floating_point_v<T>)
    return static_cast<T>(sumInDouble(size, [=](int64_t i) { return row[i]; }));
  uint64_t sum = 0;
  for (int64_t i = 0; i < size; ++i)
    sum += static_cast<uint64_t>(row[i]);
  return static_cast<T>(sum);
}

template <typename T>
static T meanRow(const T *row, int64_t size) {
  if constexpr (std::is_floating_point_v<T>)
    return static_cast<T>(sumInDouble(size, [=](int64_t i) { return row[i]; }) /
                          size);
  return size == 0 ? T(0) : static_cast<T>(sumRow(row, size) / T(size));
}

template <typename T>
static T multiplyRow(const T *row, int64_t size) {
  if constexpr (std::is_floating_point_v<T>) {
    T product = 1;
    for (int64_t i = 0; i < size; ++i)
      product *= row[i];
    return product;
  }
  uint64_t product = 1;
  for (int64_t i = 0; i < size; ++i)
    product *= static_cast<uint64_t>(row[i]);
  return static_cast<T>(product);
}

/// NaN if an element is.
template <typename T>
static T maximumRow(const T *row, int64_t size) {
  T result = lowest<T>();
  for (int64_t i = 0; i < size; ++i)
    result = isNaN(result) || result > row[i] ? result : row[i];
  return result;
}
template <typename T>
static T minimumRow(const T *row, int64_t size) {
  T result = highest<T>();
  for (int64_t i = 0; i < size; ++i)
    result = isNaN(result) || result < row[i] ? result : row[i];
  return result;
}

template <typename T>
static T reduceRow(Reduction reduction, const T *row, int64_t size) {
  switch (reduction) {
  case Reduction::Sum:
    return sumRow(row, size);
  case Reduction::Mean:
    return meanRow(row, size);
  case Reduction::Maximum:
    return maximumRow(row, size);
  case Reduction::Minimum:
    return minimumRow(row, size);
  case Reduction::Product:
    return multiplyRow(row, size);
  }
}

/// The type in which elements are reduced.
static Type accumulatorType(const Tensor &input) {
  Type type = input.getElementType();
  switch (input.getKind()) {
  case ElementKind::Float16:
  case ElementKind::BFloat16:
    return Float32Type::get(type.getContext());
  case ElementKind::Float32:
  case ElementKind::Float64:
  case ElementKind::UInt64:
    return type;
  default:
    return IntegerType::get(type.getContext(), 64);
  }
}

template <typename T>
static void reduceRows(Reduction reduction, const Tensor &rows, int64_t size,
                       Tensor &result) {
  const T *from = rows.as<T>().data();
  MutableArrayRef<T> to = result.mutableAs<T>();
  constexpr int64_t elementsPerThread = 1 << 15;
  int64_t grain = elementsPerThread / std::max<int64_t>(1, size);
  parallelChunks(to.size(), grain, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i)
      to[i] = reduceRow(reduction, from + i * size, size);
  });
}

Tensor kernels::reduce(Reduction reduction, const Tensor &input,
                       ArrayRef<int64_t> axes, bool keepDimensions) {
  Shape permutation, kept, result;
  int64_t size = 1;
  for (int64_t i = 0; i < input.getRank(); ++i) {
    bool reduced = llvm::is_contained(axes, i);
    if (reduced)
      size *= input.getDim(i);
    else
      permutation.push_back(i);
    if (!reduced || keepDimensions)
      result.push_back(reduced ? 1 : input.getDim(i));
  }
  llvm::append_range(permutation, axes);
  bool inOrder = llvm::is_sorted(permutation);
  Type accumulator = accumulatorType(input);
  Tensor rows =
      convert(inOrder ? input : transpose(input, permutation), accumulator);
  Tensor wide(result, accumulator);
  dispatchElement(wide.getKind(), [&](auto tag) {
    using T = typename decltype(tag)::Type;
    if constexpr (std::is_floating_point_v<T> || std::is_same_v<T, int64_t> ||
                  std::is_same_v<T, uint64_t>)
      reduceRows<T>(reduction, rows, size, wide);
  });
  return convert(wide, input.getElementType());
}

/// The input with `axis` moved to the end.
static Tensor moveToEnd(const Tensor &input, int64_t axis) {
  Shape permutation;
  for (int64_t i = 0; i < input.getRank(); ++i)
    if (i != axis)
      permutation.push_back(i);
  permutation.push_back(axis);
  return axis == input.getRank() - 1 ? input : transpose(input, permutation);
}

template <typename T>
static int64_t argMaxRow(const T *row, int64_t size) {
  int64_t best = 0;
  for (int64_t i = 1; i < size; ++i)
    if (row[i] > row[best] || (row[i] != row[i] && row[best] == row[best]))
      best = i;
  return best;
}

Tensor kernels::argMax(const Tensor &input, int64_t axis, bool keepDimension) {
  Type accumulator = accumulatorType(input);
  Tensor rows = convert(moveToEnd(input, axis), accumulator);
  int64_t size = input.getDim(axis);
  Shape shape(input.getShape());
  if (keepDimension)
    shape[axis] = 1;
  else
    shape.erase(shape.begin() + axis);
  Tensor result(shape, IntegerType::get(accumulator.getContext(), 64));
  MutableArrayRef<int64_t> to = result.mutableAs<int64_t>();
  dispatchElement(rows.getKind(), [&](auto tag) {
    using T = typename decltype(tag)::Type;
    const T *from = rows.as<T>().data();
    for (size_t i = 0; i < to.size(); ++i)
      to[i] = argMaxRow(from + i * size, size);
  });
  return result;
}

Tensor kernels::cumulativeSum(const Tensor &input, int64_t axis) {
  Type accumulator = accumulatorType(input);
  Tensor result = convert(input, accumulator);
  int64_t size = input.getDim(axis), step = 1;
  for (int64_t i = axis + 1; i < input.getRank(); ++i)
    step *= input.getDim(i);
  dispatchElement(result.getKind(), [&](auto tag) {
    using T = typename decltype(tag)::Type;
    MutableArrayRef<T> values = result.mutableAs<T>();
    for (int64_t i = 0; i < static_cast<int64_t>(values.size()); ++i) {
      if (i / step % size == 0)
        continue;
      if constexpr (std::is_floating_point_v<T>)
        values[i] += values[i - step];
      else
        values[i] = static_cast<T>(static_cast<uint64_t>(values[i]) +
                                   static_cast<uint64_t>(values[i - step]));
    }
  });
  return convert(result, input.getElementType());
}
