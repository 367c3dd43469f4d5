// Places are computed first, so that each kernel is one loop over them.
#include "NaN.h"
#include "StridedLoop.h"

#include "atleus/Interpreter/Indexing.h"

#include <algorithm>
#include <cstring>
#include <numeric>

using namespace mlir;
using namespace atleus;
using namespace atleus::kernels;

static int64_t product(ArrayRef<int64_t> sizes) {
  int64_t result = 1;
  for (int64_t size : sizes)
    result *= size;
  return result;
}

/// Index `number` of `indices` counted from the front of dimension `axis`.
static llvm::Expected<int64_t> countFromFront(const Tensor &indices,
                                              int64_t number, int64_t axis,
                                              int64_t size) {
  int64_t index = indices.getInteger(number);
  if (index >= -size && index < size)
    return index < 0 ? index + size : index;
  return llvm::createStringError(
      "index " + llvm::Twine(index) + " is out of range for dimension " +
      llvm::Twine(axis) + " of size " + llvm::Twine(size));
}

using Places = std::vector<int64_t>;

/// For each index the number of the element of a tensor of `shape` that has the
/// index's coordinates, but the index itself along `axis`.
static llvm::Expected<Places>
elementPlaces(ArrayRef<int64_t> shape, const Tensor &indices, int64_t axis) {
  Shape strides = rowMajorStrides(shape);
  Places places(indices.numElements());
  for (int64_t i = 0; i < indices.numElements(); ++i) {
    llvm::Expected<int64_t> index =
        countFromFront(indices, i, axis, shape[axis]);
    if (!index)
      return index.takeError();
    int64_t place = *index * strides[axis];
    for (int64_t d = indices.getRank() - 1, rest = i; d >= 0; --d) {
      if (d != axis)
        place += rest % indices.getDim(d) * strides[d];
      rest /= indices.getDim(d);
    }
    places[i] = place;
  }
  return places;
}

/// For each tuple of indices the number of the first element of the slice that
/// it names.
static llvm::Expected<Places>
slicePlaces(ArrayRef<int64_t> shape, const Tensor &indices, int64_t batchDims) {
  Shape strides = rowMajorStrides(shape);
  int64_t depth = indices.getShape().back();
  int64_t batches = product(indices.getShape().take_front(batchDims));
  int64_t tuples = product(indices.getShape().drop_back());
  int64_t batchStride = product(shape.drop_front(batchDims));
  Places places(tuples);
  for (int64_t tuple = 0; tuple < tuples; ++tuple) {
    int64_t place = tuple / (tuples / batches) * batchStride;
    for (int64_t i = 0; i < depth; ++i) {
      int64_t axis = batchDims + i;
      llvm::Expected<int64_t> index =
          countFromFront(indices, tuple * depth + i, axis, shape[axis]);
      if (!index)
        return index.takeError();
      place += *index * strides[axis];
    }
    places[tuple] = place;
  }
  return places;
}

/// Pieces of `width` elements of `input` from each place on.
static llvm::Expected<Tensor> fetch(const Tensor &input,
                                    ArrayRef<int64_t> places, int64_t width,
                                    ArrayRef<int64_t> shape) {
  Tensor result(shape, input.getElementType());
  if (const ScaleGrid *scales = input.getRunTimeScales()) {
    if (!scales->hasOneBlock())
      return llvm::createStringError(
          "elements to look up must have one scale, found " +
          llvm::Twine(scales->scales.size()));
    result.setRunTimeScale(scales->scales.front(), scales->zeroPoints.front());
  }
  int64_t bytes = getElementBytes(input.getKind());
  const char *from = input.bytes().data();
  char *to = result.mutableBytes().data();
  for (auto [i, place] : llvm::enumerate(places))
    std::memcpy(to + i * width * bytes, from + place * bytes, width * bytes);
  return result;
}

llvm::Expected<Tensor> kernels::gatherElements(const Tensor &input,
                                               const Tensor &indices,
                                               int64_t axis) {
  llvm::Expected<Places> places =
      elementPlaces(input.getShape(), indices, axis);
  if (!places)
    return places.takeError();
  return fetch(input, *places, 1, indices.getShape());
}

llvm::Expected<Tensor> kernels::gatherND(const Tensor &input,
                                         const Tensor &indices,
                                         int64_t batchDims) {
  llvm::Expected<Places> places =
      slicePlaces(input.getShape(), indices, batchDims);
  if (!places)
    return places.takeError();
  ArrayRef<int64_t> slice =
      input.getShape().drop_front(batchDims + indices.getShape().back());
  Shape shape(indices.getShape().drop_back());
  llvm::append_range(shape, slice);
  return fetch(input, *places, product(slice), shape);
}

//===----------------------------------------------------------------------===//
// Scatter
//===----------------------------------------------------------------------===//

/// Combines two numbers of the C++ type of an element; integers wrap around.
template <typename T>
static T combineElements(Combine combine, T old, T update) {
  if constexpr (std::is_same_v<T, bool>) {
    bool both = combine == Combine::Multiply || combine == Combine::Minimum;
    return both ? old && update : old || update;
  } else if constexpr (isFloatElement<T> && !std::is_floating_point_v<T>) {
    return T(combineElements<float>(combine, old, update));
  } else {
    switch (combine) {
    case Combine::Replace:
      return update;
    case Combine::Add:
      if constexpr (std::is_integral_v<T>)
        return static_cast<T>(static_cast<uint64_t>(old) +
                              static_cast<uint64_t>(update));
      else
        return old + update;
    case Combine::Multiply:
      if constexpr (std::is_integral_v<T>)
        return static_cast<T>(static_cast<uint64_t>(old) *
                              static_cast<uint64_t>(update));
      else
        return old * update;
    case Combine::Maximum: // NaN if one is
      return isNaN(old) || old > update ? old : update;
    case Combine::Minimum:
      return isNaN(old) || old < update ? old : update;
    }
    llvm_unreachable("every way to combine is handled");
  }
}

/// `input` with pieces of `width` elements from each place on updated.
static Tensor update(const Tensor &input, ArrayRef<int64_t> places,
                     int64_t width, const Tensor &updates, Combine combine) {
  Tensor result = input;
  dispatchElement(input.getKind(), [&](auto tag) {
    using T = typename decltype(tag)::Type;
    const T *from = updates.as<T>().data();
    T *to = result.mutableAs<T>().data();
    for (int64_t place : places) {
      if (combine == Combine::Replace)
        std::copy_n(from, width, to + place);
      else
        for (int64_t i = 0; i < width; ++i)
          to[place + i] = combineElements<T>(combine, to[place + i], from[i]);
      from += width;
    }
  });
  return result;
}

llvm::Expected<Tensor> kernels::scatterElements(const Tensor &input,
                                                const Tensor &indices,
                                                const Tensor &updates,
                                                int64_t axis, Combine combine) {
  llvm::Expected<Places> places =
      elementPlaces(input.getShape(), indices, axis);
  if (!places)
    return places.takeError();
  return update(input, *places, 1, updates, combine);
}

llvm::Expected<Tensor> kernels::scatterND(const Tensor &input,
                                          const Tensor &indices,
                                          const Tensor &updates,
                                          Combine combine) {
  llvm::Expected<Places> places = slicePlaces(input.getShape(), indices, 0);
  if (!places)
    return places.takeError();
  int64_t width =
      product(input.getShape().drop_front(indices.getShape().back()));
  return update(input, *places, width, updates, combine);
}

//===----------------------------------------------------------------------===//
// Order
//===----------------------------------------------------------------------===//

/// The numbers of the first `count` of `size` elements, `step` apart, in order.
template <typename T>
static void orderRow(const T *row, int64_t size, int64_t step, int64_t count,
                     bool smallest, int64_t *to) {
  std::vector<int64_t> order(size);
  std::iota(order.begin(), order.end(), 0);
  auto isLess = [](T a, T b) { return b != b ? a == a : a < b; };
  std::partial_sort(order.begin(), order.begin() + count, order.end(),
                    [&](int64_t a, int64_t b) {
                      T first = row[a * step], second = row[b * step];
                      if (isLess(first, second))
                        return smallest;
                      if (isLess(second, first))
                        return !smallest;
                      return a < b;
                    });
  for (int64_t i = 0; i < count; ++i)
    to[i * step] = order[i];
}

Tensor kernels::topK(const Tensor &input, int64_t axis, int64_t count,
                     bool smallest) {
  Shape shape(input.getShape());
  int64_t size = shape[axis];
  shape[axis] = count;
  Tensor result(shape,
                IntegerType::get(input.getElementType().getContext(), 64));
  int64_t outer = product(ArrayRef<int64_t>(shape).take_front(axis));
  int64_t inner = product(ArrayRef<int64_t>(shape).drop_front(axis + 1));
  int64_t *to = result.mutableAs<int64_t>().data();
  dispatchElement(input.getKind(), [&](auto tag) {
    using T = typename decltype(tag)::Type;
    const T *from = input.as<T>().data();
    for (int64_t i = 0; i < outer; ++i)
      for (int64_t j = 0; j < inner; ++j)
        orderRow(from + i * size * inner + j, size, inner, count, smallest,
                 to + i * count * inner + j);
  });
  return result;
}
