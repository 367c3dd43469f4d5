// Numbers of a few bits, one directly after another, the lowest bit of a number
// and of a byte first.
#ifndef ATLEUS_NN_BITSTREAM_H
#define ATLEUS_NN_BITSTREAM_H

#include "llvm/ADT/ArrayRef.h"

#include <cstdint>
#include <vector>

namespace atleus::nn {

class BitWriter {
public:
  /// Appends the lowest `width` bits of `value`.
  void write(uint64_t value, unsigned width) {
    for (unsigned bit = 0; bit < width; ++bit, ++count) {
      if (count % 8 == 0)
        bytes.push_back(0);
      bytes.back() |= ((value >> bit) & 1) << (count % 8);
    }
  }
  /// All bits; the last byte is filled up with zeros.
  std::vector<uint8_t> take() { return std::move(bytes); }

private:
  std::vector<uint8_t> bytes;
  int64_t count = 0;
};

/// Bits after the end of what is read are zero.
class BitReader {
public:
  explicit BitReader(llvm::ArrayRef<uint8_t> bytes) : bytes(bytes) {}

  /// The next `width` bits.
  uint64_t read(unsigned width) {
    uint64_t value = 0;
    for (unsigned bit = 0; bit < width; ++bit, ++position)
      value |= static_cast<uint64_t>(bitAt(position)) << bit;
    return value;
  }
  /// Whether no bit is set that has not been read.
  bool restIsZero() const {
    size_t end = bytes.size() * 8;
    for (size_t at = position; at < end; ++at)
      if (bitAt(at))
        return false;
    return true;
  }

private:
  unsigned bitAt(size_t at) const {
    return at / 8 < bytes.size() ? (bytes[at / 8] >> (at % 8)) & 1 : 0;
  }

  llvm::ArrayRef<uint8_t> bytes;
  size_t position = 0;
};

} // namespace atleus::nn

#endif // ATLEUS_NN_BITSTREAM_H
