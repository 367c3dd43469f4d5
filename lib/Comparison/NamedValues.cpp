// Finds the values by which two versions of a function are compared.
#include "atleus/Comparison/NamedValues.h"

#include "dialects/NN/NN.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;
using namespace atleus;

std::string atleus::getOutputName(func::FuncOp function, unsigned index) {
  auto name =
      function.getResultAttrOfType<StringAttr>(index, nn::nameAttribute);
  return name ? name.getValue().str() : std::to_string(index);
}

std::string NamedValue::describe() const {
  if (!kernel.empty())
    return ("kernel '" + kernel + "' (" +
            value.getDefiningOp()->getName().getStringRef() + ")")
        .str();
  return "output '" + getOutputName(getFunction(), *output) + "'";
}

func::FuncOp NamedValue::getFunction() const {
  return cast<func::FuncOp>(value.getDefiningOp()->getParentOp());
}

static std::string kernelNameOf(OpResult result) {
  Operation *op = result.getOwner();
  if (op->getNumRegions() == 0)
    return nn::getKernelName(op).str();
  Operation *terminator = op->getRegion(0).front().getTerminator();
  Operation *inner =
      terminator->getOperand(result.getResultNumber()).getDefiningOp();
  return inner ? nn::getKernelName(inner).str() : std::string();
}

std::vector<NamedValue> atleus::collectNamedValues(func::FuncOp function) {
  llvm::MapVector<Value, NamedValue> values;
  Block &block = function.front();
  for (Operation &op : block.without_terminator())
    for (OpResult result : op.getResults()) {
      std::string name = kernelNameOf(result);
      if (!name.empty() && isa<RankedTensorType>(result.getType()) &&
          !nn::isStatic(result))
        values[result] = {result, name, std::nullopt};
    }
  for (OpOperand &operand : block.getTerminator()->getOpOperands()) {
    if (!isa<OpResult>(operand.get()))
      continue;
    NamedValue &value = values[operand.get()];
    value.value = operand.get();
    value.output = operand.getOperandNumber();
  }
  std::vector<NamedValue> result;
  for (auto &[key, value] : values.takeVector())
    result.push_back(std::move(value));
  // Outputs that no kernel computes were found last.
  llvm::sort(result, [](const NamedValue &a, const NamedValue &b) {
    auto first = cast<OpResult>(a.value), second = cast<OpResult>(b.value);
    if (first.getOwner() == second.getOwner())
      return first.getResultNumber() < second.getResultNumber();
    return first.getOwner()->isBeforeInBlock(second.getOwner());
  });
  return result;
}

static ArrayRef<int64_t> shapeOf(const NamedValue &value) {
  return cast<RankedTensorType>(value.value.getType()).getShape();
}

std::vector<ValuePair> atleus::pairNamedValues(func::FuncOp found,
                                               func::FuncOp expected,
                                               unsigned &unmatched) {
  std::vector<NamedValue> candidates = collectNamedValues(expected);
  llvm::StringMap<SmallVector<unsigned, 1>> kernels;
  llvm::DenseMap<unsigned, unsigned> outputs;
  for (auto [i, candidate] : llvm::enumerate(candidates)) {
    if (!candidate.kernel.empty())
      kernels[candidate.kernel].push_back(i);
    if (candidate.output)
      outputs[*candidate.output] = i;
  }
  unmatched = 0;
  std::vector<ValuePair> pairs;
  for (NamedValue &value : collectNamedValues(found)) {
    auto hasShape = [&](unsigned i) {
      return shapeOf(candidates[i]) == shapeOf(value);
    };
    std::optional<unsigned> match;
    if (value.output && outputs.contains(*value.output))
      match = outputs[*value.output];
    if (!value.kernel.empty()) {
      ArrayRef<unsigned> named = kernels[value.kernel];
      if (const unsigned *first = llvm::find_if(named, hasShape);
          first != named.end())
        match = *first;
    }
    if (match && hasShape(*match))
      pairs.push_back({value, candidates[*match]});
    else if (!value.kernel.empty())
      ++unmatched;
  }
  return pairs;
}
