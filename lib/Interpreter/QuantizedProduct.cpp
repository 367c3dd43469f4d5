// Products of quantized operands: integer products, then scales.
#include "ProductPlan.h"

#include "atleus/Interpreter/DataMovement.h"
#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/MatrixProduct.h"
#include "atleus/Interpreter/Parallel.h"
#include "atleus/Interpreter/Quantization.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::kernels;

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
/// Factors of the sums of a product.
struct ProductScales {
  /// One for all rows of the left operand, or one for each.
  SmallVector<float> rows;
  /// One for each column of each matrix of the right operand; of one matrix if
  /// they are the same in all.
  SmallVector<float> columns;
};

/// The scales of the right operand of a product: a grid of blocks over its k
/// rows and n columns, and over its matrices.
struct RightScales {
  const QuantizationParameters &parameters;
  ArrayRef<int64_t> shape;
  int64_t innerDimension, columnDimension;

  int64_t innerBlocks() const { return parameters.grid[innerDimension]; }
  int64_t innerBlockSize() const {
    return parameters.blockSizes[innerDimension];
  }
  void collect(int64_t innerBlock, SmallVectorImpl<float> &scales,
               SmallVectorImpl<int64_t> &zeroPoints) const;
};
} // namespace

/// The number of the block of the row with number `row` along the leading
/// dimensions of a tensor, in the grid of these dimensions.
static int64_t findBlock(const QuantizationParameters &parameters,
                         ArrayRef<int64_t> leading, int64_t row) {
  int64_t block = 0, stride = 1;
  for (size_t i = leading.size(); i-- > 0; row /= leading[i]) {
    if (parameters.grid[i] != 1)
      block += row % leading[i] / parameters.blockSizes[i] * stride;
    stride *= parameters.grid[i];
  }
  return block;
}

/// The scales and the zero points of the columns of all matrices in a block of
/// rows.
void RightScales::collect(int64_t innerBlock, SmallVectorImpl<float> &scales,
                          SmallVectorImpl<int64_t> &zeroPoints) const {
  ArrayRef<int64_t> leading = shape.drop_back(2);
  bool vary = llvm::any_of(ArrayRef(parameters.grid).drop_back(2),
                           [](int64_t blocks) { return blocks != 1; });
  int64_t matrices = vary ? *checkedNumElements(leading) : 1;
  int64_t columnBlocks = parameters.grid[columnDimension];
  bool innerFirst = innerDimension < columnDimension;
  for (int64_t matrix = 0; matrix < matrices; ++matrix) {
    int64_t first =
        findBlock(parameters, leading, matrix) * innerBlocks() * columnBlocks;
    for (int64_t column = 0; column < shape[columnDimension]; ++column) {
      int64_t across = columnBlocks == 1
                           ? 0
                           : column / parameters.blockSizes[columnDimension];
      int64_t block =
          first + (innerFirst ? innerBlock * columnBlocks + across
                              : across * innerBlocks() + innerBlock);
      scales.push_back(parameters.scales[block]);
      if (!parameters.zeroPoints.empty())
        zeroPoints.push_back(parameters.zeroPoints[block]);
    }
  }
}

/// The scales and the zero points of the rows of a left operand.
static void collectRows(const QuantizationParameters &parameters,
                        ArrayRef<int64_t> shape, SmallVectorImpl<float> &scales,
                        SmallVectorImpl<int64_t> &zeroPoints) {
  ArrayRef<int64_t> leading = shape.drop_back();
  int64_t rows = parameters.isPerTensor() ? 1 : *checkedNumElements(leading);
  for (int64_t row = 0; row < rows; ++row) {
    int64_t block = findBlock(parameters, leading, row);
    scales.push_back(parameters.scales[block]);
    if (!parameters.zeroPoints.empty())
      zeroPoints.push_back(parameters.zeroPoints[block]);
  }
}

template <typename Sum>
static void scaleSums(ArrayRef<Sum> sums, const ProductPlan &plan,
                      const ProductScales &scales,
                      MutableArrayRef<float> scaled) {
  int64_t columns = plan.n, k = std::max<int64_t>(plan.k, 1);
  bool sameRows = scales.rows.size() == 1;
  bool sameMatrices = static_cast<int64_t>(scales.columns.size()) == columns;
  parallelChunks(
      sums.size() / columns, (1 << 15) / columns,
      [&](int64_t begin, int64_t end) {
        for (int64_t row = begin; row < end; ++row) {
          const BatchOffsets &offsets = plan.batch[row / plan.m];
          float left =
              scales.rows[sameRows ? 0 : offsets.lhs / k + row % plan.m];
          const float *right = scales.columns.data();
          if (!sameMatrices)
            right += offsets.rhs / k;
          for (int64_t i = 0; i < columns; ++i)
            scaled[row * columns + i] =
                static_cast<float>(sums[row * columns + i]) * (left * right[i]);
        }
      });
}

/// Floats of sums (i32 or i64), as f32.
static Tensor scaleProduct(const Tensor &sums, const ProductPlan &plan,
                           const ProductScales &scales) {
  MLIRContext *context = sums.getElementType().getContext();
  Tensor result(sums.getShape(), Float32Type::get(context));
  if (result.numElements() == 0)
    return result;
  if (sums.getKind() == ElementKind::Int32)
    scaleSums(sums.as<int32_t>(), plan, scales, result.mutableAs<float>());
  else
    scaleSums(sums.as<int64_t>(), plan, scales, result.mutableAs<float>());
  return result;
}

namespace {
/// The scales and zero points of both operands of a product.
struct ProductParameters {
  QuantizationParameters lhs, rhs;
};
} // namespace

static llvm::Expected<ProductParameters> getParameters(const Tensor &lhs,
                                                       const Tensor &rhs) {
  auto left = getQuantizationParameters(lhs);
  if (!left)
    return left.takeError();
  auto right = getQuantizationParameters(rhs);
  if (!right)
    return right.takeError();
  if (left->grid.back() != 1)
    return llvm::createStringError(
        "left operand of a product has " + llvm::Twine(left->grid.back()) +
        " scales along the dimension that is summed over");
  return ProductParameters{std::move(*left), std::move(*right)};
}

static RightScales describeRight(const QuantizationParameters &parameters,
                                 const Tensor &rhs, bool transposeRhs) {
  int64_t last = rhs.getRank() - 1;
  return {parameters, rhs.getShape(), transposeRhs ? last : last - 1,
          transposeRhs ? last - 1 : last};
}

llvm::Expected<Tensor>
kernels::addScaledRows(const Tensor &lhs, const Tensor &rhs, bool transposeRhs,
                       const Tensor &bias, RowsProduct product,
                       const Tensor &before) {
  llvm::Expected<ProductParameters> parameters = getParameters(lhs, rhs);
  if (!parameters)
    return parameters.takeError();
  RightScales right = describeRight(parameters->rhs, rhs, transposeRhs);
  Shape rows(lhs.getShape());
  if (rows.size() == 1)
    rows.insert(rows.begin(), 1);
  ProductPlan plan(rows, rhs.getShape(), transposeRhs);
  ProductScales scales;
  SmallVector<int64_t> lhsZeros;
  collectRows(parameters->lhs, lhs.getShape(), scales.rows, lhsZeros);
  Tensor result = before;
  for (int64_t block = 0; block < right.innerBlocks(); ++block) {
    int64_t begin = block * right.innerBlockSize();
    int64_t size = std::min(right.innerBlockSize(), plan.k - begin);
    SmallVector<int64_t> rhsZeros;
    scales.columns.clear();
    right.collect(block, scales.columns, rhsZeros);
    llvm::Expected<Tensor> sums =
        product({block, begin, size, {lhsZeros, rhsZeros}});
    if (!sums)
      return sums.takeError();
    Tensor part = scaleProduct(*sums, plan, scales);
    result = result ? llvm::cantFail(binary(Binary::Add, result, part)) : part;
  }
  if (bias)
    result = llvm::cantFail(
        binary(Binary::Add, result, convert(bias, result.getElementType())));
  return result;
}

llvm::Expected<Tensor> kernels::sumRows(const Tensor &lhs, const Tensor &rhs,
                                        bool transposeRhs,
                                        RowsProduct product) {
  llvm::Expected<ProductParameters> parameters = getParameters(lhs, rhs);
  if (!parameters)
    return parameters.takeError();
  RightScales right = describeRight(parameters->rhs, rhs, transposeRhs);
  assert(right.innerBlocks() == 1 && "sums of different scales do not add up");
  SmallVector<float> lhsScales, rhsScales;
  SmallVector<int64_t> lhsZeros, rhsZeros;
  collectRows(parameters->lhs, lhs.getShape(), lhsScales, lhsZeros);
  right.collect(0, rhsScales, rhsZeros);
  return product(
      {0, 0, rhs.getDim(right.innerDimension), {lhsZeros, rhsZeros}});
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
                {weightParameters->zeroPoint(0), inputZero});
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
