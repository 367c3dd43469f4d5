// Dense products that take the place of sparse ones.
#include "atleus/Cost/ZeroSkipping.h"

#include "atleus/Cost/Arithmetic.h"

using namespace atleus;
using namespace atleus::arch;

/// What is left by lines, and then by groups if the core skips their zeros.
static llvm::SmallVector<DenseProduct, 2>
skipLines(bool groups, const MatrixProduct &product) {
  const WeightSparsity &sparsity = product.sparsity;
  auto elements = [&](int64_t rows) {
    return groups ? sparsity.elementsLeft(rows) : rows;
  };
  if (sparsity.keptColumns != 0) {
    int64_t rows = std::min(sparsity.blockRows, product.k);
    return {{ceilDivide(product.k, rows), elements(rows),
             sparsity.columnsLeft(product.n), rows}};
  }
  int64_t whole = product.rowsPerScale ? product.rowsPerScale : product.k;
  int64_t count = ceilDivide(product.k, whole);
  int64_t rows = sparsity.rowsLeft(whole);
  int64_t width = std::min(sparsity.blockColumns, product.n);
  llvm::SmallVector<DenseProduct, 2> parts = {
      {count * (product.n / width), elements(rows), width, rows}};
  if (int64_t last = product.n % width)
    parts.push_back({count, elements(rows), last, rows});
  return parts;
}

llvm::SmallVector<DenseProduct, 2>
atleus::skipZeros(Sparsity skill, const MatrixProduct &product) {
  const WeightSparsity &sparsity = product.sparsity;
  int64_t rows = product.rowsPerScale ? product.rowsPerScale : product.k;
  int64_t count = rows == 0 ? 1 : ceilDivide(product.k, rows);
  if (!skipsZeros(skill, product))
    return {{count, rows, product.n, rows}};
  if (usesLines(skill, sparsity))
    return skipLines(usesGroups(skill, sparsity), product);
  if (usesGroups(skill, sparsity))
    return {{count, sparsity.elementsLeft(rows), product.n, rows}};
  bool known = sparsity.longestColumn != 0;
  return {{1, known ? sparsity.longestColumn : product.k, product.n,
           product.k}};
}

int64_t atleus::computedMacs(Sparsity skill, const MatrixProduct &product) {
  if (!skipsZeros(skill, product))
    return product.macs();
  int64_t vectors = product.batch * product.m;
  bool all = skill != Sparsity::Lines || !product.sparsity.hasGroups();
  if (all) // Every zero of the pattern is skipped.
    return vectors * product.sparsity.kept;
  int64_t macs = 0;
  for (const DenseProduct &part : skipZeros(skill, product))
    macs += vectors * part.count * part.k * part.n;
  return macs;
}
