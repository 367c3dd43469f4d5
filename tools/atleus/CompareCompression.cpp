// Compiles a model with each scheme and puts what they cost side by side.
#include "CompareCompression.h"

#include "Commands.h"
#include "CompressionFlags.h"
#include "Session.h"

#include "atleus/Pipelines/CompressionSchemes.h"
#include "atleus/Report/CompressionReport.h"
#include "atleus/Support/OutputFolder.h"
#include "atleus/Support/ReportedError.h"

#include "llvm/ADT/StringSet.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace atleus;
namespace cl = llvm::cl;

static cl::opt<bool> comparesSchemes(
    "compare-compression",
    cl::desc("Compile the model with several schemes of compression and write "
             "compression.json; options of compression make one more, 'given'"),
    cl::cat(getOptionCategory()), cl::sub(getCompileCommand()));

static cl::list<std::string> schemeNames(
    "schemes",
    cl::desc("The schemes that --compare-compression compares; default: all "
             "that docs/compression.md lists"),
    cl::value_desc("name,..."), cl::CommaSeparated,
    cl::cat(getOptionCategory()), cl::sub(getCompileCommand()));

bool atleus::comparesCompression() { return comparesSchemes; }

bool atleus::reportSchemeOptions() {
  if (comparesSchemes || schemeNames.getNumOccurrences() == 0)
    return false;
  reportError("--schemes has no effect without --compare-compression");
  return true;
}

namespace {

/// A name and the options that it stands for.
struct NamedOptions {
  std::string name;
  std::string description;
  PipelineOptions options;
};

/// Keeps the first error of each scheme instead of showing it, since it becomes
/// a row of the table. What is no error is shown once.
class SchemeDiagnostics : public ScopedDiagnosticHandler {
public:
  explicit SchemeDiagnostics(MLIRContext *context)
      : ScopedDiagnosticHandler(context) {
    setHandler([this](Diagnostic &diagnostic) {
      bool isError = diagnostic.getSeverity() == DiagnosticSeverity::Error;
      if (isError && firstError.empty())
        firstError = diagnostic.str();
      return success(isError || !shown.insert(diagnostic.str()).second);
    });
  }

  std::string takeFirstError() { return std::exchange(firstError, ""); }

private:
  std::string firstError;
  llvm::StringSet<> shown;
};

} // namespace

/// Whether the command line describes a scheme of its own. How activations are
/// calibrated is the same for all schemes.
static bool describesScheme() {
  return llvm::any_of(getCompressionFlags(), [](const cl::Option &option) {
    return option.getNumOccurrences() > 0 && option.ArgStr != "calibration" &&
           option.ArgStr != "calibration-method" &&
           option.ArgStr != "percentile";
  });
}

/// The schemes that the command line chooses, each with all its options.
static llvm::Expected<std::vector<NamedOptions>>
chooseSchemes(const PipelineOptions &options) {
  auto schemes = findCompressionSchemes(schemeNames);
  if (!schemes)
    return schemes.takeError();
  std::vector<NamedOptions> chosen;
  for (const CompressionScheme &scheme : *schemes) {
    chosen.push_back({scheme.name.str(), scheme.description.str(),
                      withoutCompression(options)});
    scheme.apply(chosen.back().options);
  }
  if (describesScheme())
    chosen.push_back({"given", "the options of the command line", options});
  return chosen;
}

static SchemeReport compileScheme(ModuleOp model, const NamedOptions &scheme,
                                  StringRef parent, CompileInto compile,
                                  SchemeDiagnostics &diagnostics) {
  SmallString<256> folder(parent);
  llvm::sys::path::append(folder, scheme.name);
  OwningOpRef<ModuleOp> module = model.clone();
  llvm::Expected<Report> report = compile(*module, scheme.options, folder);
  SchemeReport result;
  result.name = scheme.name;
  result.description = scheme.description;
  if (report) {
    result.report = std::move(*report);
    diagnostics.takeFirstError();
    return result;
  }
  result.error = diagnostics.takeFirstError();
  if (std::optional<std::string> message = takeMessage(report.takeError()))
    result.error = *message;
  return result;
}

/// Writes compression.json and prints the table.
static int finishComparison(const CompressionReport &comparison,
                            StringRef folder) {
  const OutputFile files[] = {{"compression.json", [&](llvm::raw_ostream &os) {
                                 writeCompressionJSON(comparison, os);
                                 return llvm::Error::success();
                               }}};
  if (llvm::Error error = writeFolderWhole(folder, files))
    return finish(std::move(error));
  printCompressionTable(comparison, llvm::outs());
  size_t numCompiled = comparison.schemes.size() - comparison.countFailed();
  llvm::outs() << "\nwrote compression.json and " << numCompiled
               << (numCompiled == 1 ? " folder to " : " folders to ") << folder
               << '\n';
  if (numCompiled == 0)
    return reportError("the model cannot be compiled with any of the schemes");
  return 0;
}

int atleus::runCompressionComparison(ModuleOp module, Phase phase,
                                     const PipelineOptions &options,
                                     StringRef folder, CompileInto compile) {
  if (phase > Phase::NN)
    return reportError("schemes of compression cannot be compared: the module "
                       "is at phase '" +
                       stringify(phase) + "' already");
  auto schemes = chooseSchemes(options);
  if (!schemes)
    return finish(schemes.takeError());
  if (llvm::Error error = checkOutputFolder(folder))
    return finish(std::move(error));
  // What all schemes have in common is done once.
  if (failed(runPipeline(module, Phase::NN, options)))
    return 1;
  CompressionReport comparison;
  comparison.model = module.getSymName().value_or("model").str();
  comparison.machine = llvm::sys::path::stem(options.machine).str();
  SchemeDiagnostics diagnostics(module.getContext());
  for (const NamedOptions &scheme : *schemes) {
    comparison.schemes.push_back(
        compileScheme(module, scheme, folder, compile, diagnostics));
    if (const std::optional<Report> &report = comparison.schemes.back().report)
      comparison.machine = report->machine;
  }
  comparison.markFront();
  return finishComparison(comparison, folder);
}
