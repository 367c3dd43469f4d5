// Builds nn ops, reports what cannot be built.
#include "KernelBuilder.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Verifier.h"

#include <numeric>

using namespace mlir;
using namespace atleus;

Shape atleus::countUp(int64_t count) {
  Shape numbers(count);
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

ArrayRef<int64_t> atleus::shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

Type atleus::elementTypeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getElementType();
}

InFlightDiagnostic KernelBuilder::emitError() {
  failed = true;
  return std::move(mlir::emitError(location) << subject << ": ");
}

LogicalResult
KernelBuilder::withSubject(llvm::function_ref<LogicalResult()> action) {
  SmallVector<std::string> messages;
  LogicalResult result = success();
  {
    ScopedDiagnosticHandler handler(
        builder.getContext(), [&](Diagnostic &diagnostic) {
          if (diagnostic.getSeverity() != DiagnosticSeverity::Error)
            return failure();
          messages.push_back(diagnostic.str());
          return success();
        });
    result = action();
  }
  for (StringRef message : messages) {
    // The name of the op that is built says nothing to who wrote the model.
    if (message.consume_front("'"))
      message = message.split(" op ").second;
    emitError() << message;
  }
  if (mlir::failed(result))
    failed = true;
  return result;
}

Value KernelBuilder::finishInferred(OperationState &state, InferTypes infer) {
  SmallVector<Type, 1> types;
  if (mlir::failed(withSubject([&] { return infer(types); })))
    return {};
  state.types.assign(types.begin(), types.end());
  return finish(builder.create(state));
}

Value KernelBuilder::finish(Operation *op) {
  Value result;
  LogicalResult outcome = withSubject([&] {
    if (mlir::failed(verify(op, /*verifyRecursively=*/false))) {
      op->erase();
      return failure();
    }
    result = folding.foldBuilt(builder, op);
    return success(static_cast<bool>(result));
  });
  return mlir::failed(outcome) ? Value() : result;
}

Value KernelBuilder::constant(ElementsAttr elements) {
  // Of a constant the verifier is asked only when the module is complete.
  if (!nn::countElements(elements.getShapedType().getShape())) {
    emitError() << "a constant of type " << elements.getType()
                << " is too large: limit is " << nn::maxElements << " elements";
    return {};
  }
  return nn::ConstantOp::create(builder, location, elements);
}

Value KernelBuilder::splat(double value, ArrayRef<int64_t> shape,
                           Type elementType) {
  return constant(
      createSplat(RankedTensorType::get(shape, elementType), value));
}

Value KernelBuilder::integers(ArrayRef<int64_t> values) {
  auto type = RankedTensorType::get({static_cast<int64_t>(values.size())},
                                    builder.getI64Type());
  return constant(DenseElementsAttr::get(type, values));
}

bool KernelBuilder::requireFew(int64_t count) {
  constexpr int64_t most = int64_t(1) << 26;
  if (count <= most)
    return true;
  emitError() << "a dimension of " << count
              << " elements is too long for this operator, which takes at most "
              << most;
  return false;
}

Value KernelBuilder::countAlong(int64_t axis, int64_t count, int64_t rank) {
  if (!requireFew(count))
    return {};
  SmallVector<int64_t> shape(rank, 1);
  shape[axis] = count;
  return reshape(integers(countUp(count)), shape);
}

Value KernelBuilder::reshape(Value value, ArrayRef<int64_t> shape) {
  if (!value || shapeOf(value) == shape)
    return value;
  return emitTyped<nn::ReshapeOp>(
      RankedTensorType::get(shape, elementTypeOf(value)), value);
}

Value KernelBuilder::transpose(Value value, ArrayRef<int64_t> permutation) {
  return emit<nn::TransposeOp>(value, permutation);
}

Value KernelBuilder::transposeMatrices(Value value) {
  if (!value)
    return {};
  Shape permutation = countUp(shapeOf(value).size());
  std::swap(permutation[permutation.size() - 1],
            permutation[permutation.size() - 2]);
  return transpose(value, permutation);
}

Value KernelBuilder::expand(Value value, ArrayRef<int64_t> shape) {
  if (!value || shapeOf(value) == shape)
    return value;
  return emitTyped<nn::ExpandOp>(
      RankedTensorType::get(shape, elementTypeOf(value)), value);
}

Value KernelBuilder::castElements(Value value, Type elementType) {
  if (!value || elementTypeOf(value) == elementType)
    return value;
  return emitTyped<nn::CastOp>(
      RankedTensorType::get(shapeOf(value), elementType), value);
}

Value KernelBuilder::sliceAxis(Value value, int64_t axis, int64_t offset,
                               int64_t size) {
  if (!value)
    return {};
  SmallVector<int64_t> offsets(shapeOf(value).size(), 0);
  SmallVector<int64_t> sizes(shapeOf(value));
  SmallVector<int64_t> strides(offsets.size(), 1);
  offsets[axis] = offset;
  sizes[axis] = size;
  return emit<nn::SliceOp>(value, offsets, sizes, strides);
}
