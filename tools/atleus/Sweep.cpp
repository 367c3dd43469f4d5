// Compiles the points of a sweep and puts their reports side by side.
#include "Sweep.h"

#include "FirstError.h"
#include "Session.h"

#include "atleus/Pipelines/Sweep.h"
#include "atleus/Report/SweepReport.h"
#include "atleus/Support/OutputFolder.h"
#include "atleus/Support/ReportedError.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace atleus;

/// The name of a point as that of a folder.
static std::string makeFolderName(StringRef point) {
  std::string name = point.str();
  for (char &letter : name)
    if (!llvm::isAlnum(letter) && !StringRef("._-,=").contains(letter))
      letter = '_';
  return name;
}

/// "seq=64" as name and size.
static std::vector<std::pair<std::string, std::string>>
splitOptions(ArrayRef<std::string> options) {
  std::vector<std::pair<std::string, std::string>> split;
  for (StringRef option : options) {
    auto [name, value] = option.rsplit('=');
    split.emplace_back(name.str(), value.str());
  }
  return split;
}

static SweepPointReport compilePoint(ModuleOp model, const SweepPoint &point,
                                     PipelineOptions options,
                                     StringRef sweepFolder,
                                     CompileInto compile) {
  SweepPointReport result;
  result.name = point.name;
  result.dimensions = splitOptions(point.dimensions);
  result.shapes = splitOptions(point.shapes);
  result.folder = makeFolderName(point.name);
  options.dimensions = point.dimensions;
  options.shapes = point.shapes;
  SmallString<256> folder(sweepFolder);
  llvm::sys::path::append(folder, result.folder);

  FirstError firstError(model.getContext());
  OwningOpRef<ModuleOp> module = model.clone();
  llvm::Expected<Report> report = compile(*module, options, folder);
  if (report) {
    result.report = std::move(*report);
    return result;
  }
  result.error = firstError.getText();
  if (std::optional<std::string> message = takeMessage(report.takeError())) {
    result.error = *message;
    reportError(*message);
  }
  return result;
}

int atleus::runSweep(ModuleOp module, const PipelineOptions &options,
                     StringRef folder, CompileInto compile) {
  llvm::Expected<Sweep> sweep = expandSweep(options.dimensions, options.shapes);
  if (!sweep)
    return finish(sweep.takeError());
  if (llvm::Error error = checkOutputFolder(folder))
    return finish(std::move(error));
  SweepReport report;
  report.model = module.getSymName().value_or("model").str();
  report.machine = llvm::sys::path::stem(options.machine).str();
  for (const SweepPoint &point : sweep->points) {
    report.points.push_back(
        compilePoint(module, point, options, folder, compile));
    if (const std::optional<Report> &found = report.points.back().report)
      report.machine = found->machine;
    else
      reportError("point " + point.name + " has failed");
  }
  const OutputFile files[] = {{"report.json", [&](llvm::raw_ostream &os) {
                                 writeSweepJSON(report, os);
                                 return llvm::Error::success();
                               }}};
  if (llvm::Error error = writeFolderWhole(folder, files))
    return finish(std::move(error));
  printSweepTable(report, llvm::outs());
  size_t numFailed = report.countFailed();
  llvm::outs() << "\nwrote report.json and " << report.points.size() - numFailed
               << " folders to " << folder << '\n';
  return numFailed ? 1 : 0;
}
