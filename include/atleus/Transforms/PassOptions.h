// Enums of pass options.
#ifndef ATLEUS_TRANSFORMS_PASSOPTIONS_H
#define ATLEUS_TRANSFORMS_PASSOPTIONS_H

namespace atleus {

/// Granularity of the weights' scales.
enum class WeightScales {
  PerTensor,  ///< one scale for a weight
  PerChannel, ///< a scale for each output feature
};

/// What becomes of weights for which there is no room in crossbars.
enum class WeightSpill {
  None,     ///< an error says how much is missing
  Systolic, ///< they stream from memory into systolic arrays
};

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_PASSOPTIONS_H
