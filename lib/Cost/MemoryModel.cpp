// Formulas of external memory.
#include "atleus/Cost/MemoryModel.h"

#include "atleus/Cost/Arithmetic.h"

using namespace atleus;

int64_t atleus::bytesMoved(const MemoryConstants &memory, int64_t bytes) {
  return ceilDivide(bytes, memory.burstBytes) * memory.burstBytes;
}

Picoseconds atleus::streamTime(const MemoryConstants &memory, int64_t bytes) {
  return timeAtRate(bytesMoved(memory, bytes), memory.bytesPerSecond);
}

Picoseconds atleus::accessTime(const MemoryConstants &memory, int64_t bytes) {
  if (bytes == 0)
    return Picoseconds();
  return memory.latency + streamTime(memory, bytes);
}

Femtojoules atleus::accessEnergy(const MemoryConstants &memory, int64_t bytes) {
  return memory.bit * (8 * bytesMoved(memory, bytes));
}
