// Puts the few kinds of events together that a trace is made of.
#include "TraceEvents.h"

#include "llvm/Support/JSON.h"
#include "llvm/Support/StringSaver.h"

using namespace llvm;
using namespace atleus;

std::string atleus::escapeJSON(StringRef text) {
  std::string quoted;
  raw_string_ostream(quoted) << json::Value(text);
  return quoted.substr(1, quoted.size() - 2);
}

JSONText &atleus::operator<<(JSONText &text, const EventName &name) {
  text << '"' << name.text;
  if (!name.index)
    return text << '"';
  text.put(JSONText::maximumDigits + 3, [&](char *at) {
    *at++ = '[';
    at = std::to_chars(at, at + JSONText::maximumDigits, *name.index).ptr;
    *at++ = ']';
    *at++ = '"';
    return at;
  });
  return text;
}

JSONText &EventArguments::add(StringRef name) {
  text << (isFirst ? "\"" : ",\"") << name << "\":";
  isFirst = false;
  return text;
}

/// Each event has a line.
void TraceEvents::begin(char phase) {
  if (!isFirst)
    text << ',';
  isFirst = false;
  text << "\n{\"ph\":\"" << phase << '"';
}

/// In microseconds, the unit of the format: "12.800".
void TraceEvents::writeTime(int64_t nanoseconds) {
  text.put(JSONText::maximumDigits + 4, [&](char *at) {
    auto rest = static_cast<unsigned>(nanoseconds % 1000);
    at =
        std::to_chars(at, at + JSONText::maximumDigits, nanoseconds / 1000).ptr;
    *at++ = '.';
    *at++ = static_cast<char>('0' + rest / 100);
    *at++ = static_cast<char>('0' + rest / 10 % 10);
    *at++ = static_cast<char>('0' + rest % 10);
    return at;
  });
}

void TraceEvents::writePlace(EventTrack track, int64_t nanoseconds) {
  auto [entry, isNew] = places.try_emplace({track.process, track.thread});
  if (isNew)
    entry->second = StringSaver(allocator).save(
        R"(,"pid":)" + Twine(track.process) + R"(,"tid":)" +
        Twine(track.thread) + R"(,"ts":)");
  text << entry->second;
  writeTime(nanoseconds);
}

void TraceEvents::writeName(EventTrack track, StringRef name) {
  begin('M');
  text << R"(,"name":")" << (track.thread ? "thread_name" : "process_name")
       << R"(","pid":)" << track.process;
  if (track.thread)
    text << R"(,"tid":)" << track.thread;
  text << R"(,"args":{"name":")" << escapeJSON(name) << "\"}}";
}

void TraceEvents::writeSortIndex(EventTrack track, int64_t index) {
  begin('M');
  text << R"(,"name":")"
       << (track.thread ? "thread_sort_index" : "process_sort_index")
       << R"(","pid":)" << track.process;
  if (track.thread)
    text << R"(,"tid":)" << track.thread;
  text << R"(,"args":{"sort_index":)" << index << "}}";
}

void TraceEvents::writeSlice(const EventName &name, StringRef category,
                             EventTrack track, Picoseconds start,
                             Picoseconds length,
                             WriteArguments writeArguments) {
  int64_t from = toNanoseconds(start), to = toNanoseconds(start + length);
  begin('X');
  text << R"(,"name":)" << name;
  if (!category.empty())
    text << R"(,"cat":")" << category << '"';
  writePlace(track, from);
  text << R"(,"dur":)";
  writeTime(to - from);
  if (writeArguments) {
    text << R"(,"args":{)";
    EventArguments arguments(text);
    writeArguments(arguments);
    text << '}';
  }
  text << '}';
}

void TraceEvents::writeFlow(StringRef name, EventTrack source,
                            Picoseconds sourceTime, EventTrack target,
                            Picoseconds targetTime) {
  ++numFlows;
  auto write = [&](char phase, StringRef binding, EventTrack track,
                   Picoseconds time) {
    begin(phase);
    text << R"(,"name":")" << name << R"(","cat":"dependence","id":)"
         << numFlows << binding;
    writePlace(track, toNanoseconds(time));
    text << '}';
  };
  write('s', "", source, sourceTime);
  // Bound to the slice around it instead of the next one.
  write('f', R"(,"bp":"e")", target, targetTime);
}

void TraceEvents::beginCounter(StringRef name, int64_t process, StringRef unit,
                               Picoseconds time) {
  begin('C');
  text << R"(,"name":")" << name << R"(","pid":)" << process << R"(,"ts":)";
  writeTime(toNanoseconds(time));
  text << R"(,"args":{")" << unit << "\":";
}
