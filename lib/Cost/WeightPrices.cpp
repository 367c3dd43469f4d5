// Prices of bringing weights to where they are multiplied.
#include "atleus/Cost/WeightPrices.h"

#include "atleus/Cost/MachineConstants.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/NN/NN.h"
#include "dialects/Systolic/Systolic.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace atleus;

bool atleus::isLoadedAhead(KernelOpInterface kernel, Operation *core) {
  auto product = dyn_cast<systolic::MatMulOp>(kernel.getOperation());
  auto systolic = dyn_cast<arch::SystolicOp>(core);
  return product && product.getStaticRhs() && systolic &&
         systolic.getMemoryOp();
}

Operation *atleus::findOuter(arch::MachineOp machine) {
  auto memories = machine.getBody().getOps<arch::MemoryOp>();
  if (memories.empty())
    return machine.getHost();
  return *memories.begin();
}

Price atleus::priceOuter(Operation *outer, int64_t bytes) {
  Price price;
  if (auto memory = dyn_cast<arch::MemoryOp>(outer)) {
    MemoryConstants constants = getConstants(memory);
    price.duration = accessTime(constants, bytes);
    price.stream = streamTime(constants, bytes);
    price.energy[EnergyComponent::Dram] = accessEnergy(constants, bytes);
    price.bottleneck = Bottleneck::Bandwidth;
    return price;
  }
  Work work;
  work.bytesRead = bytes;
  price = priceOnHost(getConstants(cast<arch::HostOp>(outer)), work);
  price.stream = price.duration;
  return price;
}

CrossbarProgramming atleus::priceProgram(pim::ProgramOp program,
                                         arch::MachineOp machine) {
  auto tier =
      cast<arch::TierOp>(arch::lookupPlace(machine, program.getTierAttr()));
  pim::ArrayType type = program.getType();
  pim::ArrayLayout layout = type.getLayout();
  CrossbarConstants core = getConstants(arch::getCrossbar(tier));
  core.rows = layout.arrayRows;
  core.columns = layout.arrayColumns;
  return programCrossbar(core, layout.writtenRows, layout.writtenColumns,
                         nn::getElementBits(type.getMatrix().getElementType()));
}

int64_t atleus::countWrittenBytes(pim::ProgramOp program) {
  pim::ArrayType type = program.getType();
  pim::ArrayLayout layout = type.getLayout();
  return llvm::divideCeil(
      layout.writtenRows * layout.writtenColumns *
          nn::getElementBits(type.getMatrix().getElementType()),
      8);
}

Price atleus::priceRewrite(pim::ProgramOp program, arch::MachineOp machine,
                           Operation *outer) {
  Price price = priceOuter(outer, countWrittenBytes(program));
  CrossbarProgramming cost = priceProgram(program, machine);
  price.energy[EnergyComponent::CrossbarArray] += cost.energy;
  if (price.duration < cost.duration)
    price.bottleneck = Bottleneck::Latency;
  price.duration = std::max(price.duration, cost.duration);
  return price;
}

llvm::StringMap<pim::ProgramOp> atleus::findRewritten(Operation *root) {
  llvm::StringMap<pim::ProgramOp> programs;
  root->walk([&](pim::ProgramOp program) {
    if (program.getSlot())
      programs[nn::getKernelName(program)] = program;
  });
  return programs;
}
