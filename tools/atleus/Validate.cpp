// `atleus validate`: the cost models against the results of other simulators.
#include "Commands.h"
#include "Session.h"

#include "atleus/Report/ValidationReport.h"

#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace atleus;
namespace cl = llvm::cl;

static cl::opt<std::string>
    reference("reference", cl::value_desc("folder"),
              cl::desc("Tables to compare with (default: those shipped)"),
              cl::cat(getOptionCategory()), cl::sub(getValidateCommand()));

static cl::opt<bool> json("json", cl::desc("Print JSON instead of tables"),
                          cl::cat(getOptionCategory()),
                          cl::sub(getValidateCommand()));

static cl::opt<bool> markdown("markdown",
                              cl::desc("Print the page docs/fidelity.md"),
                              cl::cat(getOptionCategory()),
                              cl::sub(getValidateCommand()));

/// Shows on a terminal which table is being compared.
static void showProgress(StringRef table) {
  if (llvm::sys::Process::StandardErrIsDisplayed())
    llvm::errs() << "\r\033[K" << table;
}

int atleus::runValidate() {
  if (json && markdown)
    return reportError("--json and --markdown exclude each other");
  Session session;
  std::string folder =
      reference.empty() ? getReferenceFolder() : std::string(reference);
  FailureOr<ValidationResult> result =
      validateFolder(folder, session.context(), showProgress);
  if (llvm::sys::Process::StandardErrIsDisplayed())
    llvm::errs() << "\r\033[K";
  if (failed(result))
    return 1;
  if (json)
    writeValidation(*result, llvm::outs());
  else if (markdown)
    writeFidelityPage(*result, llvm::outs());
  else
    printValidation(*result, llvm::outs());
  return result->isWithin() ? 0 : 1;
}
