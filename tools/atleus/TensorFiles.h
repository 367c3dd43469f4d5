// Files for the inputs and the outputs of a model.
#ifndef ATLEUS_TOOLS_ATLEUS_TENSORFILES_H
#define ATLEUS_TOOLS_ATLEUS_TENSORFILES_H

#include "atleus/Interpreter/Tensor.h"
#include "atleus/Support/OutputFolder.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <string>
#include <vector>

namespace atleus {

/// Reads the arguments of `function` from the files that `inputs` names, each
/// as "name=file.npy".
llvm::Expected<std::vector<Tensor>>
readInputs(mlir::func::FuncOp function, llvm::ArrayRef<std::string> inputs);

/// One NumPy file for each result of `function`, named after it. They refer to
/// `results`.
std::vector<OutputFile> makeOutputFiles(mlir::func::FuncOp function,
                                        llvm::ArrayRef<Tensor> results);

} // namespace atleus

#endif // ATLEUS_TOOLS_ATLEUS_TENSORFILES_H
