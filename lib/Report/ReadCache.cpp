// Reads off the final IR what a step does with the cache of a decoder.
#include "atleus/Report/CacheReport.h"

#include "atleus/Transforms/Caches.h"
#include "dialects/NN/NN.h"

#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace atleus;

double CacheReport::shareOfTime() const {
  return placeBusy.count() == 0 ? 0 : double(busy.count()) / placeBusy.count();
}

/// The names of the tasks that move the cache, as a schedule has them.
static llvm::StringSet<> getTaskNames(func::FuncOp function,
                                      ArrayRef<CacheTensor> caches) {
  llvm::StringSet<> names;
  for (const CacheTensor &cache : caches) {
    auto input = function.getArgAttrOfType<StringAttr>(cache.argument,
                                                       nn::nameAttribute);
    auto output = function.getResultAttrOfType<StringAttr>(cache.result,
                                                           nn::nameAttribute);
    names.insert("input:" +
                 (input ? input.str() : std::to_string(cache.argument)));
    names.insert("output:" +
                 (output ? output.str() : std::to_string(cache.result)));
  }
  return names;
}

std::optional<CacheReport> atleus::readCache(func::FuncOp function,
                                             sched::ScheduleOp schedule) {
  std::vector<CacheTensor> caches = findCaches(function);
  if (caches.empty())
    return std::nullopt;
  CacheReport report;
  report.tensors = caches.size();
  report.context = caches.front().context;
  report.appended = caches.front().appended;
  for (const CacheTensor &cache : caches)
    report.bytesPerToken += cache.bytesPerToken;
  report.inPlace = llvm::all_of(caches, [&](const CacheTensor &cache) {
    return bool(getContinued(function, cache.result));
  });
  llvm::StringSet<> names = getTaskNames(function, caches);
  for (auto task : schedule.getOps<sched::TaskOp>()) {
    if (!names.contains(task.getKernel()))
      continue;
    noc::Node node = task.getNode().getNode();
    report.place = task.getUnit().str();
    report.node = {node.x, node.y, node.z};
    bool isInput = task.getKernel().starts_with("input:");
    (isInput ? report.bytesRead : report.bytesWritten) +=
        task.getBytes().value_or(0);
    report.busy += task.getDuration();
  }
  for (auto task : schedule.getOps<sched::TaskOp>())
    for (const sched::Reservation &use : task.getReservations())
      if (use.resource.unit.getValue() == report.place)
        report.placeBusy += use.length;
  return report;
}
