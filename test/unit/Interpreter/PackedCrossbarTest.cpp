// Tests of weights of which crossbars leave out lines: cut along their rows
// they give what they give in one core.
#include "TensorFixture.h"

#include "atleus/Interpreter/DataMovement.h"
#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/PackedCrossbar.h"

#include "llvm/ADT/Sequence.h"

#include <numeric>

using namespace atleus;

namespace {
/// A weight of blocks that keep some of their lines.
struct PackedWeight {
  CrossbarMatrix matrix;
  int64_t blockRows, blockColumns, kept;
  bool keepsRows;
  /// Lines that are kept, by block: of rows first, then of columns.
  std::vector<std::vector<int64_t>> lines;
};

struct PackedCrossbarTest : public TensorFixture {
  int64_t draw(int64_t low, int64_t high) {
    return std::uniform_int_distribution<int64_t>(low, high)(generator);
  }
  PackedWeight drawWeight(int64_t rowBlocks, int64_t columnBlocks);
  Tensor multiply(const PackedWeight &weight, const Tensor &input,
                  int64_t firstBlock, int64_t endBlock,
                  const CrossbarConfiguration &configuration,
                  const Tensor &before);
};
} // namespace

/// Three of six lines of blocks of 6 x 6.
PackedWeight PackedCrossbarTest::drawWeight(int64_t rowBlocks,
                                            int64_t columnBlocks) {
  PackedWeight weight{{}, 6, 6, 3, draw(0, 1) == 1, {}};
  weight.matrix.values =
      randomIntegers<int8_t>({rowBlocks * 6, columnBlocks * 6}, i8);
  weight.matrix.rowsPerScale = rowBlocks * 6;
  for (int64_t i = 0; i < rowBlocks * columnBlocks; ++i) {
    std::vector<int64_t> lines(6);
    std::iota(lines.begin(), lines.end(), 0);
    std::shuffle(lines.begin(), lines.end(), generator);
    lines.resize(3);
    std::sort(lines.begin(), lines.end());
    weight.lines.push_back(lines);
  }
  return weight;
}

/// The sums of some blocks of rows.
Tensor PackedCrossbarTest::multiply(const PackedWeight &weight,
                                    const Tensor &input, int64_t firstBlock,
                                    int64_t endBlock,
                                    const CrossbarConfiguration &configuration,
                                    const Tensor &before) {
  const Tensor &values = weight.matrix.values;
  int64_t columns = values.getDim(1), columnBlocks = columns / 6;
  int64_t rows = (endBlock - firstBlock) * 6;
  CrossbarMatrix matrix = weight.matrix;
  matrix.values =
      kernels::slice(values, {firstBlock * 6, 0}, {rows, columns}, {1, 1});
  matrix.rowsPerScale = rows;
  std::vector<PackedPart> parts;
  auto getLines = [&](int64_t row, int64_t column) {
    return weight.lines[(firstBlock + row) * columnBlocks + column];
  };
  int64_t numParts = weight.keepsRows ? columnBlocks : endBlock - firstBlock;
  for (int64_t i = 0; i < numParts; ++i) {
    PackedPart &part = parts.emplace_back();
    int64_t others = weight.keepsRows ? endBlock - firstBlock : columnBlocks;
    auto &kept = weight.keepsRows ? part.rows : part.columns;
    for (int64_t j = 0; j < others; ++j)
      for (int64_t line : weight.keepsRows ? getLines(j, i) : getLines(i, j))
        kept.push_back(j * 6 + line);
    for (int64_t line : llvm::seq<int64_t>(i * 6, (i + 1) * 6))
      (weight.keepsRows ? part.columns : part.rows).push_back(line);
  }
  int64_t rowsPerScale = weight.keepsRows ? rows / 2 : rows;
  PackedCrossbarWeight cells(matrix, parts, rowsPerScale, configuration);
  Tensor part = kernels::slice(input, {0, firstBlock * 6},
                               {input.getDim(0), rows}, {1, 1});
  return cells.multiply(part, 8, {}, 0, before);
}

TEST_F(PackedCrossbarTest, rows_go_on_where_the_rows_before_them_ended) {
  unsigned clipped = 0;
  for (int trial = 0; trial < 200; ++trial) {
    int64_t rowBlocks = draw(2, 8);
    PackedWeight weight = drawWeight(rowBlocks, draw(1, 3));
    CrossbarConfiguration configuration;
    // Two blocks of rows fill an array, or one.
    configuration.rows = configuration.activeRows = 6;
    configuration.adcBits = draw(2, 6);
    configuration.accumulator.bits = draw(0, 2) ? draw(8, 20) : 64;
    configuration.accumulator.overflow = static_cast<Overflow>(draw(0, 1));
    Tensor input = randomIntegers<int8_t>({5, rowBlocks * 6}, i8);
    Tensor whole =
        multiply(weight, input, 0, rowBlocks, configuration, Tensor());
    Tensor total;
    for (int64_t begin = 0, end; begin < rowBlocks; begin = end) {
      end = std::min(rowBlocks, begin + 2 * draw(1, 2));
      total = multiply(weight, input, begin, end, configuration, total);
    }
    EXPECT_EQ(total.as<int64_t>(), whole.as<int64_t>()) << trial;
    configuration.accumulator = Accumulator();
    clipped += multiply(weight, input, 0, rowBlocks, configuration, Tensor())
                   .as<int64_t>() != whole.as<int64_t>();
  }
  EXPECT_GT(clipped, 50u) << "registers overflow";
}
