// The accuracy with noise as an attribute of the module.
#include "atleus/Report/NoiseReport.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace atleus;

static constexpr llvm::StringLiteral noiseAttribute = "atleus.noise";

void atleus::setNoise(ModuleOp module, const NoiseReport &noise) {
  Builder builder(module.getContext());
  NamedAttrList values;
  auto addInteger = [&](StringRef name, int64_t value) {
    values.set(name, builder.getI64IntegerAttr(value));
  };
  auto addFloat = [&](StringRef name, double value) {
    values.set(name, builder.getF64FloatAttr(value));
  };
  const SampleStatistics &accuracy = noise.accuracy;
  addInteger("trials", accuracy.count);
  addInteger("seed", noise.seed);
  addInteger("elapsed_s", noise.elapsedS);
  addInteger("lowest_mk", noise.lowestMk);
  addInteger("highest_mk", noise.highestMk);
  addFloat("mean", accuracy.mean);
  addFloat("deviation", accuracy.deviation);
  addFloat("smallest", accuracy.smallest);
  addFloat("largest", accuracy.largest);
  values.set("quantiles", builder.getDenseF64ArrayAttr(accuracy.quantiles));
  module->setAttr(noiseAttribute, values.getDictionary(module.getContext()));
}

std::optional<NoiseReport> atleus::readNoise(ModuleOp module) {
  auto values = module->getAttrOfType<DictionaryAttr>(noiseAttribute);
  if (!values)
    return std::nullopt;
  auto readInteger = [&](StringRef name, int64_t &value) {
    if (auto attribute = values.getAs<IntegerAttr>(name))
      value = attribute.getInt();
  };
  auto readFloat = [&](StringRef name, double &value) {
    if (auto attribute = values.getAs<FloatAttr>(name))
      value = attribute.getValueAsDouble();
  };
  NoiseReport noise;
  SampleStatistics &accuracy = noise.accuracy;
  readInteger("trials", accuracy.count);
  readInteger("seed", noise.seed);
  readInteger("elapsed_s", noise.elapsedS);
  readInteger("lowest_mk", noise.lowestMk);
  readInteger("highest_mk", noise.highestMk);
  readFloat("mean", accuracy.mean);
  readFloat("deviation", accuracy.deviation);
  readFloat("smallest", accuracy.smallest);
  readFloat("largest", accuracy.largest);
  auto quantiles = values.getAs<DenseF64ArrayAttr>("quantiles");
  if (quantiles && quantiles.asArrayRef().size() == accuracy.quantiles.size())
    llvm::copy(quantiles.asArrayRef(), accuracy.quantiles.begin());
  return noise;
}
