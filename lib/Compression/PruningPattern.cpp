// The numbers of a pruning pattern for a weight.
#include "atleus/Compression/PruningPattern.h"

#include "atleus/Support/NumberText.h"

#include "llvm/ADT/Twine.h"
#include "llvm/Support/FormatVariadic.h"

#include <algorithm>
#include <cmath>

using namespace atleus;
using llvm::Twine;

llvm::StringRef atleus::stringify(PruningKind kind) {
  switch (kind) {
  case PruningKind::Unstructured:
    return "unstructured";
  case PruningKind::Block:
    return "block";
  case PruningKind::BankBalanced:
    return "bank-balanced";
  case PruningKind::NOfM:
    return "n:m";
  case PruningKind::Hierarchical:
    return "hierarchical";
  }
  return "";
}

/// What rounding may add to a share that is exact otherwise.
constexpr double tolerance = 1e-9;

/// The share `density` of `size`, rounded to the nearest number of 1 or more.
static int64_t nearestShare(int64_t size, double density) {
  double share = static_cast<double>(size) * density;
  auto kept = static_cast<int64_t>(std::floor(share + 0.5 + tolerance));
  return std::clamp<int64_t>(kept, 1, size);
}

int64_t atleus::keptAnywhere(double sparsity, int64_t weights) {
  return nearestShare(weights, 1 - sparsity);
}

static llvm::Error checkRequest(const PruningRequest &request) {
  bool isShare = request.sparsity >= 0 && request.sparsity < 1;
  if (!isShare)
    return llvm::createStringError(
        "sparsity must be at least 0 and less than 1, found " +
        formatDecimal(request.sparsity));
  std::pair<llvm::StringRef, int64_t> sizes[] = {
      {"rows of a block", request.blockRows},
      {"columns of a block", request.blockColumns},
      {"weights of a group", request.group},
      {"weights kept of a group", request.kept}};
  for (auto [name, size] : sizes)
    if (size < 0)
      return llvm::createStringError(name + " must not be negative, found " +
                                     Twine(size));
  return llvm::Error::success();
}

/// The number of weights that a group keeps.
static int64_t chooseKept(const PruningRequest &request, int64_t group,
                          double density) {
  if (request.kept != 0)
    return request.kept;
  if (request.kind != PruningKind::Hierarchical)
    return nearestShare(group, density);
  // Groups cannot keep less than the whole pattern.
  double share = static_cast<double>(group) * density;
  auto fewest = static_cast<int64_t>(std::ceil(share - tolerance));
  return std::max(nearestShare(group, std::sqrt(density)), fewest);
}

static llvm::Error addGroups(const PruningRequest &request,
                             nn::SparsePattern &pattern) {
  double density = 1 - request.sparsity;
  int64_t usual = request.kind == PruningKind::BankBalanced ? 32 : 4;
  pattern.group = request.group != 0 ? request.group : usual;
  pattern.kept = chooseKept(request, pattern.group, density);
  if (pattern.kept > pattern.group)
    return llvm::createStringError("a group of " + Twine(pattern.group) +
                                   " weights cannot keep " +
                                   Twine(pattern.kept));
  if (request.hasBlocks() &&
      static_cast<double>(pattern.kept) <
          static_cast<double>(pattern.group) * density - tolerance)
    return llvm::createStringError(
        llvm::formatv("groups that keep {0} of {1} weights leave less than "
                      "the {2:P1} that a sparsity of {3} keeps",
                      pattern.kept, pattern.group, 1 - request.sparsity,
                      formatDecimal(request.sparsity))
            .str());
  return llvm::Error::success();
}

/// The number of lines with which a whole block keeps most nearly the share
/// that it should, groups included.
static int64_t chooseLines(const nn::SparsePattern &pattern, double sparsity) {
  nn::SparsePattern block = pattern;
  block.rows = pattern.blockRows;
  block.columns = pattern.blockColumns;
  double wanted = static_cast<double>(block.size()) * (1 - sparsity);
  int64_t best = 0;
  double nearest = 0;
  for (int64_t lines = 1; lines <= pattern.blockLines(); ++lines) {
    block.keptLines = lines;
    double distance =
        std::abs(static_cast<double>(nn::countKept(block)) - wanted);
    if (best == 0 || distance <= nearest + tolerance) {
      best = lines;
      nearest = distance;
    }
  }
  return best;
}

static void addLines(const PruningRequest &request, const WeightShape &shape,
                     nn::SparsePattern &pattern) {
  auto clamp = [](int64_t size, int64_t whole) {
    return size == 0 ? whole : std::min(size, whole);
  };
  pattern.blockRows = clamp(request.blockRows, shape.inputs);
  pattern.blockColumns = clamp(request.blockColumns, shape.features);
  pattern.lineDimension = request.lines == PrunedLines::Rows ? 0 : 1;
  if (shape.transposed) {
    std::swap(pattern.blockRows, pattern.blockColumns);
    pattern.lineDimension = 1 - pattern.lineDimension;
  }
  pattern.keptLines = chooseLines(pattern, request.sparsity);
}

llvm::Expected<nn::SparsePattern>
atleus::choosePattern(const PruningRequest &request, const WeightShape &shape) {
  if (llvm::Error error = checkRequest(request))
    return error;
  nn::SparsePattern pattern;
  pattern.rows = shape.transposed ? shape.features : shape.inputs;
  pattern.columns = shape.transposed ? shape.inputs : shape.features;
  pattern.groupDimension = shape.transposed ? 1 : 0;
  if (request.hasGroups())
    if (llvm::Error error = addGroups(request, pattern))
      return error;
  if (request.hasBlocks())
    addLines(request, shape, pattern);
  return nn::withSmallestIndex(pattern,
                               keptAnywhere(request.sparsity, pattern.size()));
}
