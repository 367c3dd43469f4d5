// Draws conductances of cells and deviations of reads.
#include "atleus/Interpreter/DeviceNoise.h"

#include <algorithm>
#include <cmath>

using namespace atleus;

/// What a counter stands for; its last word.
enum class Purpose : uint32_t { Cell, ReferenceCell, VectorKey, Read };

static RandomBlock drawFor(Purpose purpose, uint32_t first, uint32_t second,
                           uint32_t third, RandomKey key) {
  return philox({first, second, third, static_cast<uint32_t>(purpose)}, key);
}

double atleus::thermalNoiseVariance(double conductance, double temperature,
                                    double bandwidth) {
  // In J/K, exact since the SI of 2019.
  constexpr double boltzmann = 1.380649e-23;
  return 4 * boltzmann * temperature * conductance * bandwidth;
}

DeviceNoise::DeviceNoise(const DeviceConstants &device, const NoiseDraw &draw)
    : device(device), draw(draw), key(keyOfSeed(draw.seed)),
      logTime(std::max(
          0.0, std::log(draw.elapsedTime / device.driftReferenceTime))) {}

double DeviceNoise::deviate(const RandomBlock &bits, double target) const {
  double logarithm = 0;
  if (device.programmingSigma > 0)
    logarithm += device.programmingSigma * toNormal(bits[0]);
  if (logTime > 0) {
    double exponent = device.driftExponent;
    if (device.driftExponentSigma > 0)
      exponent += device.driftExponentSigma * toNormal(bits[2]);
    logarithm -= std::max(0.0, exponent) * logTime;
  }
  return logarithm == 0 ? target : target * std::exp(logarithm);
}

double DeviceNoise::conductance(uint32_t array, uint32_t cell,
                                double target) const {
  RandomBlock bits = drawFor(Purpose::Cell, cell, array, draw.trial, key);
  double fault = toUniform(bits[1]) - device.stuckOnProbability;
  if (fault < 0)
    return device.onConductance;
  if (fault < device.stuckOffProbability)
    return device.offConductance;
  return deviate(bits, target);
}

double DeviceNoise::referenceConductance(uint32_t array, uint32_t row) const {
  return deviate(drawFor(Purpose::ReferenceCell, row, array, draw.trial, key),
                 device.offConductance);
}

ReadNoise::ReadNoise(const NoiseDraw &draw, uint64_t vector) {
  RandomBlock bits = drawFor(Purpose::VectorKey, static_cast<uint32_t>(vector),
                             static_cast<uint32_t>(vector >> 32), draw.trial,
                             keyOfSeed(draw.seed));
  key = {bits[0], bits[1]};
}

RandomBlock ReadNoise::drawQuad(uint32_t array, uint32_t quad,
                                uint32_t read) const {
  return drawFor(Purpose::Read, quad, array, read, key);
}
