// Imports and converts one model in a context of its own.
#include "Importing.h"

#include "atleus/Conversion/Passes.h"
#include "atleus/Import/ONNXImport.h"
#include "atleus/Interpreter/EvaluationModels.h"
#include "atleus/Support/NamedLocations.h"
#include "dialects/Dialects.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace mlir;
using namespace atleus;

std::unique_ptr<MLIRContext> fuzzing::makeContext() {
  static const DialectRegistry registry = [] {
    DialectRegistry all;
    registerAllDialects(all);
    registerEvaluationModels(all);
    return all;
  }();
  return std::make_unique<MLIRContext>(registry,
                                       MLIRContext::Threading::DISABLED);
}

fuzzing::DroppedDiagnostics::DroppedDiagnostics(MLIRContext *context)
    : ScopedDiagnosticHandler(context, [](Diagnostic &diagnostic) {
        (void)formatLocation(diagnostic.getLocation());
        (void)diagnostic.str();
        for (Diagnostic &note : diagnostic.getNotes())
          (void)note.str();
        return success();
      }) {}

/// Shapes for the inputs that leave dimensions open: 2, 3 and 4 in turn.
static SmallVector<std::string> chooseShapes(ModuleOp module) {
  SmallVector<std::string> shapes;
  auto main = module.lookupSymbol<func::FuncOp>("main");
  if (!main)
    return shapes;
  for (BlockArgument argument : main.getArguments()) {
    auto name =
        main.getArgAttrOfType<StringAttr>(argument.getArgNumber(), "onnx.name");
    auto type = dyn_cast<RankedTensorType>(argument.getType());
    if (!name || !type || type.hasStaticShape())
      continue;
    std::string shape = name.str() + "=";
    for (auto [i, size] : llvm::enumerate(type.getShape()))
      shape += (i ? "x" : "") +
               std::to_string(ShapedType::isDynamic(size) ? 2 + i % 3 : size);
    shapes.push_back(shape);
  }
  return shapes;
}

void fuzzing::importAndConvert(llvm::StringRef bytes) {
  std::unique_ptr<MLIRContext> context = makeContext();
  DroppedDiagnostics dropped(context.get());
  // No file lies beside a model of this name.
  std::shared_ptr<const llvm::MemoryBuffer> file =
      llvm::MemoryBuffer::getMemBuffer(bytes, "/nowhere/fuzzed.onnx",
                                       /*RequiresNullTerminator=*/false);
  OwningOpRef<ModuleOp> module = importONNX(file, context.get());
  if (module)
    convert(*module);
}

void fuzzing::convert(ModuleOp module) {
  PassManager manager(module.getContext());
  ConvertONNXToNNOptions options;
  options.shapes = chooseShapes(module);
  manager.addPass(createConvertONNXToNN(options));
  (void)manager.run(module);
}
