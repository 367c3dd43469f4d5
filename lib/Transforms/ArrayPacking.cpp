// Packing of weights into the arrays of cores: next, first, best and worst fit,
// with weights cut along their features where no core has room for the whole,
// and along their rows where none could have room for a column of arrays.
#include "atleus/Transforms/ArrayPacking.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>
#include <cassert>
#include <numeric>

using namespace atleus;
using llvm::ArrayRef;
using llvm::SmallVector;
using llvm::SmallVectorImpl;

using Pieces = SmallVector<ArrayPiece>;

int64_t ArrayDemand::arrays(int64_t count) const {
  return gridRows * static_cast<int64_t>(llvm::divideCeil(
                        count * columnsPerFeature, columnsPerArray));
}

int64_t ArrayDemand::featuresIn(int64_t count) const {
  return count / gridRows * columnsPerArray / columnsPerFeature;
}

SmallVector<int64_t> ArrayDemand::cutRows(int64_t arraysPerCore) const {
  int64_t inPart = arraysPerCore / gridRowsPerCut * gridRowsPerCut;
  if (gridRows <= arraysPerCore || inPart == 0)
    return {gridRows};
  SmallVector<int64_t> parts(gridRows / inPart, inPart);
  if (int64_t rest = gridRows % inPart; rest != 0)
    parts.push_back(rest);
  return parts;
}

int64_t ArrayDemand::leastArrays(int64_t arraysPerCore) const {
  ArrayDemand least = *this;
  if (cutRows(arraysPerCore).size() > 1)
    least.gridRows = gridRowsPerCut;
  return least.arrays(1);
}

ArrayPacker::ArrayPacker(int64_t cores, int64_t arraysPerCore, FitPolicy policy)
    : free(cores, arraysPerCore), arraysPerCore(arraysPerCore), policy(policy) {
  assert(cores > 0 && arraysPerCore > 0 && "a tier has cores with arrays");
}

int64_t ArrayPacker::freeArrays() const {
  return std::accumulate(free.begin(), free.end(), int64_t(0));
}

void ArrayPacker::sortByRoom(SmallVectorImpl<int64_t> &cores,
                             bool emptiestFirst) const {
  llvm::sort(cores, [&](int64_t a, int64_t b) {
    if (free[a] == free[b])
      return a < b;
    return emptiestFirst ? free[a] > free[b] : free[a] < free[b];
  });
}

SmallVector<int64_t> ArrayPacker::coresByPreference() const {
  SmallVector<int64_t> cores(free.size());
  std::iota(cores.begin(), cores.end(), 0);
  if (policy == FitPolicy::NextFit)
    std::rotate(cores.begin(), cores.begin() + current, cores.end());
  if (policy == FitPolicy::BestFit || policy == FitPolicy::WorstFit)
    sortByRoom(cores, /*emptiestFirst=*/policy == FitPolicy::WorstFit);
  return cores;
}

void ArrayPacker::take(const ArrayPiece &piece) {
  assert(piece.arrays <= free[piece.core] && "an array is used twice");
  free[piece.core] -= piece.arrays;
  current = piece.core;
}

std::optional<Pieces> ArrayPacker::add(const ArrayDemand &demand) {
  SmallVector<int64_t> parts = demand.cutRows(arraysPerCore);
  if (parts.size() == 1)
    return addPart(demand);
  while (true) {
    if (std::optional<Pieces> pieces = addRows(demand, parts))
      return pieces;
    int64_t fewer = parts.front() - demand.gridRowsPerCut;
    if (fewer < demand.gridRowsPerCut)
      return std::nullopt;
    parts = demand.cutRows(fewer);
  }
}

std::optional<Pieces> ArrayPacker::addRows(const ArrayDemand &demand,
                                           ArrayRef<int64_t> parts) {
  ArrayPacker before = *this;
  Pieces pieces;
  int64_t firstGridRow = 0;
  for (int64_t gridRows : parts) {
    ArrayDemand part = demand;
    part.gridRows = gridRows;
    std::optional<Pieces> added = addPart(part);
    if (!added) {
      *this = std::move(before);
      return std::nullopt;
    }
    for (ArrayPiece &piece : *added) {
      piece.firstGridRow = firstGridRow;
      pieces.push_back(piece);
    }
    firstGridRow += gridRows;
  }
  return pieces;
}

std::optional<Pieces> ArrayPacker::addPart(const ArrayDemand &demand) {
  SmallVector<int64_t> cores = coresByPreference();
  int64_t arrays = demand.arrays();
  auto *room =
      llvm::find_if(cores, [&](int64_t core) { return free[core] >= arrays; });
  if (room != cores.end()) {
    Pieces whole = {{*room, 0, demand.features, arrays, 0, demand.gridRows}};
    take(whole.front());
    return whole;
  }
  // The fullest cores would make the most pieces.
  if (policy == FitPolicy::BestFit)
    sortByRoom(cores, /*emptiestFirst=*/true);
  Pieces pieces;
  int64_t placed = 0;
  for (int64_t core : cores) {
    int64_t features =
        std::min(demand.features - placed, demand.featuresIn(free[core]));
    if (features == 0)
      continue;
    pieces.push_back(
        {core, placed, features, demand.arrays(features), 0, demand.gridRows});
    placed += features;
  }
  if (placed < demand.features)
    return std::nullopt;
  for (const ArrayPiece &piece : pieces)
    take(piece);
  return pieces;
}

std::optional<int64_t> ArrayPacker::addReplica(int64_t arrays,
                                               ArrayRef<int64_t> others) {
  std::optional<int64_t> best;
  auto isBetter = [&](int64_t core) {
    if (!best)
      return true;
    return policy == FitPolicy::BestFit ? free[core] < free[*best]
                                        : free[core] > free[*best];
  };
  for (int64_t core = 0, end = free.size(); core < end; ++core)
    if (free[core] >= arrays && isBetter(core) &&
        !llvm::is_contained(others, core))
      best = core;
  if (best)
    take({*best, 0, 0, arrays, 0, 1});
  return best;
}

/// Places `demands` in the given order.
static std::optional<SmallVector<Pieces>>
packInOrder(ArrayRef<ArrayDemand> demands, ArrayRef<size_t> order,
            ArrayPacker packer, ArrayShortage *shortage) {
  SmallVector<Pieces> result(demands.size());
  for (size_t index : order) {
    std::optional<Pieces> pieces = packer.add(demands[index]);
    if (!pieces) {
      if (shortage)
        *shortage = {index, packer.freeArrays()};
      return std::nullopt;
    }
    result[index] = std::move(*pieces);
  }
  return result;
}

std::optional<SmallVector<Pieces>>
atleus::packArrays(ArrayRef<ArrayDemand> demands, int64_t cores,
                   int64_t arraysPerCore, FitPolicy policy,
                   ArrayShortage *shortage) {
  SmallVector<size_t> given(demands.size());
  std::iota(given.begin(), given.end(), 0);
  SmallVector<size_t> order = given;
  if (policy != FitPolicy::NextFit)
    llvm::sort(order, [&](size_t a, size_t b) {
      int64_t left = demands[a].arrays(), right = demands[b].arrays();
      return left != right ? left > right : a < b;
    });
  if (auto packed =
          packInOrder(demands, order, {cores, arraysPerCore, policy}, nullptr))
    return packed;
  return packInOrder(demands, given,
                     {cores, arraysPerCore, FitPolicy::FirstFit}, shortage);
}

std::optional<size_t> atleus::packCopies(ArrayRef<CopyDemand> demands,
                                         ArrayPacker packer,
                                         CoresOfCopies &cores) {
  SmallVector<size_t> order(demands.size());
  std::iota(order.begin(), order.end(), 0);
  llvm::sort(order, [&](size_t a, size_t b) {
    int64_t left = demands[a].arrays, right = demands[b].arrays;
    return left != right ? left > right : a < b;
  });
  for (size_t index : order)
    while (static_cast<int64_t>(cores[index].size()) < demands[index].copies) {
      std::optional<int64_t> core =
          packer.addReplica(demands[index].arrays, cores[index]);
      if (!core)
        return index;
      cores[index].push_back(*core);
    }
  return std::nullopt;
}

std::optional<CoresOfCopies> atleus::packCopies(ArrayRef<CopyDemand> demands,
                                                int64_t cores,
                                                int64_t arraysPerCore) {
  for (FitPolicy policy : {FitPolicy::WorstFit, FitPolicy::BestFit}) {
    CoresOfCopies packed(demands.size());
    if (!packCopies(demands, {cores, arraysPerCore, policy}, packed))
      return packed;
  }
  return std::nullopt;
}
