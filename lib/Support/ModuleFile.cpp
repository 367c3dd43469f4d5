// Writes IR as text or as bytecode.
#include "atleus/Support/ModuleFile.h"

#include "mlir/Bytecode/BytecodeWriter.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/Operation.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Support/CommandLine.h"

using namespace mlir;
using namespace atleus;

ModuleFormat atleus::getModuleFormat(StringRef path) {
  return path.ends_with(".mlirbc") ? ModuleFormat::Bytecode
                                   : ModuleFormat::Text;
}

/// MLIR's option for weights in text, which not every tool has.
static constexpr llvm::StringLiteral elisionOption =
    "mlir-elide-resource-strings-if-larger";

/// The bytes of all resources that the op and what is inside it refer to.
static int64_t countResourceBytes(Operation *root) {
  llvm::DenseSet<Attribute> seen;
  int64_t bytes = 0;
  root->walk([&](Operation *op) {
    op->getAttrDictionary().walk([&](DenseResourceElementsAttr resource) {
      if (AsmResourceBlob *blob = resource.getRawHandle().getBlob())
        if (seen.insert(resource).second)
          bytes += static_cast<int64_t>(blob->getData().size());
    });
  });
  return bytes;
}

LogicalResult atleus::writeModule(Operation *op, llvm::raw_ostream &output,
                                  ModuleFormat format, int64_t maximumText) {
  if (format == ModuleFormat::Bytecode)
    return writeBytecodeToFile(op, output);
  OpPrintingFlags flags;
  if (!flags.getLargeResourceStringLimit()) {
    int64_t bytes = countResourceBytes(op);
    if (bytes > maximumText) {
      InFlightDiagnostic error = emitError(op->getLoc());
      error << "weights of " << bytes << " bytes are not written as text, "
            << "whose limit is " << maximumText
            << "; write bytecode to a file that ends in .mlirbc";
      if (llvm::cl::getRegisteredOptions().count(elisionOption))
        error << ", or leave the weights out with --" << elisionOption << "=0";
      return error;
    }
  }
  op->print(output, flags);
  output << '\n';
  return success();
}
