// Evaluates every function without arguments in a file and prints its results,
// for the tests of what each op computes.
#include "atleus/Interpreter/EvaluationModels.h"
#include "atleus/Interpreter/Interpreter.h"
#include "dialects/Dialects.h"

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;
using namespace atleus;

/// Prints `@name: [1, 2.5] : tensor<2xf32>`.
static void print(StringRef name, const Tensor &tensor) {
  llvm::raw_ostream &os = llvm::outs();
  os << '@' << name << ": [";
  for (int64_t i = 0; i < tensor.numElements(); ++i) {
    os << (i ? ", " : "");
    if (isFloat(tensor.getKind()))
      os << llvm::format("%.5g", tensor.getFloat(i));
    else
      os << tensor.getInteger(i);
  }
  os << "] : " << tensor.getType() << '\n';
}

int main(int argc, char **argv) {
  DialectRegistry registry;
  registerAllDialects(registry);
  registerEvaluationModels(registry);
  MLIRContext context(registry);
  llvm::SourceMgr sources;
  SourceMgrDiagnosticHandler handler(sources, &context);
  if (argc != 2)
    return llvm::errs() << "usage: atleus-test-evaluate FILE.mlir\n", 2;
  auto module = parseSourceFile<ModuleOp>(argv[1], sources, &context);
  if (!module)
    return 1;
  bool allSucceeded = true;
  for (auto function : module->getOps<func::FuncOp>()) {
    if (function.getNumArguments() != 0 || function.isExternal())
      continue;
    FailureOr<std::vector<Tensor>> results = Interpreter(function).run({});
    allSucceeded &= succeeded(results);
    if (succeeded(results))
      for (const Tensor &result : *results)
        print(function.getName(), result);
  }
  return allSucceeded ? 0 : 1;
}
