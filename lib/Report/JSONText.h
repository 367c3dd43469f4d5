// JSON text on its way to a stream.
#ifndef ATLEUS_LIB_REPORT_JSONTEXT_H
#define ATLEUS_LIB_REPORT_JSONTEXT_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Compiler.h"
#include "llvm/Support/raw_ostream.h"

#include <charconv>
#include <cstring>
#include <memory>
#include <type_traits>

namespace atleus {

/// Puts text together that is JSON already: punctuation, quoted names and
/// numbers, which are finite and have as many digits as tell them from others.
/// The files of a schedule have a million of these, which llvm::json would
/// check one by one. What is put in reaches the stream when the text is flushed
/// or destroyed.
class JSONText {
  static constexpr size_t capacity = size_t{1} << 18;

public:
  /// More than any number has.
  static constexpr size_t maximumDigits = 32;

  explicit JSONText(llvm::raw_ostream &os)
      : os(os), buffer(new char[capacity]), next(buffer.get()),
        end(next + capacity) {}
  JSONText(const JSONText &) = delete;
  JSONText &operator=(const JSONText &) = delete;
  ~JSONText() { flush(); }

  JSONText &operator<<(char c) {
    makeRoom(1);
    *next++ = c;
    return *this;
  }

  JSONText &operator<<(llvm::StringRef text) {
    if (text.size() > capacity) {
      flush();
      os << text;
      return *this;
    }
    makeRoom(text.size());
    std::memcpy(next, text.data(), text.size());
    next += text.size();
    return *this;
  }
  /// A literal, whose length the compiler knows.
  template <size_t N>
  JSONText &operator<<(const char (&text)[N]) {
    static_assert(N <= capacity);
    makeRoom(N - 1);
    std::memcpy(next, text, N - 1);
    next += N - 1;
    return *this;
  }

  template <typename Number,
            std::enable_if_t<std::is_arithmetic_v<Number>, int> = 0>
  JSONText &operator<<(Number number) {
    put(maximumDigits, [&](char *at) {
      return std::to_chars(at, at + maximumDigits, number).ptr;
    });
    return *this;
  }

  /// Lets `write` put in at most `maximum` characters: it gets the place of the
  /// first and returns the place behind the last.
  template <typename Write>
  void put(size_t maximum, Write write) {
    makeRoom(maximum);
    next = write(next);
  }

  void flush() {
    os << llvm::StringRef(buffer.get(), next - buffer.get());
    next = buffer.get();
  }

private:
  void makeRoom(size_t size) {
    if (LLVM_UNLIKELY(static_cast<size_t>(end - next) < size))
      flush();
  }

  llvm::raw_ostream &os;
  std::unique_ptr<char[]> buffer;
  char *next;
  char *end;
};

} // namespace atleus

#endif // ATLEUS_LIB_REPORT_JSONTEXT_H
