// Reads budgets of crossbars and of answers.
#include "atleus/Compression/PrecisionBudget.h"

#include <cmath>

using namespace atleus;
using llvm::StringRef;

static llvm::Error malformed(StringRef text, const char *expected) {
  return llvm::createStringError("precision budget '" + text + "' " + expected);
}

llvm::Expected<PrecisionBudget> PrecisionBudget::parse(StringRef text) {
  auto [name, number] = text.split(':');
  PrecisionBudget budget;
  if (name == "loss") {
    budget.kind = Kind::Loss;
    if (number.getAsDouble(budget.amount) || !(budget.amount >= 0) ||
        budget.amount > 100)
      return malformed(text, "must state points of answers from 0 to 100, as "
                             "in loss:0.5");
    return budget;
  }
  if (name != "crossbars")
    return malformed(text, "must be crossbars:COUNT, crossbars:SHARE% or "
                           "loss:POINTS");
  if (number.consume_back("%")) {
    budget.kind = Kind::CrossbarsShare;
    if (number.getAsDouble(budget.amount) || !(budget.amount > 0) ||
        !std::isfinite(budget.amount))
      return malformed(text, "must state a positive share, as in "
                             "crossbars:60%");
    return budget;
  }
  uint32_t count;
  if (number.getAsInteger(10, count) || count == 0)
    return malformed(text, "must state a positive count of crossbars, as in "
                           "crossbars:2000");
  budget.amount = count;
  return budget;
}
