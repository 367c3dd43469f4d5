// What an op asks of a machine, as counts, and what a machine answers, as time
// and energy. Counts know no machine; prices know no op. An op states its Work
// through WorkOpInterface; a core of an `arch.machine` turns it into a Price
// through ResourceModelOpInterface. So the same kernel can be priced on a
// crossbar, on a systolic array and on the host, and compared.
//
// Example: a 128x768 by 768x3072 linear layer in 8 bits has one MatrixProduct
// {batch 1, m 128, k 768, n 3072, lhsBits 8, rhsBits 8, staticRhs} and, for its
// bias, 128*3072 VectorOperation::Add.
#ifndef ATLEUS_INTERFACES_WORK_H
#define ATLEUS_INTERFACES_WORK_H

#include "dialects/Interfaces/WeightSparsity.h"

#include "atleus/Support/Units.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <array>

namespace atleus {

/// `batch` products of an m x k by a k x n matrix.
struct MatrixProduct {
  int64_t batch = 1;
  int64_t m = 0;
  int64_t k = 0;
  int64_t n = 0;
  /// Bits of an element of the left and of the right operand.
  unsigned lhsBits = 32;
  unsigned rhsBits = 32;
  /// The right operand is a parameter: it can stay in a crossbar.
  bool staticRhs = false;
  /// Rows of the right operand that share their scales; 0 if all do. The sums
  /// of each such block are scaled before they are added.
  int64_t rowsPerScale = 0;
  WeightSparsity sparsity = {};

  /// Multiply-accumulate operations.
  int64_t macs() const { return batch * m * k * n; }
};

/// Kinds of elementwise work, by the functional unit that does it.
enum class VectorOperation : unsigned {
  Add,         ///< add, subtract, compare, select, negate, absolute value
  Multiply,    ///< one multiplication
  Divide,      ///< division, reciprocal, modulus
  Exponential, ///< exp, log, erf, tanh, sigmoid, sine, cosine, power
  SquareRoot,  ///< square root and its reciprocal
  Convert,     ///< change of element type, quantize, dequantize
  Move,        ///< an element copied to another place
  Lookup,      ///< an element fetched by a computed index
};
constexpr unsigned numVectorOperations = 8;

/// Lower-case name, such as "exponential".
llvm::StringRef stringify(VectorOperation operation);

/// What one kernel, or one task of it, asks for.
struct Work {
  llvm::SmallVector<MatrixProduct, 1> products;
  /// Number of operations on single elements, by VectorOperation.
  std::array<int64_t, numVectorOperations> vector = {};
  /// Bytes of activations read and written, and of parameters read.
  int64_t bytesRead = 0;
  int64_t bytesWritten = 0;
  int64_t parameterBytes = 0;

  int64_t &operator[](VectorOperation operation) {
    return vector[static_cast<unsigned>(operation)];
  }
  int64_t operator[](VectorOperation operation) const {
    return vector[static_cast<unsigned>(operation)];
  }
  /// Multiply-accumulate operations of all products.
  int64_t macs() const;
  /// All element operations.
  int64_t vectorOperations() const;
  Work &operator+=(const Work &other);
};

/// Where energy goes. Reports list every component, also those of zero.
enum class EnergyComponent : unsigned {
  CrossbarArray,
  DigitalToAnalog,
  AnalogToDigital,
  ShiftAndAdd,
  Register,
  SystolicMac,
  VectorUnit,
  Processor,
  Buffer,
  Router,
  Link,
  Dram,
  Host,
  Leakage,
};
constexpr unsigned numEnergyComponents = 14;

/// Snake-case name, such as "analog_to_digital".
llvm::StringRef stringify(EnergyComponent component);

/// Energy by component.
struct EnergyBreakdown {
  std::array<Femtojoules, numEnergyComponents> component = {};

  Femtojoules &operator[](EnergyComponent which) {
    return component[static_cast<unsigned>(which)];
  }
  Femtojoules operator[](EnergyComponent which) const {
    return component[static_cast<unsigned>(which)];
  }
  Femtojoules total() const;
  EnergyBreakdown &operator+=(const EnergyBreakdown &other);
};

/// What keeps a kernel from being faster.
enum class Bottleneck : unsigned {
  ArrayRead,
  AnalogToDigital,
  MacArray,
  VectorUnit,
  Bandwidth,
  Latency,
};

/// Snake-case name, such as "mac_array".
llvm::StringRef stringify(Bottleneck bottleneck);

/// Time and energy of some Work on one core.
struct Price {
  Picoseconds duration;
  /// The part of it for which parameters stream from the core's memory, which
  /// serves one core at a time.
  Picoseconds stream;
  EnergyBreakdown energy;
  Bottleneck bottleneck = Bottleneck::Latency;
};

} // namespace atleus

#endif // ATLEUS_INTERFACES_WORK_H
