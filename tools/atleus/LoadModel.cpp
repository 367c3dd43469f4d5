// Chooses the reader by the file's name.
#include "LoadModel.h"

#include "atleus/Import/ONNXImport.h"

#include "mlir/Parser/Parser.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace mlir;

OwningOpRef<ModuleOp> atleus::loadModel(StringRef path, MLIRContext *context) {
  StringRef extension = llvm::sys::path::extension(path);
  if (extension != ".mlir" && extension != ".mlirbc" && extension != ".mlirb")
    return importONNX(path, context);
  if (!mapModelFile(path, context))
    return nullptr;
  return parseSourceFile<ModuleOp>(path, context);
}
