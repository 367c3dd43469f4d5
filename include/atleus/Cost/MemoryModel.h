// Time and energy of reading or writing external memory.
#ifndef ATLEUS_COST_MEMORYMODEL_H
#define ATLEUS_COST_MEMORYMODEL_H

#include "atleus/Support/Units.h"

namespace atleus {

/// Names and units are those of `arch.memory`.
struct MemoryConstants {
  int64_t capacityBytes = 0;
  int64_t bytesPerSecond = 1;
  Picoseconds latency;
  int64_t burstBytes = 1;
  Femtojoules bit;
};

/// Bytes that an access of `bytes` moves: whole bursts.
int64_t bytesMoved(const MemoryConstants &memory, int64_t bytes);

/// Time of the bytes at full bandwidth, without latency.
Picoseconds streamTime(const MemoryConstants &memory, int64_t bytes);

/// Latency and stream time; zero for zero bytes.
Picoseconds accessTime(const MemoryConstants &memory, int64_t bytes);

/// Energy of whole bursts.
Femtojoules accessEnergy(const MemoryConstants &memory, int64_t bytes);

} // namespace atleus

#endif // ATLEUS_COST_MEMORYMODEL_H
