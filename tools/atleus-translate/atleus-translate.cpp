// Translates between Atleus' IR and the formats of others.
#include "atleus/Import/ONNXImport.h"
#include "atleus/Report/HotSpotExport.h"
#include "atleus/Report/ScaleSimExport.h"
#include "atleus/Report/Translations.h"
#include "atleus/Support/ModuleFile.h"
#include "atleus/Support/NamedLocations.h"
#include "atleus/Support/OutputFile.h"
#include "atleus/Support/ReportedError.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Support/ToolUtilities.h"
#include "mlir/Tools/mlir-translate/Translation.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/WithColor.h"

using namespace mlir;
namespace cl = llvm::cl;

static cl::OptionCategory category("atleus-translate options");

static cl::opt<std::string> inputPath(cl::Positional, cl::desc("<input file>"),
                                      cl::init("-"), cl::cat(category));
static cl::opt<std::string>
    outputPath("o",
               cl::desc("Output file ('-' is standard output); IR is written "
                        "as bytecode when the name ends in .mlirbc"),
               cl::value_desc("file"), cl::init("-"), cl::cat(category));
static cl::opt<bool> splitInputFile(
    "split-input-file",
    cl::desc("Translate each part between '// -----' lines by itself"),
    cl::cat(category));
static cl::opt<bool> verifyDiagnostics(
    "verify-diagnostics",
    cl::desc("Check that the diagnostics are those that expected-* lines of "
             "the input state"),
    cl::cat(category));

static LogicalResult translateBuffer(const Translation &translation,
                                     std::unique_ptr<llvm::MemoryBuffer> buffer,
                                     llvm::raw_ostream &output) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  context.printOpOnDiagnostic(false);
  auto sources = std::make_shared<llvm::SourceMgr>();
  sources->AddNewSourceBuffer(std::move(buffer), llvm::SMLoc());
  if (verifyDiagnostics) {
    SourceMgrDiagnosticVerifierHandler handler(*sources, &context);
    (void)translation(sources, output, &context);
    return handler.verify();
  }
  SourceMgrDiagnosticHandler lineHandler(*sources, &context);
  atleus::NamedLocationHandler nameHandler(&context, llvm::errs());
  return translation(sources, output, &context);
}

/// Opens the input without copying it. What is wrong with it is reported as the
/// importer does.
static std::unique_ptr<llvm::MemoryBuffer> openInput() {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  atleus::NamedLocationHandler handler(&context, llvm::errs());
  return atleus::mapModelFile(inputPath, &context);
}

static LogicalResult translate(const Translation &translation,
                               llvm::raw_ostream &output) {
  std::unique_ptr<llvm::MemoryBuffer> input = openInput();
  if (!input)
    return failure();
  if (!splitInputFile)
    return translateBuffer(translation, std::move(input), output);
  return splitAndProcessBuffer(
      std::move(input),
      [&](std::unique_ptr<llvm::MemoryBuffer> part,
          llvm::raw_ostream &partOutput) {
        return translateBuffer(translation, std::move(part), partOutput);
      },
      output);
}

int main(int argc, char **argv) {
  llvm::InitLLVM initialize(argc, argv);
  atleus::reportFileSizeLimit();
  atleus::registerONNXImport([](ModuleOp module, llvm::raw_ostream &output) {
    return atleus::writeModule(module, output,
                               atleus::getModuleFormat(outputPath));
  });
  atleus::registerScheduleExports();
  atleus::registerHotSpotExport(category);
  atleus::registerScaleSimExport(category);
  registerAsmPrinterCLOptions();
  registerTranslationCLOptions();
  cl::opt<const Translation *, false, TranslationParser> translation(
      "", cl::desc("Translation to perform:"), cl::cat(category));
  cl::HideUnrelatedOptions(category);
  cl::ParseCommandLineOptions(
      argc, argv,
      "Atleus: translates models to IR, and IR to schedules and reports\n\n"
      "  atleus-translate --import-onnx model.onnx -o model.mlir\n"
      "  atleus-translate --import-onnx large.onnx -o large.mlirbc\n");

  if (!translation) {
    llvm::WithColor::error(llvm::errs(), "atleus-translate")
        << "no translation is given, such as --import-onnx; see --help\n";
    return 1;
  }

  llvm::Error error =
      atleus::writeFileWhole(outputPath, [&](llvm::raw_ostream &output) {
        return atleus::toError(translate(*translation, output));
      });
  if (!error)
    return 0;
  if (std::optional<std::string> message =
          atleus::takeMessage(std::move(error)))
    llvm::WithColor::error(llvm::errs(), "atleus-translate")
        << *message << '\n';
  return 1;
}
