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

/// For what an activation has a scale, if that is found when the model runs.
enum class ActivationScales {
  PerToken,  ///< each vector, and each matrix of a right operand
  PerTensor, ///< the whole tensor
};

/// How much of each weight is pruned.
enum class SparsityShare {
  Uniform,     ///< the same share of every weight
  Sensitivity, ///< more of those whose outputs lose less
};

/// What becomes of weights for which there is no room in crossbars.
enum class WeightSpill {
  Auto,     ///< what costs less, of the two ways below
  None,     ///< an error says how much is missing
  Systolic, ///< they stream from memory into systolic arrays
  Rewrite,  ///< they take turns in crossbars, written anew in each inference
};

/// How kernels are given tiers.
enum class AssignmentPolicy {
  Cost,                 ///< what costs least
  StaticDynamic,        ///< weights to crossbars, all else to systolic tiers
  AttentionFeedForward, ///< feed-forward layers to crossbars, all else to
                        ///< systolic tiers
  AllSystolic,          ///< nothing to crossbars
  AllCrossbar,          ///< all that crossbar tiers can execute
};

/// What an assignment by cost makes small.
enum class AssignmentObjective {
  Latency,
  Energy,
  EDP, ///< energy times latency
};

/// How nodes are chosen for kernels.
enum class PlacementMethod {
  RowMajor, ///< in program order, row by row: a yardstick
  Curve,    ///< along a space-filling curve, near what they exchange data with
  Anneal,   ///< from there on by simulated annealing
};

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_PASSOPTIONS_H
