// Groups names by the number in them.
#include "atleus/Report/LayerSpans.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <algorithm>
#include <map>

using namespace atleus;
using llvm::StringRef;

std::optional<std::pair<StringRef, int64_t>>
atleus::splitLayer(StringRef name) {
  static constexpr StringRef separators = "./:";
  for (size_t begin = 0; begin < name.size();) {
    size_t end = std::min(name.find_first_of(separators, begin), name.size());
    StringRef part = name.slice(begin, end);
    int64_t number;
    if (!part.empty() && llvm::all_of(part, llvm::isDigit) &&
        !part.getAsInteger(10, number))
      return std::make_pair(name.take_front(begin), number);
    begin = end + 1;
  }
  return std::nullopt;
}

std::vector<LayerSpan> atleus::findLayers(const std::vector<NamedSpan> &spans) {
  struct Family {
    Picoseconds time;
    std::map<int64_t, LayerSpan> layers;
  };
  std::map<StringRef, Family> families;
  for (const NamedSpan &span : spans) {
    auto split = splitLayer(span.name);
    if (!split)
      continue;
    Family &family = families[split->first];
    family.time += span.end - span.begin;
    auto [layer, isNew] = family.layers.try_emplace(
        split->second, LayerSpan{split->second, span.begin, span.end});
    if (isNew)
      continue;
    layer->second.begin = std::min(layer->second.begin, span.begin);
    layer->second.end = std::max(layer->second.end, span.end);
  }
  const Family *longest = nullptr;
  for (const auto &[prefix, family] : families)
    if (family.layers.size() > 1 && (!longest || family.time > longest->time))
      longest = &family;
  std::vector<LayerSpan> layers;
  if (!longest)
    return layers;
  for (const auto &[number, layer] : longest->layers)
    layers.push_back(layer);
  llvm::sort(layers, [](const LayerSpan &a, const LayerSpan &b) {
    return a.begin != b.begin ? a.begin < b.begin : a.number < b.number;
  });
  return layers;
}
