// Measures the largest difference of two tensors.
#include "atleus/Comparison/Difference.h"

#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/Quantization.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "mlir/IR/BuiltinTypes.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace mlir;
using namespace atleus;

std::string atleus::formatIndex(ArrayRef<int64_t> index) {
  std::string text = "[";
  for (int64_t position : index)
    text += (text.size() > 1 ? ", " : "") + std::to_string(position);
  return text + "]";
}

/// |found - expected|, where equal infinities and two NaNs do not differ.
static double distance(double found, double expected) {
  if (found == expected || (std::isnan(found) && std::isnan(expected)))
    return 0;
  double difference = std::fabs(found - expected);
  return std::isnan(difference) ? std::numeric_limits<double>::infinity()
                                : difference;
}

template <typename T>
static Difference measure(ArrayRef<T> found, ArrayRef<T> expected,
                          ArrayRef<int64_t> shape) {
  Difference result;
  double worst = 0;
  size_t place = 0;
  for (size_t i = 0; i < found.size(); ++i) {
    double magnitude = std::fabs(static_cast<double>(expected[i]));
    if (std::isfinite(magnitude))
      result.largest = std::max(result.largest, magnitude);
    double difference = distance(found[i], expected[i]);
    if (difference > worst) {
      worst = difference;
      place = i;
    }
  }
  if (found.empty())
    return result;
  result.error = result.largest > 0 ? worst / result.largest : worst;
  result.found = found[place];
  result.expected = expected[place];
  result.index.resize(shape.size());
  for (size_t i = shape.size(); i-- > 0; place /= shape[i])
    result.index[i] = place % shape[i];
  return result;
}

/// Elements as floats of 64 bits: those that a quantized tensor stands for, if
/// `expressed`, else those that are stored.
static llvm::Expected<Tensor> widen(const Tensor &tensor, bool expressed) {
  Type f64 = Float64Type::get(tensor.getElementType().getContext());
  auto quantized = dyn_cast<quant::QuantizedType>(tensor.getElementType());
  if (!quantized)
    return kernels::convert(tensor, f64);
  if (!expressed) {
    Tensor result(tensor.getShape(), f64);
    dispatchElement(tensor.getKind(), [&](auto tag) {
      llvm::copy(tensor.as<typename decltype(tag)::Type>(),
                 result.mutableAs<double>().begin());
    });
    return result;
  }
  Type f32 = Float32Type::get(f64.getContext());
  llvm::Expected<Tensor> floats = kernels::dequantize(tensor, f32);
  if (!floats)
    return floats.takeError();
  return kernels::convert(*floats, f64);
}

llvm::Expected<Difference> atleus::measureDifference(const Tensor &found,
                                                     const Tensor &expected) {
  if (found.getShape() != expected.getShape())
    return llvm::createStringError("shape is " + formatShape(found.getShape()) +
                                   ", expected " +
                                   formatShape(expected.getShape()));
  if (found.getElementType() == expected.getElementType() &&
      found.getKind() == ElementKind::Float32)
    return measure(found.as<float>(), expected.as<float>(), found.getShape());
  bool expressed = found.getElementType() != expected.getElementType() &&
                   (isFloat(found.getKind()) || isFloat(expected.getKind()) ||
                    (isa<quant::QuantizedType>(found.getElementType()) &&
                     isa<quant::QuantizedType>(expected.getElementType())));
  // Scales that are found at run time are part of the value.
  expressed |= found.getRunTimeScales() && expected.getRunTimeScales();
  llvm::Expected<Tensor> a = widen(found, expressed);
  if (!a)
    return a.takeError();
  llvm::Expected<Tensor> b = widen(expected, expressed);
  if (!b)
    return b.takeError();
  return measure(a->as<double>(), b->as<double>(), found.getShape());
}
