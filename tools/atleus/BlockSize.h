// Sizes of blocks of a weight as options state them.
#ifndef ATLEUS_TOOLS_ATLEUS_BLOCKSIZE_H
#define ATLEUS_TOOLS_ATLEUS_BLOCKSIZE_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/CommandLine.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace atleus {

/// Rows and columns, or two other numbers.
using SizePair = std::pair<int64_t, int64_t>;

/// Two numbers of 1 or more with `separator` between them.
inline std::optional<SizePair> readSizes(llvm::StringRef text, char separator) {
  auto [first, second] = text.split(separator);
  uint32_t left, right;
  if (first.getAsInteger(10, left) || second.getAsInteger(10, right) ||
      left == 0 || right == 0)
    return std::nullopt;
  return SizePair(left, right);
}

/// Reads rows and columns, "128x32".
struct BlockParser : public llvm::cl::parser<std::string> {
  using llvm::cl::parser<std::string>::parser;
  static bool parse(llvm::cl::Option &option, llvm::StringRef /*name*/,
                    llvm::StringRef text, std::string &value) {
    if (!readSizes(text, 'x'))
      return option.error("expected rows and columns of 1 or more, such as "
                          "128x32, found '" +
                          text + "'");
    value = text.str();
    return false;
  }
};

} // namespace atleus

#endif // ATLEUS_TOOLS_ATLEUS_BLOCKSIZE_H
