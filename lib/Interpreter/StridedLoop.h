// Loops over a result in row-major order in step with operands that are read
// with strides: broadcast operands have strides of zero, transposed or sliced
// ones any stride.
//
// Dimensions that all operands walk through evenly are merged first, so that
// two tensors of equal shape are one row and a bias has rows as long as it is.
#ifndef ATLEUS_LIB_INTERPRETER_STRIDEDLOOP_H
#define ATLEUS_LIB_INTERPRETER_STRIDEDLOOP_H

#include "atleus/Interpreter/Parallel.h"
#include "atleus/Interpreter/Tensor.h"

#include <array>

namespace atleus {

/// Strides of a tensor in row-major order.
inline Shape rowMajorStrides(llvm::ArrayRef<int64_t> shape) {
  Shape strides(shape.size());
  int64_t stride = 1;
  for (size_t i = shape.size(); i-- > 0; stride *= shape[i])
    strides[i] = stride;
  return strides;
}

/// Strides, one per dimension of `result`, that read a tensor of shape
/// `operand` broadcast to `result`.
inline Shape broadcastStrides(llvm::ArrayRef<int64_t> operand,
                              llvm::ArrayRef<int64_t> result) {
  Shape own = rowMajorStrides(operand);
  Shape strides(result.size(), 0);
  size_t missing = result.size() - operand.size();
  for (size_t i = 0; i < operand.size(); ++i)
    if (operand[i] != 1)
      strides[missing + i] = own[i];
  return strides;
}

template <unsigned NumOperands>
class StridedLoop {
public:
  using Offsets = std::array<int64_t, NumOperands>;

  /// `strides` has a list of one stride per dimension of `shape` for each
  /// operand.
  StridedLoop(llvm::ArrayRef<int64_t> shape,
              const std::array<Shape, NumOperands> &strides) {
    for (size_t i = shape.size(); i-- > 0;) {
      total *= shape[i];
      if (shape[i] == 1)
        continue;
      Offsets step;
      for (unsigned o = 0; o < NumOperands; ++o)
        step[o] = strides[o][i];
      if (!dimensions.empty() && continues(dimensions.back(), step))
        dimensions.back().size *= shape[i];
      else
        dimensions.push_back({shape[i], step});
    }
    if (dimensions.empty())
      dimensions.push_back({1, Offsets{}});
  }

  /// Strides of the operands within a row.
  const Offsets &rowStrides() const { return dimensions.front().step; }

  /// Calls `row(position, offsets, length)` for pieces of rows that cover the
  /// result: its elements from `position` on are computed from the operands'
  /// elements from `offsets` on. Pieces run on several threads.
  template <typename Row>
  void run(Row row) const {
    parallelChunks(total, chunkElements, [&](int64_t begin, int64_t end) {
      int64_t rowSize = dimensions.front().size;
      while (begin < end) {
        int64_t length = std::min(rowSize - begin % rowSize, end - begin);
        row(begin, offsetsAt(begin), length);
        begin += length;
      }
    });
  }

private:
  /// A dimension of the loop, the fastest one first.
  struct Dimension {
    int64_t size;
    Offsets step;
  };
  /// Enough work to be worth a thread.
  static constexpr int64_t chunkElements = 1 << 15;

  static bool continues(const Dimension &inner, const Offsets &step) {
    for (unsigned o = 0; o < NumOperands; ++o)
      if (step[o] != inner.step[o] * inner.size)
        return false;
    return true;
  }

  Offsets offsetsAt(int64_t position) const {
    Offsets offsets = {};
    for (const Dimension &dimension : dimensions) {
      int64_t index = position % dimension.size;
      position /= dimension.size;
      for (unsigned o = 0; o < NumOperands; ++o)
        offsets[o] += index * dimension.step[o];
    }
    return offsets;
  }

  llvm::SmallVector<Dimension, 6> dimensions;
  int64_t total = 1;
};

} // namespace atleus

#endif // ATLEUS_LIB_INTERPRETER_STRIDEDLOOP_H
