// The cache of keys and values of a decoder: which inputs are one, and what a
// schedule does with it.
//
// A cache is recognised by what is done with it, not by its name: an input to
// which new tokens are appended, where the whole is a result, for the next
// step, and an operand of attention.
#ifndef ATLEUS_REPORT_CACHEREPORT_H
#define ATLEUS_REPORT_CACHEREPORT_H

#include "dialects/Arch/Arch.h"
#include "dialects/Sched/Sched.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <optional>
#include <string>
#include <vector>

namespace atleus {

/// The keys, or the values, of one layer.
struct CacheTensor {
  /// Numbers of the argument and of the result of the function.
  unsigned argument = 0;
  unsigned result = 0;
  /// Tokens that it holds, and tokens that are appended.
  int64_t context = 0;
  int64_t appended = 0;
  /// Of one token.
  int64_t bytesPerToken = 0;
};

/// The caches of a function at phase `nn` or any later one, by argument. One
/// that holds no token yet is no operand of anything, and is not found.
std::vector<CacheTensor> findCaches(mlir::func::FuncOp function);

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
