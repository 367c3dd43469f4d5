// The table of schemes.
#include "atleus/Pipelines/CompressionSchemes.h"

#include "atleus/Support/NearestName.h"

#include "llvm/ADT/STLExtras.h"

#include <array>

using namespace atleus;
using llvm::ArrayRef;
using llvm::StringRef;

template <WeightScales scales>
static void quantize(PipelineOptions &options) {
  options.weightScales = scales;
}

ArrayRef<CompressionScheme> atleus::getCompressionSchemes() {
  static constexpr std::array<CompressionScheme, 2> schemes = {{
      {"int8-per-tensor", "8 bits, a scale for each weight",
       quantize<WeightScales::PerTensor>},
      {"int8-per-channel", "8 bits, a scale for each output feature",
       quantize<WeightScales::PerChannel>},
  }};
  return schemes;
}

llvm::Expected<std::vector<CompressionScheme>>
atleus::findCompressionSchemes(ArrayRef<std::string> names) {
  ArrayRef<CompressionScheme> all = getCompressionSchemes();
  if (names.empty())
    return all.vec();
  std::vector<CompressionScheme> found;
  for (const std::string &name : names) {
    const auto *scheme = llvm::find_if(
        all, [&](const auto &entry) { return entry.name == name; });
    if (scheme == all.end()) {
      std::vector<std::string> known;
      for (const CompressionScheme &entry : all)
        known.push_back(entry.name.str());
      return llvm::createStringError("no scheme is named '" + name +
                                     "'; there are " +
                                     listNearest(name, known, known.size()));
    }
    if (llvm::any_of(found,
                     [&](const auto &entry) { return entry.name == name; }))
      return llvm::createStringError("scheme '" + name + "' is named twice");
    found.push_back(*scheme);
  }
  return found;
}

PipelineOptions atleus::withoutCompression(const PipelineOptions &options) {
  PipelineOptions plain = options;
  plain.weightScales = PipelineOptions().weightScales;
  return plain;
}
