// Sorts names by their edit distance to one that was not found.
#include "atleus/Support/NearestName.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <algorithm>
#include <utility>
#include <vector>

using namespace llvm;

/// The names of the smallest distances, the smallest first, in quotes.
static std::string
listRanked(std::vector<std::pair<unsigned, std::string>> ranked,
           unsigned most) {
  sort(ranked);
  if (ranked.size() > most)
    ranked.resize(most);
  std::vector<std::string> quoted;
  quoted.reserve(ranked.size());
  for (const auto &[distance, candidate] : ranked)
    quoted.push_back("'" + candidate + "'");
  return join(quoted, ", ");
}

std::string atleus::listNearest(StringRef name, ArrayRef<std::string> names,
                                unsigned most) {
  std::vector<std::pair<unsigned, std::string>> ranked;
  for (const std::string &candidate : names)
    ranked.emplace_back(StringRef(candidate).edit_distance(name), candidate);
  return listRanked(std::move(ranked), most);
}

/// How many signs must be added, removed or replaced for `pattern` to match
/// `name`, where '*' is any text and '?' any sign.
static unsigned patternDistance(StringRef pattern, StringRef name) {
  // Of what was read of the pattern to each prefix of the name.
  std::vector<unsigned> distance(name.size() + 1), next(name.size() + 1);
  for (size_t i = 0; i <= name.size(); ++i)
    distance[i] = i;
  for (char sign : pattern) {
    bool isAny = sign == '*';
    next[0] = distance[0] + (isAny ? 0 : 1);
    for (size_t i = 1; i <= name.size(); ++i) {
      bool matches = sign == '?' || sign == name[i - 1];
      next[i] = isAny ? std::min(distance[i], next[i - 1])
                      : std::min({distance[i] + 1, next[i - 1] + 1,
                                  distance[i - 1] + (matches ? 0 : 1)});
    }
    std::swap(distance, next);
  }
  return distance.back();
}

std::string atleus::listNearestMatches(StringRef pattern,
                                       ArrayRef<std::string> names,
                                       unsigned most) {
  std::vector<std::pair<unsigned, std::string>> ranked;
  for (const std::string &candidate : names)
    ranked.emplace_back(patternDistance(pattern, candidate), candidate);
  return listRanked(std::move(ranked), most);
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
