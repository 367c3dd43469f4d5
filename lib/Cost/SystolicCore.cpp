// Price of work on a systolic core.
#include "atleus/Cost/Arithmetic.h"
#include "atleus/Cost/CoreModel.h"
#include "atleus/Cost/ZeroSkipping.h"
#include "atleus/Support/NumberText.h"

#include <algorithm>

using namespace atleus;

namespace {
/// Cycles, stalls and buffer traffic of products.
struct ArrayUse {
  int64_t cycles = 0;
  int64_t stalls = 0;
  int64_t bytes = 0;
  int64_t cellOperations = 0;
};
} // namespace

/// Cycles for which the array waits in one product that takes `cycles` and
/// moves `bytes` through the buffer.
static int64_t stallCycles(const SystolicCore &core,
                           const MatrixProduct &product,
                           const DenseProduct &part, int64_t passes,
                           int64_t cycles, int64_t bytes) {
  if (!core.operandBufferBytes)
    return std::max<int64_t>(0, ceilDivide(bytes, core.bufferBytesPerCycle) -
                                    cycles);
  auto bufferOf = [&](int64_t wordBits) {
    return OperandBuffer{*core.operandBufferBytes * 8 / wordBits, wordBits,
                         core.bufferBytesPerCycle * 8};
  };
  PrefetchBuffers buffers{core.prefetch, bufferOf(product.lhsBits),
                          bufferOf(product.rhsBits),
                          bufferOf(core.accumulatorBits)};
  return countPrefetch(core.array, buffers, product.m, part.k, part.n, passes)
      .stalls;
}

/// Adds a dense product that takes the place of a part of `product`.
static void addProduct(const SystolicCore &core, const MatrixProduct &product,
                       const DenseProduct &part, ArrayUse &use) {
  SystolicCounts counts = countSystolic(core.array, product.m, part.k, part.n);
  int64_t passes = systolicPasses(core.array, product.lhsBits, product.rhsBits);
  // Inputs come whole, also those that meet no weight.
  int64_t inputReads = ceilScale(counts.lhsReads, part.inputs, part.k);
  int64_t bytes = ceilDivide(inputReads * product.lhsBits +
                                 counts.rhsReads * product.rhsBits +
                                 counts.resultWrites * core.accumulatorBits,
                             8);
  int64_t cycles = counts.cycles * passes;
  int64_t times = product.batch * part.count;
  use.cycles += times * cycles;
  use.stalls += times * stallCycles(core, product, part, passes, cycles, bytes);
  use.bytes += times * bytes;
}

/// One product on a core that skips zeros as `skill` says.
static ArrayUse useForProduct(const SystolicCore &core, arch::Sparsity skill,
                              const MatrixProduct &product) {
  ArrayUse use;
  for (const DenseProduct &part : skipZeros(skill, product))
    addProduct(core, product, part, use);
  use.cellOperations =
      computedMacs(skill, product) *
      systolicPasses(core.array, product.lhsBits, product.rhsBits);
  return use;
}

static ArrayUse useArray(const SystolicCore &core, const Work &work) {
  ArrayUse sum;
  for (const MatrixProduct &product : work.products) {
    if (product.macs() == 0)
      continue;
    ArrayUse use = useForProduct(core, core.sparsity, product);
    // Blocks that do not fill the array may take longer than all of the weight.
    if (arch::skipsZeros(core.sparsity, product)) {
      ArrayUse whole = useForProduct(core, arch::Sparsity::None, product);
      if (whole.cycles + whole.stalls <= use.cycles + use.stalls)
        use = whole;
    }
    sum.cycles += use.cycles;
    sum.stalls += use.stalls;
    sum.bytes += use.bytes;
    sum.cellOperations += use.cellOperations;
  }
  return sum;
}

int64_t atleus::countParameterBytes(const SystolicCore &core,
                                    const Work &work) {
  int64_t bytes = work.parameterBytes;
  for (const MatrixProduct &product : work.products) {
    int64_t dense = ceilDivide(product.k * product.n * product.rhsBits, 8);
    // Codes take fewer bytes than the floats that are multiplied; they are
    // stored each in its place.
    if (dense <= bytes && arch::skipsZeros(core.sparsity, product))
      bytes += product.sparsity.packedBytes(product.rhsBits) - dense;
  }
  return bytes;
}

std::optional<Price> atleus::priceOnLoadedSystolic(const SystolicCore &core,
                                                   const Work &work,
                                                   std::string *reason) {
  Work rest = work;
  rest.parameterBytes = 0;
  return priceOnSystolic(core, rest, reason);
}

ParameterLoad atleus::loadParameters(const SystolicCore &core,
                                     const Work &work) {
  ParameterLoad load;
  load.bytes = countParameterBytes(core, work);
  load.price.duration = accessTime(*core.memory, load.bytes);
  load.price.stream = streamTime(*core.memory, load.bytes);
  load.price.energy[EnergyComponent::Dram] =
      accessEnergy(*core.memory, load.bytes);
  load.price.energy[EnergyComponent::Buffer] = core.bufferByte * load.bytes;
  load.price.bottleneck = Bottleneck::Bandwidth;
  return load;
}

int64_t atleus::systolicStallCycles(const SystolicCore &core,
                                    const Work &work) {
  return useArray(core, work).stalls;
}

/// Whether the core has what `work` needs; if not, `reason` says what it lacks.
static bool supports(const SystolicCore &core, const Work &work,
                     std::string *reason) {
  if (!supportsElements(core.vector ? &*core.vector : nullptr, work, reason))
    return false;
  if (work.parameterBytes == 0 || core.memory)
    return true;
  if (reason)
    *reason = "the core has no memory to read " +
              formatBytes(work.parameterBytes) + " of parameters from";
  return false;
}

/// The energy of the buffer: the network fills and empties it; the vector unit
/// takes products from the edge of the array, but other tensors from the
/// buffer.
static Femtojoules bufferEnergy(const SystolicCore &core, const Work &work,
                                const ArrayUse &use) {
  int64_t transferred = work.bytesRead + work.bytesWritten;
  int64_t bytes = use.bytes + transferred + countParameterBytes(core, work);
  if (use.cycles == 0)
    bytes += transferred;
  return core.bufferByte * bytes;
}

std::optional<Price> atleus::priceOnSystolic(const SystolicCore &core,
                                             const Work &work,
                                             std::string *reason) {
  if (!supports(core, work, reason))
    return std::nullopt;
  ArrayUse use = useArray(core, work);
  Picoseconds products = core.array.clock * (use.cycles + use.stalls);
  VectorCost elements =
      core.vector ? vectorCost(*core.vector, work) : VectorCost();
  Price price;
  Picoseconds stream, latency;
  if (int64_t parameters = countParameterBytes(core, work); parameters > 0) {
    stream = streamTime(*core.memory, parameters);
    latency = core.memory->latency;
    price.stream = stream;
    price.energy[EnergyComponent::Dram] =
        accessEnergy(*core.memory, parameters);
  }
  price.duration = latency + std::max(products, stream) + elements.duration;
  price.energy[EnergyComponent::SystolicMac] =
      core.array.mac * use.cellOperations;
  price.energy[EnergyComponent::VectorUnit] = elements.energy;
  price.energy[EnergyComponent::Buffer] = bufferEnergy(core, work, use);

  Picoseconds largest =
      std::max({products, stream, elements.duration, latency});
  if (largest == latency)
    price.bottleneck = Bottleneck::Latency;
  else if (largest == stream || (largest == products && use.stalls > 0))
    price.bottleneck = Bottleneck::Bandwidth;
  else
    price.bottleneck =
        largest == products ? Bottleneck::MacArray : Bottleneck::VectorUnit;
  return price;
}
