// Transposing, slicing and broadcasting are reads with strides; the rest copies
// blocks.
#include "StridedLoop.h"

#include "atleus/Interpreter/DataMovement.h"
#include "atleus/Interpreter/Elementwise.h"

#include <cstring>

using namespace mlir;
using namespace atleus;
using namespace atleus::kernels;

/// The tensor of `shape` whose element at an index is the input's element at
/// `offset` plus the index times `strides`. Its scales are the caller's affair;
/// those of codes belong to their places and are lost.
static Tensor readStrided(const Tensor &input, ArrayRef<int64_t> shape,
                          const Shape &strides, int64_t offset) {
  Tensor result(shape, input.getElementType());
  if (result.numElements() == 0)
    return result;
  StridedLoop<1> loop(shape, {strides});
  dispatchWidth(getElementBytes(input.getKind()), [&](auto tag) {
    using T = typename decltype(tag)::Type;
    const T *from = input.as<T>().data() + offset;
    T *to = result.mutableAs<T>().data();
    int64_t stride = loop.rowStrides()[0];
    loop.run(
        [=](int64_t position, std::array<int64_t, 1> offsets, int64_t length) {
          const T *source = from + offsets[0];
          if (stride == 1)
            std::memcpy(to + position, source, length * sizeof(T));
          else
            for (int64_t i = 0; i < length; ++i)
              to[position + i] = source[i * stride];
        });
  });
  return result;
}

Tensor kernels::transpose(const Tensor &input, ArrayRef<int64_t> permutation) {
  Shape own = rowMajorStrides(input.getShape());
  Shape shape, strides;
  for (int64_t dimension : permutation) {
    shape.push_back(input.getDim(dimension));
    strides.push_back(own[dimension]);
  }
  Tensor result = readStrided(input, shape, strides, 0);
  if (const ScaleGrid *scales = input.getRunTimeScales())
    result.setRunTimeScales(scales->transpose(permutation));
  return result;
}

Tensor kernels::slice(const Tensor &input, ArrayRef<int64_t> offsets,
                      ArrayRef<int64_t> sizes, ArrayRef<int64_t> strides) {
  Shape own = rowMajorStrides(input.getShape());
  int64_t offset = 0;
  for (size_t i = 0; i < own.size(); ++i) {
    offset += offsets[i] * own[i];
    own[i] *= strides[i];
  }
  Tensor result = readStrided(input, sizes, own, offset);
  if (const ScaleGrid *scales = input.getRunTimeScales())
    result.setRunTimeScales(scales->slice(offsets, sizes, strides));
  return result;
}

Tensor kernels::expand(const Tensor &input, ArrayRef<int64_t> shape) {
  Tensor result =
      readStrided(input, shape, broadcastStrides(input.getShape(), shape), 0);
  if (const ScaleGrid *scales = input.getRunTimeScales())
    result.setRunTimeScales(scales->expand(input.getShape(), shape));
  return result;
}

/// The product of the sizes of some dimensions.
static int64_t product(ArrayRef<int64_t> sizes) {
  int64_t result = 1;
  for (int64_t size : sizes)
    result *= size;
  return result;
}

/// Gives `result` the scales of the tensors that it consists of, if all have
/// some.
static void concatScales(ArrayRef<Tensor> inputs, int64_t axis,
                         Tensor &result) {
  SmallVector<const ScaleGrid *> scales;
  SmallVector<ArrayRef<int64_t>> shapes;
  for (const Tensor &input : inputs) {
    scales.push_back(input.getRunTimeScales());
    shapes.push_back(input.getShape());
  }
  if (!llvm::is_contained(scales, nullptr))
    result.setRunTimeScales(ScaleGrid::concat(scales, shapes, axis));
}

Tensor kernels::concat(ArrayRef<Tensor> inputs, int64_t axis) {
  Shape shape(inputs.front().getShape());
  shape[axis] = 0;
  for (const Tensor &input : inputs)
    shape[axis] += input.getDim(axis);
  Tensor result(shape, inputs.front().getElementType());
  concatScales(inputs, axis, result);
  int64_t width = getElementBytes(result.getKind());
  int64_t outer = product(ArrayRef<int64_t>(shape).take_front(axis));
  char *to = result.mutableBytes().data();
  int64_t resultRow =
      product(ArrayRef<int64_t>(shape).drop_front(axis)) * width;
  int64_t begin = 0;
  for (const Tensor &input : inputs) {
    int64_t row = product(input.getShape().drop_front(axis)) * width;
    const char *from = input.bytes().data();
    for (int64_t i = 0; i < outer; ++i)
      std::memcpy(to + i * resultRow + begin, from + i * row, row);
    begin += row;
  }
  return result;
}

Tensor kernels::filled(ArrayRef<int64_t> shape, Type elementType,
                       double value) {
  Type f64 = Float64Type::get(elementType.getContext());
  Tensor scalar = convert(Tensor::of<double>({}, f64, {value}), elementType);
  return expand(scalar, shape);
}

Tensor kernels::pad(const Tensor &input, ArrayRef<int64_t> low,
                    ArrayRef<int64_t> high, double value) {
  Shape shape(input.getShape());
  for (size_t i = 0; i < shape.size(); ++i)
    shape[i] += low[i] + high[i];
  Tensor result = filled(shape, input.getElementType(), value);
  if (input.numElements() == 0)
    return result;
  Shape strides = rowMajorStrides(shape);
  int64_t corner = 0;
  for (size_t i = 0; i < shape.size(); ++i)
    corner += low[i] * strides[i];
  // In step with the input, `result` is written with strides.
  StridedLoop<1> loop(input.getShape(), {strides});
  int64_t width = getElementBytes(input.getKind());
  char *to = result.mutableBytes().data();
  const char *from = input.bytes().data();
  int64_t stride = loop.rowStrides()[0];
  loop.run(
      [=](int64_t position, std::array<int64_t, 1> offsets, int64_t length) {
        int64_t step = stride == 1 ? length : 1;
        for (int64_t i = 0; i < length; i += step)
          std::memcpy(to + (corner + offsets[0] + i * stride) * width,
                      from + (position + i) * width, step * width);
      });
  return result;
}

llvm::Expected<Tensor> kernels::gather(const Tensor &input,
                                       const Tensor &indices, int64_t axis) {
  Shape shape(input.getShape().take_front(axis));
  llvm::append_range(shape, indices.getShape());
  llvm::append_range(shape, input.getShape().drop_front(axis + 1));
  int64_t size = input.getDim(axis);
  std::vector<int64_t> positions(indices.numElements());
  for (size_t i = 0; i < positions.size(); ++i) {
    int64_t index = indices.getInteger(i);
    if (index < -size || index >= size)
      return llvm::createStringError(
          "index " + llvm::Twine(index) + " is out of range for dimension " +
          llvm::Twine(axis) + " of size " + llvm::Twine(size));
    positions[i] = index < 0 ? index + size : index;
  }
  Tensor result(shape, input.getElementType());
  if (const ScaleGrid *scales = input.getRunTimeScales())
    result.setRunTimeScales(
        scales->gather(input.getShape(), axis, positions, indices.getShape()));
  int64_t row = product(input.getShape().drop_front(axis + 1)) *
                getElementBytes(input.getKind());
  int64_t outer = product(input.getShape().take_front(axis));
  char *to = result.mutableBytes().data();
  const char *from = input.bytes().data();
  for (int64_t i = 0; i < outer; ++i)
    for (int64_t position : positions) {
      std::memcpy(to, from + (i * size + position) * row, row);
      to += row;
    }
  return result;
}

Tensor kernels::triangle(const Tensor &input, bool upper, int64_t diagonal) {
  Tensor result = input;
  int64_t rows = input.getDim(input.getRank() - 2);
  int64_t columns = input.getDim(input.getRank() - 1);
  int64_t width = getElementBytes(input.getKind());
  // Beyond these, a diagonal lies outside the matrix all the same.
  diagonal = std::clamp(diagonal, -rows - 1, columns + 1);
  llvm::MutableArrayRef<char> bytes = result.mutableBytes();
  int64_t count = columns == 0 ? 0 : input.numElements() / columns;
  for (int64_t i = 0; i < count; ++i) {
    int64_t edge = i % rows + diagonal;
    int64_t begin = upper ? 0 : std::clamp<int64_t>(edge + 1, 0, columns);
    int64_t end = upper ? std::clamp<int64_t>(edge, 0, columns) : columns;
    std::memset(bytes.data() + (i * columns + begin) * width, 0,
                (end - begin) * width);
  }
  return result;
}

Tensor kernels::range(int64_t start, int64_t limit, int64_t step,
                      MLIRContext *context) {
  assert(step != 0 && "a range needs a step");
  int64_t count = step > 0 ? llvm::divideCeilSigned(limit - start, step)
                           : llvm::divideCeilSigned(start - limit, -step);
  Tensor result({std::max<int64_t>(0, count)}, IntegerType::get(context, 64));
  MutableArrayRef<int64_t> values = result.mutableAs<int64_t>();
  for (size_t i = 0; i < values.size(); ++i)
    values[i] = start + static_cast<int64_t>(i) * step;
  return result;
}
