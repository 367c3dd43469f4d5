// What all layers together may take, as a user writes it.
//
//   crossbars:2000   at most so many crossbar arrays
//   crossbars:60%    at most that share of what the default widths take
//   loss:0.5         at most so many points (of 100) of answers that change
#ifndef ATLEUS_COMPRESSION_PRECISIONBUDGET_H
#define ATLEUS_COMPRESSION_PRECISIONBUDGET_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace atleus {

struct PrecisionBudget {
  enum class Kind {
    Crossbars,      ///< of them, a whole number
    CrossbarsShare, ///< percent
    Loss,           ///< percent
  };
  Kind kind = Kind::Crossbars;
  double amount = 0;

  /// Reads a budget; the error quotes it and says what is expected.
  static llvm::Expected<PrecisionBudget> parse(llvm::StringRef text);
};

} // namespace atleus

#endif // ATLEUS_COMPRESSION_PRECISIONBUDGET_H
