// What a model consists of, before it is mapped.
#ifndef ATLEUS_REPORT_MODELSUMMARY_H
#define ATLEUS_REPORT_MODELSUMMARY_H

#include "mlir/IR/BuiltinOps.h"

#include <string>
#include <vector>

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace atleus {

/// Sums over the kernels of one kind.
struct KernelKindSummary {
  /// Name of the op, such as "nn.linear".
  std::string kind;
  int64_t kernels = 0;
  /// Multiply-accumulate operations with a parameter, and with two computed
  /// operands.
  int64_t staticMacs = 0;
  int64_t dynamicMacs = 0;
  /// Operations on single elements.
  int64_t vectorOperations = 0;
  /// Bytes of parameters read.
  int64_t parameterBytes = 0;
};

/// A model at phase `nn`.
struct ModelSummary {
  /// Name and type of each input and output, such as "image: 1x3x8x8 x f32".
  std::vector<std::string> inputs;
  std::vector<std::string> outputs;
  /// In the order of multiply-accumulate operations, then element operations.
  std::vector<KernelKindSummary> kinds;
  /// Elements and bytes of all constants.
  int64_t parameters = 0;
  int64_t parameterBytes = 0;
};

/// Sums up a module at phase `nn`.
ModelSummary summarizeModel(mlir::ModuleOp module);

/// Prints the summary as a table.
void printModelSummary(const ModelSummary &summary, llvm::raw_ostream &os);

} // namespace atleus

#endif // ATLEUS_REPORT_MODELSUMMARY_H
