// Time and energy of work on a general processor: a roofline.
//
// A core computes products, operates on elements and moves bytes at the same
// time, each at its own rate; the slowest of them decides. A kernel's start
// takes a fixed latency before that. Parameters stream from a memory behind the
// core, through the core's own.
#ifndef ATLEUS_COST_PROCESSORMODEL_H
#define ATLEUS_COST_PROCESSORMODEL_H

#include "dialects/Interfaces/Work.h"

#include "atleus/Cost/MemoryModel.h"

#include <optional>
#include <string>

namespace atleus {

/// Names and units are those of `arch.processor`.
struct ProcessorConstants {
  /// Multiply-accumulates of operands of at most macBits.
  int64_t macsPerSecond = 1;
  int64_t macBits = 8;
  Femtojoules mac;
  int64_t operationsPerSecond = 1;
  Femtojoules operation;
  int64_t bytesPerSecond = 1;
  Femtojoules byte;
  Picoseconds latency;
};

/// A core with the memory that holds parameters if it is connected.
struct ProcessorCore {
  ProcessorConstants processor;
  std::optional<MemoryConstants> memory;
};

/// Multiply-accumulates of macBits that the products of `work` take: a product
/// of wider operands takes one for each pair of parts.
int64_t processorMacs(const ProcessorConstants &processor, const Work &work);

/// Price of `work`: latency + max(macs / rate, operations / rate, bytes / rate,
/// parameter bytes / rate of the memory), with the memory's latency before the
/// first parameter. Any work has a price, but for parameters without a memory
/// to read them from: std::nullopt, with a `reason` if not null.
std::optional<Price> priceOnProcessor(const ProcessorCore &core,
                                      const Work &work, std::string *reason);

} // namespace atleus

#endif // ATLEUS_COST_PROCESSORMODEL_H
