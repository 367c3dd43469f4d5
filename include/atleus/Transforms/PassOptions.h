// Enums of pass options.
#ifndef ATLEUS_TRANSFORMS_PASSOPTIONS_H
#define ATLEUS_TRANSFORMS_PASSOPTIONS_H

#include "atleus/Compression/ClippingThreshold.h"
#include "atleus/Compression/PruningPattern.h"
#include "atleus/Compression/WeightScaling.h"

namespace atleus {

/// Granularity of the weights' scales.
enum class WeightScales {
  PerTensor,    ///< one scale for a weight
  PerChannel,   ///< a scale for each output feature
  CrossbarWise, ///< a scale for each block that one array holds
};

/// What the bits of a weight mean.
enum class WeightCoding {
  Symmetric, ///< multiples of the scale, signed
  Affine,    ///< multiples of the scale from a zero point on, unsigned
  NF4,       ///< 4-bit normal floats; activations stay floats
};

/// How the weights of layers become integers.
enum class WeightRounding {
  Nearest,       ///< each alone
  ErrorFeedback, ///< later weights make up for the errors of earlier ones
};

/// What the bits of an activation mean.
enum class ActivationCoding {
  Symmetric, ///< multiples of the scale, signed
  Affine,    ///< multiples of the scale from a zero point on, unsigned
};

/// How much of each weight is pruned.
enum class SparsityShare {
  Uniform,     ///< the same share of every weight
  Sensitivity, ///< more of those whose outputs lose less
};

/// What becomes of weights for which there is no room in crossbars.
enum class WeightSpill {
  None,     ///< an error says how much is missing
  Systolic, ///< they stream from memory into systolic arrays
};

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_PASSOPTIONS_H
