// Errors about weights for which there are no crossbars.
#include "CrossbarRoom.h"

#include "atleus/Cost/MachineConstants.h"
#include "atleus/Support/NumberText.h"
#include "atleus/Transforms/MachineLibrary.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/PIM/PIM.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace atleus;
using nn::LinearOp;

//===----------------------------------------------------------------------===//
// What would help
//===----------------------------------------------------------------------===//

/// Says what lets weights stream or take turns, if the machine can.
void CrossbarShortage::noteSpill(InFlightDiagnostic &error, Location loc) {
  bool canStream = llvm::any_of(machine.getTiers(), [](arch::TierOp tier) {
    return arch::getParameterMemory(tier) != nullptr;
  });
  if (canStream)
    error.attachNote(loc)
        << "with spill=systolic (atleus compile --spill=systolic), weights "
           "without room in crossbars stream from memory into systolic tiers";
  else
    error.attachNote(machine.getLoc())
        << "no core of @" << machine.getSymName()
        << " reads weights from a memory, so that they cannot stream";
}

/// Arrays that the weights would take with so many bits each.
static int64_t countArraysOf(ArrayRef<LinearOp> layers,
                             const CrossbarConstants &core, int64_t bits) {
  int64_t arrays = 0;
  for (LinearOp layer : layers)
    arrays +=
        arraysForMatrix(core, layer.getInnerSize(), layer.getFeatures(), bits);
  return arrays;
}

/// The most bits of all weights with which they would fit.
void CrossbarShortage::noteNarrowerWeights(InFlightDiagnostic &error,
                                           ArrayRef<LinearOp> layers) {
  CrossbarConstants core =
      getConstants(arch::getCrossbar(room.getTiers().front()));
  int64_t widest = 0;
  for (LinearOp layer : layers)
    widest = std::max<int64_t>(
        widest,
        nn::getElementBits(cast<RankedTensorType>(layer.getWeight().getType())
                               .getElementType()));
  constexpr int64_t fewestBits = 2;
  for (int64_t bits = std::min<int64_t>(widest, 8) - 1; bits >= fewestBits;
       --bits) {
    int64_t needed = countArraysOf(layers, core, bits);
    if (needed > room.getCapacity())
      continue;
    error.attachNote(layers.front()->getParentOp()->getLoc())
        << "with --weight-bits=" << bits << " they need "
        << formatCount(needed);
    return;
  }
}

/// Which change of the crossbar core would make room: arrays in proportion to
/// what is needed, in whole units.
void CrossbarShortage::noteLargerCore(InFlightDiagnostic &error,
                                      int64_t needed) {
  SmallVector<arch::TierOp> tiers = room.getTiers();
  arch::CrossbarOp core = arch::getCrossbar(tiers.front());
  int64_t available = room.getCapacity();
  bool isShared = llvm::all_of(
      tiers, [&](arch::TierOp tier) { return tier.getCoreOp() == core; });
  if (!isShared || needed <= available)
    return;
  int64_t unit = core.getArraysPerUnit().value_or(1);
  int64_t arrays =
      llvm::divideCeil(core.getArraysPerTile() * needed, available);
  error.attachNote(core.getLoc())
      << "with --set " << core.getSymName()
      << ".arrays_per_tile=" << llvm::divideCeil(arrays, unit) * unit
      << " there are enough";
}

/// Presets whose crossbars are enough.
void CrossbarShortage::noteOtherMachines(InFlightDiagnostic &error,
                                         ArrayRef<LinearOp> layers) {
  for (const MachineFile &file : listMachines()) {
    OwningOpRef<arch::MachineOp> other =
        loadMachine(file.path, machine.getContext());
    if (!other || other->getSymName() == machine.getSymName())
      continue;
    SmallVector<arch::TierOp> tiers = CrossbarRoom(*other).getTiers();
    if (tiers.empty())
      continue;
    int64_t needed = 0;
    for (LinearOp layer : layers)
      needed += getDemand(layer, tiers.front()).arrays();
    int64_t available = countArrays(*other);
    if (needed <= available)
      error.attachNote(machine.getLoc())
          << "with --machine=" << file.name << " they need "
          << formatCount(needed) << " of " << formatCount(available);
  }
}

//===----------------------------------------------------------------------===//
// What is missing
//===----------------------------------------------------------------------===//

/// Names the layers that need the most.
void CrossbarShortage::noteDemands(InFlightDiagnostic &error,
                                   ArrayRef<LinearOp> layers,
                                   arch::TierOp tier) {
  constexpr size_t listed = 3;
  SmallVector<std::pair<int64_t, size_t>> order;
  for (auto [index, layer] : llvm::enumerate(layers))
    order.push_back({-getDemand(layer, tier).arrays(), index});
  llvm::sort(order);
  for (auto [arrays, index] : ArrayRef(order).take_front(listed))
    error.attachNote(LinearOp(layers[index]).getLoc())
        << formatKernelName(layers[index]) << " needs " << formatCount(-arrays);
}

/// What a layer looks for that finds free arrays too scattered.
void CrossbarShortage::noteScattered(InFlightDiagnostic &error,
                                     LinearOp layer) {
  arch::TierOp tier = room.getTiers().front();
  ArrayDemand demand = getDemand(layer, tier);
  int64_t least = demand.leastArrays(arch::getCrossbar(tier).getNumArrays());
  error.attachNote(layer.getLoc())
      << formatKernelName(layer) << " needs " << formatCount(least)
      << " crossbars in one core for each "
      << (least < demand.gridRows ? "part of a " : "")
      << "column of crossbars, and " << formatCount(demand.arrays())
      << " in all; the emptiest core has " << formatCount(room.getMostInCore())
      << " left";
}

InFlightDiagnostic CrossbarShortage::report(func::FuncOp function,
                                            ArrayRef<LinearOp> wanted,
                                            ArrayRef<LinearOp> refused) {
  SmallVector<arch::TierOp> tiers = room.getTiers();
  int64_t available = room.getCapacity(), needed = 0;
  for (LinearOp layer : wanted)
    needed += getDemand(layer, tiers.front()).arrays();
  SmallVector<StringRef> names;
  for (arch::TierOp tier : tiers)
    names.push_back(tier.getSymName());
  bool isScattered = needed <= available;
  InFlightDiagnostic error = emitError(function.getLoc());
  error << "needs " << formatCount(needed) << " crossbars, tier"
        << (names.size() == 1 ? " @" : "s @") << llvm::join(names, ", @")
        << (names.size() == 1 ? " has " : " have ") << formatCount(available);
  if (isScattered) {
    error << ", but the cores have no room for "
          << formatKernels(refused.size());
    noteScattered(error, refused.front());
  } else {
    error << ": short by " << formatCount(needed - available);
    noteDemands(error, wanted, tiers.front());
  }
  for (arch::TierOp tier : tiers)
    error.attachNote(tier.getLoc())
        << "tier @" << tier.getSymName() << " has "
        << formatCount(tier.getNumNodes()) << " cores of "
        << formatCount(arch::getCrossbar(tier).getNumArrays()) << " crossbars";
  noteLargerCore(error, needed);
  if (!isScattered) {
    noteNarrowerWeights(error, wanted);
    noteOtherMachines(error, wanted);
  }
  noteSpill(error, function.getLoc());
  return error;
}

InFlightDiagnostic CrossbarShortage::reportPinned(ArrayRef<LinearOp> pinned,
                                                  LinearOp refused,
                                                  arch::TierOp tier,
                                                  StringRef pin) {
  int64_t needed = 0;
  for (LinearOp layer : pinned)
    needed += getDemand(layer, tier).arrays();
  int64_t available = room.getCapacity(tier);
  InFlightDiagnostic error = refused.emitOpError();
  error << "has no room in the tier that '" << pin
        << "' names: " << formatKernels(pinned.size()) << " pinned there "
        << (pinned.size() == 1 ? "needs " : "need ") << formatCount(needed)
        << " crossbars, tier @" << tier.getSymName() << " has "
        << formatCount(available);
  if (needed > available)
    error << ": short by " << formatCount(needed - available);
  noteDemands(error, pinned, tier);
  error.attachNote(tier.getLoc())
      << "tier @" << tier.getSymName() << " has "
      << formatCount(tier.getNumNodes()) << " cores of "
      << formatCount(arch::getCrossbar(tier).getNumArrays()) << " crossbars";
  return error;
}

InFlightDiagnostic CrossbarShortage::reportMissingTier(size_t layers) {
  InFlightDiagnostic error = emitError(machine.getLoc())
                             << "machine @" << machine.getSymName()
                             << " has no crossbar tier for the weights of "
                             << formatKernels(layers);
  for (arch::TierOp tier : machine.getTiers())
    error.attachNote(tier.getLoc())
        << "tier @" << tier.getSymName() << " has cores of kind "
        << tier.getCoreOp()->getName();
  noteSpill(error, machine.getLoc());
  return error;
}

InFlightDiagnostic CrossbarShortage::reportUnable(LinearOp layer,
                                                  StringRef reason) {
  InFlightDiagnostic error = layer.emitOpError()
                             << "cannot run on a crossbar tier: " << reason;
  for (arch::TierOp tier : room.getTiers())
    error.attachNote(tier.getLoc())
        << "tier @" << tier.getSymName() << " declared here";
  noteSpill(error, layer.getLoc());
  return error;
}
