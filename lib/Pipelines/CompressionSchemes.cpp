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
     "weights of 4 bits, clipped for the least squared error, activations of 8; "
     "a scale for each weight",
     quantize<4, WeightScales::PerTensor>},
    {"int4-per-channel", "the same, a scale for each output feature",
     quantize<4, WeightScales::PerChannel>},
    {"int4-crossbar-wise", "the same, a scale for what each array holds",
     quantize<4, WeightScales::CrossbarWise>},
    {"nf4",
     "weights in 4-bit normal floats, 64 with a scale; products in floats",
     codeNormalFloats},
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
      return llvm::createStringError(
          "no scheme is named '" + name + "'; there are " +
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
  plain.precisions = defaults.precisions;
  plain.weightBits = defaults.weightBits;
  plain.activationBits = defaults.activationBits;
  plain.weightCode = defaults.weightCode;
  plain.activationCode = defaults.activationCode;
  plain.weightScales = defaults.weightScales;
  plain.weightClipping = defaults.weightClipping;
  plain.blockRows = defaults.blockRows;
  plain.blockColumns = defaults.blockColumns;
  return plain;
}
