// Compares values as they are computed.
#include "atleus/Comparison/Comparison.h"

#include "atleus/Interpreter/Interpreter.h"
#include "atleus/Interpreter/Quantization.h"
#include "dialects/NN/NN.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/SetVector.h"

#include <algorithm>

using namespace mlir;
using namespace atleus;

//===----------------------------------------------------------------------===//
// Questions to the result
//===----------------------------------------------------------------------===//

const ComparedValue *Comparison::findFirst() const {
  for (const ComparedValue &value : values)
    if (!(value.difference.error <= options.tolerance))
      return &value;
  return nullptr;
}

const ComparedValue &Comparison::findWorst() const {
  return *llvm::max_element(values,
                            [](const ComparedValue &a, const ComparedValue &b) {
                              return a.difference.error < b.difference.error;
                            });
}

std::vector<const ComparedValue *>
Comparison::findInputs(const ComparedValue &value) const {
  llvm::DenseMap<Value, const ComparedValue *> compared;
  for (const ComparedValue &candidate : values)
    compared[candidate.pair.found.value] = &candidate;
  std::vector<const ComparedValue *> result;
  llvm::SmallSetVector<Value, 8> open;
  open.insert_range(value.pair.found.value.getDefiningOp()->getOperands());
  for (size_t i = 0; i < open.size(); ++i) {
    Value next = open[i];
    if (const ComparedValue *known = compared.lookup(next))
      result.push_back(known);
    else if (Operation *op = next.getDefiningOp())
      open.insert_range(op->getOperands());
  }
  return result;
}

//===----------------------------------------------------------------------===//
// Comparing
//===----------------------------------------------------------------------===//

namespace {
/// The expected values of a list of pairs, computed a chunk at a time in the
/// order in which they are needed.
class ExpectedValues {
public:
  ExpectedValues(ArrayRef<ValuePair> pairs, Reference &reference,
                 int64_t maximumBytes)
      : pairs(pairs), reference(reference), maximumBytes(maximumBytes) {}

  /// The value of a pair; null if the reference has none.
  FailureOr<Tensor> get(size_t index) {
    if (index < begin || index >= begin + chunk.size())
      if (failed(computeChunk(index)))
        return failure();
    return chunk[index - begin];
  }

private:
  LogicalResult computeChunk(size_t first) {
    std::vector<NamedValue> wanted;
    int64_t bytes = 0;
    for (const ValuePair &pair : pairs.drop_front(first)) {
      auto type = cast<RankedTensorType>(pair.expected.value.getType());
      bytes += nn::getNumBytes(type);
      if (!wanted.empty() && bytes > maximumBytes)
        break;
      wanted.push_back(pair.expected);
    }
    chunk.clear();
    FailureOr<std::vector<Tensor>> values = reference.compute(wanted);
    if (failed(values))
      return failure();
    chunk = std::move(*values);
    begin = first;
    return success();
  }

  ArrayRef<ValuePair> pairs;
  Reference &reference;
  int64_t maximumBytes;
  size_t begin = 0;
  std::vector<Tensor> chunk;
};

/// One run of the function in which every value is compared.
class ComparedRun {
public:
  ComparedRun(ArrayRef<ValuePair> pairs, ExpectedValues &expected)
      : pairs(pairs), expected(expected), differences(pairs.size()) {
    for (auto [i, pair] : llvm::enumerate(pairs))
      indices[pair.found.value] = i;
  }

  /// With `substitute` values are replaced by what they should be. One entry
  /// for each pair; none where the reference has no value.
  FailureOr<std::vector<std::optional<Difference>>>
  run(func::FuncOp function, ArrayRef<Tensor> inputs, bool substitute) {
    Interpreter interpreter(function);
    interpreter.setObserver([&](Operation *op,
                                MutableArrayRef<Tensor> results) {
      for (auto [value, tensor] : llvm::zip_equal(op->getResults(), results))
        if (auto found = indices.find(value); found != indices.end())
          if (failed(compare(found->second, tensor, substitute)))
            return failure();
      return success();
    });
    if (failed(interpreter.run(inputs)))
      return failure();
    return std::move(differences);
  }

private:
  LogicalResult compare(size_t index, Tensor &tensor, bool substitute) {
    FailureOr<Tensor> wanted = expected.get(index);
    if (failed(wanted))
      return failure();
    if (!*wanted)
      return success();
    const NamedValue &found = pairs[index].found;
    llvm::Expected<Difference> difference = measureDifference(tensor, *wanted);
    if (!difference)
      return emitError(found.value.getLoc())
             << found.describe()
             << " cannot be compared: " << toString(difference.takeError());
    differences[index] = std::move(*difference);
    if (substitute)
      replace(tensor, *wanted);
    return success();
  }

  /// Puts `wanted` in the place of `tensor` if it can be had in its type.
  static void replace(Tensor &tensor, const Tensor &wanted) {
    Type type = tensor.getElementType();
    if (wanted.getElementType() == type) {
      tensor = wanted;
      return;
    }
    if (!isa<quant::QuantizedType>(type) || !isFloat(wanted.getKind()))
      return;
    llvm::Expected<Tensor> quantized = kernels::quantize(wanted, type);
    if (quantized)
      tensor = *quantized;
    else
      consumeError(quantized.takeError());
  }

  ArrayRef<ValuePair> pairs;
  ExpectedValues &expected;
  llvm::DenseMap<Value, size_t> indices;
  std::vector<std::optional<Difference>> differences;
};
} // namespace

FailureOr<Comparison> atleus::compareValues(func::FuncOp found,
                                            ArrayRef<Tensor> inputs,
                                            func::FuncOp expected,
                                            Reference &reference,
                                            const ComparisonOptions &options) {
  Comparison comparison;
  comparison.options = options;
  comparison.reference = reference.describe();
  std::vector<ValuePair> pairs =
      pairNamedValues(found, expected, comparison.unmatched);
  size_t paired = pairs.size();
  llvm::erase_if(pairs, [&](const ValuePair &pair) {
    return !reference.knows(pair.expected);
  });
  comparison.unmatched += paired - pairs.size();

  ExpectedValues values(pairs, reference, options.maximumBytes);
  auto errors = ComparedRun(pairs, values).run(found, inputs, false);
  if (failed(errors))
    return failure();
  std::vector<std::optional<Difference>> own(pairs.size());
  if (options.ownErrors) {
    auto result = ComparedRun(pairs, values).run(found, inputs, true);
    if (failed(result))
      return failure();
    own = std::move(*result);
  }
  for (auto [pair, error, ownError] : llvm::zip_equal(pairs, *errors, own)) {
    if (error)
      comparison.values.push_back({pair, *error, ownError});
    else
      ++comparison.unmatched;
  }
  if (comparison.values.empty())
    return found.emitOpError()
           << "has no value to compare with " << comparison.reference;
  return comparison;
}
