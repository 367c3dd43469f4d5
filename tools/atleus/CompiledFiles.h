// The files of a compiled model.
#ifndef ATLEUS_TOOLS_ATLEUS_COMPILEDFILES_H
#define ATLEUS_TOOLS_ATLEUS_COMPILEDFILES_H

#include "atleus/Report/Report.h"

#include "mlir/Support/Timing.h"
#include "llvm/Support/Error.h"

#include <string>

namespace atleus {

/// Reports --files where no whole compilation writes any; returns whether it
/// did.
bool reportFilesOption(bool stopsAtPhase);

/// Writes the files of --files to a folder, or all, and returns what is in the
/// report. The module is at phase `estimated`.
llvm::Expected<Report> writeCompiledFiles(mlir::ModuleOp module,
                                          llvm::StringRef folder,
                                          mlir::TimingScope &timing);

/// Their names: "report.json and model.mlir".
std::string listCompiledFiles();

} // namespace atleus

#endif // ATLEUS_TOOLS_ATLEUS_COMPILEDFILES_H
