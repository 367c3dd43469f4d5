// The functions on which the access of ops is tested.
#ifndef ATLEUS_TEST_UNIT_NN_ACCESSCASES_H
#define ATLEUS_TEST_UNIT_NN_ACCESSCASES_H

#include <ostream>
#include <string>
#include <vector>

namespace atleus {

/// A function whose last op is tested, and whether that op's tiles are the
/// smallest ones. Arguments are floats of any size, indices from 0 to 2,
/// booleans, or quantized values.
struct AccessCase {
  std::string name;
  std::string signature;
  std::string body;
  bool exact;
};

/// How GoogleTest prints a case.
inline std::ostream &operator<<(std::ostream &os, const AccessCase &test) {
  return os << test.name;
}

std::vector<AccessCase> accessCases();

} // namespace atleus

#endif // ATLEUS_TEST_UNIT_NN_ACCESSCASES_H
