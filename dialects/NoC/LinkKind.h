// The kinds of links of a network, without the rest of the dialect: what
// pass-free models need.
#ifndef ATLEUS_NOC_LINKKIND_H
#define ATLEUS_NOC_LINKKIND_H

#include <cstdint>

namespace atleus {

/// What the time and the energy of a link depend on.
enum class LinkKind : uint8_t {
  /// To a neighbour within a tier.
  Planar,
  /// To the next tier.
  Vertical,
  /// To any other node.
  Added
};

constexpr unsigned numLinkKinds = 3;

} // namespace atleus

#endif // ATLEUS_NOC_LINKKIND_H
