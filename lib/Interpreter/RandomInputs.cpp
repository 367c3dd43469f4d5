// Seeded random tensors, and what range their integers have.
#include "atleus/Interpreter/RandomInputs.h"

#include "atleus/Interpreter/Elementwise.h"

#include "dialects/NN/NN.h"

#include "llvm/ADT/SetVector.h"

#include <cmath>
#include <limits>
#include <random>

using namespace mlir;
using namespace atleus;

namespace {
/// The engine's numbers are fixed by the C++ standard; its distributions are
/// not, so they are written out.
class RandomNumbers {
public:
  explicit RandomNumbers(uint64_t seed) : engine(seed) {}

  /// In [0, 1), a multiple of 2^-53.
  double uniform() { return static_cast<double>(engine() >> 11) * 0x1p-53; }

  /// By the method of Box and Muller.
  double normal() {
    double radius = std::sqrt(-2 * std::log(1 - uniform()));
    return radius * std::cos(2 * 3.14159265358979323846 * uniform());
  }

  int64_t integer(IntegerRange range) {
    uint64_t count = static_cast<uint64_t>(range.high) -
                     static_cast<uint64_t>(range.low) + 1;
    // A count of zero is that of all numbers of 64 bits.
    uint64_t offset = count == 0 ? engine() : engine() % count;
    return static_cast<int64_t>(static_cast<uint64_t>(range.low) + offset);
  }

private:
  std::mt19937_64 engine;
};
} // namespace

Tensor atleus::makeRandomTensor(RankedTensorType type, uint64_t seed,
                                IntegerRange range) {
  RandomNumbers numbers(seed);
  Type element = type.getElementType();
  MLIRContext *context = type.getContext();
  if (isa<FloatType>(element)) {
    Tensor tensor(type.getShape(), Float32Type::get(context));
    for (float &value : tensor.mutableAs<float>())
      value = static_cast<float>(numbers.normal());
    return kernels::convert(tensor, element);
  }
  Tensor tensor(type.getShape(), IntegerType::get(context, 64));
  for (int64_t &value : tensor.mutableAs<int64_t>())
    value = numbers.integer(range);
  return kernels::convert(tensor, element);
}

/// How many entries `user` chooses from by the integers in `indices`;
/// std::nullopt if it does not.
static std::optional<int64_t> countEntries(Operation *user, Value indices) {
  if (auto embedding = dyn_cast<nn::EmbeddingOp>(user))
    if (embedding.getIndices() == indices)
      return embedding.getTable().getType().getDimSize(0);
  if (auto gather = dyn_cast<nn::GatherOp>(user))
    if (gather.getIndices() == indices)
      return gather.getInput().getType().getDimSize(gather.getAxis());
  return std::nullopt;
}

/// Rows of the smallest table that is indexed by `argument`, or by a view or a
/// conversion of it; std::nullopt if there is none.
static std::optional<int64_t> findTableRows(BlockArgument argument) {
  std::optional<int64_t> rows;
  llvm::SmallSetVector<Value, 8> values;
  values.insert(argument);
  for (size_t i = 0; i < values.size(); ++i)
    for (OpOperand &use : values[i].getUses()) {
      Operation *user = use.getOwner();
      if (std::optional<int64_t> size = countEntries(user, values[i]))
        rows = std::min(rows.value_or(*size), *size);
      else if (user->hasTrait<nn::LayoutOnly>() || isa<nn::CastOp>(user))
        values.insert(user->getResult(0));
    }
  return rows;
}

IntegerRange atleus::getDefaultRange(BlockArgument argument) {
  if (std::optional<int64_t> rows = findTableRows(argument))
    return {0, std::max<int64_t>(*rows, 1) - 1};
  Type element = getElementTypeOrSelf(argument.getType());
  if (!element.isInteger(8))
    return {0, 1};
  if (element.isUnsignedInteger())
    return {0, std::numeric_limits<uint8_t>::max()};
  return {std::numeric_limits<int8_t>::min(),
          std::numeric_limits<int8_t>::max()};
}
