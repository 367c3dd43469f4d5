// Turns results into errors and errors into messages.
#include "atleus/Support/ReportedError.h"

#include "llvm/Support/raw_ostream.h"

using namespace atleus;

char ReportedError::ID = 0;

void ReportedError::log(llvm::raw_ostream &os) const {
  os << "an error that was reported before";
}

std::error_code ReportedError::convertToErrorCode() const {
  return llvm::inconvertibleErrorCode();
}

llvm::Error atleus::toError(llvm::LogicalResult result) {
  return llvm::succeeded(result) ? llvm::Error::success()
                                 : llvm::make_error<ReportedError>();
}

std::optional<std::string> atleus::takeMessage(llvm::Error error) {
  if (error.isA<ReportedError>()) {
    llvm::consumeError(std::move(error));
    return std::nullopt;
  }
  return llvm::toString(std::move(error));
}
