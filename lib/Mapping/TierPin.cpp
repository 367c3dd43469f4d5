// The syntax of pins.
#include "atleus/Mapping/TierPin.h"

#include "atleus/Support/NameGlob.h"

#include "llvm/ADT/Twine.h"

using namespace atleus;
using llvm::StringRef;

llvm::Expected<TierPin> TierPin::parse(StringRef text) {
  auto [pattern, tier] = text.rsplit('=');
  if (!text.contains('=') || pattern.empty() || !tier.consume_front("@") ||
      tier.empty())
    return llvm::createStringError(
        "pin '" + text +
        "': needs a pattern of names and a tier, such as "
        "'encoder.*=@reram0'");
  if (auto glob = compileGlob(pattern); !glob)
    return llvm::createStringError("pin '" + text +
                                   "': " + llvm::toString(glob.takeError()));
  return TierPin{text.str(), pattern.str(), tier.str()};
}

bool TierPin::matches(StringRef name) const {
  return matchesGlob(pattern, name);
}
