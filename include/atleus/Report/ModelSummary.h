// What a model consists of, before it is mapped.
#ifndef ATLEUS_REPORT_MODELSUMMARY_H
#define ATLEUS_REPORT_MODELSUMMARY_H

#include "dialects/Arch/Arch.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/BuiltinTypes.h"

#include <optional>
#include <string>
#include <vector>

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace atleus {

/// An input or an output. The shape is as the model has it: a size is a number
/// or the name of a dimension.
struct TensorSummary {
  std::string name;
  std::vector<std::string> shape;
  std::string elementType;
};

/// The nodes of one operator in the model file.
struct OperatorSummary {
  /// With its domain, if that is not ONNX's: "com.microsoft.Attention".
  std::string name;
  int64_t nodes = 0;
  /// Whether there is a rule that converts it.
  bool isKnown = true;
};

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
  /// Bytes of parameters read, and of activations read and written.
  int64_t parameterBytes = 0;
  int64_t activationBytes = 0;
};

/// Kernels of one kind that no tier can execute, for one reason.
struct HostSummary {
  std::string kind;
  std::string reason;
  int64_t kernels = 0;
  int64_t macs = 0;
  int64_t bytes = 0;
};

/// Numbers that the model file holds, or that follow from it.
struct ConstantSummary {
  int64_t elements = 0;
  int64_t bytes = 0;
};

/// What is known of a model. Operators need the file as it was, kernels a model
/// at phase `nn`; a part that is not known is empty.
struct ModelSummary {
  std::string name;
  std::vector<TensorSummary> inputs;
  std::vector<TensorSummary> outputs;
  /// Most nodes first.
  std::vector<OperatorSummary> operators;
  /// In the order of multiply-accumulate operations, then element operations.
  std::vector<KernelKindSummary> kinds;
  /// Floating-point constants of the file and what was computed from them.
  ConstantSummary parameters;
  /// All other constants: masks, tables, indices.
  ConstantSummary otherConstants;
  /// The machine that was asked, and what it leaves to the host.
  std::string machine;
  std::vector<HostSummary> host;

  /// Sums over all kinds.
  KernelKindSummary total() const;
};

/// Adds inputs, outputs and operators of a module at phase `onnx`; `isKnown`
/// says of a domain and an operator whether it can be converted.
void summarizeOperators(
    mlir::ModuleOp module,
    llvm::function_ref<bool(llvm::StringRef, llvm::StringRef)> isKnown,
    ModelSummary &summary);

/// Adds inputs, outputs, kernels and constants of a module at phase `nn`, and
/// what `machine` cannot execute.
void summarizeKernels(mlir::ModuleOp module, arch::MachineOp machine,
                      ModelSummary &summary);

/// Prints the summary as tables.
void printModelSummary(const ModelSummary &summary, llvm::raw_ostream &os);

/// Writes the summary as JSON. Kernels are null if they are not known.
void writeModelSummary(const ModelSummary &summary, llvm::raw_ostream &os);

} // namespace atleus

#endif // ATLEUS_REPORT_MODELSUMMARY_H
