// Loads OpenBLAS with kernels that fit the CPU.
#include "MatrixLibrary.h"

#include "llvm/Support/DynamicLibrary.h"
#include "llvm/TargetParser/Host.h"

#include <cstdlib>

using namespace atleus;
using llvm::StringMap;
using llvm::sys::DynamicLibrary;

/// The product of matrices in row-major order, of which the right one may be
/// transposed, as the library computes it for alpha = 1 and beta = 0.
template <typename T>
static void multiplyPlainly(CBLAS_ORDER, CBLAS_TRANSPOSE,
                            CBLAS_TRANSPOSE transposeRhs, blasint m, blasint n,
                            blasint k, T, const T *lhs, blasint lhsStride,
                            const T *rhs, blasint rhsStride, T, T *result,
                            blasint resultStride) {
  bool transposed = transposeRhs == CblasTrans;
  for (blasint row = 0; row < m; ++row)
    for (blasint column = 0; column < n; ++column) {
      T sum = 0;
      for (blasint i = 0; i < k; ++i)
        sum +=
            lhs[row * lhsStride + i] *
            rhs[transposed ? column * rhsStride + i : i * rhsStride + column];
      result[row * resultStride + column] = sum;
    }
}

/// Names the newest kernels that the CPU can run, unless the user has named
/// some. The library reads the environment when it is loaded.
static void chooseKernels() {
  StringMap<bool> features = llvm::sys::getHostCPUFeatures();
  auto has = [&](std::initializer_list<const char *> names) {
    return llvm::all_of(
        names, [&](const char *name) { return features.lookup(name); });
  };
  const char *kernels = nullptr;
  if (has({"avx512f", "avx512bw", "avx512dq", "avx512vl"}))
    kernels = "SkylakeX";
  else if (has({"avx2", "fma"}))
    kernels = "Haswell";
  if (kernels)
    setenv("OPENBLAS_CORETYPE", kernels, /*replace=*/0);
}

static MatrixLibrary load() {
  chooseKernels();
  MatrixLibrary functions = {multiplyPlainly<float>, multiplyPlainly<double>};
  DynamicLibrary library;
  for (const char *name : {"libopenblas.so.0", ATLEUS_OPENBLAS})
    if (!library.isValid())
      library = DynamicLibrary::getPermanentLibrary(name);
  void *floats = library.getAddressOfSymbol("cblas_sgemm");
  void *doubles = library.getAddressOfSymbol("cblas_dgemm");
  void *setThreads = library.getAddressOfSymbol("openblas_set_num_threads");
  if (!floats || !doubles || !setThreads)
    return functions;
  // It would start threads of its own and divide by their number.
  reinterpret_cast<void (*)(int)>(setThreads)(1);
  functions.multiplyFloats =
      reinterpret_cast<decltype(functions.multiplyFloats)>(floats);
  functions.multiplyDoubles =
      reinterpret_cast<decltype(functions.multiplyDoubles)>(doubles);
  return functions;
}

const MatrixLibrary &MatrixLibrary::get() {
  static const MatrixLibrary functions = load();
  return functions;
}
