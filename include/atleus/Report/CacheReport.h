// The cache of keys and values of a decoder: what a schedule does with it.
#ifndef ATLEUS_REPORT_CACHEREPORT_H
#define ATLEUS_REPORT_CACHEREPORT_H

#include "dialects/Arch/Arch.h"
#include "dialects/Sched/Sched.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <optional>
#include <string>
#include <vector>

namespace atleus {

struct CacheReport {
  int64_t tensors = 0;
  int64_t context = 0;
  int64_t appended = 0;
  /// Of all tensors together.
  int64_t bytesPerToken = 0;
  /// Where it lies between steps: the memory or the host, and its node.
  std::string place;
  std::array<int64_t, 3> node = {};
  /// What a step reads from there and writes back.
  int64_t bytesRead = 0;
  int64_t bytesWritten = 0;
  /// Whether new tokens are written behind what lies there.
  bool inPlace = false;
  /// For how long that holds the place, and for how long all does.
  Picoseconds busy;
  Picoseconds placeBusy;

  /// What lies there before a step, and after it.
  int64_t bytesBefore() const { return bytesPerToken * context; }
  int64_t bytesAfter() const { return bytesPerToken * (context + appended); }
  /// The part of the place's time that the cache takes, from 0 to 1.
  double shareOfTime() const;
};

/// Nothing if `function` has no cache.
std::optional<CacheReport> readCache(mlir::func::FuncOp function,
                                     sched::ScheduleOp schedule);

} // namespace atleus

#endif // ATLEUS_REPORT_CACHEREPORT_H
