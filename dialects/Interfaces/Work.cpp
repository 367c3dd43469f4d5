// Sums and names of work and price.
#include "dialects/Interfaces/Work.h"

using namespace atleus;

llvm::StringRef atleus::stringify(VectorOperation operation) {
  static constexpr std::array<llvm::StringLiteral, numVectorOperations> names =
      {"add",         "multiply", "divide", "exponential",
       "square_root", "convert",  "move",   "lookup"};
  return names[static_cast<unsigned>(operation)];
}

llvm::StringRef atleus::stringify(EnergyComponent component) {
  static constexpr std::array<llvm::StringLiteral, numEnergyComponents> names =
      {"crossbar_array",
       "digital_to_analog",
       "analog_to_digital",
       "shift_and_add",
       "register",
       "systolic_mac",
       "vector_unit",
       "processor",
       "buffer",
       "router",
       "link",
       "dram",
       "host",
       "leakage"};
  return names[static_cast<unsigned>(component)];
}

llvm::StringRef atleus::stringify(Bottleneck bottleneck) {
  static constexpr std::array<llvm::StringLiteral, 6> names = {
      "array_read",  "analog_to_digital", "mac_array",
      "vector_unit", "bandwidth",         "latency"};
  return names[static_cast<unsigned>(bottleneck)];
}

int64_t Work::macs() const {
  int64_t sum = 0;
  for (const MatrixProduct &product : products)
    sum += product.macs();
  return sum;
}

int64_t Work::vectorOperations() const {
  int64_t sum = 0;
  for (int64_t count : vector)
    sum += count;
  return sum;
}

Work &Work::operator+=(const Work &other) {
  products.append(other.products);
  for (unsigned i = 0; i < numVectorOperations; ++i)
    vector[i] += other.vector[i];
  bytesRead += other.bytesRead;
  bytesWritten += other.bytesWritten;
  parameterBytes += other.parameterBytes;
  return *this;
}

Femtojoules EnergyBreakdown::total() const {
  Femtojoules sum;
  for (Femtojoules energy : component)
    sum += energy;
  return sum;
}

EnergyBreakdown &EnergyBreakdown::operator+=(const EnergyBreakdown &other) {
  for (unsigned i = 0; i < numEnergyComponents; ++i)
    component[i] += other.component[i];
  return *this;
}
