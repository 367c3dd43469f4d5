// `atleus run --compare`: looks for the first kernel that differs from ONNX
// Runtime, or from an earlier phase.
#ifndef ATLEUS_TOOLS_ATLEUS_COMPARE_H
#define ATLEUS_TOOLS_ATLEUS_COMPARE_H

#include "Session.h"

#include "atleus/Interpreter/Tensor.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <vector>

namespace atleus {

/// Whether the command line asks for a comparison.
bool isComparison();

/// Reports an option that only a comparison can heed. Returns whether there was
/// one.
bool reportComparisonOptions();

/// The inputs that the user gave, in the order of the arguments; null tensors
/// for the others.
using GivenInputs =
    llvm::function_ref<llvm::Expected<std::vector<Tensor>>(mlir::func::FuncOp)>;

/// Compares as the command line says, on given and random inputs. The result is
/// the exit code: 1 if something differs.
int runComparison(Session &session, llvm::StringRef model,
                  GivenInputs givenInputs);

} // namespace atleus

#endif // ATLEUS_TOOLS_ATLEUS_COMPARE_H
