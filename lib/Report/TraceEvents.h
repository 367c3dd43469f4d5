// Events of the Chrome trace format, as text.
#ifndef ATLEUS_LIB_REPORT_TRACEEVENTS_H
#define ATLEUS_LIB_REPORT_TRACEEVENTS_H

#include "JSONText.h"

#include "atleus/Support/Units.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Allocator.h"

#include <optional>
#include <string>

namespace atleus {

/// Whole nanoseconds, which is what Perfetto stores: were begin and length
/// rounded one by one, events that touch would overlap there.
inline int64_t toNanoseconds(Picoseconds time) { return time.count() / 1000; }

/// The inner part of a JSON string that holds `text`.
std::string escapeJSON(llvm::StringRef text);

/// A name that many events have, with a number of its own if it is a task's:
/// "query[3]".
struct EventName {
  /// Escaped.
  llvm::StringRef text;
  std::optional<int64_t> index = std::nullopt;
};

JSONText &operator<<(JSONText &text, const EventName &name);

/// A thread of a process.
struct EventTrack {
  int64_t process = 0;
  int64_t thread = 0;
};

/// The arguments of an event, one after another.
class EventArguments {
public:
  explicit EventArguments(JSONText &text) : text(text) {}

  /// Begins an argument; its value goes to the text that is returned.
  JSONText &add(llvm::StringRef name);

private:
  JSONText &text;
  bool isFirst = true;
};

class TraceEvents {
public:
  explicit TraceEvents(JSONText &text) : text(text) {}
  TraceEvents(const TraceEvents &) = delete;
  TraceEvents &operator=(const TraceEvents &) = delete;

  /// Names a thread, or the process if `track` has none.
  void writeName(EventTrack track, llvm::StringRef name);
  void writeSortIndex(EventTrack track, int64_t index);

  using WriteArguments = llvm::function_ref<void(EventArguments &)>;
  /// `category` may be empty.
  void writeSlice(const EventName &name, llvm::StringRef category,
                  EventTrack track, Picoseconds begin, Picoseconds length,
                  WriteArguments writeArguments = nullptr);

  /// A flow from the slice of `source` that begins at `sourceTime` to that of
  /// `target` that begins at `targetTime`.
  void writeFlow(llvm::StringRef name, EventTrack source,
                 Picoseconds sourceTime, EventTrack target,
                 Picoseconds targetTime);

  template <typename Number>
  void writeCounter(llvm::StringRef name, int64_t process, llvm::StringRef unit,
                    Picoseconds time, Number value) {
    beginCounter(name, process, unit, time);
    text << value << "}}";
  }

private:
  void begin(char phase);
  void beginCounter(llvm::StringRef name, int64_t process, llvm::StringRef unit,
                    Picoseconds time);
  void writeTime(int64_t nanoseconds);
  void writePlace(EventTrack track, int64_t nanoseconds);

  JSONText &text;
  /// What places have in common by process and thread, the longest part of
  /// most events.
  llvm::BumpPtrAllocator allocator;
  llvm::DenseMap<std::pair<int64_t, int64_t>, llvm::StringRef> places;
  bool isFirst = true;
  int64_t numFlows = 0;
};

} // namespace atleus

#endif // ATLEUS_LIB_REPORT_TRACEEVENTS_H
