// Errors that a diagnostic has described already, for functions that return
// llvm::Error and call some that return LogicalResult.
#ifndef ATLEUS_SUPPORT_REPORTEDERROR_H
#define ATLEUS_SUPPORT_REPORTEDERROR_H

#include "mlir/Support/LLVM.h"
#include "llvm/Support/Error.h"

#include <optional>
#include <string>

namespace atleus {

class ReportedError : public llvm::ErrorInfo<ReportedError> {
public:
  static char ID; // NOLINT(readability-identifier-naming): LLVM's name.

  void log(llvm::raw_ostream &os) const override;
  std::error_code convertToErrorCode() const override;
};

/// A ReportedError for a failure.
llvm::Error toError(llvm::LogicalResult result);

/// What there is to say about `error`: nothing if it has been said.
std::optional<std::string> takeMessage(llvm::Error error);

} // namespace atleus

#endif // ATLEUS_SUPPORT_REPORTEDERROR_H
