// Validation as JSON.
#include "atleus/Report/ValidationReport.h"

#include "llvm/Support/JSON.h"

#include <cmath>

using namespace atleus;

static llvm::StringRef stringify(ErrorMeasure measure) {
  switch (measure) {
  case ErrorMeasure::Relative:
    return "relative";
  case ErrorMeasure::Excess:
    return "excess";
  case ErrorMeasure::Shortfall:
    return "shortfall";
  case ErrorMeasure::Absolute:
    return "absolute";
  }
  return "";
}

/// JSON has no infinity.
static void writeFinite(llvm::json::OStream &json, llvm::StringRef key,
                        double value) {
  if (std::isfinite(value))
    json.attribute(key, value);
  else
    json.attribute(key, nullptr);
}

static void writeQuantity(const QuantityResult &result,
                          llvm::json::OStream &json) {
  const ComparedQuantity &quantity = *result.quantity;
  json.object([&] {
    json.attribute("name", quantity.name);
    json.attribute("unit", quantity.unit);
    json.attribute("error_measure", stringify(quantity.measure));
    json.attribute("compared", result.compared);
    json.attribute("equal", result.equal);
    writeFinite(json, "mean_error", result.meanError);
    writeFinite(json, "largest_error", result.largestError);
    if (quantity.rankCorrelation > 0)
      json.attribute("rank_correlation", result.rankCorrelation);
    json.attributeObject("bound", [&] {
      writeFinite(json, "mean_error", quantity.meanError);
      writeFinite(json, "largest_error", quantity.largestError);
      if (quantity.rankCorrelation > 0)
        json.attribute("rank_correlation", quantity.rankCorrelation);
    });
    json.attribute("within", result.isWithin());
    if (result.compared == 0)
      return;
    json.attributeObject("worst", [&] {
      json.attribute("line", result.worst.line);
      json.attribute("row", result.worst.key);
      json.attribute("expected", result.worst.expected);
      writeFinite(json, "found", result.worst.found);
    });
  });
}

static void writeTable(const TableResult &result, llvm::json::OStream &json) {
  const Reference &reference = result.table->reference;
  json.object([&] {
    json.attribute("name", result.table->name);
    json.attribute("model", result.table->model);
    json.attributeObject("reference", [&] {
      json.attribute("tool", reference.tool);
      json.attribute("repository", reference.repository);
      json.attribute("commit", reference.commit);
    });
    json.attribute("rows", result.rows);
    json.attributeArray("quantities", [&] {
      for (const QuantityResult &quantity : result.quantities)
        writeQuantity(quantity, json);
    });
    json.attributeArray("left_out", [&] {
      for (const auto &[reason, rows] : result.leftOut)
        json.object([&, &reason = reason, &rows = rows] {
          json.attribute("rows", rows);
          json.attribute("reason", reason);
        });
    });
    json.attribute("within", result.isWithin());
  });
}

void atleus::writeValidation(const ValidationResult &result,
                             llvm::raw_ostream &os) {
  llvm::json::OStream json(os, /*IndentSize=*/2);
  json.object([&] {
    json.attribute("schema_version", 1);
    json.attributeArray("tables", [&] {
      for (const TableResult &table : result.tables)
        writeTable(table, json);
    });
    json.attributeArray("not_compared", [&] {
      for (const UncomparedTable *table : result.uncompared)
        json.object([&] {
          json.attribute("name", table->name);
          json.attribute("reason", table->reason);
        });
    });
    json.attribute("within", result.isWithin());
  });
  os << '\n';
}
