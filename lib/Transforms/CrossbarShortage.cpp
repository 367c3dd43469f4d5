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

/// Whether a machine with so many arrays in each tile of its crossbar core has
/// room for weights.
static bool hasRoom(arch::MachineOp machine, arch::CrossbarOp core,
                    int64_t arraysPerTile, ArrayRef<LinearOp> layers) {
  OwningOpRef<arch::MachineOp> larger = machine.clone();
  auto changed =
      cast<arch::CrossbarOp>(larger->lookupSymbol(core.getSymName()));
  changed.setArraysPerTile(arraysPerTile);
  CrossbarRoom trial(*larger);
  return llvm::all_of(layers, [&](LinearOp layer) {
    return trial.take(layer, trial.getTiers());
  });
}

/// Which change of the crossbar core would make room: the fewest arrays in each
/// tile, in whole units, with which all weights find a place.
void CrossbarShortage::noteLargerCore(InFlightDiagnostic &error,
                                      ArrayRef<LinearOp> layers) {
  SmallVector<arch::TierOp> tiers = room.getTiers();
  arch::CrossbarOp core = arch::getCrossbar(tiers.front());
  bool isShared = llvm::all_of(
      tiers, [&](arch::TierOp tier) { return tier.getCoreOp() == core; });
  if (!isShared)
    return;
  int64_t unit = core.getArraysPerUnit().value_or(1);
  auto fits = [&](int64_t units) {
    return hasRoom(machine, core, units * unit, layers);
  };
  // Cores of more are no change of this machine, but another one.
  constexpr int64_t mostArrays = 1 << 16;
  int64_t below = core.getArraysPerTile() / unit, enough = 2 * below;
  while (!fits(enough)) {
    below = enough;
    enough *= 2;
    if (enough * unit > mostArrays)
      return;
  }
  while (enough - below > 1) {
    int64_t middle = (below + enough) / 2;
    (fits(middle) ? enough : below) = middle;
  }
  error.attachNote(core.getLoc())
      << "with --set " << core.getSymName()
      << ".arrays_per_tile=" << enough * unit << " there are enough";
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

/// "tiers @reram0, @reram1 have".
std::string CrossbarShortage::nameTiers() const {
  auto names = llvm::map_to_vector(room.getTiers(), [](arch::TierOp tier) {
    return "@" + tier.getSymName().str();
  });
  return (names.size() == 1 ? "tier " : "tiers ") + llvm::join(names, ", ") +
         (names.size() == 1 ? " has" : " have");
}

void CrossbarShortage::noteTiers(InFlightDiagnostic &error) {
  for (arch::TierOp tier : room.getTiers()) {
    int64_t arrays = arch::getCrossbar(tier).getNumArrays();
    error.attachNote(tier.getLoc())
        << "tier @" << tier.getSymName() << " has "
        << formatCount(tier.getNumNodes()) << " cores of "
        << formatCount(arrays) << (arrays == 1 ? " crossbar" : " crossbars");
  }
}

InFlightDiagnostic CrossbarShortage::report(func::FuncOp function,
                                            ArrayRef<LinearOp> wanted,
                                            ArrayRef<LinearOp> refused) {
  SmallVector<arch::TierOp> tiers = room.getTiers();
  int64_t available = room.getCapacity(), needed = 0;
  for (LinearOp layer : wanted)
    needed += getDemand(layer, tiers.front()).arrays();
  bool isScattered = needed <= available;
  InFlightDiagnostic error = emitError(function.getLoc());
  error << "needs " << formatCount(needed) << " crossbars, " << nameTiers()
        << " " << formatCount(available);
  if (isScattered) {
    error << ", but the cores have no room for "
          << formatKernels(refused.size());
    noteScattered(error, refused.front());
  } else {
    error << ": short by " << formatCount(needed - available);
    noteDemands(error, wanted, tiers.front());
  }
  noteTiers(error);
  noteLargerCore(error, wanted);
  if (!isScattered) {
    noteNarrowerWeights(error, wanted);
    noteOtherMachines(error, wanted);
  }
  noteSpill(error, function.getLoc());
  return error;
}

//===----------------------------------------------------------------------===//
// Weights that take turns
//===----------------------------------------------------------------------===//

int64_t CrossbarShortage::countSlotArrays(ArrayRef<SlotDemand> slots) const {
  int64_t arrays = 0;
  for (const SlotDemand &slot : slots)
    arrays += getDemand(slot.first, room.getTiers().front()).arrays();
  return arrays;
}

/// "one slot for each of 3 layouts".
static std::string formatSlots(size_t layouts) {
  return layouts == 1
             ? "one slot for their layout"
             : "one slot for each of " + formatCount(layouts) + " layouts";
}

InFlightDiagnostic CrossbarShortage::reportSlots(func::FuncOp function,
                                                 ArrayRef<SlotDemand> slots) {
  int64_t needed = countSlotArrays(slots), available = room.getFree();
  size_t numWeights = 0;
  SmallVector<LinearOp> firsts;
  for (const SlotDemand &slot : slots) {
    numWeights += slot.numWeights;
    firsts.push_back(slot.first);
  }
  InFlightDiagnostic error = emitError(function.getLoc());
  error << "the weights of " << formatKernels(numWeights)
        << " cannot take turns in crossbars: " << formatSlots(slots.size())
        << " needs " << formatCount(needed) << " crossbars, " << nameTiers()
        << " " << formatCount(available) << " left";
  bool isScattered = needed <= available;
  if (!isScattered)
    error << ": short by " << formatCount(needed - available);
  // Where the number suffices, the one that finds no room in cores.
  CrossbarRoom trial = room;
  for (const SlotDemand &slot : slots)
    if (isScattered && !trial.take(slot.first, room.getTiers())) {
      error << ", but not in cores that are large enough";
      noteScattered(error, slot.first);
      break;
    }
  if (!isScattered)
    noteDemands(error, firsts, room.getTiers().front());
  noteTiers(error);
  noteLargerCore(error, firsts);
  if (!isScattered) {
    noteNarrowerWeights(error, firsts);
    noteOtherMachines(error, firsts);
  }
  noteSpill(error, function.getLoc());
  return error;
}

void CrossbarShortage::noteSlots(InFlightDiagnostic &error,
                                 ArrayRef<SlotDemand> slots) {
  if (slots.empty())
    return;
  error.attachNote(LinearOp(slots.front().first)->getParentOp()->getLoc())
      << "to take turns in crossbars, " << formatSlots(slots.size())
      << " would need " << formatCount(countSlotArrays(slots)) << " of the "
      << formatCount(room.getFree()) << " left";
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
