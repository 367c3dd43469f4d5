// Reads groups of wordlines: from vectors to converted sums, shifted and added.
#ifndef ATLEUS_LIB_INTERPRETER_CELLREADER_H
#define ATLEUS_LIB_INTERPRETER_CELLREADER_H

#include "ColumnConversion.h"
#include "DrivenVectors.h"

#include "atleus/Interpreter/AnalogCells.h"

#include <memory>

namespace atleus {

/// Groups [groupBegin, groupEnd) of a weight's cells, and vectors of which the
/// rows of these groups are known.
struct CellRead {
  const ProgrammedCells &cells;
  const CrossbarConfiguration &configuration;
  const DrivenVectors &vectors;
  int64_t groupBegin, groupEnd;
};

/// The analog part of a crossbar, the ADC, and shift-and-add.
class CellReader {
public:
  explicit CellReader(const CellRead &read);
  virtual ~CellReader();

  /// Adds the products of the vectors with the cells of one group, for columns
  /// of the weight, to `totals`: that of a column and a lane is at
  /// (column - columnBegin) * lanes + lane. The offsets of weights and inputs
  /// are still in it.
  void addGroup(int64_t group, int64_t columnBegin, int64_t columnEnd,
                int64_t *totals) const;

protected:
  /// The same without what columns that are stored inverted are short of.
  virtual void addCells(int64_t group, int64_t columnBegin, int64_t columnEnd,
                        int64_t *totals) const = 0;
  /// The factor of a cell in its weight; negative if it is stored inverted.
  int64_t getFactor(int64_t group, int64_t cellColumn) const;

  const CellRead read;
  const int64_t cellsPerWeight;
  ColumnConversion conversion;

private:
  /// For each group the sums of the codes of its rows.
  std::vector<std::vector<int64_t>> vectorSums;
};

/// Ideal cells, by table. The vectors must have `countLanes` lanes.
std::unique_ptr<CellReader> readByTable(const CellRead &read);
/// Cells of real devices.
std::unique_ptr<CellReader> readAnalog(const CellRead &read,
                                       const AnalogCells &analog);

/// Lanes for some vectors that are read by table.
int64_t countLanes(int64_t vectors, const CrossbarConfiguration &configuration);

} // namespace atleus

#endif // ATLEUS_LIB_INTERPRETER_CELLREADER_H
