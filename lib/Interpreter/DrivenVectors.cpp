// Cuts vectors of integers into the bits that enter a crossbar.
#include "DrivenVectors.h"

#include "llvm/Support/MathExtras.h"

using namespace atleus;

DrivenVectors::DrivenVectors(const Tensor &input, int64_t first, int64_t count,
                             int64_t lanes, int64_t begin, int64_t end,
                             const CrossbarConfiguration &configuration)
    : count(count), lanes(lanes), begin(begin), codes((end - begin) * lanes),
      twosComplement(configuration.subtractsLastPass()),
      inputBits(configuration.inputBits) {
  int64_t k = input.getShape().back();
  int64_t offset = configuration.inputOffset();
  uint32_t mask = (uint32_t(1) << inputBits) - 1;
  dispatchElement(input.getKind(), [&](auto tag) {
    using T = typename decltype(tag)::Type;
    if constexpr (std::is_integral_v<T> && sizeof(T) <= 2) {
      const T *from = input.as<T>().data() + first * k;
      for (int64_t lane = 0; lane < count; ++lane)
        for (int64_t row = begin; row < end; ++row)
          codes[(row - begin) * lanes + lane] = static_cast<uint16_t>(
              static_cast<uint32_t>(from[lane * k + row] + offset) & mask);
    } else {
      llvm_unreachable("inputs are integers of up to 16 bits");
    }
  });
}

std::vector<int64_t> DrivenVectors::sumRows(int64_t from, int64_t to) const {
  std::vector<int64_t> sums(lanes);
  int64_t sign = int64_t(1) << (inputBits - 1);
  for (int64_t index = from; index < to; ++index) {
    const uint16_t *values = row(index);
    for (int64_t lane = 0; lane < lanes; ++lane)
      sums[lane] +=
          twosComplement ? (values[lane] ^ sign) - sign : values[lane];
  }
  return sums;
}
