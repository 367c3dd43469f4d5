// What tasks cost on the cores that run them.
#include "TaskPrices.h"

#include "atleus/Cost/MachineConstants.h"
#include "dialects/NN/NN.h"

#include "mlir/IR/SymbolTable.h"

using namespace mlir;
using namespace atleus;

const TaskPrices::TilePrice *TaskPrices::find(const Tile &tile) const {
  const auto *entry = llvm::find_if(known, [&](const TilePrice &candidate) {
    return candidate.sizes == tile.sizes;
  });
  return entry == known.end() ? nullptr : entry;
}

std::optional<Price> TaskPrices::ask(const Work &work,
                                     std::string &reason) const {
  if (loadsAhead)
    return priceOnLoadedSystolic(getCore(cast<arch::SystolicOp>(core)), work,
                                 &reason);
  auto model = dyn_cast<ResourceModelOpInterface>(core);
  return model ? model.price(work, &reason) : std::nullopt;
}

FailureOr<Price> TaskPrices::get(int64_t task) {
  Tile tile = kernel.getTaskResult(task);
  if (const TilePrice *entry = find(tile))
    return entry->price;
  std::string reason = "no cost model is attached to it";
  Work work = kernel.getTileWork(tile);
  std::optional<Price> price = ask(work, reason);
  if (!price) {
    InFlightDiagnostic error = kernel->emitOpError()
                               << "cannot run on @"
                               << SymbolTable::getSymbolName(core).getValue()
                               << ": " << reason;
    error.attachNote(core->getLoc()) << "core declared here";
    return error;
  }
  TilePrice &entry = known.emplace_back();
  entry.sizes = tile.sizes;
  entry.price = *price;
  if (loadsAhead)
    entry.load = loadParameters(getCore(cast<arch::SystolicOp>(core)), work);
  return *price;
}

ParameterLoad TaskPrices::getLoad(int64_t task) {
  Tile tile = kernel.getTaskResult(task);
  if (const TilePrice *entry = find(tile))
    return entry->load;
  return loadParameters(getCore(cast<arch::SystolicOp>(core)),
                        kernel.getTileWork(tile));
}
