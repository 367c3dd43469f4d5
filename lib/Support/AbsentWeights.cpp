// Marks modules without values of weights, and makes attributes without bytes.
#include "atleus/Support/AbsentWeights.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/BuiltinDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/DialectResourceBlobManager.h"

using namespace mlir;
using namespace atleus;

static constexpr llvm::StringLiteral weightsAttribute = "atleus.weights";
static constexpr llvm::StringLiteral noWeights = "none";

void atleus::setWeightsAbsent(Operation *module) {
  module->setAttr(weightsAttribute,
                  StringAttr::get(module->getContext(), noWeights));
}

bool atleus::areWeightsAbsent(Operation *op) {
  auto module = dyn_cast<ModuleOp>(op);
  if (!module)
    module = op->getParentOfType<ModuleOp>();
  auto weights = module ? module->getAttrOfType<StringAttr>(weightsAttribute)
                        : StringAttr();
  return weights && weights.getValue() == noWeights;
}

LogicalResult atleus::requireWeights(Operation *op, StringRef need) {
  if (!areWeightsAbsent(op))
    return success();
  return emitError(op->getLoc())
         << need << " needs the values of weights, but the model was read "
         << "without them (--weights=none)";
}

ElementsAttr atleus::createAbsent(RankedTensorType type, StringRef name) {
  auto &manager =
      DenseResourceElementsHandle::getManagerInterface(type.getContext());
  return DenseResourceElementsAttr::get(
      type, manager.insert(name, std::optional<AsmResourceBlob>()));
}

bool atleus::isAbsent(Attribute elements) {
  auto resource = dyn_cast_or_null<DenseResourceElementsAttr>(elements);
  return resource && !resource.getRawHandle().getBlob();
}
