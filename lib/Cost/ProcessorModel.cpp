// The roofline of a processor core.
#include "atleus/Cost/ProcessorModel.h"

#include "atleus/Cost/Arithmetic.h"
#include "atleus/Support/NumberText.h"

#include <algorithm>

using namespace atleus;

int64_t atleus::processorMacs(const ProcessorConstants &processor,
                              const Work &work) {
  int64_t macs = 0;
  for (const MatrixProduct &product : work.products)
    macs += product.macs() * ceilDivide(product.lhsBits, processor.macBits) *
            ceilDivide(product.rhsBits, processor.macBits);
  return macs;
}

namespace {
/// The times that overlap.
struct Rooflines {
  Picoseconds products, elements, movement, stream;
};
} // namespace

/// The roof that limits a kernel, or its latency.
static Bottleneck findBottleneck(const Rooflines &roofs, Picoseconds latency) {
  Picoseconds bytes = std::max(roofs.movement, roofs.stream);
  Picoseconds busy = std::max({roofs.products, roofs.elements, bytes});
  if (busy <= latency)
    return Bottleneck::Latency;
  if (busy == bytes)
    return Bottleneck::Bandwidth;
  return busy == roofs.products ? Bottleneck::MacArray : Bottleneck::VectorUnit;
}

std::optional<Price> atleus::priceOnProcessor(const ProcessorCore &core,
                                              const Work &work,
                                              std::string *reason) {
  if (work.parameterBytes > 0 && !core.memory) {
    if (reason)
      *reason = "the core has no memory to read " +
                formatBytes(work.parameterBytes) + " of parameters from";
    return std::nullopt;
  }
  const ProcessorConstants &processor = core.processor;
  int64_t macs = processorMacs(processor, work);
  int64_t operations = work.vectorOperations();
  int64_t bytes = work.bytesRead + work.bytesWritten + work.parameterBytes;

  Price price;
  Rooflines roofs;
  Picoseconds latency = processor.latency;
  roofs.products = timeAtRate(macs, processor.macsPerSecond);
  roofs.elements = timeAtRate(operations, processor.operationsPerSecond);
  roofs.movement = timeAtRate(bytes, processor.bytesPerSecond);
  if (work.parameterBytes > 0) {
    roofs.stream = streamTime(*core.memory, work.parameterBytes);
    latency += core.memory->latency;
    price.stream = roofs.stream;
    price.energy[EnergyComponent::Dram] =
        accessEnergy(*core.memory, work.parameterBytes);
  }
  price.duration = latency + std::max({roofs.products, roofs.elements,
                                       roofs.movement, roofs.stream});
  price.energy[EnergyComponent::Processor] =
      processor.mac * macs + processor.operation * operations;
  price.energy[EnergyComponent::Buffer] = processor.byte * bytes;
  price.bottleneck = findBottleneck(roofs, latency);
  return price;
}
