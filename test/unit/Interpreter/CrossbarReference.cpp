// Plain loops over groups of wordlines, slices, passes and rows.
#include "CrossbarReference.h"

using namespace atleus;

int64_t ReferenceProduct::getLevel(int64_t row, unsigned slice,
                                   bool negative) const {
  int64_t stored = weights[row];
  if (configuration.encoding != SignEncoding::Differential)
    stored += int64_t(1) << (configuration.weightBits - 1);
  else if (negative)
    stored = std::max<int64_t>(0, -stored);
  else
    stored = std::max<int64_t>(0, stored);
  for (unsigned i = 0; i < slice * configuration.cellBits; ++i)
    stored /= 2;
  return stored % (int64_t(1) << configuration.cellBits);
}

int64_t ReferenceProduct::convert(int64_t sum) const {
  int64_t codes = int64_t(1) << configuration.adcBits;
  if (configuration.adcRange == AdcRange::UnitStep)
    return std::min(sum, codes - 1);
  int64_t largest = configuration.largestColumnSum(weights.size());
  int64_t step = 1;
  while (step * (codes - 1) < largest)
    ++step;
  int64_t code = 0;
  // The nearest step, the upper one of two.
  while (code < codes - 1 && 2 * sum >= (2 * code + 1) * step)
    ++code;
  return code * step;
}

int64_t ReferenceProduct::readColumn(int64_t begin, int64_t end, unsigned slice,
                                     bool negative) const {
  const CrossbarConfiguration &c = configuration;
  int64_t cellMost = (int64_t(1) << std::min(c.cellBits, c.weightBits)) - 1;
  int64_t cells = 0;
  for (int64_t row = begin; row < end; ++row)
    cells += getLevel(row, slice, negative);
  bool flipped = c.encoding == SignEncoding::Flipped &&
                 2 * cells > cellMost * (end - begin);
  int64_t total = 0;
  for (unsigned bit = 0; bit < c.inputBits; bit += c.dacBits) {
    unsigned width = std::min(c.dacBits, c.inputBits - bit);
    int64_t sum = 0, driven = 0;
    for (int64_t row = begin; row < end; ++row) {
      int64_t code = inputs[row];
      if (c.signedInputs && c.dacBits > 1)
        code += int64_t(1) << (c.inputBits - 1);
      else if (code < 0)
        code += int64_t(1) << c.inputBits;
      int64_t digit = (code >> bit) % (int64_t(1) << width);
      int64_t level = getLevel(row, slice, negative);
      driven += digit;
      sum += digit * (flipped ? cellMost - level : level);
    }
    int64_t value = convert(sum);
    if (flipped)
      value = cellMost * driven - value;
    bool sign = c.signedInputs && c.dacBits == 1 && bit + 1 == c.inputBits;
    total += (sign ? -value : value) * (int64_t(1) << bit);
  }
  return total * (int64_t(1) << (slice * c.cellBits));
}

int64_t ReferenceProduct::compute() const {
  const CrossbarConfiguration &c = configuration;
  int64_t size = inputs.size(), held = 0;
  int64_t most = c.accumulator.largest(), least = c.accumulator.smallest();
  bool differential = c.encoding == SignEncoding::Differential;
  for (int64_t array = 0; array < size;) {
    int64_t room = c.rows - (firstWordline + array) % c.rows;
    int64_t arrayEnd = std::min(size, array + room);
    int64_t part = 0;
    for (int64_t begin = array; begin < arrayEnd; begin += c.activeRows) {
      int64_t end = std::min(arrayEnd, begin + c.activeRows);
      for (unsigned slice = 0; slice < c.slices(); ++slice) {
        part += readColumn(begin, end, slice, false);
        if (differential)
          part -= readColumn(begin, end, slice, true);
      }
    }
    // Offsets of codes and weights, and zero points, are known exactly.
    int64_t inputOffset =
        c.signedInputs && c.dacBits > 1 ? int64_t(1) << (c.inputBits - 1) : 0;
    int64_t weightOffset = differential ? 0 : int64_t(1) << (c.weightBits - 1);
    for (int64_t row = array; row < arrayEnd; ++row) {
      int64_t x = inputs[row], w = weights[row];
      part -= (x + inputOffset) * (w + weightOffset);
      part += (x - inputZero) * (w - weightZero);
    }
    held += part;
    if (c.accumulator.overflow == Overflow::Saturate)
      held = std::min(std::max(held, least), most);
    else
      while (held > most || held < least)
        held += held < least ? 2 * (most + 1) : -2 * (most + 1);
    array = arrayEnd;
  }
  return held;
}

int64_t ReferenceProduct::computeExactly() const {
  int64_t sum = 0;
  for (size_t row = 0; row < inputs.size(); ++row)
    sum += (inputs[row] - inputZero) * (weights[row] - weightZero);
  return sum;
}

std::string atleus::describe(const CrossbarConfiguration &c) {
  auto number = [](const char *name, int64_t value) {
    return name + std::to_string(value);
  };
  return number("rows ", c.rows) + number(" active ", c.activeRows) +
         number(" cell ", c.cellBits) + number(" dac ", c.dacBits) +
         number(" adc ", c.adcBits) +
         number(" range ", static_cast<int>(c.adcRange)) +
         number(" encoding ", static_cast<int>(c.encoding)) +
         number(" accumulator ", c.accumulator.bits) +
         number(" overflow ", static_cast<int>(c.accumulator.overflow)) +
         number(" weight ", c.weightBits) + number(" input ", c.inputBits) +
         (c.signedInputs ? " signed" : " unsigned");
}
