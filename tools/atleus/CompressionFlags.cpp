// Declares the options of phase `compressed`.
#include "CompressionFlags.h"

#include "BlockSize.h"
#include "Choice.h"
#include "Commands.h"
#include "PruningFlags.h"

#include "atleus/Compression/PrecisionBudget.h"
#include "atleus/Compression/PrecisionRule.h"
#include "atleus/Support/NumberText.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

#include <tuple>

using namespace atleus;
using llvm::StringRef;
namespace cl = llvm::cl;

//===----------------------------------------------------------------------===//
// Parsers
//===----------------------------------------------------------------------===//

namespace {
/// Reads "PATTERN=PRECISION".
struct PrecisionParser : public cl::parser<std::string> {
  using cl::parser<std::string>::parser;
  static bool parse(cl::Option &option, StringRef /*name*/, StringRef text,
                    std::string &value) {
    llvm::Expected<PrecisionRule> rule = PrecisionRule::parse(text);
    if (!rule)
      return option.error(llvm::toString(rule.takeError()));
    value = text.str();
    return false;
  }
};

/// Reads "crossbars:COUNT", "crossbars:SHARE%" or "loss:POINTS".
struct BudgetParser : public cl::parser<std::string> {
  using cl::parser<std::string>::parser;
  static bool parse(cl::Option &option, StringRef /*name*/, StringRef text,
                    std::string &value) {
    llvm::Expected<PrecisionBudget> budget = PrecisionBudget::parse(text);
    if (!budget)
      return option.error(llvm::toString(budget.takeError()));
    value = text.str();
    return false;
  }
};

/// Reads bits, or `float`.
template <bool (*isWidth)(unsigned)>
struct WidthParser : public cl::parser<unsigned> {
  using cl::parser<unsigned>::parser;
  static bool parse(cl::Option &option, StringRef /*name*/, StringRef text,
                    unsigned &value) {
    bool isNumber = !text.getAsInteger(10, value) && value != floatBits;
    if (text == "float")
      value = floatBits;
    else if (!isNumber || !isWidth(value))
      return option.error((isWidth(2) ? "expected 2 to 8 bits or 'float'"
                                      : "expected 4 to 8 or 16 bits or "
                                        "'float'") +
                          llvm::Twine(", found '") + text + "'");
    return false;
  }
};

/// Reads a share above 0 and at most 100.
struct PercentileParser : public cl::parser<double> {
  using cl::parser<double>::parser;
  static bool parse(cl::Option &option, StringRef /*name*/, StringRef text,
                    double &value) {
    // Also refuses NaN, which compares with nothing.
    bool isShare = !text.getAsDouble(value) && value > 0 && value <= 100;
    if (!isShare)
      return option.error("expected a number above 0 and at most 100, found '" +
                          text + "'");
    return false;
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// Options
//===----------------------------------------------------------------------===//

static cl::list<std::string, bool, PrecisionParser> precisions(
    "precision",
    cl::desc("Precision of the products whose names match: bits of weights, 4, "
             "or of weights and activations, 4/8, or float or nf4; the last "
             "one that matches a name counts"),
    cl::value_desc("pattern=precision"), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()), cl::sub(getRunCommand()));

static cl::opt<std::string, false, BudgetParser> precisionBudget(
    "precision-budget",
    cl::desc("Widths of layers by measured sensitivity: the least loss at so "
             "many crossbars (crossbars:2000, or crossbars:60% of those that "
             "the widths asked for take), or the fewest crossbars at so many "
             "points of changed answers (loss:0.5)"),
    cl::value_desc("budget"), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()), cl::sub(getRunCommand()));

static cl::opt<unsigned, false, WidthParser<isWeightWidth>> weightBits(
    "weight-bits", cl::desc("Bits of weights, 2 to 8, or float (default: 8)"),
    cl::value_desc("bits"), cl::init(8), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()), cl::sub(getRunCommand()));

static cl::opt<unsigned, false, WidthParser<isActivationWidth>> activationBits(
    "activation-bits",
    cl::desc("Bits of activations, 4 to 8 or 16, or float (default: 8)"),
    cl::value_desc("bits"), cl::init(8), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()), cl::sub(getRunCommand()));

static Choice<WeightCoding> weightCode(
    "weight-code", cl::desc("What the bits of a weight mean"),
    cl::values(clEnumValN(WeightCoding::Symmetric, "symmetric",
                          "multiples of a scale, signed (default)"),
               clEnumValN(WeightCoding::Affine, "affine",
                          "multiples of a scale from a zero point on"),
               clEnumValN(WeightCoding::NF4, "nf4",
                          "4-bit normal floats; activations stay floats")),
    cl::init(WeightCoding::Symmetric), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()), cl::sub(getRunCommand()));

static Choice<ActivationCoding> activationCode(
    "activation-code", cl::desc("What the bits of an activation mean"),
    cl::values(clEnumValN(ActivationCoding::Symmetric, "symmetric",
                          "multiples of a scale, signed (default)"),
               clEnumValN(ActivationCoding::Affine, "affine",
                          "multiples of a scale from a zero point on")),
    cl::init(ActivationCoding::Symmetric), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()), cl::sub(getRunCommand()));

static Choice<ActivationScales> activationScales(
    "activation-scales",
    cl::desc("For what an activation has a scale that is found at run time; "
             "samples beside the model are left alone then"),
    cl::values(clEnumValN(ActivationScales::PerToken, "per-token",
                          "each token, and the keys and the values of each "
                          "head (default)"),
               clEnumValN(ActivationScales::PerTensor, "per-tensor",
                          "the whole tensor")),
    cl::init(ActivationScales::PerToken), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()), cl::sub(getRunCommand()));

static Choice<WeightScales> weightScales(
    "weight-scales", cl::desc("Granularity of the scales of weights"),
    cl::values(clEnumValN(WeightScales::PerTensor, "per-tensor",
                          "one scale for each weight"),
               clEnumValN(WeightScales::PerChannel, "per-channel",
                          "one scale for each output feature (default)"),
               clEnumValN(WeightScales::CrossbarWise, "crossbar-wise",
                          "one scale for what one crossbar array holds")),
    cl::init(WeightScales::PerChannel), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()), cl::sub(getRunCommand()));

static cl::opt<std::string, false, BlockParser> crossbarBlock(
    "crossbar-block",
    cl::desc("Rows and columns of weights with a common scale, for "
             "crossbar-wise scales (default: what one array of the machine "
             "holds)"),
    cl::value_desc("RxC"), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()), cl::sub(getRunCommand()));

static Choice<WeightClipping> weightClipping(
    "weight-clipping", cl::desc("What becomes of the largest weights"),
    cl::values(clEnumValN(WeightClipping::MinMax, "min-max",
                          "they are kept (default)"),
               clEnumValN(WeightClipping::MeanSquaredError, "mse",
                          "clipped for the least squared error")),
    cl::init(WeightClipping::MinMax), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()), cl::sub(getRunCommand()));

static Choice<WeightRounding> rounding(
    "rounding", cl::desc("How the weights of layers become integers"),
    cl::values(clEnumValN(WeightRounding::Nearest, "nearest",
                          "each alone (default)"),
               clEnumValN(WeightRounding::ErrorFeedback, "error-feedback",
                          "later ones make up for the errors of earlier ones "
                          "on the samples of --calibration")),
    cl::init(WeightRounding::Nearest), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()), cl::sub(getRunCommand()));

static cl::opt<std::string> calibration(
    "calibration",
    cl::desc("Samples of the inputs for the scales of activations; default: "
             "<model>.calibration.npz beside the model, if it exists"),
    cl::value_desc("file.npz"), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()), cl::sub(getRunCommand()));

static Choice<CalibrationMethod> calibrationMethod(
    "calibration-method",
    cl::desc("Which range of what was seen an activation's integers cover"),
    cl::values(clEnumValN(CalibrationMethod::MinMax, "min-max",
                          "all of it (default)"),
               clEnumValN(CalibrationMethod::Percentile, "percentile",
                          "a share of the numbers"),
               clEnumValN(CalibrationMethod::Entropy, "entropy",
                          "of the least divergence from the distribution"),
               clEnumValN(CalibrationMethod::MeanSquaredError, "mse",
                          "of the least squared error")),
    cl::init(CalibrationMethod::MinMax), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()), cl::sub(getRunCommand()));

static cl::opt<double, false, PercentileParser> percentile(
    "percentile",
    cl::desc("Share of the numbers that --calibration-method=percentile keeps "
             "(default: 99.99)"),
    cl::value_desc("percent"), cl::init(99.99), cl::cat(getOptionCategory()),
    cl::sub(getCompileCommand()), cl::sub(getRunCommand()));

bool atleus::areRunTimeScalesStated() {
  return activationScales.getNumOccurrences() > 0;
}

void atleus::readCompressionFlags(PipelineOptions &options) {
  options.pruning = getPruningOptions();
  options.precisions.assign(precisions.begin(), precisions.end());
  options.precisionBudget = precisionBudget;
  options.weightBits = weightBits;
  options.activationBits = activationBits;
  options.weightCode = weightCode;
  options.activationCode = activationCode;
  options.activationScales = activationScales;
  options.weightScales = weightScales;
  options.weightClipping = weightClipping;
  options.rounding = rounding;
  std::tie(options.blockRows, options.blockColumns) =
      readSizes(crossbarBlock, 'x').value_or(SizePair(0, 0));
  options.calibration = calibration;
  options.calibrationMethod = calibrationMethod;
  options.percentile = percentile;
}

//===----------------------------------------------------------------------===//
// Reports
//===----------------------------------------------------------------------===//

static std::string widthText(unsigned bits) {
  return bits == floatBits ? "float" : std::to_string(bits);
}

void atleus::describeCompression(
    const PipelineOptions &options,
    llvm::function_ref<void(const char *, std::string)> add) {
  if (options.pruning)
    describePruning(*options.pruning, !options.calibration.empty(), add);
  add("precision", llvm::join(options.precisions, " "));
  add("precision_budget", options.precisionBudget);
  add("weight_bits", widthText(options.weightBits));
  add("activation_bits", widthText(options.activationBits));
  add("weight_code", wordOf(weightCode, options.weightCode));
  add("activation_code", wordOf(activationCode, options.activationCode));
  // Samples leave nothing to find at run time.
  add("activation_scales",
      options.calibration.empty()
          ? wordOf(activationScales, options.activationScales)
          : "");
  add("weight_scales", wordOf(weightScales, options.weightScales));
  add("crossbar_block", options.blockRows == 0
                            ? ""
                            : std::to_string(options.blockRows) + "x" +
                                  std::to_string(options.blockColumns));
  add("weight_clipping", wordOf(weightClipping, options.weightClipping));
  add("rounding", wordOf(rounding, options.rounding));
  // Of a file that was found beside the model, the folder is the user's affair.
  add("calibration", calibration.empty()
                         ? llvm::sys::path::filename(options.calibration).str()
                         : options.calibration);
  add("calibration_method",
      wordOf(calibrationMethod, options.calibrationMethod));
  add("percentile", options.calibrationMethod == CalibrationMethod::Percentile
                        ? formatDecimal(options.percentile)
                        : "");
}

std::vector<std::reference_wrapper<const cl::Option>>
atleus::getCompressionFlags() {
  std::vector<std::reference_wrapper<const cl::Option>> flags = {
      precisions,        precisionBudget, rounding,       weightBits,
      activationBits,    weightCode,      activationCode, activationScales,
      weightScales,      crossbarBlock,   weightClipping, calibration,
      calibrationMethod, percentile};
  llvm::append_range(flags, getPruningFlags());
  return flags;
}

void atleus::warnOfIdleCompressionFlags() {
  auto warn = [](const cl::Option &option, StringRef other,
                 StringRef relation = "without") {
    if (option.getNumOccurrences() > 0)
      llvm::WithColor::warning(llvm::errs())
          << "--" << option.ArgStr << " has no effect " << relation << ' '
          << other << '\n';
  };
  if (!calibration.empty())
    warn(activationScales, "--calibration", "with");
  if (weightScales != WeightScales::CrossbarWise)
    warn(crossbarBlock, "--weight-scales=crossbar-wise");
  if (calibrationMethod != CalibrationMethod::Percentile)
    warn(percentile, "--calibration-method=percentile");
  if (!getPruningOptions())
    for (const cl::Option &option : getPruningFlags())
      warn(option, "--prune");
}
