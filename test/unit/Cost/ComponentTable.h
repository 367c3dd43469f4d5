// Reads test/reference/cim_component_constants.csv by component, and composes
// cores of them.
#ifndef ATLEUS_TEST_UNIT_COST_COMPONENTTABLE_H
#define ATLEUS_TEST_UNIT_COST_COMPONENTTABLE_H

#include "ReferenceTable.h"

#include "atleus/Cost/CrossbarComponents.h"

#include "gtest/gtest.h"

namespace atleus::test {

/// Constants that peers use, by the names that the table has for them.
class ComponentTable {
public:
  ComponentTable() : rows(readReference("cim_component_constants")) {}

  /// The value of the one row whose columns start with these texts.
  double get(llvm::StringRef component, llvm::StringRef variant,
             llvm::StringRef quantity) const {
    double value = 0;
    unsigned found = 0;
    for (const ReferenceRow &row : rows)
      if (row.text("component").starts_with(component) &&
          row.text("variant").starts_with(variant) &&
          row.text("quantity").starts_with(quantity)) {
        value = row.number("value");
        ++found;
      }
    EXPECT_EQ(found, 1u) << component.str() << ", " << quantity.str();
    return value;
  }

private:
  std::vector<ReferenceRow> rows;
};

/// A crossbar core composed of constants of the table.
class ComposedCore : public testing::Test {
protected:
  /// Power at full load and idle power, in milliwatts.
  double milliwatts(CrossbarLevel level) const {
    Nanowatts power = crossbarPeakPower(core, parts, level).total() +
                      crossbarLeakage(core, parts, level).total();
    return power.count() * 1e-6;
  }
  double squareMillimetres(CrossbarLevel level) const {
    return crossbarArea(core, parts, level).total().count() * 1e-12;
  }

  ComponentTable table;
  CrossbarConstants core;
  CrossbarComponents parts;
};

} // namespace atleus::test

#endif // ATLEUS_TEST_UNIT_COST_COMPONENTTABLE_H
