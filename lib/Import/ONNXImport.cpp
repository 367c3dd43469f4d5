// From a path to a module: what a model file must be before its graph is read.
#include "atleus/Import/ONNXImport.h"

#include "GraphImporter.h"
#include "atleus/Support/AbsentWeights.h"
#include "dialects/ONNX/ONNX.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Tools/mlir-translate/Translation.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"
#include <climits>

using namespace mlir;
using namespace atleus;
using llvm::MemoryBuffer;
namespace fs = llvm::sys::fs;

/// A location that names the model's file. It is no FileLineColLoc: the file
/// has no lines, and diagnostic handlers would print some of its bytes.
static Location getFileLocation(StringRef path, MLIRContext *context) {
  return NameLoc::get(getText(context, path == "-" ? "<stdin>" : path));
}

std::unique_ptr<MemoryBuffer> atleus::mapModelFile(StringRef path,
                                                   MLIRContext *context) {
  Location location = getFileLocation(path, context);
  if (path != "-") {
    fs::file_status status;
    if (std::error_code error = fs::status(path, status)) {
      emitError(location) << "cannot open the model: " << error.message();
      return nullptr;
    }
    if (status.type() != fs::file_type::regular_file) {
      emitError(location) << "the model is "
                          << (status.type() == fs::file_type::directory_file
                                  ? "a directory, not a file"
                                  : "not a regular file");
      return nullptr;
    }
  }
  auto buffer = path == "-"
                    ? MemoryBuffer::getSTDIN()
                    : MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer) {
    emitError(location) << "cannot open the model: "
                        << buffer.getError().message();
    return nullptr;
  }
  return std::move(*buffer);
}

/// Guesses from the first bytes what the file is instead of a model.
static StringRef guessContent(StringRef file) {
  if (file.starts_with("version https://git-lfs"))
    return "it is a Git LFS pointer; fetch the file itself with 'git lfs pull'";
  if (file.starts_with("PK\x03\x04"))
    return "it looks like a zip archive, as PyTorch saves; export it to ONNX";
  if (file.starts_with("\x1f\x8b"))
    return "it is compressed; unpack it with 'gunzip'";
  StringRef head = file.take_front(512);
  bool isText = llvm::all_of(head, [](char c) {
    auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 ? byte != 0x7f : StringRef("\t\n\r\f").contains(c);
  });
  return isText ? "it looks like text" : "";
}

static OwningOpRef<ModuleOp> refuse(Location location, StringRef file,
                                    const llvm::Twine &reason) {
  InFlightDiagnostic error = emitError(location) << reason;
  StringRef guess = guessContent(file);
  if (!guess.empty())
    error << "; " << guess;
  return nullptr;
}

OwningOpRef<ModuleOp>
atleus::importONNX(const std::shared_ptr<const MemoryBuffer> &file,
                   MLIRContext *context, const ONNXImportOptions &options) {
  context->loadDialect<onnx::ONNXDialect, func::FuncDialect>();
  Location location = getFileLocation(file->getBufferIdentifier(), context);
  StringRef bytes = file->getBuffer();
  if (bytes.empty()) {
    emitError(location) << "the model is empty: the file has 0 bytes";
    return nullptr;
  }
  if (bytes.size() > INT_MAX) {
    emitError(location)
        << "the model has " << bytes.size() << " bytes, but protobuf ends at "
        << INT_MAX << "; weights above 2 GB only come as external data: write "
        << "it with onnx.save(model, path, save_as_external_data=True)";
    return nullptr;
  }
  llvm::Expected<SplitModel> split = splitModel(bytes);
  if (!split)
    return refuse(location, bytes,
                  "not an ONNX model: " + toString(split.takeError()));
  atleus_onnx::ModelProto model;
  if (split->structure.size() > INT_MAX ||
      !model.ParseFromArray(split->structure.data(),
                            static_cast<int>(split->structure.size())))
    return refuse(location, bytes,
                  "not an ONNX model: protobuf cannot parse it");
  // The structure is in the message now.
  split->structure = std::string();
  if (!model.has_graph())
    return refuse(location, bytes, "not an ONNX model: it has no graph");

  OwningOpRef<ModuleOp> module = ModuleOp::create(location);
  TensorReader tensors(*split, file, options);
  GraphImporter importer(tensors, location);
  if (!options.readWeights)
    setWeightsAbsent(*module);
  if (failed(importer.importModel(model, *module)) || failed(verify(*module)))
    return nullptr;
  return module;
}

OwningOpRef<ModuleOp> atleus::importONNX(StringRef path, MLIRContext *context,
                                         const ONNXImportOptions &options) {
  std::unique_ptr<MemoryBuffer> file = mapModelFile(path, context);
  return file ? importONNX(std::move(file), context, options) : nullptr;
}

void atleus::registerONNXImport(ModuleWriter write) {
  TranslateRegistration registration(
      "import-onnx", "import an ONNX model as a module of the onnx dialect",
      [write = std::move(write)](
          const std::shared_ptr<llvm::SourceMgr> &sources,
          llvm::raw_ostream &output, MLIRContext *context) -> LogicalResult {
        // The buffer belongs to the source manager, which is shared instead.
        std::shared_ptr<const MemoryBuffer> file(
            sources, sources->getMemoryBuffer(sources->getMainFileID()));
        OwningOpRef<ModuleOp> module = importONNX(file, context);
        return module ? write(*module, output) : failure();
      });
}
