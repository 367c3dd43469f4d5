// What patterns of zeros cores can use.
#include "dialects/Arch/SkippedZeros.h"

#include "llvm/ADT/Twine.h"

using namespace atleus;
using namespace atleus::arch;

/// Why the core has no use for a pattern, or an empty string.
static llvm::StringRef explainPattern(Sparsity skill,
                                      const WeightSparsity &sparsity) {
  switch (skill) {
  case Sparsity::None:
    return "skips nothing";
  case Sparsity::Lines:
    return sparsity.hasLines() ? "" : "skips whole lines of blocks only";
  case Sparsity::Groups:
    return sparsity.hasGroups() && !sparsity.hasLines()
               ? ""
               : "skips zeros of balanced groups only";
  case Sparsity::Hierarchical:
    return sparsity.hasGroups() || sparsity.hasLines()
               ? ""
               : "skips lines of blocks and zeros of balanced groups only";
  case Sparsity::Any:
    return "";
  }
  return "";
}

bool arch::usesLines(Sparsity skill, const WeightSparsity &sparsity) {
  return skill != Sparsity::Groups && sparsity.hasLines();
}

bool arch::usesGroups(Sparsity skill, const WeightSparsity &sparsity) {
  return skill != Sparsity::Lines && sparsity.hasGroups();
}

std::string arch::explainComputedZeros(Sparsity skill,
                                         const MatrixProduct &product) {
  const WeightSparsity &sparsity = product.sparsity;
  if (llvm::StringRef reason = explainPattern(skill, sparsity); !reason.empty())
    return reason.str();
  int64_t rows = product.rowsPerScale;
  if (rows == 0)
    return "";
  bool lines = usesLines(skill, sparsity);
  bool groups = usesGroups(skill, sparsity);
  if (!lines && !groups)
    return ("cannot skip zeros anywhere in blocks of " + llvm::Twine(rows) +
            " rows with scales of their own")
        .str();
  int64_t unit = lines ? sparsity.blockRows : sparsity.group;
  if (rows % unit == 0)
    return "";
  return ("adds up blocks of " + llvm::Twine(rows) +
          " rows with scales of their own, which cut through " +
          (lines ? "blocks" : "groups") + " of " + llvm::Twine(unit))
      .str();
}

bool arch::skipsZeros(Sparsity skill, const MatrixProduct &product) {
  return product.sparsity.any() &&
         explainComputedZeros(skill, product).empty();
}
