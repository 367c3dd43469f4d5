// One walk over the elements under a window serves all kernels.
#include "StridedLoop.h"

#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/Parallel.h"
#include "atleus/Interpreter/Pooling.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::kernels;

namespace {
/// The positions of a window in one channel of an input.
class Positions {
public:
  Positions(const Tensor &input, const Window &window)
      : window(window), sizes(input.getShape().drop_front(2)),
        strides(rowMajorStrides(sizes)) {
    for (size_t i = 0; i < sizes.size(); ++i) {
      int64_t reach = (window.kernel[i] - 1) * window.dilations[i] + 1;
      int64_t padded =
          sizes[i] + window.pads[i] + window.pads[sizes.size() + i];
      counts.push_back((padded - reach) / window.strides[i] + 1);
      covered *= window.kernel[i];
    }
  }

  /// Number of positions along each dimension.
  const Shape &getCounts() const { return counts; }
  /// Elements that a position covers, with padding.
  int64_t getCovered() const { return covered; }

  /// Calls `visit` with the number, within the channel, of each element of the
  /// input that position `number` covers, in row-major order.
  template <typename Visit>
  void visit(int64_t number, Visit visit) const {
    Shape corner(counts.size());
    for (size_t i = counts.size(); i-- > 0; number /= counts[i])
      corner[i] = number % counts[i] * window.strides[i] - window.pads[i];
    visitFrom(corner, 0, 0, visit);
  }

private:
  template <typename Visit>
  void visitFrom(const Shape &corner, size_t dimension, int64_t offset,
                 Visit &visit) const {
    if (dimension == sizes.size()) {
      visit(offset);
      return;
    }
    for (int64_t i = 0; i < window.kernel[dimension]; ++i) {
      int64_t place = corner[dimension] + i * window.dilations[dimension];
      if (place >= 0 && place < sizes[dimension])
        visitFrom(corner, dimension + 1, offset + place * strides[dimension],
                  visit);
    }
  }

  const Window &window;
  Shape sizes, strides, counts;
  int64_t covered = 1;
};
} // namespace

/// Computes each element of a tensor of `elementType` from the channel of the
/// input and the position of the window that belong to it. `summarize` gets the
/// first element of the channel, its number in the input, and the position.
template <typename From, typename To, typename Summarize>
static Tensor pool(const Tensor &input, const Window &window, Type elementType,
                   Summarize summarize) {
  Positions positions(input, window);
  Shape shape(input.getShape().take_front(2));
  llvm::append_range(shape, positions.getCounts());
  Tensor result(shape, elementType);
  int64_t perChannel = 1, channelSize = 1;
  for (int64_t count : positions.getCounts())
    perChannel *= count;
  for (int64_t size : input.getShape().drop_front(2))
    channelSize *= size;
  const From *from = input.as<From>().data();
  To *to = result.mutableAs<To>().data();
  constexpr int64_t elementsPerThread = 1 << 14;
  int64_t grain =
      std::max<int64_t>(1, elementsPerThread / positions.getCovered());
  parallelChunks(result.numElements(), grain, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      int64_t first = i / perChannel * channelSize;
      to[i] = summarize(positions, from + first, first, i % perChannel);
    }
  });
  return result;
}

/// The number within the channel of the first maximum, or of the first NaN.
template <typename T>
static int64_t findMaximum(const Positions &positions, const T *channel,
                           int64_t position) {
  int64_t best = -1;
  positions.visit(position, [&](int64_t place) {
    if (best < 0 || channel[place] > channel[best] ||
        (channel[place] != channel[place] && channel[best] == channel[best]))
      best = place;
  });
  return best;
}

Tensor kernels::maxPool(const Tensor &input, const Window &window) {
  return dispatchElement(input.getKind(), [&](auto tag) {
    using T = typename decltype(tag)::Type;
    return pool<T, T>(
        input, window, input.getElementType(),
        [](const Positions &positions, const T *channel, int64_t,
           int64_t position) {
          return channel[findMaximum(positions, channel, position)];
        });
  });
}

Tensor kernels::argMaxPool(const Tensor &input, const Window &window) {
  Type index = IntegerType::get(input.getElementType().getContext(), 64);
  return dispatchElement(input.getKind(), [&](auto tag) {
    using T = typename decltype(tag)::Type;
    return pool<T, int64_t>(input, window, index,
                            [](const Positions &positions, const T *channel,
                               int64_t first, int64_t position) {
                              return first +
                                     findMaximum(positions, channel, position);
                            });
  });
}

Tensor kernels::averagePool(const Tensor &input, const Window &window) {
  return dispatchElement(input.getKind(), [&](auto tag) -> Tensor {
    using T = typename decltype(tag)::Type;
    if constexpr (isFloatElement<T>)
      return pool<T, T>(input, window, input.getElementType(),
                        [](const Positions &positions, const T *channel,
                           int64_t, int64_t position) {
                          double sum = 0;
                          int64_t count = 0;
                          positions.visit(position, [&](int64_t place) {
                            sum += static_cast<double>(channel[place]);
                            ++count;
                          });
                          double mean = sum / static_cast<double>(count);
                          if constexpr (std::is_same_v<T, double>)
                            return mean;
                          else
                            return T(static_cast<float>(mean));
                        });
    llvm_unreachable("the mean is of floats");
  });
}
