// Prints diagnostics at named locations.
#include "atleus/Support/NamedLocations.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace atleus;

namespace {

/// The names that occur in a location, each once.
struct Names {
  llvm::SetVector<StringRef> files;
  llvm::SetVector<StringRef> parts;

  void collect(Location location) {
    llvm::TypeSwitch<LocationAttr>(location)
        .Case([&](NameLoc named) {
          if (isa<UnknownLoc>(named.getChildLoc())) {
            files.insert(named.getName());
            return;
          }
          collect(named.getChildLoc());
          parts.insert(named.getName());
        })
        .Case([&](FusedLoc fused) {
          llvm::for_each(fused.getLocations(),
                         [&](Location inner) { collect(inner); });
        })
        .Case([&](CallSiteLoc call) { collect(call.getCallee()); });
  }
};

} // namespace

std::string atleus::formatLocation(Location location) {
  if (auto line = location->findInstanceOf<FileLineColLoc>())
    return (line.getFilename().getValue() + ":" + llvm::Twine(line.getLine()) +
            ":" + llvm::Twine(line.getColumn()))
        .str();
  Names names;
  names.collect(location);
  std::string text = llvm::join(names.files, ", ");
  if (!names.parts.empty())
    text += (text.empty() ? "" : ": ") + llvm::join(names.parts, ", ");
  return text;
}

Location atleus::withoutText(Location location) {
  auto line = location->findInstanceOf<FileLineColLoc>();
  return line ? FileLineColLoc::get(line.getFilename(), line.getLine(),
                                    /*column=*/0)
              : location;
}

static void printDiagnostic(const Diagnostic &diagnostic,
                            llvm::raw_ostream &output) {
  std::string location = formatLocation(diagnostic.getLocation());
  if (!location.empty())
    output << location << ": ";
  switch (diagnostic.getSeverity()) {
  case DiagnosticSeverity::Error:
    output << "error: ";
    break;
  case DiagnosticSeverity::Warning:
    output << "warning: ";
    break;
  case DiagnosticSeverity::Note:
    output << "note: ";
    break;
  case DiagnosticSeverity::Remark:
    output << "remark: ";
    break;
  }
  output << diagnostic << '\n';
}

NamedLocationHandler::NamedLocationHandler(MLIRContext *context,
                                           llvm::raw_ostream &output)
    : ScopedDiagnosticHandler(context) {
  setHandler([&output](Diagnostic &diagnostic) -> LogicalResult {
    if (diagnostic.getLocation()->findInstanceOf<FileLineColLoc>())
      return failure();
    printDiagnostic(diagnostic, output);
    for (Diagnostic &note : diagnostic.getNotes())
      printDiagnostic(note, output);
    return success();
  });
}
