// The syntax of precision rules.
#include "atleus/Compression/PrecisionRule.h"

#include "atleus/Support/NameGlob.h"

using namespace atleus;
using llvm::StringRef;

bool atleus::isWeightWidth(unsigned bits) {
  return (bits >= 2 && bits <= 8) || bits == floatBits;
}

bool atleus::isActivationWidth(unsigned bits) {
  return (bits >= 4 && bits <= 8) || bits == 16 || bits == floatBits;
}

bool PrecisionRule::matches(StringRef name) const {
  return matchesGlob(pattern, name);
}

/// Bits, or `float`. 0, which is no width, for other text.
static unsigned parseWidth(StringRef text) {
  unsigned bits = 0;
  if (text == "float")
    return floatBits;
  // `32` would read as integers of 32 bits.
  return text.getAsInteger(10, bits) || bits == floatBits ? 0 : bits;
}

/// Reads "4", "4/8", "float" or "nf4" into a rule.
static llvm::Error parsePrecision(StringRef text, PrecisionRule &rule) {
  if (text == "nf4" || text == "float") {
    rule.normalFloats = text == "nf4";
    rule.weightBits = rule.normalFloats ? 4 : floatBits;
    rule.activationBits = floatBits;
    return llvm::Error::success();
  }
  auto [weights, activations] = text.split('/');
  rule.weightBits = parseWidth(weights);
  if (!isWeightWidth(rule.weightBits) || weights == "float")
    return llvm::createStringError(
        "weights must have 2 to 8 bits, or be 'float' or 'nf4', found '" +
        weights + "'");
  if (!text.contains('/'))
    return llvm::Error::success();
  rule.activationBits = parseWidth(activations);
  if (!isActivationWidth(*rule.activationBits))
    return llvm::createStringError(
        "activations must have 4 to 8 or 16 bits, or be 'float', found '" +
        activations + "'");
  return llvm::Error::success();
}

llvm::Expected<PrecisionRule> PrecisionRule::parse(StringRef text) {
  auto fail = [&](const llvm::Twine &reason) {
    return llvm::createStringError("precision '" + text + "': " + reason);
  };
  auto [pattern, precision] = text.rsplit('=');
  if (!text.contains('=') || pattern.empty())
    return fail("needs a pattern of names and a precision, such as "
                "'encoder.*=4/8'");
  PrecisionRule rule;
  rule.pattern = pattern.str();
  if (auto glob = compileGlob(rule.pattern); !glob)
    return fail(llvm::toString(glob.takeError()));
  if (llvm::Error error = parsePrecision(precision, rule))
    return fail(llvm::toString(std::move(error)));
  return rule;
}
