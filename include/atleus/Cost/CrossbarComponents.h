// Area, idle power and power at full load of crossbars, part by part, of an
// array, of the unit of arrays that share registers (ISAAC's IMA), of a tile
// and of a core.
//
// An array has its cells, a DAC for each row, sample and hold for each column,
// an ADC with a multiplexer for every `columnsPerAdc` columns, and its share of
// the unit's shift-and-add units and registers. A tile adds a buffer and a bus,
// a core what is stated for it as a whole. A part's total is its count times
// its constant; one whose constant is not stated has no total, which is not the
// same as zero, and `total()` is then a lower bound.
//
// Example: ISAAC's tile has 96 arrays. 96 ADCs of 1200 um^2, 96 x 128 DACs of
// 0.166 um^2, ... add up to the 0.157 mm^2 of its 12 units; buffer and bus make
// it 0.330 mm^2 (test/unit/Cost/IsaacTest.cpp).
#ifndef ATLEUS_COST_CROSSBARCOMPONENTS_H
#define ATLEUS_COST_CROSSBARCOMPONENTS_H

#include "atleus/Cost/CrossbarModel.h"
#include "atleus/Cost/Power.h"

#include <optional>

namespace atleus {

/// The parts of a core.
enum class CrossbarPart : unsigned {
  Array,
  Dac,
  SampleHold,
  Mux,
  Adc,
  ShiftAdd,
  Registers,
  Buffer,
  Bus,
  Other,
};
constexpr unsigned numCrossbarParts = 10;

/// Snake-case name, such as "shift_add".
llvm::StringRef stringify(CrossbarPart part);

/// What is counted at once.
enum class CrossbarLevel : unsigned { Array, Unit, Tile, Core };

/// A quantity of each part, if stated.
template <typename QuantityT>
struct CrossbarBreakdown {
  std::array<std::optional<QuantityT>, numCrossbarParts> part = {};

  std::optional<QuantityT> &operator[](CrossbarPart which) {
    return part[static_cast<unsigned>(which)];
  }
  std::optional<QuantityT> operator[](CrossbarPart which) const {
    return part[static_cast<unsigned>(which)];
  }
  /// Sum over the parts that are stated.
  QuantityT total() const {
    QuantityT sum;
    for (std::optional<QuantityT> quantity : part)
      sum += quantity.value_or(QuantityT());
    return sum;
  }
};

/// What one piece of each part takes; the core's `Other` is one piece. Areas
/// and idle powers that a machine does not state are absent.
struct CrossbarComponents {
  /// Arrays that share registers; divides the arrays of a tile.
  int64_t arraysPerUnit = 1;
  CrossbarBreakdown<SquareNanometres> area;
  CrossbarBreakdown<Nanowatts> leakage;
};

/// Pieces of a part: DACs of an array, buffers of a core.
int64_t countParts(const CrossbarConstants &core,
                   const CrossbarComponents &components, CrossbarPart part,
                   CrossbarLevel level);

CrossbarBreakdown<SquareNanometres>
crossbarArea(const CrossbarConstants &core,
             const CrossbarComponents &components, CrossbarLevel level);

CrossbarBreakdown<Nanowatts>
crossbarLeakage(const CrossbarConstants &core,
                const CrossbarComponents &components, CrossbarLevel level);

/// Dynamic power at full load: every array is read in every step with all rows
/// and columns in use, and the buffer works at its bandwidth, in half of it to
/// write what the other half reads for the arrays over the bus. Sums of blocks
/// of rows are not in it, for they depend on the matrix.
CrossbarBreakdown<Nanowatts>
crossbarPeakPower(const CrossbarConstants &core,
                  const CrossbarComponents &components, CrossbarLevel level);

} // namespace atleus

#endif // ATLEUS_COST_CROSSBARCOMPONENTS_H
