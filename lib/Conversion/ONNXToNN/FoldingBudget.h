// How much may be computed while a model is converted.
//
// A small file can ask for any amount of computation: a constant of 2^40 equal
// elements takes a few bytes, and so does a node that doubles its operand. What
// a model needs grows with its parameters, so they set the limits.
#ifndef ATLEUS_CONVERSION_ONNXTONN_FOLDINGBUDGET_H
#define ATLEUS_CONVERSION_ONNXTONN_FOLDINGBUDGET_H

#include <algorithm>
#include <cstdint>

namespace atleus {

class FoldingBudget {
public:
  /// A constant of more bytes is not written out when all its elements are
  /// equal.
  static constexpr int64_t maximumSplatBytes = int64_t(1) << 28;

  /// Limits for a model with so many bytes of parameters.
  explicit FoldingBudget(uint64_t parameterBytes)
      : work((uint64_t(1) << 35) + 16 * std::min(parameterBytes, largest)),
        memory((uint64_t(1) << 31) + 2 * std::min(parameterBytes, largest)) {}

  /// Takes what a computation needs: `cost` in bytes moved or operations, and
  /// `result` in bytes kept. False, and nothing is taken, if that is too much.
  bool take(uint64_t cost, uint64_t result) {
    if (cost > work || result > memory)
      return false;
    work -= cost;
    memory -= result;
    return true;
  }

private:
  /// Keeps the products above from overflowing.
  static constexpr uint64_t largest = uint64_t(1) << 50;

  uint64_t work;
  uint64_t memory;
};

} // namespace atleus

#endif // ATLEUS_CONVERSION_ONNXTONN_FOLDINGBUDGET_H
