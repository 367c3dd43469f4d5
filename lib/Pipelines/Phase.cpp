// Names of phases, and the phase of a module.
#include "atleus/Pipelines/Phase.h"

#include "atleus/Support/ModulePhase.h"
#include "atleus/Support/NamedLocations.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/Diagnostics.h"

#include <array>

using namespace mlir;
using namespace atleus;

ArrayRef<Phase> atleus::getAllPhases() {
  static constexpr std::array<Phase, 8> phases = {
      Phase::ONNX,  Phase::NN,     Phase::Compressed, Phase::Assigned,
      Phase::Tiled, Phase::Placed, Phase::Scheduled,  Phase::Estimated};
  return phases;
}

StringRef atleus::stringify(Phase phase) {
  static constexpr std::array<llvm::StringLiteral, 8> names = {
      "onnx",  "nn",     "compressed", "assigned",
      "tiled", "placed", "scheduled",  "estimated"};
  return names[static_cast<unsigned>(phase)];
}

std::optional<Phase> atleus::parsePhase(StringRef name) {
  for (Phase phase : getAllPhases())
    if (stringify(phase) == name)
      return phase;
  return std::nullopt;
}

FailureOr<Phase> atleus::getPhase(ModuleOp module) {
  if (Attribute attribute = module->getAttr(phaseAttribute)) {
    auto name = dyn_cast<StringAttr>(attribute);
    std::optional<Phase> phase =
        name ? parsePhase(name.getValue()) : std::nullopt;
    if (phase)
      return *phase;
    InFlightDiagnostic diagnostic = emitError(withoutText(module.getLoc()))
                                    << "'" << phaseAttribute
                                    << "' must be one of";
    for (Phase known : getAllPhases())
      diagnostic << " " << stringify(known);
    return diagnostic << ", found " << attribute, failure();
  }
  WalkResult found = module.walk([](Operation *op) {
    return op->getName().getDialectNamespace() == "onnx"
               ? WalkResult::interrupt()
               : WalkResult::advance();
  });
  return found.wasInterrupted() ? Phase::ONNX : Phase::NN;
}

void atleus::setPhase(ModuleOp module, Phase phase) {
  module->setAttr(phaseAttribute,
                  Builder(module.getContext()).getStringAttr(stringify(phase)));
}
