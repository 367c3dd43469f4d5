// Options whose value is a whole number.
#ifndef ATLEUS_TOOLS_ATLEUS_NUMBEROPTION_H
#define ATLEUS_TOOLS_ATLEUS_NUMBEROPTION_H

#include "llvm/Support/CommandLine.h"

#include <limits>
#include <string>

namespace atleus {

/// Reads a whole number from `least` to `most`, and answers everything else
/// with that range.
template <typename T, T least, T most>
class NumberParser : public llvm::cl::parser<T> {
public:
  using llvm::cl::parser<T>::parser;

  bool parse(llvm::cl::Option &option, llvm::StringRef /*name*/,
             llvm::StringRef text, T &value) {
    T number = 0;
    if (text.getAsInteger(10, number) || number < least || number > most)
      return option.error("expected a whole number from " +
                          std::to_string(least) + " to " +
                          std::to_string(most) + ", found '" + text + "'");
    value = number;
    return false;
  }
};

/// An option that takes a whole number of a range. Its type is unsigned, long
/// long or unsigned long long: other parsers of LLVM's cannot be derived from.
template <typename T, T least = std::numeric_limits<T>::min(),
          T most = std::numeric_limits<T>::max()>
using NumberOption = llvm::cl::opt<T, false, NumberParser<T, least, most>>;

} // namespace atleus

#endif // ATLEUS_TOOLS_ATLEUS_NUMBEROPTION_H
