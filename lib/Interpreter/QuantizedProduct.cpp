// Products of quantized operands: integer products, then scales.
#include "atleus/Interpreter/DataMovement.h"
#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/MatrixProduct.h"
#include "atleus/Interpreter/Parallel.h"
#include "atleus/Interpreter/Quantization.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::kernels;

template <typename Sum>
static void scaleSums(ArrayRef<Sum> sums, ArrayRef<float> factors,
                      MutableArrayRef<float> scaled) {
  int64_t columns = factors.size();
  int64_t rows = sums.size() / columns;
  parallelChunks(rows, (1 << 15) / columns, [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; ++row)
      for (int64_t i = 0; i < columns; ++i)
        scaled[row * columns + i] =
            static_cast<float>(sums[row * columns + i]) * factors[i];
  });
}

Tensor kernels::scaleProduct(const Tensor &accumulated, float lhsScale,
                             ArrayRef<float> columnScales) {
  MLIRContext *context = accumulated.getElementType().getContext();
  Tensor result(accumulated.getShape(), Float32Type::get(context));
  int64_t columns = accumulated.getShape().back();
  if (result.numElements() == 0)
    return result;
  SmallVector<float> factors(columns);
  for (int64_t i = 0; i < columns; ++i)
    factors[i] = lhsScale * columnScales[columnScales.size() == 1 ? 0 : i];
  if (accumulated.getKind() == ElementKind::Int32)
    scaleSums(accumulated.as<int32_t>(), factors, result.mutableAs<float>());
  else
    scaleSums(accumulated.as<int64_t>(), factors, result.mutableAs<float>());
  return result;
}

/// The part [begin, begin + size) of one dimension.
static Tensor sliceDimension(const Tensor &input, int64_t dimension,
                             int64_t begin, int64_t size) {
  if (begin == 0 && size == input.getDim(dimension))
    return input;
  Shape offsets(input.getRank(), 0), sizes(input.getShape());
  Shape strides(input.getRank(), 1);
  offsets[dimension] = begin;
  sizes[dimension] = size;
  return slice(input, offsets, sizes, strides);
}

namespace {
/// The scales of the right operand of a product: a grid of blocks over its k
/// rows and n columns.
struct RightScales {
  const QuantizationParameters &parameters;
  int64_t innerDimension, columnDimension;

  int64_t innerBlocks() const { return parameters.grid[innerDimension]; }
  int64_t innerBlockSize() const {
    return parameters.blockSizes[innerDimension];
  }
  /// The block of a column in a block of rows.
  size_t blockAt(int64_t innerBlock, int64_t column) const {
    int64_t columnBlock = column / parameters.blockSizes[columnDimension];
    return innerDimension < columnDimension
               ? innerBlock * parameters.grid[columnDimension] + columnBlock
               : columnBlock * parameters.grid[innerDimension] + innerBlock;
  }
};
} // namespace

/// The scaled product for the rows of `rhs` in one block.
static llvm::Expected<Tensor> scaledRows(const QuantizationParameters &lhs,
                                         const RightScales &scales,
                                         int64_t innerSize, int64_t columns,
                                         int64_t index, RowsProduct product) {
  int64_t begin = index * scales.innerBlockSize();
  int64_t size = std::min(scales.innerBlockSize(), innerSize - begin);
  SmallVector<float> columnScales;
  SmallVector<int64_t> zeroPoints;
  for (int64_t i = 0; i < columns; ++i) {
    size_t block = scales.blockAt(index, i);
    columnScales.push_back(scales.parameters.scales[block]);
    if (!scales.parameters.zeroPoints.empty())
      zeroPoints.push_back(scales.parameters.zeroPoints[block]);
  }
  llvm::Expected<Tensor> sums =
      product({index, begin, size, {lhs.zeroPoint(0), zeroPoints}});
  if (!sums)
    return sums.takeError();
  return scaleProduct(*sums, lhs.scales[0], columnScales);
}

llvm::Expected<Tensor>
kernels::addScaledRows(const Tensor &lhs, const Tensor &rhs, bool transposeRhs,
                       const Tensor &bias, RowsProduct product) {
  auto lhsParameters = getQuantizationParameters(lhs);
  if (!lhsParameters)
    return lhsParameters.takeError();
  auto rhsParameters = getQuantizationParameters(rhs);
  if (!rhsParameters)
    return rhsParameters.takeError();
  if (!lhsParameters->isPerTensor())
    return llvm::createStringError(
        "left operand of a product must have one scale, found " +
        llvm::Twine(lhsParameters->scales.size()));
  int64_t last = rhs.getRank() - 1;
  for (int64_t i = 0; i < last - 1; ++i)
    if (rhsParameters->grid[i] != 1)
      return llvm::createStringError(
          "right operand of a product has scales along dimension " +
          llvm::Twine(i) + ", which is not one of its matrices");
  RightScales scales = {*rhsParameters, transposeRhs ? last : last - 1,
                        transposeRhs ? last - 1 : last};
  Tensor result;
  for (int64_t block = 0; block < scales.innerBlocks(); ++block) {
    llvm::Expected<Tensor> part =
        scaledRows(*lhsParameters, scales, rhs.getDim(scales.innerDimension),
                   rhs.getDim(scales.columnDimension), block, product);
    if (!part)
      return part.takeError();
    result =
        result ? llvm::cantFail(binary(Binary::Add, result, *part)) : *part;
  }
  if (bias)
    result = llvm::cantFail(
        binary(Binary::Add, result, convert(bias, result.getElementType())));
  return result;
}

llvm::Expected<Tensor>
kernels::quantizedProduct(const Tensor &lhs, const Tensor &rhs,
                          bool transposeRhs, const Tensor &bias,
                          const Accumulator &accumulator) {
  int64_t inner = rhs.getRank() - (transposeRhs ? 1 : 2);
  return addScaledRows(
      lhs, rhs, transposeRhs, bias, [&](const ScaledRows &rows) {
        return accumulatedProduct(
            sliceDimension(lhs, lhs.getRank() - 1, rows.begin, rows.size),
            sliceDimension(rhs, inner, rows.begin, rows.size), transposeRhs,
            rows.zeroPoints, accumulator);
      });
}

llvm::Expected<Tensor>
kernels::quantizedConvolution(const Tensor &input, const Tensor &weight,
                              const Tensor &bias,
                              const ConvolutionWindow &window) {
  auto inputParameters = getQuantizationParameters(input);
  if (!inputParameters)
    return inputParameters.takeError();
  auto weightParameters = getQuantizationParameters(weight);
  if (!weightParameters)
    return weightParameters.takeError();
  if (!inputParameters->isPerTensor())
    return llvm::createStringError(
        "input of a convolution must have one scale, found " +
        llvm::Twine(inputParameters->scales.size()));
  int64_t features = weight.getDim(0);
  bool perFeature =
      weightParameters->grid[0] == features &&
      static_cast<int64_t>(weightParameters->scales.size()) == features;
  if (!weightParameters->isPerTensor() && !perFeature)
    return llvm::createStringError("weight of a convolution must have one "
                                   "scale, or one for each feature");
  if (!weightParameters->isPerTensor() && !weightParameters->zeroPoints.empty())
    return llvm::createStringError("weight of a convolution with a scale for "
                                   "each feature must have no zero points");
  int64_t inputZero = inputParameters->zeroPoint(0);
  Tensor patches = extractPatches(input, window, inputZero);
  Tensor accumulated =
      exactSums(flattenFilters(weight, window.groups), patches, false,
                {weightParameters->zeroPoint(0), {inputZero}});
  Type f32 = Float32Type::get(input.getElementType().getContext());
  Tensor factors({features, 1, 1}, f32);
  for (auto [i, factor] : llvm::enumerate(factors.mutableAs<float>()))
    factor = inputParameters->scales[0] *
             weightParameters->scales[weightParameters->isPerTensor() ? 0 : i];
  std::array<int64_t, 2> size =
      window.resultSize(input.getDim(2), input.getDim(3));
  Tensor scaled = llvm::cantFail(binary(
      Binary::Multiply,
      finishConvolution(convert(accumulated, f32), Tensor(), size), factors));
  if (!bias)
    return scaled;
  return binary(Binary::Add, scaled,
                convert(bias, f32).withShape({features, 1, 1}));
}
