// Sums of cells on CPUs with AVX2, for which alone this file is compiled.
#include "CellSumsX86.h"

static bool isSupported() { return __builtin_cpu_supports("avx2"); }

const atleus::CellSumKernels atleus::avx2CellSums = {"AVX2",
                                                     isSupported,
                                                     readColumn<Bytes16>,
                                                     readColumn<Bytes32>,
                                                     nullptr,
                                                     readColumnOfTwo<Bytes16>};
