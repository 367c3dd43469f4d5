// Which node of a crossbar tier holds which weight of the IR.
#include "ProgramPacking.h"

#include "dialects/Arch/MachineLookup.h"

using namespace mlir;
using namespace atleus;

ArrayDemand atleus::getDemand(const pim::ArrayLayout &layout) {
  return {layout.gridRows, layout.units, layout.columnsPerUnit,
          layout.arrayColumns};
}

/// The features of a piece that was packed in units of several.
static void scaleToFeatures(pim::ArrayType type, ArrayPiece &piece) {
  int64_t perUnit = type.getLayout().featuresPerUnit;
  piece.firstFeature *= perUnit;
  piece.features =
      std::min(piece.features * perUnit,
               type.getMatrix().getDimSize(1) - piece.firstFeature);
}

/// Reports that the first weight that is not packed finds no room.
static InFlightDiagnostic reportShortage(const TierPacking &packing,
                                         int64_t freeArrays, bool whole) {
  pim::ProgramOp program = packing.programs[packing.pieces.size()];
  arch::TierOp tier = packing.tier;
  pim::ArrayType type = program.getType();
  int64_t arrays = type.getNumArrays();
  InFlightDiagnostic error = program.emitOpError();
  error << "needs " << arrays << " arrays of " << type.getCrossbar().getRows()
        << "x" << type.getCrossbar().getColumns() << ", but ";
  if (freeArrays < arrays)
    error << "tier @" << tier.getSymName() << " has " << freeArrays << " left";
  else if (whole)
    error << "no node of tier @" << tier.getSymName()
          << " has room for all of them: run --atleus-tile first";
  else
    error << "no node of tier @" << tier.getSymName() << " has room for the "
          << type.getGridRows() << " that one feature takes";
  error.attachNote(tier.getLoc()) << "tier declared here";
  return error;
}

/// Packs the weights of one tier, and reports an error if that fails.
static LogicalResult packTier(TierPacking &packing, bool whole) {
  arch::TierOp tier = packing.tier;
  for (FitPolicy policy : {FitPolicy::WorstFit, FitPolicy::FirstFit}) {
    ArrayPacker packer(tier.getNumNodes(),
                       arch::getCrossbar(tier).getNumArrays(), policy);
    packing.pieces.clear();
    int64_t freeArrays = packer.freeArrays();
    for (pim::ProgramOp program : packing.programs) {
      auto pieces = packer.add(getDemand(program.getType().getLayout()));
      if (!pieces || (whole && pieces->size() > 1))
        break;
      for (ArrayPiece &piece : *pieces)
        scaleToFeatures(program.getType(), piece);
      packing.pieces.push_back(std::move(*pieces));
      freeArrays = packer.freeArrays();
    }
    if (packing.pieces.size() == packing.programs.size())
      return success();
    if (policy == FitPolicy::FirstFit)
      return reportShortage(packing, freeArrays, whole);
  }
  llvm_unreachable("the last policy returns");
}

FailureOr<std::vector<TierPacking>>
atleus::packPrograms(ModuleOp module, arch::MachineOp machine, bool whole) {
  std::vector<TierPacking> packings;
  for (arch::TierOp tier : machine.getTiers())
    if (arch::getCrossbar(tier))
      packings.push_back({tier, {}, {}});
  WalkResult walk = module.walk([&](pim::ProgramOp program) {
    FailureOr<Operation *> place = arch::findPlace(machine, program);
    if (failed(place))
      return WalkResult::interrupt();
    for (TierPacking &packing : packings)
      if (packing.tier == *place) {
        packing.programs.push_back(program);
        return WalkResult::advance();
      }
    InFlightDiagnostic error = program.emitOpError()
                               << "is assigned to " << program.getTierAttr()
                               << ", which has no crossbars";
    error.attachNote((*place)->getLoc()) << "tier declared here";
    return WalkResult(error);
  });
  if (walk.wasInterrupted())
    return failure();
  for (TierPacking &packing : packings)
    if (failed(packTier(packing, whole)))
      return failure();
  return packings;
}
