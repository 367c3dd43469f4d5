// Declares --progress and draws the bar.
#include "ProgressBar.h"

#include "Choice.h"
#include "Commands.h"

#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace atleus;
namespace cl = llvm::cl;

namespace {
enum class ProgressDisplay { Auto, Never, Always };
} // namespace

static Choice<ProgressDisplay>
    progress("progress",
             cl::desc("Whether a bar shows how far a calibration has come"),
             cl::values(clEnumValN(ProgressDisplay::Auto, "auto",
                                   "if standard error is a terminal (default)"),
                        clEnumValN(ProgressDisplay::Never, "never", "no"),
                        clEnumValN(ProgressDisplay::Always, "always", "yes")),
             cl::init(ProgressDisplay::Auto), cl::cat(getOptionCategory()),
             cl::sub(getCompileCommand()), cl::sub(getRunCommand()));

ProgressBar::ProgressBar(MLIRContext *context)
    : handler(context, [this](Diagnostic &) {
        endLine();
        return failure(); // The next handler prints it.
      }) {}

ProgressCallback ProgressBar::getCallback() {
  bool isTerminal = llvm::sys::Process::StandardErrIsDisplayed();
  if (progress == ProgressDisplay::Never ||
      (progress == ProgressDisplay::Auto && !isTerminal))
    return nullptr;
  return [this](StringRef what, int64_t done, int64_t total) {
    draw(what, done, total);
  };
}

void ProgressBar::draw(StringRef what, int64_t done, int64_t total) {
  constexpr int64_t width = 30;
  int64_t filled = total == 0 ? width : done * width / total;
  std::string bar = (what + " [" + std::string(filled, '#') +
                     std::string(width - filled, '.') + "] " + Twine(done) +
                     " of " + Twine(total))
                        .str();
  // A line is drawn again when the bar grows.
  bool isLast = done == total;
  if (StringRef(bar).take_until([](char c) { return c == ']'; }) ==
          StringRef(shown).take_until([](char c) { return c == ']'; }) &&
      !isLast)
    return;
  shown = std::move(bar);
  llvm::errs() << '\r' << shown;
  if (isLast)
    endLine();
}

void ProgressBar::endLine() {
  if (shown.empty())
    return;
  llvm::errs() << '\n';
  shown.clear();
}
