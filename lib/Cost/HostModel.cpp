// The host's roofline.
#include "atleus/Cost/HostModel.h"

#include "atleus/Cost/Arithmetic.h"

#include <algorithm>

using namespace atleus;

Price atleus::priceOnHost(const HostConstants &host, const Work &work) {
  int64_t operations = 2 * work.macs() + work.vectorOperations();
  int64_t bytes = work.bytesRead + work.bytesWritten + work.parameterBytes;
  Picoseconds compute = timeAtRate(operations, host.operationsPerSecond);
  Picoseconds movement = timeAtRate(bytes, host.bytesPerSecond);
  Picoseconds busy = std::max(compute, movement);

  Price price;
  price.duration = host.latency + busy;
  price.energy[EnergyComponent::Host] =
      host.operation * operations + host.byte * bytes;
  if (busy < host.latency)
    price.bottleneck = Bottleneck::Latency;
  else
    price.bottleneck =
        compute < movement ? Bottleneck::Bandwidth : Bottleneck::VectorUnit;
  return price;
}
