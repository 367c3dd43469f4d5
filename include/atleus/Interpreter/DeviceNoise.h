// What resistive cells make of the conductances that are written into them, and
// of the currents that are read.
//
//   written   G exp(N(0, s)): the deviation of the logarithm is a constant of
//             the device, whatever the level.
//   stuck     with given probabilities a cell is at G_on or at G_off, whatever
//             was written; it does not drift.
//   drift     G (t / t0)^-nu after t > t0. The exponent may vary among cells;
//             it is not negative.
//   read      the current of a column deviates by N(0, sigma_I) with
//             sigma_I^2 = 4 kB T G f (Johnson 1928, Nyquist 1928), G the
//             conductance of all cells of the column on driven wordlines,
//             whatever their voltage, plus for each cell the square of a given
//             share of its current (1/f and random-telegraph noise).
//
// Level 0 of a cell is G_off, not zero. Each array has one more column, the
// reference, whose cells are all at G_off; its current is subtracted before the
// conversion. Its cells deviate and drift as others do, but none is stuck: a
// column with faults is not chosen for it. So without deviations the difference
// is exactly level times step, and what deviations leave of G_off is seen. The
// means of drift and of the log-normal deviation are not compensated.
//
// Every number depends on seed, trial, array and cell alone, and a read also on
// the vector that is sent through: equal vectors read through the same array in
// the same trial have the same noise. So results depend neither on threads, nor
// on the order of samples.
#ifndef ATLEUS_INTERPRETER_DEVICENOISE_H
#define ATLEUS_INTERPRETER_DEVICENOISE_H

#include "atleus/Support/CounterRandom.h"

#include <cstdint>

namespace atleus {

/// The constants of a device, in SI units.
struct DeviceConstants {
  double onConductance = 1;
  double offConductance = 0;
  /// Of a wordline that is driven with the largest digit.
  double readVoltage = 1;
  double bandwidth = 0;
  double programmingSigma = 0;
  double stuckOnProbability = 0;
  double stuckOffProbability = 0;
  double driftExponent = 0;
  double driftExponentSigma = 0;
  double driftReferenceTime = 1;
  /// Deviation of the current of a cell, relative to it.
  double readSigma = 0;

  /// The conductance between adjacent levels of cells of `levels` levels.
  double step(int64_t levels) const {
    return (onConductance - offConductance) / static_cast<double>(levels - 1);
  }
};

/// What one evaluation of the noise depends on besides the device.
struct NoiseDraw {
  uint64_t seed = 0;
  uint32_t trial = 0;
  /// In K.
  double temperature = 300;
  /// Seconds since the cells were written.
  double elapsedTime = 1;
};

/// 4 kB T G f, in A^2.
double thermalNoiseVariance(double conductance, double temperature,
                            double bandwidth);

/// The cells of all arrays in one trial.
class DeviceNoise {
public:
  DeviceNoise(const DeviceConstants &device, const NoiseDraw &draw);

  const DeviceConstants &getDevice() const { return device; }
  const NoiseDraw &getDraw() const { return draw; }

  /// The conductance of a cell into which `target` was written, in S.
  double conductance(uint32_t array, uint32_t cell, double target) const;

  /// The conductance of a cell of an array's reference column, in S.
  double referenceConductance(uint32_t array, uint32_t row) const;

private:
  double deviate(const RandomBlock &bits, double target) const;

  DeviceConstants device;
  NoiseDraw draw;
  RandomKey key;
  /// log(t / t0), at least 0.
  double logTime;
};

/// The deviations of the reads of one vector, as numbers of mean 0 and
/// deviation 1.
class ReadNoise {
public:
  /// `vector` is a hash of the vector's elements.
  ReadNoise(const NoiseDraw &draw, uint64_t vector);

  /// Those of columns [4 * quad, 4 * quad + 4) of an array; `read` numbers the
  /// passes and groups of wordlines. To be given to `toNormal`.
  RandomBlock drawQuad(uint32_t array, uint32_t quad, uint32_t read) const;

private:
  RandomKey key;
};

} // namespace atleus

#endif // ATLEUS_INTERPRETER_DEVICENOISE_H
