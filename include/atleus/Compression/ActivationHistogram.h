// How often numbers of each size occur in a value, over many samples.
//
// Bins have a width of 2^e and begin at its multiples; bin i holds the numbers
// of [i, i + 1) * 2^e. When the range of the numbers grows beyond what
// `maximumBins` hold, e grows and pairs of bins become one, which is exact. e
// depends on the range alone, not on the order in which numbers came, so that
// histograms of parts of the data, merged in any order, equal that of all.
//
// Each bin knows its least and greatest number: numbers that occur again and
// again, such as 0 behind a ReLU or the grey levels of an image, are known
// exactly if they are alone in their bin.
//
// Example:
//   ActivationHistogram histogram;
//   for (const Tensor &sample : samples)
//     histogram.add(sample.as<float>());
//   findClippingRange(histogram, {CalibrationMethod::Percentile, 99.9}, code);
#ifndef ATLEUS_COMPRESSION_ACTIVATIONHISTOGRAM_H
#define ATLEUS_COMPRESSION_ACTIVATIONHISTOGRAM_H

#include "llvm/ADT/ArrayRef.h"

#include <cstdint>
#include <limits>
#include <vector>

namespace atleus {

class ActivationHistogram {
public:
  /// At least half as many are in use unless the numbers are so equal that a
  /// float could not tell more.
  static constexpr int64_t maximumBins = 8192;

  struct Bin {
    uint64_t count = 0;
    /// Of the numbers in it.
    float least = std::numeric_limits<float>::infinity();
    float greatest = -std::numeric_limits<float>::infinity();

    void add(float value);
    void merge(const Bin &other);
    double center() const {
      return (static_cast<double>(least) + static_cast<double>(greatest)) / 2;
    }
  };

  /// Adds numbers in linear time. Returns false, and adds none, if one of them
  /// is NaN or infinite.
  bool add(llvm::ArrayRef<float> values);

  /// Adds the numbers that `other` has seen.
  void merge(const ActivationHistogram &other);

  bool isEmpty() const { return count == 0; }
  uint64_t getCount() const { return count; }
  /// The least and the greatest number; 0 if there is none.
  float getLeast() const { return least; }
  float getGreatest() const { return greatest; }

  /// The bins from that of the least to that of the greatest number.
  llvm::ArrayRef<Bin> getBins() const { return bins; }
  /// The index, that of [0, 2^e) being 0, of the first of them.
  int64_t getFirstIndex() const { return firstIndex; }
  /// e.
  int getExponent() const { return exponent; }

private:
  void include(float low, float high);
  Bin &binOf(float value);

  std::vector<Bin> bins;
  int64_t firstIndex = 0;
  int exponent = 0;
  uint64_t count = 0;
  float least = 0, greatest = 0;
};

} // namespace atleus

#endif // ATLEUS_COMPRESSION_ACTIVATIONHISTOGRAM_H
