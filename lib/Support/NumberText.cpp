// Writes numbers as people read them.
#include "atleus/Support/NumberText.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdlib>

using namespace atleus;

std::string atleus::formatCount(int64_t count) {
  std::string digits = std::to_string(std::abs(count));
  for (int position = static_cast<int>(digits.size()) - 3; position > 0;
       position -= 3)
    digits.insert(position, ",");
  return count < 0 ? "-" + digits : digits;
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
