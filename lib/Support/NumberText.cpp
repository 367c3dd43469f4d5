// Writes numbers as people read them.
#include "atleus/Support/NumberText.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdlib>
#include <iterator>
#include <utility>

using namespace atleus;

std::string atleus::formatCount(int64_t count) {
  std::string digits = std::to_string(std::abs(count));
  for (int position = static_cast<int>(digits.size()) - 3; position > 0;
       position -= 3)
    digits.insert(position, ",");
  return count < 0 ? "-" + digits : digits;
}

std::string atleus::formatBytes(int64_t bytes) {
  return formatCount(bytes) + (bytes == 1 ? " byte" : " bytes");
}

std::string atleus::formatTimeSpan(double seconds) {
  constexpr std::pair<double, const char *> units[] = {
      {365.25 * 86400, "years"},
      {86400, "days"},
      {3600, "hours"},
      {60, "minutes"},
      {1, "s"},
      {1e-3, "ms"},
      {1e-6, "us"},
      {1e-9, "ns"},
      {1e-12, "ps"}};
  const auto *unit = std::begin(units);
  while (unit != std::end(units) - 1 && seconds < unit->first)
    ++unit;
  std::string text;
  llvm::raw_string_ostream(text)
      << llvm::format("%.3g ", seconds / unit->first) << unit->second;
  return text;
}

std::string atleus::formatDecimal(double number) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%g", number);
  return text;
}

std::string atleus::formatKelvin(int64_t millikelvin) {
  std::string text;
  llvm::raw_string_ostream(text)
      << llvm::format("%.2f K", static_cast<double>(millikelvin) * 1e-3);
  return text;
}
