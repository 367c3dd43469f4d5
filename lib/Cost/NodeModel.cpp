// Area and idle power of one node of a tier.
#include "atleus/Cost/NodeModel.h"

#include "atleus/Cost/MachineConstants.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace atleus;
using llvm::SmallVector;
using llvm::TypeSwitch;

using StatedArea = std::optional<SquareNanometres>;

static StatedArea fromSquareMicrometres(std::optional<int64_t> area) {
  if (!area)
    return std::nullopt;
  return SquareNanometres(*area * 1'000'000);
}

static SmallVector<NodePart, 12> getCrossbarParts(arch::CrossbarOp op) {
  auto area =
      crossbarArea(getConstants(op), getComponents(op), CrossbarLevel::Core);
  SmallVector<NodePart, 12> parts;
  for (unsigned i = 0; i < numCrossbarParts; ++i) {
    auto part = static_cast<CrossbarPart>(i);
    if (part != CrossbarPart::Other || area[part])
      parts.push_back({stringify(part), area[part]});
  }
  return parts;
}

/// The vector unit that a core names, or null.
static arch::VectorOp getVectorOp(mlir::Operation *core) {
  return TypeSwitch<mlir::Operation *, arch::VectorOp>(core)
      .Case<arch::CrossbarOp, arch::SystolicOp>(
          [](auto op) { return op.getVectorOp(); })
      .Default(arch::VectorOp());
}

SmallVector<NodePart, 12> atleus::getNodeParts(arch::TierOp tier) {
  mlir::Operation *core = tier.getCoreOp();
  SmallVector<NodePart, 12> parts =
      TypeSwitch<mlir::Operation *, SmallVector<NodePart, 12>>(core)
          .Case([](arch::CrossbarOp op) { return getCrossbarParts(op); })
          .Case<arch::SystolicOp, arch::ProcessorOp>([](auto op) {
            return SmallVector<NodePart, 12>{
                {"core", fromSquareMicrometres(op.getAreaUm2())}};
          });
  if (arch::VectorOp unit = getVectorOp(core))
    parts.push_back({"vector_unit", fromSquareMicrometres(unit.getAreaUm2())});
  auto machine = tier->getParentOfType<arch::MachineOp>();
  parts.push_back(
      {"router", fromSquareMicrometres(machine.getNoC().getRouterUm2())});
  return parts;
}

SquareNanometres atleus::getStatedArea(llvm::ArrayRef<NodePart> parts) {
  SquareNanometres sum;
  for (const NodePart &part : parts)
    sum += part.area.value_or(SquareNanometres());
  return sum;
}

Nanowatts atleus::getIdlePower(arch::TierOp tier) {
  mlir::Operation *core = tier.getCoreOp();
  Nanowatts power =
      TypeSwitch<mlir::Operation *, Nanowatts>(core)
          .Case([](arch::CrossbarOp op) {
            return crossbarLeakage(getConstants(op), getComponents(op),
                                   CrossbarLevel::Core)
                .total();
          })
          .Case<arch::SystolicOp, arch::ProcessorOp>(
              [](auto op) { return Nanowatts(1000 * op.getLeakageUw()); });
  if (arch::VectorOp unit = getVectorOp(core))
    power += Nanowatts(1000 * unit.getLeakageUw());
  return power;
}
