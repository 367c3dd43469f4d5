// What the tests of work share: the work of an op, and what it counts.
#ifndef ATLEUS_TEST_UNIT_NN_WORKFIXTURE_H
#define ATLEUS_TEST_UNIT_NN_WORKFIXTURE_H

#include "OpFixture.h"

#include <map>

namespace atleus {

using Counts = std::map<VectorOperation, int64_t>;

struct WorkFixture : public OpFixture {
  /// Work of the op that makes the function's result.
  Work workOf(llvm::StringRef signature, llvm::StringRef body) {
    mlir::func::FuncOp function = parse(signature, body);
    EXPECT_TRUE(function);
    if (!function)
      return {};
    return llvm::cast<WorkOpInterface>(resultOp(function)).getWork();
  }
};

/// Operations on single elements that are not zero.
inline Counts counts(const Work &work) {
  Counts result;
  for (unsigned i = 0; i < numVectorOperations; ++i)
    if (work.vector[i] != 0)
      result[static_cast<VectorOperation>(i)] = work.vector[i];
  return result;
}

inline void expectBytes(const Work &work, int64_t read, int64_t written,
                        int64_t parameters) {
  EXPECT_EQ(work.bytesRead, read);
  EXPECT_EQ(work.bytesWritten, written);
  EXPECT_EQ(work.parameterBytes, parameters);
}

} // namespace atleus

#endif // ATLEUS_TEST_UNIT_NN_WORKFIXTURE_H
