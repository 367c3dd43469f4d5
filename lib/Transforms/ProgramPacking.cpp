// Which node of a crossbar tier holds which weight of the IR.
#include "ProgramPacking.h"

#include "dialects/Arch/MachineLookup.h"

using namespace mlir;
using namespace atleus;

static ArrayDemand getDemand(pim::ProgramOp program) {
  pim::ArrayType type = program.getType();
  return {type.getGridRows(), type.getMatrix().getDimSize(1), type.getSlices(),
          type.getCrossbar().getColumns()};
}

static InFlightDiagnostic reportShortage(const TierPacking &packing,
                                         const ArrayShortage &shortage) {
  pim::ProgramOp program = packing.programs[shortage.demand];
  arch::TierOp tier = packing.tier;
  pim::ArrayType type = program.getType();
  InFlightDiagnostic error = program.emitOpError()
                             << "needs " << type.getNumArrays() << " arrays of "
                             << type.getCrossbar().getRows() << "x"
                             << type.getCrossbar().getColumns()
                             << ", but tier @" << tier.getSymName() << " has "
                             << shortage.freeArrays << " left";
  error.attachNote(tier.getLoc()) << "tier declared here";
  return error;
}

FailureOr<std::vector<TierPacking>>
atleus::packPrograms(ModuleOp module, arch::MachineOp machine) {
  std::vector<TierPacking> packings;
  for (arch::TierOp tier : machine.getTiers())
    if (arch::getCrossbar(tier))
      packings.push_back({tier, {}, {}});
  WalkResult walk = module.walk([&](pim::ProgramOp program) {
    FailureOr<Operation *> place = arch::findPlace(machine, program);
    if (failed(place))
      return WalkResult::interrupt();
    auto *packing = llvm::find_if(packings, [&](const TierPacking &other) {
                      return other.tier == *place;
                    }).base();
    if (packing == packings.data() + packings.size()) {
      InFlightDiagnostic error = program.emitOpError()
                                 << "is assigned to " << program.getTierAttr()
                                 << ", which has no crossbars";
      error.attachNote((*place)->getLoc()) << "tier declared here";
      return WalkResult(error);
    }
    packing->programs.push_back(program);
    return WalkResult::advance();
  });
  if (walk.wasInterrupted())
    return failure();
  for (TierPacking &packing : packings) {
    SmallVector<ArrayDemand> demands =
        llvm::map_to_vector(packing.programs, getDemand);
    ArrayShortage shortage;
    auto pieces = packArrays(demands, packing.tier.getNumNodes(),
                             arch::getCrossbar(packing.tier).getNumArrays(),
                             FitPolicy::NextFit, &shortage);
    if (!pieces)
      return reportShortage(packing, shortage);
    packing.pieces = std::move(*pieces);
  }
  return packings;
}

SmallVector<int64_t> atleus::getNodeOnPath(arch::TierOp tier, int64_t index) {
  int64_t width = tier.getGrid()[0];
  int64_t x = index % width, y = index / width;
  return {y % 2 == 0 ? x : width - 1 - x, y, tier.getLevel()};
}
