// Sums of cells on CPUs with AVX2, for which alone this file is compiled.
#define ATLEUS_CELL_SUMS avx2_cell_sums
#include "CellSumsX86.h"

using namespace ATLEUS_CELL_SUMS;

static bool isSupported() { return __builtin_cpu_supports("avx2"); }

const atleus::CellSumKernels atleus::avx2CellSums = {"AVX2",
                                                     isSupported,
                                                     readColumn<Bytes16>,
                                                     readColumn<Bytes32>,
                                                     nullptr,
                                                     readColumnOfTwo<Bytes16>};
