// The bounds of the models in a report.
#include "FidelityFields.h"

#include "atleus/Report/ValidationReport.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"

using namespace atleus;

void atleus::writeFidelity(llvm::json::OStream &json) {
  json.attributeArray("fidelity", [&] {
    for (const ReferenceTable *table : getReferenceTables())
      json.object([&] {
        json.attribute("model", table->model);
        json.attribute("tool", table->reference.tool);
        json.attribute("repository", table->reference.repository);
        json.attribute("commit", table->reference.commit);
        json.attributeObject("bounds", [&] {
          for (const ComparedQuantity &quantity : table->quantities)
            json.attribute(quantity.name, formatBound(quantity));
        });
      });
  });
}

std::string atleus::describeFidelity() {
  llvm::SetVector<llvm::StringRef> tools;
  for (const ReferenceTable *table : getReferenceTables())
    tools.insert(table->reference.tool);
  return "models within bounds of " + llvm::join(tools, ", ") +
         ": atleus validate";
}
