// Parameters of quantized types, and conversion to and from their integers.
#include "atleus/Interpreter/Quantization.h"
#include "NaN.h"
#include "atleus/Compression/NormalFloat.h"
#include "atleus/Interpreter/DataMovement.h"
#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/Parallel.h"

#include "dialects/NN/NN.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "llvm/Support/MathExtras.h"

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
  // What was read from text as a negative number has bits set beyond its width.
  unsigned width = type.getStorageTypeIntegralWidth();
  for (const APInt &number : type.getZeroPoints().getValues<APInt>()) {
    APInt zeroPoint(width, *number.getRawData(), /*isSigned=*/false,
                    /*implicitTrunc=*/true);
    parameters.zeroPoints.push_back(type.isSigned() ? zeroPoint.getSExtValue()
                                                    : zeroPoint.getZExtValue());
  }
}

llvm::Expected<QuantizationParameters>
kernels::getQuantizationParameters(const Tensor &tensor) {
  auto type = cast<quant::QuantizedType>(tensor.getElementType());
  ArrayRef<int64_t> shape = tensor.getShape();
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
  } else if (const ScaleGrid *found = tensor.getRunTimeScales()) {
    parameters.grid.assign(found->grid.begin(), found->grid.end());
    parameters.blockSizes.assign(found->blockSizes.begin(),
                                 found->blockSizes.end());
    parameters.scales.assign(found->scales.begin(), found->scales.end());
    parameters.zeroPoints.assign(found->zeroPoints.begin(),
                                 found->zeroPoints.end());
  } else {
    return llvm::createStringError("quantized value has no scale");
  }
  bool isFound = isa<AnyQuantizedType>(type);
  for (float scale : parameters.scales)
    if ((!(scale > 0) || std::isinf(scale)) && !(isFound && isNaN(scale)))
      return llvm::createStringError("scale must be a positive number, found " +
                                     llvm::Twine(std::to_string(scale)));
  if (llvm::all_of(parameters.zeroPoints, [](int64_t z) { return z == 0; }))
    parameters.zeroPoints.clear();
  return parameters;
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

/// The scale and the zero point that fit some elements; NaN and 0 if one of
/// them is not finite.
static std::pair<float, int64_t> fitScale(ArrayRef<float> elements,
                                          AnyQuantizedType type) {
  float low = 0, high = 0;
  for (float value : elements) {
    if (!std::isfinite(value))
      return {std::numeric_limits<float>::quiet_NaN(), 0};
    low = std::min(low, value);
    high = std::max(high, value);
  }
  auto least = static_cast<float>(type.getStorageTypeMin());
  auto greatest = static_cast<float>(type.getStorageTypeMax());
  float scale = type.isSigned() ? std::max(-low, high) / greatest
                                : (high - low) / (greatest - least);
  // Denormal values may have a scale of zero; they quantize to zero then.
  if (scale == 0)
    scale = 1;
  float zeroPoint = 0;
  if (!type.isSigned())
    zeroPoint = roundToEven(std::clamp(least - low / scale, least, greatest));
  return {scale, static_cast<int64_t>(zeroPoint)};
}

/// How many of the last dimensions have a scale in common.
static int64_t countShared(nn::RunTimeScales scales, int64_t rank) {
  switch (scales) {
  case nn::RunTimeScales::Tensor:
    return rank;
  case nn::RunTimeScales::Matrix:
    return 2;
  case nn::RunTimeScales::Vector:
    return 1;
  }
  llvm_unreachable("unknown scales");
}

/// Gives `result` the scales and the zero points that fit the elements of
/// `input`.
static llvm::Error findScales(const Tensor &input, AnyQuantizedType type,
                              nn::RunTimeScales scales, Tensor &result) {
  Shape blocks(input.getShape());
  int64_t apart = input.getRank() - countShared(scales, input.getRank());
  std::fill_n(blocks.begin(), std::max<int64_t>(0, apart), 1);
  ScaleGrid found = ScaleGrid::ofBlocks(input.getShape(), blocks);
  ArrayRef<float> elements = input.as<float>();
  int64_t count = found.scales.size();
  int64_t length = input.numElements() / count;
  int64_t grain = (1 << 15) / std::max<int64_t>(1, length);
  parallelChunks(count, grain, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i)
      std::tie(found.scales[i], found.zeroPoints[i]) =
          fitScale(elements.slice(i * length, length), type);
  });
  if (scales == nn::RunTimeScales::Tensor && isNaN(found.scales.front()))
    return llvm::createStringError(
        "value to quantize holds NaN or infinity, so it has no scale");
  result.setRunTimeScales(std::move(found));
  return llvm::Error::success();
}

/// The codes of floats; their scales go along with the result.
static llvm::Expected<Tensor> encode(const Tensor &input,
                                     nn::CodebookType type) {
  Tensor values = kernels::convert(input, Float32Type::get(type.getContext()));
  Tensor result(input.getShape(), type);
  std::vector<float> scales(
      llvm::divideCeil(values.numElements(), type.getBlock()));
  if (!encodeNormalFloat4(values.as<float>(), type.getBlock(),
                          result.mutableAs<uint8_t>(), scales))
    return llvm::createStringError(
        "value to quantize holds NaN or infinity, so it has no scale");
  result.setBlockScales(std::move(scales));
  return result;
}

/// The floats of codes.
static llvm::Expected<Tensor> decode(const Tensor &input,
                                     nn::CodebookType type) {
  ArrayRef<float> scales = input.getBlockScales();
  int64_t block = type.getBlock();
  if (static_cast<int64_t>(scales.size()) !=
      static_cast<int64_t>(llvm::divideCeil(input.numElements(), block)))
    return llvm::createStringError(
        "codes have lost the scales of their blocks");
  Tensor result(input.getShape(), Float32Type::get(type.getContext()));
  const uint8_t *codes = input.as<uint8_t>().data();
  float *values = result.mutableAs<float>().data();
  parallelChunks(input.numElements(), 1 << 15, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i)
      values[i] = normalFloat4[codes[i] & 15] * scales[i / block];
  });
  return result;
}

llvm::Expected<Tensor> kernels::quantize(const Tensor &input,
                                         Type quantizedType,
                                         nn::RunTimeScales scales) {
  if (auto codebook = dyn_cast<nn::CodebookType>(quantizedType))
    return encode(input, codebook);
  auto type = cast<quant::QuantizedType>(quantizedType);
  Tensor values = kernels::convert(input, Float32Type::get(type.getContext()));
  Tensor result(input.getShape(), type);
  if (auto dynamic = dyn_cast<AnyQuantizedType>(type))
    if (llvm::Error error = findScales(values, dynamic, scales, result))
      return error;
  llvm::Expected<QuantizationParameters> parameters =
      getQuantizationParameters(result);
  if (!parameters)
    return parameters.takeError();
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
  if (auto codebook = dyn_cast<nn::CodebookType>(input.getElementType())) {
    llvm::Expected<Tensor> decoded = decode(input, codebook);
    return decoded ? kernels::convert(*decoded, elementType)
                   : std::move(decoded);
  }
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

llvm::Expected<Tensor> kernels::decodeWeight(const Tensor &weight) {
  auto codebook = dyn_cast<nn::CodebookType>(weight.getElementType());
  return codebook ? dequantize(weight, codebook.getExpressed()) : weight;
}
