// Price of work on a crossbar core.
#include "atleus/Cost/Arithmetic.h"
#include "atleus/Cost/CoreModel.h"

#include "llvm/ADT/Twine.h"

#include <algorithm>

using namespace atleus;
using llvm::Twine;

/// The first product with two dynamic operands, or null.
static const MatrixProduct *findDynamicProduct(const Work &work) {
  for (const MatrixProduct &product : work.products)
    if (!product.staticRhs)
      return &product;
  return nullptr;
}

static std::string explainRefusal(const MatrixProduct &product) {
  return ("a crossbar holds static operands only; the product of " +
          Twine(product.m) + "x" + Twine(product.k) + " by " +
          Twine(product.k) + "x" + Twine(product.n) +
          " has two dynamic operands")
      .str();
}

std::optional<Price> atleus::priceOnCrossbar(const CrossbarCore &core,
                                             const Work &work,
                                             std::string *reason) {
  if (const MatrixProduct *product = findDynamicProduct(work)) {
    if (reason)
      *reason = explainRefusal(*product);
    return std::nullopt;
  }
  const VectorConstants *unit = core.vector ? &*core.vector : nullptr;
  if (!supportsElements(unit, work, reason))
    return std::nullopt;

  const CrossbarConstants &crossbar = core.crossbar;
  Price price;
  Picoseconds products;
  for (const MatrixProduct &product : work.products) {
    if (product.macs() == 0)
      continue;
    products +=
        productInterval(crossbar, product) * (product.batch * product.m);
    price.energy +=
        crossbarEnergy(crossbar, countCrossbarProduct(crossbar, product));
  }
  VectorCost elements = unit ? vectorCost(*unit, work) : VectorCost();
  // What arrives is written into the buffer and read from it, and so is what
  // leaves. Weights are in the cells; what the vector unit needs for itself is
  // not.
  int64_t bytes = 2 * (work.bytesRead + work.bytesWritten) +
                  (work.products.empty() ? work.parameterBytes : 0);
  Picoseconds movement = timeAtRate(bytes, crossbar.bufferBytesPerSecond);
  price.energy[EnergyComponent::VectorUnit] = elements.energy;
  // What the arrays read passes over the bus.
  int64_t toArrays = work.products.empty() ? 0 : work.bytesRead;
  price.energy[EnergyComponent::Buffer] =
      crossbar.bufferBit * (8 * bytes) + crossbar.busBit * (8 * toArrays);

  Picoseconds fill =
      products > Picoseconds() ? crossbar.pipeline : Picoseconds();
  Picoseconds busy = std::max({products, elements.duration, movement});
  price.duration = busy + fill;
  if (busy <= fill)
    price.bottleneck = Bottleneck::Latency;
  else if (busy == products)
    price.bottleneck = isBoundByConversion(crossbar)
                           ? Bottleneck::AnalogToDigital
                           : Bottleneck::ArrayRead;
  else
    price.bottleneck =
        busy == movement ? Bottleneck::Bandwidth : Bottleneck::VectorUnit;
  return price;
}
