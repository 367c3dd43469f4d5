// Declares the options of pruning.
#include "PruningFlags.h"

#include "BlockSize.h"
#include "Choice.h"
#include "Commands.h"

#include "atleus/Support/NumberText.h"

#include "llvm/ADT/StringExtras.h"

using namespace atleus;
using llvm::StringRef;
namespace cl = llvm::cl;

//===----------------------------------------------------------------------===//
// Parsers
//===----------------------------------------------------------------------===//

/// What is kept of a group, or 0, and its size.
static std::optional<SizePair> readGroup(StringRef text) {
  if (uint32_t size; !text.getAsInteger(10, size) && size > 0)
    return SizePair(0, size);
  return readSizes(text, ':');
}

namespace {
struct ShareParser : public cl::parser<double> {
  using cl::parser<double>::parser;
  static bool parse(cl::Option &option, StringRef /*name*/, StringRef text,
                    double &value) {
    bool isPercent = text.consume_back("%");
    if (text.trim().getAsDouble(value))
      return option.error("expected a share such as 0.5 or 50%, found '" +
                          text + "'");
    if (isPercent)
      value /= 100;
    bool isShare = value >= 0 && value < 1;
    if (!isShare)
      return option.error("expected a share of at least 0 and less than 1, "
                          "found " +
                          formatDecimal(value));
    return false;
  }
};

/// What a group keeps and its size, "2:4", or its size alone.
struct GroupParser : public cl::parser<std::string> {
  using cl::parser<std::string>::parser;
  static bool parse(cl::Option &option, StringRef /*name*/, StringRef text,
                    std::string &value) {
    std::optional<SizePair> sizes = readGroup(text);
    if (!sizes)
      return option.error("expected a size, such as 4, or what is kept of it, "
                          "such as 2:4, found '" +
                          text + "'");
    auto [kept, size] = *sizes;
    if (kept > size)
      return option.error("a group of " + llvm::Twine(size) +
                          " weights cannot keep " + llvm::Twine(kept));
    value = text.str();
    return false;
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// Options
//===----------------------------------------------------------------------===//

static Choice<PruningKind> pattern(
    "prune", cl::desc("Make weights zero; where zeros may be"),
    cl::values(clEnumValN(PruningKind::Unstructured, "unstructured",
                          "anywhere"),
               clEnumValN(PruningKind::Block, "block", "whole lines of blocks"),
               clEnumValN(PruningKind::BankBalanced, "bank-balanced",
                          "the same number in each bank of a column"),
               clEnumValN(PruningKind::NOfM, "n:m",
                          "the same number in each short group of a column"),
               clEnumValN(PruningKind::Hierarchical, "hierarchical",
                          "lines of blocks, and groups in what is left")),
    cl::init(PruningKind::Hierarchical), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()), cl::sub(getRunCommand()));

static cl::opt<double, false, ShareParser>
    sparsity("sparsity",
             cl::desc("Share of the weights that become zero (default: 0.5)"),
             cl::value_desc("share"), cl::init(0.5),
             cl::cat(getOptionCategory()), cl::sub(getCompileCommand()),
             cl::sub(getRunCommand()));

static Choice<SparsityShare> share(
    "prune-by",
    cl::desc("How much of each weight is pruned (default: by sensitivity, if "
             "there are calibration samples)"),
    cl::values(clEnumValN(SparsityShare::Uniform, "uniform", "the same share"),
               clEnumValN(SparsityShare::Sensitivity, "sensitivity",
                          "more where calibration samples lose less")),
    cl::init(SparsityShare::Uniform), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()), cl::sub(getRunCommand()));

static cl::opt<std::string, false, BlockParser>
    block("prune-block",
          cl::desc("Rows and columns of a block (default: what an array of the "
                   "machine holds)"),
          cl::value_desc("RxC"), cl::cat(getOptionCategory()),
          cl::sub(getCompileCommand()), cl::sub(getRunCommand()));

static Choice<PrunedLines>
    lines("prune-lines", cl::desc("What blocks lose as a whole"),
          cl::values(clEnumValN(PrunedLines::Rows, "rows", "rows (default)"),
                     clEnumValN(PrunedLines::Columns, "columns", "columns")),
          cl::init(PrunedLines::Rows), cl::cat(getOptionCategory()),
          cl::sub(getCompileCommand()), cl::sub(getRunCommand()));

static cl::opt<std::string, false, GroupParser> group(
    "prune-group",
    cl::desc("Weights of a group, and how many it keeps (default: 4, or 32 for "
             "bank-balanced, and what the sparsity asks for)"),
    cl::value_desc("[kept:]size"), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()), cl::sub(getRunCommand()));

static cl::list<std::string> layers(
    "prune-layers",
    cl::desc("Names of the layers to prune, with * and ? (default: all)"),
    cl::value_desc("pattern"), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()), cl::sub(getRunCommand()));

static cl::opt<bool> compensate(
    "prune-compensate",
    cl::desc("Change the weights that stay so that outputs of calibration "
             "samples change least (default: true, if there are samples)"),
    cl::init(true), cl::cat(getOptionCategory()), cl::sub(getCompileCommand()),
    cl::sub(getRunCommand()));

std::optional<PruningOptions> atleus::getPruningOptions() {
  if (pattern.getNumOccurrences() == 0)
    return std::nullopt;
  PruningOptions options;
  options.request.kind = pattern;
  options.request.sparsity = sparsity;
  std::tie(options.request.blockRows, options.request.blockColumns) =
      readSizes(block, 'x').value_or(SizePair(0, 0));
  options.request.lines = lines;
  std::tie(options.request.kept, options.request.group) =
      readGroup(group).value_or(SizePair(0, 0));
  if (share.getNumOccurrences() > 0)
    options.share = share;
  options.layers.assign(layers.begin(), layers.end());
  options.compensate = compensate;
  return options;
}

/// "128x32", or nothing if the machine gives the size.
static std::string blockText(const PruningRequest &request) {
  return request.blockRows == 0 ? ""
                                : std::to_string(request.blockRows) + "x" +
                                      std::to_string(request.blockColumns);
}

/// "2:4", "4" if the sparsity says what is kept, or nothing.
static std::string groupText(const PruningRequest &request) {
  if (request.group == 0)
    return "";
  std::string kept =
      request.kept == 0 ? "" : std::to_string(request.kept) + ":";
  return kept + std::to_string(request.group);
}

void atleus::describePruning(
    const PruningOptions &options, bool hasSamples,
    llvm::function_ref<void(const char *, std::string)> add) {
  const PruningRequest &request = options.request;
  add("prune", stringify(request.kind).str());
  add("sparsity", formatDecimal(request.sparsity));
  add("prune_by", options.getShare(hasSamples) == SparsityShare::Uniform
                      ? "uniform"
                      : "sensitivity");
  add("prune_block", blockText(request));
  add("prune_lines", request.lines == PrunedLines::Rows ? "rows" : "columns");
  add("prune_group", groupText(request));
  add("prune_layers", llvm::join(options.layers, " "));
  add("prune_compensate", options.compensate && hasSamples ? "true" : "false");
}

std::vector<std::reference_wrapper<const cl::Option>>
atleus::getPruningFlags() {
  return {pattern, sparsity, share, block, lines, group, layers, compensate};
}
