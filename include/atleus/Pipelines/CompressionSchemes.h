// The ways to compress a model that are worth a comparison.
#ifndef ATLEUS_PIPELINES_COMPRESSIONSCHEMES_H
#define ATLEUS_PIPELINES_COMPRESSIONSCHEMES_H

#include "atleus/Pipelines/Pipeline.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace atleus {

/// A way to compress a model: what it changes of the options of a compilation.
struct CompressionScheme {
  /// Lower case, such as "int8-crossbar-wise".
  llvm::StringLiteral name;
  llvm::StringLiteral description;
  void (*apply)(PipelineOptions &options);
};

/// All schemes, in the order of reports.
llvm::ArrayRef<CompressionScheme> getCompressionSchemes();

/// The schemes of these names, in the order of `names`; all without names. The
/// error says which name is unknown, with the nearest ones, or stands twice.
llvm::Expected<std::vector<CompressionScheme>>
findCompressionSchemes(llvm::ArrayRef<std::string> names);

/// `options` without what a scheme may change: calibration, machine and all else
/// are the same for all schemes.
PipelineOptions withoutCompression(const PipelineOptions &options);

} // namespace atleus

#endif // ATLEUS_PIPELINES_COMPRESSIONSCHEMES_H
