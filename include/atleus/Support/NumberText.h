// Numbers as people read them in diagnostics and in reports.
#ifndef ATLEUS_SUPPORT_NUMBERTEXT_H
#define ATLEUS_SUPPORT_NUMBERTEXT_H

#include <cstdint>
#include <string>

namespace atleus {

/// 1234567 as "1,234,567".
std::string formatCount(int64_t count);

/// "1 byte", "1,234 bytes".
std::string formatBytes(int64_t bytes);

/// A time as a lifetime is told, in the largest unit of which it has one, from
/// picoseconds to years of 365.25 days: "7.24 hours", "0.5 ps".
std::string formatTimeSpan(double seconds);

/// 99.5 as "99.5": up to six digits.
std::string formatDecimal(double number);

/// 341321 as "341.32 K".
std::string formatKelvin(int64_t millikelvin);

} // namespace atleus

#endif // ATLEUS_SUPPORT_NUMBERTEXT_H
