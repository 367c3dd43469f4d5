// Where expected values come from.
//
// A reference computes the values that it is asked for. They may be large
// together, so they are asked for in chunks; a reference may compute everything
// again for each.
#ifndef ATLEUS_COMPARISON_REFERENCE_H
#define ATLEUS_COMPARISON_REFERENCE_H

#include "atleus/Comparison/NamedValues.h"
#include "atleus/Interpreter/Tensor.h"

namespace atleus {

class Reference {
public:
  virtual ~Reference() = default;

  /// How messages call it: "ONNX Runtime", "phase 'nn'".
  virtual std::string describe() const = 0;

  /// Whether it can compute a value.
  virtual bool knows(const NamedValue &value) const = 0;

  /// The values, in order; the null tensor for one that cannot be had. A
  /// failure has been reported as a diagnostic.
  virtual llvm::FailureOr<std::vector<Tensor>>
  compute(llvm::ArrayRef<NamedValue> values) = 0;
};

/// The interpreter's values of a function.
class InterpretedReference : public Reference {
public:
  /// `description` is how messages call it.
  InterpretedReference(mlir::func::FuncOp function, std::vector<Tensor> inputs,
                       std::string description)
      : function(function), inputs(std::move(inputs)),
        description(std::move(description)) {}

  std::string describe() const override { return description; }
  bool knows(const NamedValue &) const override { return true; }
  llvm::FailureOr<std::vector<Tensor>>
  compute(llvm::ArrayRef<NamedValue> values) override;

private:
  mlir::func::FuncOp function;
  std::vector<Tensor> inputs;
  std::string description;
};

} // namespace atleus

#endif // ATLEUS_COMPARISON_REFERENCE_H
