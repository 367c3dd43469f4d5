// Which node of a crossbar tier holds which weight of the IR.
#include "ProgramPacking.h"

#include "dialects/Arch/MachineLookup.h"

using namespace mlir;
using namespace atleus;

ArrayDemand atleus::getDemand(const pim::ArrayLayout &layout) {
  return {layout.gridRows, layout.units, layout.columnsPerUnit,
          layout.arrayColumns, layout.gridRowsPerUnit};
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
          << getDemand(type.getLayout())
                 .leastArrays(arch::getCrossbar(tier).getNumArrays())
          << " that one feature takes";
  error.attachNote(tier.getLoc()) << "tier declared here";
  return error;
}

/// Reports that a weight needs other arrays than the one whose slot it shares.
static InFlightDiagnostic reportOtherLayout(pim::ProgramOp program,
                                            pim::ProgramOp first) {
  pim::ArrayLayout layout = program.getType().getLayout(),
                   expected = first.getType().getLayout();
  InFlightDiagnostic error =
      program.emitOpError()
      << "shares slot " << program.getSlotAttr() << " but takes a grid of "
      << layout.gridRows << " rows of arrays and "
      << program.getType().getNumArrays() << " arrays, expected "
      << expected.gridRows << " and " << first.getType().getNumArrays();
  error.attachNote(first.getLoc()) << "first weight of the slot";
  return error;
}

/// Whether two weights fit the same arrays, also when both are cut.
static bool haveEqualLayout(pim::ProgramOp a, pim::ProgramOp b) {
  pim::ArrayLayout left = a.getType().getLayout(),
                   right = b.getType().getLayout();
  return left.gridRows == right.gridRows && left.units == right.units &&
         left.columnsPerUnit == right.columnsPerUnit &&
         left.featuresPerUnit == right.featuresPerUnit &&
         left.rowsPerUnit == right.rowsPerUnit &&
         left.gridRowsPerUnit == right.gridRowsPerUnit &&
         left.arrayColumns == right.arrayColumns;
}

/// The number of the first weight with which each weight shares its slot: its
/// own, if it is that or has none. Weights of one slot have equal layouts.
static FailureOr<SmallVector<size_t>>
findFirstOfSlots(ArrayRef<pim::ProgramOp> programs) {
  llvm::DenseMap<Attribute, size_t> slots;
  SmallVector<size_t> first;
  for (pim::ProgramOp program : programs) {
    size_t index = first.size(), number = index;
    if (StringAttr slot = program.getSlotAttr())
      number = slots.try_emplace(slot, index).first->second;
    if (!haveEqualLayout(program, programs[number]))
      return reportOtherLayout(program, programs[number]);
    first.push_back(number);
  }
  return first;
}

/// Packs the weights of one tier, and reports an error if that fails.
static LogicalResult packTier(TierPacking &packing, bool whole) {
  arch::TierOp tier = packing.tier;
  FailureOr<SmallVector<size_t>> firstOfSlots =
      findFirstOfSlots(packing.programs);
  if (failed(firstOfSlots))
    return failure();
  packing.firstOfSlots = std::move(*firstOfSlots);
  for (FitPolicy policy : {FitPolicy::WorstFit, FitPolicy::FirstFit}) {
    ArrayPacker packer(tier.getNumNodes(),
                       arch::getCrossbar(tier).getNumArrays(), policy);
    packing.pieces.clear();
    int64_t freeArrays = packer.freeArrays();
    for (auto [index, program] : llvm::enumerate(packing.programs)) {
      // The arrays of a slot are taken once.
      if (size_t first = packing.firstOfSlots[index]; first != index) {
        packing.pieces.push_back(
            SmallVector<ArrayPiece>(packing.pieces[first]));
        continue;
      }
      auto pieces = packer.add(getDemand(program.getType().getLayout()));
      if (!pieces || (whole && pieces->size() > 1))
        break;
      for (ArrayPiece &piece : *pieces)
        scaleToFeatures(program.getType(), piece);
      packing.pieces.push_back(std::move(*pieces));
      freeArrays = packer.freeArrays();
    }
    if (packing.pieces.size() == packing.programs.size()) {
      packing.packer = std::move(packer);
      return success();
    }
    if (policy == FitPolicy::FirstFit)
      return reportShortage(packing, freeArrays, whole);
  }
  llvm_unreachable("the last policy returns");
}

std::optional<size_t> TierPacking::packReplicas(ArrayRef<int64_t> replicas) {
  cores.clear();
  SmallVector<CopyDemand> demands;
  for (auto [i, whole] : llvm::enumerate(pieces)) {
    cores.push_back({whole.front().core});
    // What takes turns in the arrays of another weight needs none of its own.
    demands.push_back(
        {whole.front().arrays, firstOfSlots[i] == i ? replicas[i] : 0});
  }
  if (std::optional<size_t> failed = packCopies(demands, *packer, cores)) {
    // All anew may be denser.
    auto packed = packCopies(demands, tier.getNumNodes(),
                             arch::getCrossbar(tier).getNumArrays());
    if (!packed)
      return failed;
    cores = std::move(*packed);
  }
  for (auto [i, first] : llvm::enumerate(firstOfSlots))
    if (first != i)
      cores[i] = cores[first];
  return std::nullopt;
}

/// Whether things of so many arrays find room one after another, as weights do
/// before their replicas are packed.
static bool packsInOrder(ArrayRef<CopyDemand> demands, ArrayPacker packer) {
  return llvm::all_of(demands, [&](const CopyDemand &demand) {
    ArrayDemand whole;
    whole.gridRows = demand.arrays;
    auto packed = packer.add(whole);
    return packed && packed->size() == 1;
  });
}

bool TierPacking::hasRoomForPieces(ArrayRef<int64_t> replicas,
                                   ArrayRef<ArrayRef<ArrayPiece>> cut) const {
  SmallVector<CopyDemand> demands;
  for (auto [i, whole] : llvm::enumerate(pieces)) {
    if (firstOfSlots[i] != i)
      continue;
    if (cut[i].empty())
      demands.push_back({whole.front().arrays, replicas[i]});
    for (const ArrayPiece &piece : cut[i])
      demands.push_back({piece.arrays, replicas[i]});
  }
  arch::TierOp op = tier;
  int64_t nodes = op.getNumNodes(),
          arrays = arch::getCrossbar(op).getNumArrays();
  return (packsInOrder(demands, {nodes, arrays, FitPolicy::WorstFit}) ||
          packsInOrder(demands, {nodes, arrays, FitPolicy::FirstFit})) &&
         packCopies(demands, nodes, arrays);
}

/// Packs as many replicas as the weights ask for, and reports an error if that
/// fails.
static LogicalResult packReplicas(TierPacking &packing) {
  SmallVector<int64_t> replicas;
  for (pim::ProgramOp program : packing.programs)
    replicas.push_back(program.getReplicas());
  std::optional<size_t> failed = packing.packReplicas(replicas);
  if (!failed)
    return success();
  pim::ProgramOp program = packing.programs[*failed];
  arch::TierOp tier = packing.tier;
  InFlightDiagnostic error = program.emitOpError();
  error << "needs " << replicas[*failed] << " nodes of tier @"
        << tier.getSymName() << " with " << program.getType().getNumArrays()
        << " arrays left, found " << packing.cores[*failed].size();
  error.attachNote(tier.getLoc()) << "tier declared here";
  return error;
}

FailureOr<std::vector<TierPacking>>
atleus::packPrograms(ModuleOp module, arch::MachineOp machine, bool whole) {
  std::vector<TierPacking> packings;
  for (arch::TierOp tier : machine.getTiers())
    if (arch::getCrossbar(tier))
      packings.push_back({tier, {}, {}, {}, {}, {}});
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
    if (failed(packTier(packing, whole)) ||
        (whole && failed(packReplicas(packing))))
      return failure();
  return packings;
}

llvm::StringMap<int64_t> atleus::countCopies(ArrayRef<TierPacking> packings) {
  llvm::StringMap<int64_t> copies;
  for (const TierPacking &packing : packings) {
    arch::TierOp tier = packing.tier;
    int64_t all = tier.getNumNodes() * arch::getCrossbar(tier).getNumArrays();
    int64_t used = all - packing.packer->freeArrays();
    copies[tier.getSymName()] = all / std::max<int64_t>(used, 1);
  }
  return copies;
}
