// The syntax of pins.
#include "atleus/Mapping/TierPin.h"

#include "llvm/ADT/Twine.h"
#include "llvm/Support/GlobPattern.h"

using namespace atleus;
using llvm::StringRef;

static llvm::Expected<llvm::GlobPattern> compile(StringRef pattern) {
  constexpr size_t mostAlternatives = 1024;
  return llvm::GlobPattern::create(pattern, mostAlternatives);
}

llvm::Expected<TierPin> TierPin::parse(StringRef text) {
  auto [pattern, tier] = text.rsplit('=');
  if (!text.contains('=') || pattern.empty() || !tier.consume_front("@") ||
      tier.empty())
    return llvm::createStringError(
        "pin '" + text +
        "': needs a pattern of names and a tier, such as "
        "'encoder.*=@reram0'");
  if (auto glob = compile(pattern); !glob)
    return llvm::createStringError("pin '" + text +
                                   "': " + llvm::toString(glob.takeError()));
  return TierPin{text.str(), pattern.str(), tier.str()};
}

// The compiled pattern refers to the text, which moves with the pin: it is made
// when it is needed.
bool TierPin::matches(StringRef name) const {
  return llvm::cantFail(compile(pattern)).match(name);
}
