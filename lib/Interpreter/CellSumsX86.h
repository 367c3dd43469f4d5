// Registers of x86 CPUs for CellSumsKernel.h. Nothing here may be shared among
// the files that include it.
#ifndef ATLEUS_LIB_INTERPRETER_CELLSUMSX86_H
#define ATLEUS_LIB_INTERPRETER_CELLSUMSX86_H

#include "CellSumsKernel.h"

#include <immintrin.h>

namespace ATLEUS_CELL_SUMS {

struct Bytes16 {
  static constexpr int64_t lanes = 16;
  __m128i sums = _mm_setzero_si128();

  static __m128i table(const uint8_t *row) {
    return _mm_load_si128(reinterpret_cast<const __m128i *>(row));
  }
  void addLookups(__m128i table, const uint8_t *patterns) {
    __m128i at = _mm_load_si128(reinterpret_cast<const __m128i *>(patterns));
    sums = _mm_add_epi8(sums, _mm_shuffle_epi8(table, at));
  }
  void store(uint8_t *to) const {
    _mm_store_si128(reinterpret_cast<__m128i *>(to), sums);
  }
};

struct Bytes32 {
  static constexpr int64_t lanes = 32;
  __m256i sums = _mm256_setzero_si256();

  static __m256i table(const uint8_t *row) {
    return _mm256_broadcastsi128_si256(Bytes16::table(row));
  }
  void addLookups(__m256i table, const uint8_t *patterns) {
    __m256i at = _mm256_load_si256(reinterpret_cast<const __m256i *>(patterns));
    sums = _mm256_add_epi8(sums, _mm256_shuffle_epi8(table, at));
  }
  void store(uint8_t *to) const {
    _mm256_store_si256(reinterpret_cast<__m256i *>(to), sums);
  }
};

#ifdef __AVX512BW__
struct Bytes64 {
  static constexpr int64_t lanes = 64;
  __m512i sums = _mm512_setzero_si512();

  static __m512i table(const uint8_t *row) {
    return _mm512_broadcast_i32x4(Bytes16::table(row));
  }
  void addLookups(__m512i table, const uint8_t *patterns) {
    __m512i at = _mm512_load_si512(patterns);
    sums = _mm512_add_epi8(sums, _mm512_shuffle_epi8(table, at));
  }
  void store(uint8_t *to) const { _mm512_store_si512(to, sums); }
};
#endif

} // namespace ATLEUS_CELL_SUMS

#endif // ATLEUS_LIB_INTERPRETER_CELLSUMSX86_H
