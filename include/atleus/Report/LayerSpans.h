// When the layers of a model run, read off the names of its kernels.
#ifndef ATLEUS_REPORT_LAYERSPANS_H
#define ATLEUS_REPORT_LAYERSPANS_H

#include "atleus/Support/Units.h"

#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace atleus {

/// A part of a run, with the name of what runs.
struct NamedSpan {
  llvm::StringRef name;
  Picoseconds begin, end;
};

struct LayerSpan {
  int64_t number = 0;
  /// From the first begin to the last end of its spans.
  Picoseconds begin, end;
};

/// Where a name states the number of a layer: the text before its first part
/// that is a number, and that number. "encoder.layer.11.query" is in layer 11
/// of "encoder.layer.". Parts end at '.', '/' and ':'.
std::optional<std::pair<llvm::StringRef, int64_t>>
splitLayer(llvm::StringRef name);

/// The layers, by their begin. Of several texts before numbers the one whose
/// spans take most time counts, if it has two numbers or more: kernels that are
/// counted through are no layers, and take little time.
std::vector<LayerSpan> findLayers(const std::vector<NamedSpan> &spans);

} // namespace atleus

#endif // ATLEUS_REPORT_LAYERSPANS_H
