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
