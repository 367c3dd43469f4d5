// Chooses and writes the files of a compiled model.
#include "CompiledFiles.h"

#include "Choice.h"
#include "Commands.h"
#include "Session.h"

#include "atleus/Report/ScheduleExport.h"
#include "atleus/Report/TraceExport.h"
#include "atleus/Report/schedule.pb.h"
#include "atleus/Support/OutputFolder.h"
#include "atleus/Support/ReportedError.h"
#include "dialects/NN/NN.h"

#include "llvm/ADT/STLExtras.h"

#include <google/protobuf/arena.h>

using namespace mlir;
using namespace atleus;
namespace cl = llvm::cl;
namespace v1 = atleus::schedule::v1;

namespace {
enum class CompiledFile { ScheduleJSON, Schedule, Report, Trace, Model };
} // namespace

/// In the order in which users read of them.
static constexpr CompiledFile allFiles[] = {
    CompiledFile::ScheduleJSON, CompiledFile::Schedule, CompiledFile::Report,
    CompiledFile::Trace, CompiledFile::Model};

static StringRef getName(CompiledFile file) {
  switch (file) {
  case CompiledFile::ScheduleJSON:
    return "schedule.json";
  case CompiledFile::Schedule:
    return "schedule.pb";
  case CompiledFile::Report:
    return "report.json";
  case CompiledFile::Trace:
    return "trace.json";
  case CompiledFile::Model:
    return "model.mlir";
  }
  llvm_unreachable("unknown file");
}

static cl::list<CompiledFile, bool, ChoiceParser<CompiledFile>> files(
    "files",
    cl::desc("Which files are written to the folder, with commas between them "
             "(default: all); others that are in it stay as they are"),
    cl::CommaSeparated, cl::value_desc("name,..."),
    cl::values(
        clEnumValN(CompiledFile::Schedule, "schedule.pb",
                   "the schedule, for 'atleus verify' and 'atleus run'"),
        clEnumValN(CompiledFile::ScheduleJSON, "schedule.json",
                   "the same as text"),
        clEnumValN(CompiledFile::Report, "report.json",
                   "what the table on the terminal is from"),
        clEnumValN(CompiledFile::Trace, "trace.json",
                   "the schedule for ui.perfetto.dev"),
        clEnumValN(CompiledFile::Model, "model.mlir",
                   "the mapped model, for --model of 'atleus verify' and "
                   "'atleus run', and for exports")),
    cl::cat(getOptionCategory()), cl::sub(getCompileCommand()));

static bool isWritten(CompiledFile file) {
  return files.empty() || llvm::is_contained(files, file);
}

bool atleus::reportFilesOption(bool stopsAtPhase) {
  if (!stopsAtPhase || files.empty())
    return false;
  reportError("--files has no effect: --to writes the IR of a phase instead");
  return true;
}

std::string atleus::listCompiledFiles() {
  std::vector<StringRef> names;
  for (CompiledFile file : allFiles)
    if (isWritten(file))
      names.push_back(getName(file));
  std::string list;
  for (auto [i, name] : llvm::enumerate(names)) {
    if (i > 0)
      list += i + 1 < names.size() ? ", " : " and ";
    list += name;
  }
  return list;
}

/// Models with more weights than this are written without them.
static constexpr int64_t maximumWrittenWeights = int64_t{4} << 20;

/// The IR as text. Weights that are too large for text are left out of it: all
/// of them, because MLIR would otherwise make the text of each before it sees
/// that it is too long.
static void writeIR(ModuleOp module, llvm::raw_ostream &os) {
  int64_t bytes = 0;
  for (auto function : module.getOps<func::FuncOp>()) {
    function.walk([&](nn::ConstantOp constant) {
      bytes += nn::getNumBytes(cast<RankedTensorType>(constant.getType()));
    });
    function.walk([&](nn::SparseConstantOp constant) {
      bytes += constant.getStoredBytes();
    });
  }
  // The pipeline has verified it, which takes half as long as printing.
  OpPrintingFlags flags = OpPrintingFlags().assumeVerified();
  if (bytes > maximumWrittenWeights)
    flags.elideLargeResourceString(0);
  module->print(os, flags);
}

static FailureOr<LoadedSchedule> load(ModuleOp module, TimingScope &timing) {
  if (failed(checkReportable(module)))
    return failure();
  TimingScope scope = timing.nest("read the schedule");
  return loadSchedule(*module.getOps<sched::ScheduleOp>().begin());
}

/// Fills the message if a file holds it.
static llvm::Error exportIfWritten(const LoadedSchedule &loaded,
                                   v1::Schedule &message, TimingScope &timing) {
  if (!isWritten(CompiledFile::Schedule) &&
      !isWritten(CompiledFile::ScheduleJSON))
    return llvm::Error::success();
  TimingScope scope = timing.nest("export the schedule");
  return exportSchedule(loaded, message);
}

llvm::Expected<Report> atleus::writeCompiledFiles(ModuleOp module,
                                                  StringRef folder,
                                                  TimingScope &timing) {
  FailureOr<LoadedSchedule> loaded = load(module, timing);
  if (failed(loaded))
    return toError(failure());
  // A message has an object for each use of a resource: an arena frees all at
  // once.
  google::protobuf::Arena arena;
  auto &message = *google::protobuf::Arena::CreateMessage<v1::Schedule>(&arena);
  if (llvm::Error error = exportIfWritten(*loaded, message, timing))
    return std::move(error);
  FailureOr<Report> report = failure();
  // Files that are written at once would add up to more than all of the time.
  TimingScope writing = timing.nest("write the files");
  std::vector<OutputFile> written;
  auto add = [&](CompiledFile file, auto write) {
    if (!isWritten(file))
      return;
    std::string name = getName(file).str();
    written.push_back({name, [&writing, name, write](llvm::raw_ostream &os) {
                         TimingScope scope = writing.nest(name);
                         return write(os);
                       }});
  };
  auto succeed = [](auto write) {
    return [write](llvm::raw_ostream &os) {
      write(os);
      return llvm::Error::success();
    };
  };
  add(CompiledFile::ScheduleJSON,
      succeed([&](llvm::raw_ostream &os) { writeMessageJSON(message, os); }));
  add(CompiledFile::Schedule,
      succeed([&](llvm::raw_ostream &os) { writeMessage(message, os); }));
  add(CompiledFile::Report, [&](llvm::raw_ostream &os) -> llvm::Error {
    report = readReport(module, *loaded);
    if (failed(report))
      return toError(failure());
    writeReportJSON(*report, os);
    return llvm::Error::success();
  });
  add(CompiledFile::Trace,
      succeed([&](llvm::raw_ostream &os) { writeTrace(*loaded, os); }));
  add(CompiledFile::Model,
      succeed([&](llvm::raw_ostream &os) { writeIR(module, os); }));
  if (llvm::Error error = writeFolderWhole(folder, written))
    return std::move(error);
  if (isWritten(CompiledFile::Report))
    return std::move(*report);
  report = readReport(module, *loaded);
  if (failed(report))
    return toError(failure());
  return std::move(*report);
}
