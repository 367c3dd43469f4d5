// Walks a function op by op, keeps what depends on constants, frees the rest.
#include "atleus/Interpreter/Interpreter.h"

#include "dialects/Interfaces/Interfaces.h"
#include "dialects/NN/NN.h"

using namespace mlir;
using namespace atleus;

//===----------------------------------------------------------------------===//
// One op
//===----------------------------------------------------------------------===//

/// Larger values are refused before memory is asked for.
static constexpr int64_t maximumBytes = int64_t(16) << 30;

/// Whether a value of the type can be held. Values that are not tensors, such
/// as programmed arrays, are checked by the op that makes them.
static LogicalResult checkType(Operation *op, Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor)
    return success();
  std::optional<ElementKind> kind = getElementKind(tensor.getElementType());
  if (!kind)
    return op->emitOpError() << "result of type " << type
                             << " cannot be held by the interpreter: element "
                                "type is not supported";
  unsigned width = getElementBytes(*kind);
  std::optional<int64_t> count = checkedNumElements(tensor.getShape(), width);
  if (!count || *count * width > maximumBytes)
    return op->emitOpError() << "result of type " << type
                             << " cannot be held by the interpreter: limit is "
                             << maximumBytes << " bytes";
  return success();
}

LogicalResult atleus::evaluateOp(Operation *op, ArrayRef<Tensor> operands,
                                 SmallVectorImpl<Tensor> &results) {
  auto evaluation = dyn_cast<EvaluationOpInterface>(op);
  if (!evaluation)
    return op->emitOpError("cannot be executed by the interpreter");
  for (Type type : op->getResultTypes())
    if (failed(checkType(op, type)))
      return failure();
  if (failed(evaluation.evaluate(operands, results)))
    return failure();
  if (results.size() != op->getNumResults())
    return op->emitOpError() << "evaluated to " << results.size()
                             << " values, expected " << op->getNumResults();
  for (auto [result, type] : llvm::zip_equal(results, op->getResultTypes()))
    if (isa<RankedTensorType>(type) && result.getType() != type)
      return op->emitOpError() << "evaluated to a value of type "
                               << result.getType() << ", expected " << type;
  return success();
}

/// The values of an op's operands.
static LogicalResult lookUpOperands(Operation *op,
                                    const llvm::DenseMap<Value, Tensor> &values,
                                    SmallVectorImpl<Tensor> &operands) {
  for (OpOperand &operand : op->getOpOperands()) {
    auto found = values.find(operand.get());
    if (found == values.end())
      return op->emitOpError() << "operand #" << operand.getOperandNumber()
                               << " is defined outside of what is executed";
    operands.push_back(found->second);
  }
  return success();
}

LogicalResult atleus::evaluateRegion(Region &region, ArrayRef<Tensor> arguments,
                                     SmallVectorImpl<Tensor> &results) {
  assert(region.hasOneBlock() && "regions of several blocks are not executed");
  Block &block = region.front();
  llvm::DenseMap<Value, Tensor> values;
  for (auto [argument, tensor] :
       llvm::zip_equal(block.getArguments(), arguments))
    values[argument] = tensor;
  for (Operation &op : block.without_terminator()) {
    SmallVector<Tensor> operands, opResults;
    if (failed(lookUpOperands(&op, values, operands)) ||
        failed(evaluateOp(&op, operands, opResults)))
      return failure();
    for (auto [value, tensor] : llvm::zip_equal(op.getResults(), opResults))
      values[value] = tensor;
  }
  return lookUpOperands(block.getTerminator(), values, results);
}

//===----------------------------------------------------------------------===//
// A function
//===----------------------------------------------------------------------===//

Interpreter::Interpreter(func::FuncOp function) : function(function) {
  if (!function.isExternal() && function.getBody().hasOneBlock())
    plan();
}

void Interpreter::plan() {
  llvm::DenseSet<Value> staticValues;
  llvm::DenseMap<Value, size_t> lastUse;
  for (Operation &op : function.getBody().front().without_terminator()) {
    bool isStatic = isMemoryEffectFree(&op) &&
                    llvm::all_of(op.getOperands(), [&](Value operand) {
                      return staticValues.contains(operand);
                    });
    if (isStatic)
      staticValues.insert(op.result_begin(), op.result_end());
    // A result that nothing uses is freed at once.
    for (Value result : op.getResults())
      lastUse[result] = steps.size();
    for (Value operand : op.getOperands())
      lastUse[operand] = steps.size();
    steps.push_back({&op, isStatic, {}});
  }
  for (Value returned :
       function.getBody().front().getTerminator()->getOperands())
    lastUse.erase(returned);
  auto usedByDynamic = [&](Value value) {
    return llvm::any_of(value.getUsers(), [&](Operation *user) {
      return user->hasTrait<OpTrait::IsTerminator>() ||
             !llvm::all_of(user->getResults(), [&](Value result) {
               return staticValues.contains(result);
             });
    });
  };
  for (auto [value, step] : lastUse)
    if (!staticValues.contains(value) || !usedByDynamic(value))
      steps[step].lastUses.push_back(value);
}

/// The name of an argument for messages.
static std::string argumentName(func::FuncOp function, unsigned index) {
  if (auto name =
          function.getArgAttrOfType<StringAttr>(index, nn::nameAttribute))
    return ("'" + name.getValue() + "'").str();
  return "#" + std::to_string(index);
}

LogicalResult Interpreter::checkInputs(ArrayRef<Tensor> inputs) {
  if (function.isExternal() || !function.getBody().hasOneBlock())
    return function.emitOpError("cannot be executed by the interpreter: it "
                                "must have a body of one block");
  if (inputs.size() != function.getNumArguments())
    return function.emitOpError() << "has " << function.getNumArguments()
                                  << " inputs, found " << inputs.size();
  for (auto [index, input] : llvm::enumerate(inputs)) {
    Type expected = function.getArgumentTypes()[index];
    if (!input)
      return function.emitOpError()
             << "input " << argumentName(function, index) << " has no value";
    if (input.getType() != expected)
      return function.emitOpError()
             << "input " << argumentName(function, index) << " must be "
             << expected << ", found " << input.getType();
  }
  return success();
}

LogicalResult Interpreter::evaluate(const Step &step,
                                    llvm::DenseMap<Value, Tensor> &values) {
  SmallVector<Tensor> operands, results;
  if (failed(lookUpOperands(step.op, values, operands)) ||
      failed(evaluateOp(step.op, operands, results)))
    return failure();
  if (observer && failed(observer(step.op, results)))
    return failure();
  for (auto [value, tensor] : llvm::zip_equal(step.op->getResults(), results))
    values[value] = std::move(tensor);
  return success();
}

FailureOr<std::vector<Tensor>> Interpreter::run(ArrayRef<Tensor> inputs) {
  if (failed(checkInputs(inputs)))
    return failure();
  llvm::DenseMap<Value, Tensor> values = constants;
  for (auto [argument, input] :
       llvm::zip_equal(function.getArguments(), inputs))
    values[argument] = input;
  for (const Step &step : steps) {
    if (step.isStatic && constantsKnown)
      continue;
    if (failed(evaluate(step, values)))
      return failure();
    for (Value value : step.lastUses)
      values.erase(value);
  }
  Operation *terminator = function.getBody().front().getTerminator();
  SmallVector<Tensor> results;
  if (failed(lookUpOperands(terminator, values, results)))
    return failure();
  if (!constantsKnown) {
    for (const Step &step : steps)
      if (step.isStatic)
        for (Value value : step.op->getResults())
          if (auto found = values.find(value); found != values.end())
            constants.insert(*found);
    constantsKnown = true;
  }
  return std::vector<Tensor>(results.begin(), results.end());
}
