// Which kernels a user sends to which tier, as the user writes it.
//
// A pin is a pattern of kernel names and a tier: `encoder.*.ffn*=@reram0`. The
// pattern is a glob: `*` is any text, `?` any sign, `[ab]` one of some, `{x,y}`
// one of several. The tier may be the host's name, too.
#ifndef ATLEUS_MAPPING_TIERPIN_H
#define ATLEUS_MAPPING_TIERPIN_H

#include "llvm/Support/Error.h"

#include <string>

namespace atleus {

struct TierPin {
  /// Reads a pin; the error quotes it and says what is expected.
  static llvm::Expected<TierPin> parse(llvm::StringRef text);

  bool matches(llvm::StringRef name) const;

  /// What was read, its pattern, and the name of the tier without '@'.
  std::string text, pattern, tier;
};

} // namespace atleus

#endif // ATLEUS_MAPPING_TIERPIN_H
