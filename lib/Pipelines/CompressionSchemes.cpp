// The table of schemes.
#include "atleus/Pipelines/CompressionSchemes.h"

#include "atleus/Support/NearestName.h"

#include "llvm/ADT/STLExtras.h"

using namespace atleus;
using llvm::ArrayRef;
using llvm::StringRef;

//===----------------------------------------------------------------------===//
// Schemes
//===----------------------------------------------------------------------===//

/// Nothing is compressed.
static void keepFloats(PipelineOptions &options) {
  options.weightBits = 32;
  options.activationBits = 32;
}

/// Integers of so many bits. Below 8 bits a few large weights would leave few
/// steps to all others, so that they are clipped.
template <unsigned bits, WeightScales scales>
static void quantize(PipelineOptions &options) {
  options.weightBits = bits;
  options.weightScales = scales;
  options.weightClipping =
      bits < 8 ? WeightClipping::MeanSquaredError : WeightClipping::MinMax;
}

/// The same, where later weights make up for the errors of earlier ones.
template <unsigned bits>
static void feedErrorsBack(PipelineOptions &options) {
  quantize<bits, WeightScales::CrossbarWise>(options);
  options.rounding = WeightRounding::ErrorFeedback;
}

/// Widths by measured sensitivity.
static void mixWidths(PipelineOptions &options) {
  quantize<8, WeightScales::CrossbarWise>(options);
  options.weightClipping = WeightClipping::MeanSquaredError;
  options.precisionBudget = "crossbars:60%";
}

/// Half of the weights are zero: rows of blocks, then weights in what is left.
template <void (*apply)(PipelineOptions &)>
static void pruneHalf(PipelineOptions &options) {
  apply(options);
  PruningOptions &pruning = options.pruning.emplace();
  pruning.request.kind = PruningKind::Hierarchical;
  pruning.request.sparsity = 0.5;
}

static void codeNormalFloats(PipelineOptions &options) {
  options.weightBits = 4;
  options.weightCode = WeightCoding::NF4;
  options.activationBits = 32;
}

static constexpr CompressionScheme schemes[] = {
    {"float", "nothing is compressed: products in 32-bit floats", keepFloats},
    {"int8-per-tensor",
     "weights and activations of 8 bits, a scale for each weight",
     quantize<8, WeightScales::PerTensor>},
    {"int8-per-channel", "8 bits, a scale for each output feature",
     quantize<8, WeightScales::PerChannel>},
    {"int8-crossbar-wise", "8 bits, a scale for what each crossbar array holds",
     quantize<8, WeightScales::CrossbarWise>},
    {"int4-per-tensor",
     "weights of 4 bits, clipped for the least squared error, and activations "
     "of 8; a scale for each weight",
     quantize<4, WeightScales::PerTensor>},
    {"int4-per-channel",
     "weights of 4 bits, clipped; a scale for each output feature",
     quantize<4, WeightScales::PerChannel>},
    {"int4-crossbar-wise",
     "weights of 4 bits, clipped; a scale for what each crossbar array holds",
     quantize<4, WeightScales::CrossbarWise>},
    {"int4-error-feedback",
     "int4-crossbar-wise, rounded so that later weights make up for the errors "
     "of earlier ones",
     feedErrorsBack<4>},
    {"int2-error-feedback",
     "int4-error-feedback with 2 bits, which one cell of 2 bits holds",
     feedErrorsBack<2>},
    {"mixed",
     "2 to 8 bits by measured sensitivity, in 60 % of the arrays of 8 bits; a "
     "scale for what each array holds",
     mixWidths},
    {"nf4",
     "weights in 4-bit normal floats, 64 with a scale; products in floats",
     codeNormalFloats},
    {"pruned-50",
     "half of the weights zero, hierarchically, more in layers that mind less; "
     "with samples, what is left makes up for them; products in floats",
     pruneHalf<keepFloats>},
    {"pruned-50-int8", "pruned-50, then int8-crossbar-wise",
     pruneHalf<quantize<8, WeightScales::CrossbarWise>>},
    {"pruned-50-int4-error-feedback", "pruned-50, then int4-error-feedback",
     pruneHalf<feedErrorsBack<4>>},
};

ArrayRef<CompressionScheme> atleus::getCompressionSchemes() { return schemes; }

//===----------------------------------------------------------------------===//
// Choice
//===----------------------------------------------------------------------===//

llvm::Expected<std::vector<CompressionScheme>>
atleus::findCompressionSchemes(ArrayRef<std::string> names) {
  ArrayRef<CompressionScheme> all = getCompressionSchemes();
  if (names.empty())
    return all.vec();
  std::vector<CompressionScheme> found;
  for (StringRef name : names) {
    auto isNamed = [&](const CompressionScheme &scheme) {
      return scheme.name == name;
    };
    const auto *scheme = llvm::find_if(all, isNamed);
    if (scheme == all.end()) {
      std::vector<std::string> known;
      for (const CompressionScheme &entry : all)
        known.push_back(entry.name.str());
      return llvm::createStringError("no scheme is named '" + name +
                                     "'; there are " +
                                     listNearest(name, known, known.size()));
    }
    if (llvm::any_of(found, isNamed))
      return llvm::createStringError("scheme '" + name + "' is named twice");
    found.push_back(*scheme);
  }
  return found;
}

PipelineOptions atleus::withoutCompression(const PipelineOptions &options) {
  const PipelineOptions defaults;
  PipelineOptions plain = options;
  plain.pruning = defaults.pruning;
  plain.precisions = defaults.precisions;
  plain.precisionBudget = defaults.precisionBudget;
  plain.weightBits = defaults.weightBits;
  plain.activationBits = defaults.activationBits;
  plain.weightCode = defaults.weightCode;
  plain.activationCode = defaults.activationCode;
  plain.activationScales = defaults.activationScales;
  plain.weightScales = defaults.weightScales;
  plain.weightClipping = defaults.weightClipping;
  plain.rounding = defaults.rounding;
  return plain;
}
