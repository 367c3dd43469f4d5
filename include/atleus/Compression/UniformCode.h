// Codes of equidistant numbers, and their scales.
//
// A code says which integers stand for real numbers: x is stored as
// clamp(round(x / scale) + zero point). A symmetric code is signed, has the
// zero point 0 and represents x and -x alike; an affine one is unsigned and
// moves its range to where the numbers are, which suits numbers of one sign.
//
// Example: numbers from -0.5 to 1.5 in 8 bits. Symmetric: scale 1.5 / 127, of
// which the integers -43 to 127 are used. Affine: scale 2 / 255, zero point 64.
#ifndef ATLEUS_COMPRESSION_UNIFORMCODE_H
#define ATLEUS_COMPRESSION_UNIFORMCODE_H

#include <cstdint>

namespace atleus {

/// Equidistant numbers that are stored in integers of `bits` bits, 2 to 16.
struct UniformCode {
  unsigned bits = 8;
  bool symmetric = true;

  /// The range of the stored integers.
  int64_t least() const {
    return symmetric ? -(int64_t(1) << (bits - 1)) : int64_t(0);
  }
  int64_t greatest() const {
    return (int64_t(1) << (symmetric ? bits - 1 : bits)) - 1;
  }
  /// How many different numbers there are.
  int64_t levels() const { return int64_t(1) << bits; }
};

/// An interval of real numbers; what lies outside is clipped to its ends.
struct ClippingRange {
  float low = 0;
  float high = 0;
};

/// The step between two numbers, and the integer that stands for 0.
struct UniformScale {
  float scale = 1;
  int64_t zeroPoint = 0;
};

/// The scale at which the stored integers cover `range`, and 0 with it: that of
/// a symmetric code is the larger magnitude over the greatest integer, so that
/// the least one goes unused unless numbers are clipped to it. A range that
/// holds 0 alone has the scale 1, for any scale is right and none is zero. A
/// scale that a float holds only as a denormal would lose precision or be zero;
/// the smallest normal float takes its place.
UniformScale chooseScale(ClippingRange range, UniformCode code);

} // namespace atleus

#endif // ATLEUS_COMPRESSION_UNIFORMCODE_H
