// Sums of products of rows, tile by tile.
#include "atleus/Compression/SecondMoments.h"

#include "llvm/Support/Parallel.h"

#include <algorithm>

using namespace atleus;
using llvm::ArrayRef;

/// Rows whose products are added up in float before they go to the sums.
static constexpr int64_t rowsInFloat = 512;

using Rows = Eigen::Map<const Eigen::Matrix<float, Eigen::Dynamic,
                                            Eigen::Dynamic, Eigen::RowMajor>>;

SecondMoments::SecondMoments(int64_t features) : features(features) {
  for (int64_t row = 0; tileBegin(row) < features; ++row)
    for (int64_t column = 0; column <= row; ++column)
      tiles.push_back(
          {row, column,
           Eigen::MatrixXd::Zero(tileEnd(row) - tileBegin(row),
                                 tileEnd(column) - tileBegin(column))});
}

int64_t SecondMoments::numBytes(int64_t features) {
  int64_t whole = features / tileSize, rest = features % tileSize;
  int64_t numbers = tileSize * tileSize * whole * (whole + 1) / 2 +
                    rest * tileSize * whole + rest * rest;
  return numbers * static_cast<int64_t>(sizeof(double));
}

void SecondMoments::add(ArrayRef<float> batch) {
  if (features == 0)
    return;
  int64_t count = static_cast<int64_t>(batch.size()) / features;
  assert(count * features == static_cast<int64_t>(batch.size()));
  Rows values(batch.data(), count, features);
  llvm::parallelFor(0, tiles.size(), [&](size_t index) {
    Tile &tile = tiles[index];
    for (int64_t begin = 0; begin < count; begin += rowsInFloat) {
      int64_t size = std::min(rowsInFloat, count - begin);
      Eigen::MatrixXf product =
          values.block(begin, tileBegin(tile.row), size, tile.sums.rows())
              .transpose() *
          values.block(begin, tileBegin(tile.column), size, tile.sums.cols());
      tile.sums += product.cast<double>();
    }
  });
  rows += count;
}

void SecondMoments::merge(const SecondMoments &other) {
  assert(features == other.features && "moments of as many features");
  for (size_t i = 0; i < tiles.size(); ++i)
    tiles[i].sums += other.tiles[i].sums;
  rows += other.rows;
}

double SecondMoments::get(int64_t first, int64_t second) const {
  auto [column, row] = std::minmax(first, second);
  int64_t tileRow = row / tileSize, tileColumn = column / tileSize;
  const Tile &tile = tiles[tileRow * (tileRow + 1) / 2 + tileColumn];
  return tile.sums(row % tileSize, column % tileSize);
}

Eigen::VectorXd SecondMoments::getDiagonal() const {
  Eigen::VectorXd diagonal(features);
  for (const Tile &tile : tiles)
    if (tile.row == tile.column)
      diagonal.segment(tileBegin(tile.row), tile.sums.rows()) =
          tile.sums.diagonal();
  return diagonal;
}

double SecondMoments::outputError(ArrayRef<float> changes) const {
  if (features == 0)
    return 0;
  int64_t columns = static_cast<int64_t>(changes.size()) / features;
  assert(columns * features == static_cast<int64_t>(changes.size()));
  Rows values(changes.data(), features, columns);
  std::vector<double> parts(tiles.size());
  llvm::parallelFor(0, tiles.size(), [&](size_t index) {
    const Tile &tile = tiles[index];
    Eigen::MatrixXd left =
        values.middleRows(tileBegin(tile.row), tile.sums.rows()).cast<double>();
    Eigen::MatrixXd right =
        values.middleRows(tileBegin(tile.column), tile.sums.cols())
            .cast<double>();
    double part = left.cwiseProduct(tile.sums * right).sum();
    parts[index] = tile.row == tile.column ? part : 2 * part;
  });
  double sum = 0;
  for (double part : parts)
    sum += part;
  return sum;
}
