// What tasks cost on the cores that run them.
#include "TaskPrices.h"

#include "dialects/NN/NN.h"

#include "mlir/IR/SymbolTable.h"

using namespace mlir;
using namespace atleus;

FailureOr<Price> TaskPrices::get(int64_t task) {
  Tile tile = kernel.getTaskResult(task);
  for (const auto &[sizes, price] : known)
    if (sizes == tile.sizes)
      return price;
  std::string reason = "no cost model is attached to it";
  std::optional<Price> price;
  if (auto model = dyn_cast<ResourceModelOpInterface>(core))
    price = model.price(kernel.getTileWork(tile), &reason);
  if (!price) {
    InFlightDiagnostic error = kernel->emitOpError()
                               << "cannot run on @"
                               << SymbolTable::getSymbolName(core).getValue()
                               << ": " << reason;
    error.attachNote(core->getLoc()) << "core declared here";
    return error;
  }
  known.emplace_back(tile.sizes, *price);
  return *price;
}
