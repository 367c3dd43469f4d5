// Chooses sizes for the prompt and the steps of a generation.
#include "Generate.h"

#include "Commands.h"
#include "FirstError.h"
#include "LoadModel.h"
#include "Session.h"

#include "atleus/Pipelines/DecoderSizes.h"
#include "atleus/Report/GenerationReport.h"
#include "atleus/Support/OutputFolder.h"
#include "atleus/Support/ReportedError.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace atleus;
namespace cl = llvm::cl;

namespace {
/// A number of tokens, one or more.
struct TokenCount : public cl::parser<unsigned> {
  using cl::parser<unsigned>::parser;
  static bool parse(cl::Option &option, StringRef /*name*/, StringRef text,
                    unsigned &value) {
    if (!text.getAsInteger(10, value) && value > 0)
      return false;
    return option.error("expected a number of tokens, 1 or more, found '" +
                        text + "'");
  }
};
} // namespace

static cl::opt<unsigned, false, TokenCount> prompt(
    "prompt",
    cl::desc("Compile the prompt of a generation, of so many tokens: time to "
             "first token"),
    cl::value_desc("tokens"), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()));

static cl::list<unsigned, bool, TokenCount> contexts(
    "context",
    cl::desc("Compile steps of one token after so many others: time per token; "
             "a list compiles each (default: the prompt)"),
    cl::value_desc("tokens"), cl::CommaSeparated, cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()));

bool atleus::asksForGeneration() {
  return prompt.getNumOccurrences() > 0 || contexts.getNumOccurrences() > 0;
}

/// The contexts that are asked for, each once.
static std::vector<unsigned> getContexts() {
  std::vector<unsigned> lengths;
  for (unsigned context : contexts) {
    if (llvm::is_contained(lengths, context)) {
      llvm::WithColor::warning(llvm::errs())
          << "--context lists " << context
          << " more than once; it is compiled once\n";
      continue;
    }
    lengths.push_back(context);
    if (prompt.getNumOccurrences() > 0 && context < prompt)
      llvm::WithColor::warning(llvm::errs())
          << "--context lists " << context << ", but after a prompt of "
          << prompt << " tokens no step has fewer than " << prompt
          << " before it\n";
  }
  return lengths;
}

//===----------------------------------------------------------------------===//
// What the model allows
//===----------------------------------------------------------------------===//

/// Whether an option gives a size to `name`, which is open.
static bool isGiven(ArrayRef<std::string> options, StringRef name) {
  return !name.empty() && llvm::any_of(options, [&](StringRef option) {
    return option.rsplit('=').first.trim() == name;
  });
}

/// "1 token", "5 tokens".
static std::string countTokens(int64_t tokens) {
  return std::to_string(tokens) + (tokens == 1 ? " token" : " tokens");
}

static std::string quoteInput(const DecoderDimensions &found) {
  return "'" + found.cacheInputs.front() + "'";
}

/// What is in the way of the options; empty if nothing is.
static std::string findObstacle(const DecoderDimensions &found,
                                const PipelineOptions &options) {
  if (isGiven(options.dimensions, found.tokens))
    return "dimension '" + found.tokens +
           "' is the tokens of a step; leave --dim " + found.tokens +
           " out, --prompt gives its size";
  if (isGiven(options.dimensions, found.context))
    return "dimension '" + found.context + "' is the context; leave --dim " +
           found.context + " out, --context gives its size";
  if (prompt.getNumOccurrences() && found.tokens.empty() &&
      found.fixedTokens != std::optional<int64_t>(prompt))
    return found.fixedTokens
               ? "the model takes " + countTokens(*found.fixedTokens) +
                     " at once, --prompt says " + std::to_string(prompt)
               : std::string("no input has an open dimension of tokens, to "
                             "which --prompt could give a size");
  if (contexts.empty())
    return "";
  if (!found.hasCache())
    return "--context needs a cache of keys and values: no result repeats an "
           "input with tokens appended";
  if (found.context.empty() && llvm::any_of(contexts, [&](unsigned context) {
        return context != found.fixedContext;
      }))
    return "the context of input " + quoteInput(found) + " is fixed: it is " +
           std::to_string(*found.fixedContext);
  if (found.tokens.empty() && found.fixedTokens.value_or(1) != 1)
    return "a step takes one token, but the model takes " +
           countTokens(*found.fixedTokens) + " at once";
  return "";
}

/// The prompt comes after no other tokens: a cache of a fixed size does not
/// allow that.
static std::string findMissing(const DecoderDimensions &found) {
  if (!found.hasCache())
    return "The model has no cache of keys and values: each further token "
           "costs "
           "a prompt that is longer by one. Export it with past keys and "
           "values "
           "as inputs and results for the time per token.";
  if (found.context.empty() && prompt.getNumOccurrences())
    return "The context of input " + quoteInput(found) +
           " is fixed: the prompt comes after " +
           countTokens(*found.fixedContext) + ".";
  return "";
}

//===----------------------------------------------------------------------===//
// Compilation
//===----------------------------------------------------------------------===//

namespace {
class Generator {
public:
  Generator(ModuleOp model, const PipelineOptions &options, StringRef folder,
            CompileInto compile, const DecoderDimensions &dimensions)
      : model(model), options(options), folder(folder), compile(compile),
        dimensions(dimensions) {}

  GenerationPoint run(int64_t tokens, int64_t context, StringRef name);

private:
  ModuleOp model;
  const PipelineOptions &options;
  StringRef folder;
  CompileInto compile;
  const DecoderDimensions &dimensions;
};
} // namespace

GenerationPoint Generator::run(int64_t tokens, int64_t context,
                               StringRef name) {
  GenerationPoint point;
  point.tokens = tokens;
  point.context = context;
  point.folder = name.str();
  PipelineOptions sizes = options;
  // One sequence, unless the options say how many.
  for (const std::string &batch : dimensions.batches)
    if (!isGiven(options.dimensions, batch) && options.shapes.empty())
      sizes.dimensions.push_back(batch + "=1");
  for (std::string &size : dimensions.makeSizes(tokens, context))
    sizes.dimensions.push_back(std::move(size));
  SmallString<256> path(folder);
  llvm::sys::path::append(path, name);
  FirstError firstError(model.getContext());
  OwningOpRef<ModuleOp> module = model.clone();
  llvm::Expected<Report> report = compile(*module, sizes, path);
  if (report) {
    point.report = std::move(*report);
    return point;
  }
  point.error = firstError.getText();
  if (std::optional<std::string> message = takeMessage(report.takeError())) {
    point.error = *message;
    reportError(*message);
  }
  reportError(name + " with " + llvm::join(sizes.dimensions, ", ") +
              " has failed");
  return point;
}

static int writeReport(const GenerationReport &report, StringRef folder) {
  const OutputFile files[] = {{"generation.json", [&](llvm::raw_ostream &os) {
                                 writeGenerationJSON(report, os);
                                 return llvm::Error::success();
                               }}};
  if (llvm::Error error = writeFolderWhole(folder, files))
    return finish(std::move(error));
  printGenerationTable(report, llvm::outs());
  size_t numFailed = report.countFailed();
  size_t numPoints = report.steps.size() + (report.prefill ? 1 : 0);
  size_t numFolders = numPoints - numFailed;
  llvm::outs() << "\nwrote generation.json and " << numFolders
               << (numFolders == 1 ? " folder to " : " folders to ") << folder
               << '\n';
  return numFailed ? 1 : 0;
}

int atleus::runGeneration(ModuleOp module, const PipelineOptions &options,
                          StringRef folder, CompileInto compile) {
  func::FuncOp function = findMain(module);
  if (!function)
    return 1;
  DecoderDimensions found = findDecoderDimensions(function);
  if (std::string obstacle = findObstacle(found, options); !obstacle.empty())
    return reportError(obstacle);
  if (llvm::Error error = checkOutputFolder(folder))
    return finish(std::move(error));
  GenerationReport report;
  report.model = module.getSymName().value_or("model").str();
  report.machine = llvm::sys::path::stem(options.machine).str();
  report.tokensDimension = found.tokens;
  report.contextDimension = found.context;
  report.missing = findMissing(found);
  Generator generator(module, options, folder, compile, found);
  if (prompt.getNumOccurrences())
    report.prefill =
        generator.run(prompt, found.fixedContext.value_or(0), "prefill");
  std::vector<unsigned> lengths = getContexts();
  if (lengths.empty() && !found.context.empty())
    lengths.push_back(prompt);
  for (unsigned context : lengths)
    report.steps.push_back(
        generator.run(1, context, "context=" + std::to_string(context)));
  for (GenerationPoint &step : report.steps)
    if (step.report && !step.report->cache) {
      step.report.reset();
      step.error = "the inputs that look like a cache, such as " +
                   quoteInput(found) + ", are no operands of attention";
      reportError(step.error);
    }
  for (const GenerationPoint &step : report.steps)
    if (step.report)
      report.machine = step.report->machine;
  if (report.prefill && report.prefill->report)
    report.machine = report.prefill->report->machine;
  return writeReport(report, folder);
}
