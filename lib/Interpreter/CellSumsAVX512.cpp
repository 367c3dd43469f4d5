// Sums of cells on CPUs with AVX-512, for which alone this file is compiled.
#define ATLEUS_CELL_SUMS avx512_cell_sums
#include "CellSumsX86.h"

using namespace ATLEUS_CELL_SUMS;

static bool isSupported() {
  return __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512dq");
}

const atleus::CellSumKernels atleus::avx512CellSums = {
    "AVX-512",           isSupported,         readColumn<Bytes16>,
    readColumn<Bytes32>, readColumn<Bytes64>, readColumnOfTwo<Bytes16>};
