// Every table that is shipped, with its bounds, and the statistics.
#include "atleus/Validation/Validation.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "gtest/gtest.h"

#include <cmath>
#include <set>

using namespace mlir;
using namespace atleus;

/// All tables of the source tree, evaluated once.
static const ValidationResult &getResult() {
  static MLIRContext context;
  static ValidationResult result = [] {
    auto validated = validateFolder(ATLEUS_SOURCE_DIR "/test/reference",
                                    &context, [](StringRef) {});
    EXPECT_TRUE(succeeded(validated));
    return succeeded(validated) ? *validated : ValidationResult();
  }();
  return result;
}

static const TableResult &getTable(StringRef name) {
  for (const TableResult &table : getResult().tables)
    if (table.table->name == name)
      return table;
  ADD_FAILURE() << "no table " << name.str();
  static TableResult none;
  return none;
}

TEST(ReferenceTables, AllAreShippedAndWithinTheirBounds) {
  EXPECT_EQ(getResult().tables.size(), getReferenceTables().size());
  EXPECT_EQ(getResult().uncompared.size(), getUncomparedTables().size());
  for (const TableResult &table : getResult().tables)
    for (const QuantityResult &quantity : table.quantities) {
      EXPECT_TRUE(quantity.isWithin())
          << table.table->name.str() << ": " << quantity.quantity->name.str()
          << ", line " << quantity.worst.line << ": expected "
          << quantity.worst.expected << ", found " << quantity.worst.found;
      EXPECT_GT(quantity.compared, 0u) << quantity.quantity->name.str();
    }
}

TEST(ReferenceTables, NamesAndQuantitiesAreDistinct) {
  std::set<StringRef> names;
  for (const ReferenceTable *table : getReferenceTables()) {
    EXPECT_TRUE(names.insert(table->name).second) << table->name.str();
    EXPECT_EQ(table->reference.commit.size(), 40u);
    std::set<StringRef> quantities;
    for (const ComparedQuantity &quantity : table->quantities)
      EXPECT_TRUE(quantities.insert(quantity.name).second);
    for (StringRef key : table->keys)
      EXPECT_TRUE(llvm::is_contained(table->columns, key)) << key.str();
  }
}

TEST(ReferenceTables, ScaleSimIsEqualOnEveryRow) {
  const TableResult &table = getTable("scalesim_gemm");
  EXPECT_EQ(table.rows, 237u);
  for (const QuantityResult &quantity : table.quantities)
    EXPECT_EQ(quantity.equal, 237u) << quantity.quantity->name.str();
}

TEST(ReferenceTables, FetchesOfScaleSimAreEqualOnEveryRow) {
  const TableResult &table = getTable("scalesim_gemm_user_bandwidth");
  EXPECT_EQ(table.rows, 87u);
  for (const QuantityResult &quantity : table.quantities)
    if (quantity.quantity->largestError == 0)
      EXPECT_EQ(quantity.equal, 87u) << quantity.quantity->name.str();
}

TEST(ReferenceTables, BookSimIsEqualWithoutLoad) {
  const TableResult &table = getTable("booksim_zero_load");
  EXPECT_EQ(table.rows, 489u);
  EXPECT_EQ(table.quantities.front().equal, 489u);
}

TEST(ReferenceTables, ATableNeedsItsCompanion) {
  MLIRContext context;
  std::string error;
  ScopedDiagnosticHandler handler(
      &context, [&](Diagnostic &diagnostic) { error = diagnostic.str(); });
  TableFolder folder;
  folder.emplace("a", *TableFile::parse("x\n1\n", "a.csv", &context));
  ReferenceTable table = {
      "a", "model",
      {},  {},
      {},  {},
      "b", [](const TableFolder &, Evaluation &) { return success(); }};
  EXPECT_TRUE(failed(evaluateTable(table, folder)));
  EXPECT_EQ(error, "the table 'a' needs the table 'b' in the same folder");
  folder.emplace("b", *TableFile::parse("y\n1\n", "b.csv", &context));
  EXPECT_TRUE(succeeded(evaluateTable(table, folder)));
}

static Observation makePair(double expected, double found) {
  Observation observation;
  observation.expected = expected;
  observation.found = found;
  return observation;
}

TEST(RankCorrelation, IsOneForTheSameOrderAndMinusOneForTheOpposite) {
  EXPECT_DOUBLE_EQ(
      rankCorrelation({makePair(1, 10), makePair(3, 12), makePair(2, 11)}), 1);
  EXPECT_DOUBLE_EQ(rankCorrelation({makePair(1, 3), makePair(2, 2)}), -1);
}

TEST(RankCorrelation, EqualValuesShareARank) {
  // Ranks 0.5 0.5 2 against 0 1 2.
  EXPECT_NEAR(rankCorrelation({makePair(0, 1), makePair(0, 2), makePair(5, 3)}),
              1.5 / std::sqrt(1.5 * 2), 1e-12);
}

TEST(RankCorrelation, WhatDoesNotVaryAgreesOnlyWithItsLike) {
  EXPECT_EQ(rankCorrelation({}), 1);
  EXPECT_EQ(rankCorrelation({makePair(4, 7)}), 1);
  EXPECT_EQ(rankCorrelation({makePair(4, 7), makePair(4, 7)}), 1);
  EXPECT_EQ(rankCorrelation({makePair(4, 7), makePair(4, 8)}), 0);
}
