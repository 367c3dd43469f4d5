// Sorts names by their edit distance to one that was not found.
#include "atleus/Support/NearestName.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <utility>
#include <vector>

using namespace llvm;

std::string atleus::listNearest(StringRef name, ArrayRef<std::string> names,
                                unsigned most) {
  std::vector<std::pair<unsigned, std::string>> ranked;
  for (const std::string &candidate : names)
    ranked.emplace_back(StringRef(candidate).edit_distance(name), candidate);
  sort(ranked);
  if (ranked.size() > most)
    ranked.resize(most);
  std::vector<std::string> quoted;
  quoted.reserve(ranked.size());
  for (const auto &[distance, candidate] : ranked)
    quoted.push_back("'" + candidate + "'");
  return join(quoted, ", ");
}

std::string atleus::findSimilar(StringRef name, ArrayRef<std::string> names) {
  std::string lower = name.lower(), best;
  unsigned smallest = 0;
  for (const std::string &candidate : names) {
    std::string other = StringRef(candidate).lower();
    bool isPrefix = StringRef(lower).starts_with(other) ||
                    StringRef(other).starts_with(lower);
    unsigned distance = StringRef(other).edit_distance(lower);
    bool isNear = distance < name.size() &&
                  distance <= std::max<size_t>(1, name.size() / 3);
    if (!isPrefix && !isNear)
      continue;
    if (best.empty() || distance < smallest) {
      best = candidate;
      smallest = distance;
    }
  }
  return best;
}
