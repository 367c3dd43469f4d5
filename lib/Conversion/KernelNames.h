// Names of kernels, no two of which are equal.
#ifndef ATLEUS_CONVERSION_KERNELNAMES_H
#define ATLEUS_CONVERSION_KERNELNAMES_H

#include "dialects/NN/NN.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

namespace atleus {

class KernelNames {
public:
  /// `wanted`, or if it is taken `wanted` and the first free number from 1 on.
  std::string claim(llvm::StringRef wanted);
  /// `base` and the first free number from 0 on.
  std::string claimNumbered(llvm::StringRef base);

private:
  std::string claimFrom(llvm::StringRef base, unsigned &next);

  llvm::StringSet<> taken;
  /// By base, the lowest number that may be free.
  llvm::StringMap<unsigned> numbered, repeated;
};

/// Makes the `nn.name` of every kernel in `module` unique and gives one to
/// those that have none. A `pim.program` takes the name of the kernel that uses
/// it.
void nameKernels(mlir::ModuleOp module);

} // namespace atleus

#endif // ATLEUS_CONVERSION_KERNELNAMES_H
