// Prices of Work on a whole core: its array, its vector unit, its buffer and
// the memory behind it. Pass-free: constants in, price out.
#ifndef ATLEUS_COST_COREMODEL_H
#define ATLEUS_COST_COREMODEL_H

#include "atleus/Cost/CrossbarModel.h"
#include "atleus/Cost/MemoryModel.h"
#include "atleus/Cost/SystolicPrefetch.h"
#include "atleus/Cost/VectorModel.h"

#include <optional>
#include <string>

namespace atleus {

/// A crossbar core, its unit for bias and scale if it has one.
struct CrossbarCore {
  CrossbarConstants crossbar;
  std::optional<VectorConstants> vector;
};

/// A systolic core with its buffer, its vector unit if it has one, and the
/// memory that holds parameters if it is connected.
struct SystolicCore {
  SystolicConstants array;
  /// Zeros of static operands that the array skips. It decodes what it reads of
  /// such an operand from sparse storage.
  arch::Sparsity sparsity = arch::Sparsity::None;
  /// Width of a partial sum in the buffer.
  int64_t accumulatorBits = 32;
  int64_t bufferBytesPerCycle = 1;
  /// Double buffer of each operand and of the result, if there is one, and the
  /// order in which it is filled. `bufferBytesPerCycle` is then the bandwidth
  /// of each; without it the three share the bandwidth.
  std::optional<int64_t> operandBufferBytes;
  arch::Prefetch prefetch = arch::Prefetch::Stored;
  Femtojoules bufferByte;
  std::optional<VectorConstants> vector;
  std::optional<MemoryConstants> memory;
};

/// Price of `work` with the weights in the crossbars already. The element
/// operations on the results overlap with the products, for they leave the
/// arrays one vector at a time. std::nullopt, with a `reason` if not null, if a
/// product has no static operand or the core has no unit for an element
/// operation. Whether the weights fit is not asked here: see arraysForMatrix.
std::optional<Price> priceOnCrossbar(const CrossbarCore &core, const Work &work,
                                     std::string *reason);

/// Price of `work`. Parameters are read from the memory while the array works;
/// element operations follow the products. std::nullopt, with a `reason` if not
/// null, if the core has no unit for an element operation or no memory to read
/// parameters from.
std::optional<Price> priceOnSystolic(const SystolicCore &core, const Work &work,
                                     std::string *reason);

/// Price of `work` whose parameters are in the buffer before it starts.
std::optional<Price> priceOnLoadedSystolic(const SystolicCore &core,
                                           const Work &work,
                                           std::string *reason);

/// What bringing parameters from the memory into the buffer of a core takes.
struct ParameterLoad {
  int64_t bytes = 0;
  /// The duration has the latency of the memory in it, the stream has not: the
  /// memory serves others while the first bytes are on their way.
  Price price;
};

/// Brings the parameters of `work`, which has some, into the buffer of a core
/// that has a memory.
ParameterLoad loadParameters(const SystolicCore &core, const Work &work);

/// Bytes of parameters that `work` reads from memory: those of weights whose
/// zeros the core skips are in sparse storage.
int64_t countParameterBytes(const SystolicCore &core, const Work &work);

/// Cycles by which the buffer's bandwidth stalls the array in `work`'s
/// products: see SystolicPrefetch.h for a core with operand buffers.
int64_t systolicStallCycles(const SystolicCore &core, const Work &work);

} // namespace atleus

#endif // ATLEUS_COST_COREMODEL_H
