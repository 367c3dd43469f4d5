// Converters and registers of cores that are too narrow for their kernels.
#ifndef ATLEUS_LIB_CONVERSION_NARROWWIDTHS_H
#define ATLEUS_LIB_CONVERSION_NARROWWIDTHS_H

#include "dialects/Arch/Arch.h"
#include "dialects/PIM/PIM.h"
#include "dialects/Systolic/Systolic.h"

#include "llvm/ADT/MapVector.h"

namespace atleus {

/// Finds the kernels of each core that may lose something, and warns of the one
/// that would need most.
class NarrowWidths {
public:
  /// Column sums before the ADC, and sums of rows of arrays.
  void check(arch::CrossbarOp core, pim::MVMOp kernel);
  /// Sums along k.
  void check(arch::SystolicOp core, systolic::MatMulOp kernel);

  /// Warns, once for each core and width.
  void report() const;

private:
  /// What kernels of a core need of a width.
  struct Need {
    mlir::Operation *worst = nullptr;
    int64_t bits = 0, available = 0;
    int64_t kernels = 0;

    void add(mlir::Operation *kernel, int64_t needed, int64_t found);
  };
  static void warn(mlir::Operation *core, const Need &need,
                   llvm::StringRef sums, llvm::StringRef part,
                   llvm::StringRef effect);

  llvm::MapVector<mlir::Operation *, Need> converters, accumulators;
};

} // namespace atleus

#endif // ATLEUS_LIB_CONVERSION_NARROWWIDTHS_H
