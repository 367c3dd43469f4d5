// Patches of a convolution's input, and their product with the weight.
#include "atleus/Interpreter/Convolution.h"
#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/MatrixProduct.h"
#include "atleus/Interpreter/Parallel.h"

#include <algorithm>

using namespace atleus;
using namespace atleus::kernels;

std::array<int64_t, 2> ConvolutionWindow::resultSize(int64_t height,
                                                     int64_t width) const {
  std::array<int64_t, 2> sizes = {height, width};
  for (unsigned i = 0; i < 2; ++i) {
    int64_t reach = (kernel[i] - 1) * dilations[i] + 1;
    sizes[i] = (sizes[i] + pads[i] + pads[i + 2] - reach) / strides[i] + 1;
  }
  return sizes;
}

namespace {
/// One row of the patches: what one position of the kernel sees of one channel
/// at every position of the result.
struct PatchRow {
  int64_t height, width;             ///< of the input
  std::array<int64_t, 2> resultSize; ///< height and width
  int64_t top, left;                 ///< input position for result 0, 0
  int64_t strideDown, strideRight;
};
} // namespace

template <typename T>
static void copyPatchRow(const PatchRow &row, const T *channel, T padding,
                         T *to) {
  auto [rows, columns] = row.resultSize;
  for (int64_t y = 0; y < rows; ++y, to += columns) {
    int64_t inputY = row.top + y * row.strideDown;
    if (inputY < 0 || inputY >= row.height) {
      std::fill_n(to, columns, padding);
      continue;
    }
    const T *line = channel + inputY * row.width;
    for (int64_t x = 0; x < columns; ++x) {
      int64_t inputX = row.left + x * row.strideRight;
      to[x] = inputX < 0 || inputX >= row.width ? padding : line[inputX];
    }
  }
}

Tensor kernels::extractPatches(const Tensor &input,
                               const ConvolutionWindow &window,
                               int64_t padding) {
  int64_t channels = input.getDim(1), height = input.getDim(2);
  int64_t width = input.getDim(3);
  auto [kernelHeight, kernelWidth] = window.kernel;
  std::array<int64_t, 2> size = window.resultSize(height, width);
  int64_t kernelSize = kernelHeight * kernelWidth;
  int64_t positions = size[0] * size[1];
  Tensor result({input.getDim(0), window.groups,
                 channels / window.groups * kernelSize, positions},
                input.getElementType());
  if (std::optional<float> scale = input.getRunTimeScale())
    result.setRunTimeScale(*scale, input.getRunTimeZeroPoint());
  int64_t kernelColumns = kernelWidth;
  dispatchWidth(getElementBytes(input.getKind()), [&](auto tag) {
    using T = typename decltype(tag)::Type;
    const T *from = input.as<T>().data();
    T *to = result.mutableAs<T>().data();
    T fill = static_cast<T>(padding);
    constexpr int64_t elementsPerThread = 1 << 14;
    int64_t grain = elementsPerThread / std::max<int64_t>(1, positions);
    int64_t rows = input.getDim(0) * channels * kernelSize;
    parallelChunks(rows, grain, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i) {
        int64_t y = i % kernelSize / kernelColumns;
        int64_t x = i % kernelSize % kernelColumns;
        PatchRow row = {height,
                        width,
                        size,
                        y * window.dilations[0] - window.pads[0],
                        x * window.dilations[1] - window.pads[1],
                        window.strides[0],
                        window.strides[1]};
        copyPatchRow(row, from + i / kernelSize * height * width, fill,
                     to + i * positions);
      }
    });
  });
  return result;
}

Tensor kernels::flattenFilters(const Tensor &weight, int64_t groups) {
  int64_t features = weight.getDim(0);
  int64_t inner = weight.getDim(1) * weight.getDim(2) * weight.getDim(3);
  return weight.withShape({1, groups, features / groups, inner});
}

Tensor kernels::finishConvolution(const Tensor &product, const Tensor &bias,
                                  std::array<int64_t, 2> resultSize) {
  int64_t features = product.getDim(1) * product.getDim(2);
  Tensor result = product.withShape(
      {product.getDim(0), features, resultSize[0], resultSize[1]});
  if (!bias)
    return result;
  return llvm::cantFail(
      binary(Binary::Add, result, bias.withShape({features, 1, 1})));
}

Tensor kernels::convolution(const Tensor &input, const Tensor &weight,
                            const Tensor &bias,
                            const ConvolutionWindow &window) {
  Tensor patches = extractPatches(input, window);
  Tensor product = matmul(flattenFilters(weight, window.groups), patches);
  return finishConvolution(product, bias,
                           window.resultSize(input.getDim(2), input.getDim(3)));
}
