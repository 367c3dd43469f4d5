// The page that says how far each model's numbers can be trusted.
#include "atleus/Report/ValidationReport.h"

#include "atleus/Report/Table.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace atleus;

static constexpr llvm::StringLiteral introduction =
    R"(# How far the numbers can be trusted

The cost models are compared with results of independent simulators, which ran
unmodified; `test/reference/README.md` says how. `atleus validate` makes from
each row of a table the constants of a machine and a kernel and asks the models
that `atleus compile` uses; it fails if a quantity is outside its bound.
`atleus validate --reference=FOLDER` does the same with tables of one's own.

An error is relative to the simulator's value, in percent, or absolute, in the
unit shown. `equal` counts rows without any, up to the digits of the table and to
the whole picoseconds and femtojoules in which constants are stated, a tenth of a
percent of the shortest and smallest. A rank is Spearman's correlation.
)";

static void writeTable(const TableResult &result, llvm::raw_ostream &os) {
  const ReferenceTable &table = *result.table;
  os << "\n## " << llvm::toUpper(table.model.front())
     << table.model.drop_front() << "\n\n"
     << "`" << table.name << ".csv`: " << formatCount(result.rows)
     << " rows of [" << table.reference.tool << "](https://github.com/"
     << table.reference.repository << ") at `"
     << table.reference.commit.take_front(12) << "`.\n\n"
     << "| quantity | compared | equal | error | bound |\n"
     << "| --- | ---: | ---: | --- | --- |\n";
  for (const QuantityResult &quantity : result.quantities)
    os << "| " << quantity.quantity->name << " | "
       << formatCount(quantity.compared) << " | " << formatCount(quantity.equal)
       << " | " << formatReached(quantity) << " | "
       << formatBound(*quantity.quantity) << " |\n";
  if (!table.note.empty())
    os << '\n' << table.note << '\n';
  for (const auto &[reason, rows] : result.leftOut)
    os << "\n"
       << formatCount(rows) << (rows == 1 ? " row" : " rows")
       << " not compared: " << reason << ".\n";
}

void atleus::writeFidelityPage(const ValidationResult &result,
                               llvm::raw_ostream &os) {
  os << introduction;
  for (const TableResult &table : result.tables)
    writeTable(table, os);
  if (result.uncompared.empty())
    return;
  os << "\n## Not compared\n\n";
  for (const UncomparedTable *table : result.uncompared)
    os << "- `" << table->name << ".csv`: " << table->reason << ".\n";
}
