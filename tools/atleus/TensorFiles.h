// Files for the inputs and the outputs of a model.
#ifndef ATLEUS_TOOLS_ATLEUS_TENSORFILES_H
#define ATLEUS_TOOLS_ATLEUS_TENSORFILES_H

#include "atleus/Interpreter/Tensor.h"
#include "atleus/Support/OutputFolder.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/StringMap.h"

#include <string>
#include <vector>

namespace atleus {

/// Tensors by the names of arguments.
using NamedTensors = llvm::StringMap<Tensor>;

/// Reads the files that `inputs` gives for arguments of `function`, which is of
/// any phase, each as "name=file.npy".
llvm::Expected<NamedTensors> readInputs(mlir::func::FuncOp function,
                                        llvm::ArrayRef<std::string> inputs);

/// Adds the shapes of those tensors whose arguments have dimensions that are
/// open to `shapes`, as PipelineOptions has them, unless they are there.
void addOpenShapes(mlir::func::FuncOp function, const NamedTensors &tensors,
                   std::vector<std::string> &shapes);

/// One tensor for each argument. The error says which has none.
llvm::Expected<std::vector<Tensor>> orderInputs(mlir::func::FuncOp function,
                                                const NamedTensors &tensors);

/// One NumPy file for each result of `function`, named after it. They refer to
/// `results`.
std::vector<OutputFile> makeOutputFiles(mlir::func::FuncOp function,
                                        llvm::ArrayRef<Tensor> results);

} // namespace atleus

#endif // ATLEUS_TOOLS_ATLEUS_TENSORFILES_H
