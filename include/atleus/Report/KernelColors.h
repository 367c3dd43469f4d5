// What kinds of work pictures tell apart, and their colours: one table for the
// schedule, the placement and the trace.
#ifndef ATLEUS_REPORT_KERNELCOLORS_H
#define ATLEUS_REPORT_KERNELCOLORS_H

#include "dialects/Interfaces/Interfaces.h"

#include "llvm/ADT/StringRef.h"

#include <array>

namespace atleus {

enum class KernelKind : unsigned {
  Linear,    ///< a product with a weight, on crossbars or systolic arrays
  Attention, ///< a product of activations
  Vector,    ///< softmax, normalization, activations and other element work
  Transfer,  ///< data on the network
  Memory,    ///< reads and writes of the memory, also of weights
  Host,      ///< what no tier can execute
};
constexpr unsigned numKernelKinds = 6;

struct KindStyle {
  llvm::StringLiteral name;
  /// As SVG and HTML write colours. They differ in lightness too, so that a
  /// copy without colours can be read.
  llvm::StringLiteral colour;
};

/// By KernelKind.
constexpr std::array<KindStyle, numKernelKinds> kindStyles = {{
    {"linear", "#4e79a7"},
    {"attention", "#f28e2b"},
    {"vector", "#59a14f"},
    {"transfer", "#8a8f98"},
    {"memory", "#b07aa1"},
    {"host", "#e15759"},
}};

inline const KindStyle &styleOf(KernelKind kind) {
  return kindStyles[static_cast<unsigned>(kind)];
}

/// The kind of a kernel: what its products are decides, also if elements are
/// worked on before or after them.
inline KernelKind kindOf(KernelOpInterface kernel) {
  Work work = llvm::cast<WorkOpInterface>(kernel.getOperation()).getWork();
  for (const MatrixProduct &product : work.products)
    if (product.staticRhs)
      return KernelKind::Linear;
  return work.products.empty() ? KernelKind::Vector : KernelKind::Attention;
}

} // namespace atleus

#endif // ATLEUS_REPORT_KERNELCOLORS_H
