// Packers of the crossbar tiers of a machine.
#include "CrossbarRoom.h"

#include "ProgramPacking.h"

#include "atleus/Support/NumberText.h"
#include "dialects/Arch/MachineLookup.h"

using namespace mlir;
using namespace atleus;

std::string atleus::formatKernels(size_t count) {
  return formatCount(static_cast<int64_t>(count)) +
         (count == 1 ? " kernel" : " kernels");
}

std::string atleus::formatKernelName(Operation *op) {
  StringRef name = nn::getKernelName(op);
  return ("'" + (name.empty() ? op->getName().getStringRef() : name) + "'")
      .str();
}

ArrayDemand atleus::getDemand(nn::LinearOp layer, arch::TierOp tier) {
  return getDemand(
      pim::layOutWeight(layer, cast<arch::CrossbarOp>(tier.getCoreOp())));
}

CrossbarRoom::CrossbarRoom(arch::MachineOp machine) {
  for (arch::TierOp tier : machine.getTiers())
    if (arch::CrossbarOp core = arch::getCrossbar(tier))
      rooms.push_back(
          {tier, ArrayPacker(tier.getNumNodes(), core.getNumArrays(),
                             FitPolicy::FirstFit)});
}

arch::TierOp CrossbarRoom::take(nn::LinearOp layer,
                                ArrayRef<arch::TierOp> tiers) {
  for (arch::TierOp tier : tiers)
    for (Room &room : rooms)
      if (room.tier == tier && room.packer.add(getDemand(layer, tier)))
        return tier;
  return {};
}

const CrossbarRoom::Room *CrossbarRoom::find(arch::TierOp tier) const {
  auto found =
      llvm::find_if(rooms, [&](const Room &room) { return room.tier == tier; });
  return found == rooms.end() ? nullptr : &*found;
}

int64_t CrossbarRoom::getCapacity(arch::TierOp tier) const {
  return tier.getNumNodes() * arch::getCrossbar(tier).getNumArrays();
}

int64_t CrossbarRoom::getFree(arch::TierOp tier) const {
  const Room *room = find(tier);
  return room ? room->packer.freeArrays() : 0;
}

int64_t CrossbarRoom::getCapacity() const {
  int64_t arrays = 0;
  for (const Room &room : rooms)
    arrays += getCapacity(room.tier);
  return arrays;
}

int64_t CrossbarRoom::getFree() const {
  int64_t arrays = 0;
  for (const Room &room : rooms)
    arrays += room.packer.freeArrays();
  return arrays;
}

int64_t CrossbarRoom::getMostInCore() const {
  int64_t most = 0;
  for (const Room &room : rooms)
    for (int64_t core = 0; core < arch::TierOp(room.tier).getNumNodes(); ++core)
      most = std::max(most, room.packer.freeArrays(core));
  return most;
}

SmallVector<arch::TierOp> CrossbarRoom::getTiers() const {
  SmallVector<arch::TierOp> tiers;
  for (const Room &room : rooms)
    tiers.push_back(room.tier);
  return tiers;
}
