// Which layers get which widths, as a user writes it.
//
// A rule is a pattern of kernel names and a precision: `encoder.*.ffn*=4`. The
// pattern is a glob: `*` is any text, `?` any sign, `[ab]` one of some, `{x,y}`
// one of several. What follows the last '=' is
//   4       bits of the weights; activations keep the default
//   4/8     bits of weights and activations
//   float   the product stays in floats
//   nf4     weights are 4-bit normal floats, activations are floats
// where an activation's bits may be `float`, too: weights are rounded alone.
#ifndef ATLEUS_COMPRESSION_PRECISIONRULE_H
#define ATLEUS_COMPRESSION_PRECISIONRULE_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <optional>
#include <string>

namespace atleus {

/// Bits of values that stay floats.
constexpr unsigned floatBits = 32;

/// Whether weights, or activations, can have so many bits.
bool isWeightWidth(unsigned bits);
bool isActivationWidth(unsigned bits);

struct PrecisionRule {
  std::string pattern;
  unsigned weightBits = 8;
  /// None if the rule says nothing of activations.
  std::optional<unsigned> activationBits;
  bool normalFloats = false;

  bool matches(llvm::StringRef name) const;

  /// Reads a rule; the error quotes it and says what is expected.
  static llvm::Expected<PrecisionRule> parse(llvm::StringRef text);
};

} // namespace atleus

#endif // ATLEUS_COMPRESSION_PRECISIONRULE_H
