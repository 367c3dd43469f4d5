// Parameters of quantized types, and conversion to and from their integers.
#include "atleus/Interpreter/Quantization.h"
#include "NaN.h"
#include "atleus/Interpreter/DataMovement.h"
#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/Parallel.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"

#include <cmath>

using namespace mlir;
using namespace atleus;
using namespace atleus::kernels;
using quant::AnyQuantizedType;
using quant::UniformQuantizedPerAxisType;
using quant::UniformQuantizedSubChannelType;
using quant::UniformQuantizedType;

//===----------------------------------------------------------------------===//
// Parameters
//===----------------------------------------------------------------------===//

static void setPerAxis(QuantizationParameters &parameters,
                       UniformQuantizedPerAxisType type) {
  int32_t axis = type.getQuantizedDimension();
  parameters.grid[axis] = type.getScales().size();
  parameters.blockSizes[axis] = 1;
  parameters.scales.assign(type.getScales().begin(), type.getScales().end());
  parameters.zeroPoints.assign(type.getZeroPoints().begin(),
                               type.getZeroPoints().end());
}

static void setSubChannel(QuantizationParameters &parameters,
                          UniformQuantizedSubChannelType type) {
  for (auto [axis, size] :
       llvm::zip(type.getQuantizedDimensions(), type.getBlockSizes()))
    parameters.blockSizes[axis] = size;
  llvm::copy(type.getScales().getType().getShape(), parameters.grid.begin());
  for (APFloat scale : type.getScales().getValues<APFloat>())
    parameters.scales.push_back(scale.convertToDouble());
  for (APInt zeroPoint : type.getZeroPoints().getValues<APInt>())
    parameters.zeroPoints.push_back(zeroPoint.getSExtValue());
}

llvm::Expected<QuantizationParameters>
kernels::getQuantizationParameters(Type quantizedType, ArrayRef<int64_t> shape,
                                   std::optional<float> runTimeScale) {
  auto type = cast<quant::QuantizedType>(quantizedType);
  QuantizationParameters parameters;
  parameters.grid.assign(shape.size(), 1);
  parameters.blockSizes.assign(shape.begin(), shape.end());
  parameters.minimum = type.getStorageTypeMin();
  parameters.maximum = type.getStorageTypeMax();
  if (auto perTensor = dyn_cast<UniformQuantizedType>(type)) {
    parameters.scales.push_back(perTensor.getScale());
    parameters.zeroPoints.push_back(perTensor.getZeroPoint());
  } else if (auto perAxis = dyn_cast<UniformQuantizedPerAxisType>(type)) {
    setPerAxis(parameters, perAxis);
  } else if (auto blocks = dyn_cast<UniformQuantizedSubChannelType>(type)) {
    setSubChannel(parameters, blocks);
  } else if (runTimeScale) {
    parameters.scales.push_back(*runTimeScale);
  } else {
    return llvm::createStringError("quantized value has no scale");
  }
  for (float scale : parameters.scales)
    if (!(scale > 0) || std::isinf(scale))
      return llvm::createStringError("scale must be a positive number, found " +
                                     llvm::Twine(std::to_string(scale)));
  if (llvm::all_of(parameters.zeroPoints, [](int64_t z) { return z == 0; }))
    parameters.zeroPoints.clear();
  return parameters;
}

llvm::Expected<QuantizationParameters>
kernels::getQuantizationParameters(const Tensor &tensor) {
  return getQuantizationParameters(tensor.getElementType(), tensor.getShape(),
                                   tensor.getRunTimeScale());
}

//===----------------------------------------------------------------------===//
// Conversion
//===----------------------------------------------------------------------===//

namespace {
/// Elements that lie one after another and have the same scale
/// (`parameterStride` 0) or consecutive ones (1).
struct Piece {
  int64_t begin, length;
  int64_t block, parameterStride;
};
} // namespace

/// Calls `convert` for pieces that cover the tensor, on several threads.
static void forEachPiece(ArrayRef<int64_t> shape,
                         const QuantizationParameters &parameters,
                         llvm::function_ref<void(const Piece &)> visit) {
  if (parameters.isPerTensor() || shape.empty()) {
    int64_t count = checkedNumElements(shape).value_or(0);
    return parallelChunks(count, 1 << 15, [&](int64_t begin, int64_t end) {
      visit({begin, end - begin, 0, 0});
    });
  }
  int64_t rowSize = shape.back();
  int64_t rows = rowSize == 0 ? 0 : *checkedNumElements(shape.drop_back());
  int64_t lastBlock = parameters.blockSizes.back();
  int64_t grain = (1 << 15) / std::max<int64_t>(1, rowSize);
  parallelChunks(rows, grain, [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; ++row) {
      int64_t block = 0, rest = row, stride = parameters.grid.back();
      for (size_t d = shape.size() - 1; d-- > 0; rest /= shape[d]) {
        block += rest % shape[d] / parameters.blockSizes[d] * stride;
        stride *= parameters.grid[d];
      }
      if (lastBlock == 1) {
        visit({row * rowSize, rowSize, block, 1});
        continue;
      }
      for (int64_t i = 0; i < rowSize; i += lastBlock, ++block)
        visit({row * rowSize + i, std::min(lastBlock, rowSize - i), block, 0});
    }
  });
}

/// Rounds to nearest, ties to even, magnitudes below a quarter of the
/// precision.
static float roundToEven(float value) {
  return (value + 0x1.8p23f) - 0x1.8p23f;
}
static double roundToEven(double value) {
  return (value + 0x1.8p52) - 0x1.8p52;
}

/// `Real` and `Integer` hold every stored integer exactly.
template <typename Real, typename Integer, typename Stored>
static void quantizePiece(const Piece &piece,
                          const QuantizationParameters &parameters,
                          const float *from, Stored *to) {
  auto quantizeElement = [&](float x, float scale, int64_t zero) -> Stored {
    Real low = static_cast<Real>(parameters.minimum - zero);
    Real high = static_cast<Real>(parameters.maximum - zero);
    Real value = static_cast<Real>(x) / static_cast<Real>(scale);
    value = isNaN(value) ? Real(0) : value;
    value = value < low ? low : (value > high ? high : value);
    return static_cast<Integer>(roundToEven(value)) +
           static_cast<Integer>(zero);
  };
  from += piece.begin;
  to += piece.begin;
  const float *scales = parameters.scales.data() + piece.block;
  if (piece.parameterStride == 0) {
    float scale = scales[0];
    int64_t zero = parameters.zeroPoint(piece.block);
    for (int64_t i = 0; i < piece.length; ++i)
      to[i] = quantizeElement(from[i], scale, zero);
  } else if (parameters.zeroPoints.empty()) {
    for (int64_t i = 0; i < piece.length; ++i)
      to[i] = quantizeElement(from[i], scales[i], 0);
  } else {
    const int64_t *zeros = parameters.zeroPoints.data() + piece.block;
    for (int64_t i = 0; i < piece.length; ++i)
      to[i] = quantizeElement(from[i], scales[i], zeros[i]);
  }
}

/// The scale of a dynamically quantized tensor.
static llvm::Expected<float> dynamicScale(const Tensor &input,
                                          int64_t maximum) {
  float largest = 0;
  for (float value : input.as<float>()) {
    if (!std::isfinite(value))
      return llvm::createStringError(
          "value to quantize holds NaN or infinity, so it has no scale");
    largest = std::max(largest, std::fabs(value));
  }
  float scale = largest / static_cast<float>(maximum);
  // Denormal values may have a scale of zero; they quantize to zero then.
  return scale == 0 ? 1.0f : scale;
}

llvm::Expected<Tensor> kernels::quantize(const Tensor &input,
                                         Type quantizedType) {
  auto type = cast<quant::QuantizedType>(quantizedType);
  Tensor values = kernels::convert(input, Float32Type::get(type.getContext()));
  std::optional<float> runTimeScale;
  if (isa<AnyQuantizedType>(type)) {
    llvm::Expected<float> scale =
        dynamicScale(values, type.getStorageTypeMax());
    if (!scale)
      return scale.takeError();
    runTimeScale = *scale;
  }
  llvm::Expected<QuantizationParameters> parameters =
      getQuantizationParameters(type, input.getShape(), runTimeScale);
  if (!parameters)
    return parameters.takeError();
  Tensor result(input.getShape(), type);
  if (runTimeScale)
    result.setRunTimeScale(*runTimeScale);
  const float *from = values.as<float>().data();
  dispatchElement(result.getKind(), [&](auto tag) {
    using T = typename decltype(tag)::Type;
    if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
      constexpr bool narrow = sizeof(T) <= 2;
      using Real = std::conditional_t<narrow, float, double>;
      using Integer = std::conditional_t<narrow, int32_t, int64_t>;
      T *to = result.mutableAs<T>().data();
      forEachPiece(input.getShape(), *parameters, [&](const Piece &piece) {
        quantizePiece<Real, Integer>(piece, *parameters, from, to);
      });
    }
  });
  return result;
}

llvm::Expected<Tensor> kernels::dequantize(const Tensor &input,
                                           Type elementType) {
  llvm::Expected<QuantizationParameters> parameters =
      getQuantizationParameters(input);
  if (!parameters)
    return parameters.takeError();
  Tensor result(input.getShape(), Float32Type::get(elementType.getContext()));
  float *to = result.mutableAs<float>().data();
  dispatchElement(input.getKind(), [&](auto tag) {
    using T = typename decltype(tag)::Type;
    if constexpr (std::is_integral_v<T>) {
      const T *from = input.as<T>().data();
      forEachPiece(input.getShape(), *parameters, [&](const Piece &piece) {
        for (int64_t i = 0; i < piece.length; ++i) {
          int64_t block = piece.block + i * piece.parameterStride;
          int64_t stored = static_cast<int64_t>(from[piece.begin + i]);
          to[piece.begin + i] =
              static_cast<float>(stored - parameters->zeroPoint(block)) *
              parameters->scales[block];
        }
      });
    }
  });
  return kernels::convert(result, elementType);
}
