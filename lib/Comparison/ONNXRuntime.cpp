// Runs the script that drives ONNX Runtime, and reads what it computed.
#include "atleus/Comparison/ONNXRuntime.h"

#include "atleus/Support/OutputFile.h"
#include "dialects/NN/NN.h"
#include "dialects/NN/ONNXValues.h"

#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

#include <array>

using namespace mlir;
using namespace atleus;
namespace fs = llvm::sys::fs;
namespace json = llvm::json;

static llvm::Error makeError(const llvm::Twine &text) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), text);
}

//===----------------------------------------------------------------------===//
// Values of the graph
//===----------------------------------------------------------------------===//

StringRef ONNXRuntimeReference::getONNXName(const NamedValue &value) const {
  func::FuncOp model = function;
  if (value.output)
    if (auto name = model.getResultAttrOfType<StringAttr>(*value.output,
                                                          nn::nameAttribute))
      return name.getValue();
  auto result = cast<OpResult>(value.value);
  auto names =
      result.getOwner()->getAttrOfType<ArrayAttr>(nn::onnxValuesAttribute);
  return names ? cast<StringAttr>(names[result.getResultNumber()]).getValue()
               : StringRef();
}

bool ONNXRuntimeReference::knows(const NamedValue &value) const {
  return !getONNXName(value).empty();
}

//===----------------------------------------------------------------------===//
// Element types
//===----------------------------------------------------------------------===//

/// How ONNX Runtime's package calls the elements of each kind; empty for one
/// that it cannot hand over.
static StringRef typeName(ElementKind kind) {
  switch (kind) {
  case ElementKind::Bool:
    return "bool";
  case ElementKind::Int8:
    return "int8";
  case ElementKind::UInt8:
    return "uint8";
  case ElementKind::Int16:
    return "int16";
  case ElementKind::UInt16:
    return "uint16";
  case ElementKind::Int32:
    return "int32";
  case ElementKind::UInt32:
    return "uint32";
  case ElementKind::Int64:
    return "int64";
  case ElementKind::UInt64:
    return "uint64";
  case ElementKind::Float16:
    return "float16";
  case ElementKind::Float32:
    return "float32";
  case ElementKind::Float64:
    return "float64";
  case ElementKind::BFloat16:
    return "";
  }
  llvm_unreachable("every kind is handled");
}

/// The type whose elements lie in memory as those of that name, or null.
static Type parseTypeName(StringRef name, MLIRContext *context) {
  Builder builder(context);
  std::array<Type, 12> types = {builder.getI1Type(),
                                builder.getI8Type(),
                                builder.getIntegerType(8, /*isSigned=*/false),
                                builder.getI16Type(),
                                builder.getIntegerType(16, /*isSigned=*/false),
                                builder.getI32Type(),
                                builder.getIntegerType(32, /*isSigned=*/false),
                                builder.getI64Type(),
                                builder.getIntegerType(64, /*isSigned=*/false),
                                builder.getF16Type(),
                                builder.getF32Type(),
                                builder.getF64Type()};
  const Type *found = llvm::find_if(types, [&](Type type) {
    return typeName(*getElementKind(type)) == name;
  });
  return found == types.end() ? Type() : *found;
}

//===----------------------------------------------------------------------===//
// The script
//===----------------------------------------------------------------------===//

/// The script beside the tool, or in the source tree.
static std::string findScript() {
  auto *address = reinterpret_cast<void *>(&findScript);
  SmallString<256> installed(fs::getMainExecutable(nullptr, address));
  llvm::sys::path::remove_filename(installed);
  llvm::sys::path::append(installed, "..", "share", "atleus",
                          "onnxruntime.mjs");
  llvm::sys::path::remove_dots(installed, /*remove_dot_dot=*/true);
  return fs::exists(installed) ? installed.str().str()
                               : std::string(ATLEUS_SOURCE_SCRIPT);
}

/// Folders from which the package may be found, the first choice first.
static json::Array packageFolders(StringRef given) {
  json::Array folders;
  if (!given.empty()) {
    folders.push_back(given);
    return folders;
  }
  if (auto named = llvm::sys::Process::GetEnv("ATLEUS_ONNXRUNTIME"))
    folders.push_back(*named);
  folders.push_back(ATLEUS_SOURCE_PACKAGES);
  return folders;
}

static llvm::Error writeFile(const llvm::Twine &path, StringRef bytes) {
  return writeFileWhole(path.str(), [&](llvm::raw_ostream &os) {
    os << bytes;
    return llvm::Error::success();
  });
}

/// Writes the inputs into `folder` and describes them.
static llvm::Expected<json::Array> writeInputs(func::FuncOp function,
                                               ArrayRef<Tensor> inputs,
                                               const llvm::Twine &folder) {
  json::Array described;
  for (auto [i, input] : llvm::enumerate(inputs)) {
    auto name = function.getArgAttrOfType<StringAttr>(i, nn::nameAttribute);
    StringRef type = typeName(input.getKind());
    if (!name || type.empty())
      return makeError(
          "input " + llvm::Twine(i) +
          (name ? " is of a type that cannot be handed over" : " has no name"));
    std::string file = "input" + std::to_string(i) + ".bin";
    ArrayRef<char> bytes = input.bytes();
    if (llvm::Error error = writeFile(folder + "/" + file,
                                      StringRef(bytes.data(), bytes.size())))
      return error;
    described.push_back(json::Object{{"name", name.getValue()},
                                     {"type", type},
                                     {"dims", json::Array(input.getShape())},
                                     {"file", file}});
  }
  return described;
}

/// Runs node on the script; the error is what it printed.
static llvm::Error runNode(StringRef folder) {
  llvm::ErrorOr<std::string> node = llvm::sys::findProgramByName("node");
  if (!node)
    return makeError(
        "node is not installed: ONNX Runtime runs in Node.js 18 or "
        "newer");
  std::string script = findScript(), log = (folder + "/log").str();
  std::array<std::optional<StringRef>, 3> redirects = {
      StringRef(""), StringRef(""), StringRef(log)};
  std::string problem;
  int code = llvm::sys::ExecuteAndWait(*node, {*node, script, folder},
                                       std::nullopt, redirects, 0, 0, &problem);
  if (code == 0)
    return llvm::Error::success();
  if (auto text = llvm::MemoryBuffer::getFile(log))
    if (StringRef message = (*text)->getBuffer().trim(); !message.empty())
      problem = message.str();
  return makeError(problem.empty()
                       ? "node failed with exit code " + std::to_string(code)
                       : problem);
}

/// The tensor that an entry of result.json describes, over the mapped file.
static llvm::Expected<Tensor>
readValue(const json::Value &entry, StringRef folder, MLIRContext *context) {
  const json::Object *object = entry.getAsObject();
  if (!object)
    return Tensor();
  Type type = parseTypeName(object->getString("type").value_or(""), context);
  Shape shape;
  if (const json::Array *dims = object->getArray("dims"))
    for (const json::Value &size : *dims)
      shape.push_back(size.getAsInteger().value_or(-1));
  std::optional<int64_t> count = checkedNumElements(shape);
  std::string path =
      (folder + "/" + object->getString("file").value_or("")).str();
  auto file = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                          /*RequiresNullTerminator=*/false);
  if (!type || !count || !file)
    return makeError("the script's result cannot be read");
  std::shared_ptr<llvm::MemoryBuffer> owner = std::move(*file);
  if (owner->getBufferSize() !=
      *count * static_cast<size_t>(getElementBytes(*getElementKind(type))))
    return makeError("the script's result has " +
                     llvm::Twine(owner->getBufferSize()) +
                     " bytes, which do not fit its shape");
  return Tensor::view(
      shape, type,
      ArrayRef<char>(owner->getBufferStart(), owner->getBufferSize()), owner);
}

static llvm::Expected<std::vector<Tensor>> readValues(StringRef folder,
                                                      MLIRContext *context) {
  auto file = llvm::MemoryBuffer::getFile(folder + "/result.json");
  if (!file)
    return makeError("the script left no result");
  llvm::Expected<json::Value> result = json::parse((*file)->getBuffer());
  if (!result)
    return result.takeError();
  const json::Object *object = result->getAsObject();
  const json::Array *entries = object ? object->getArray("values") : nullptr;
  if (!entries)
    return makeError("the script's result cannot be read");
  std::vector<Tensor> values;
  for (const json::Value &entry : *entries) {
    llvm::Expected<Tensor> value = readValue(entry, folder, context);
    if (!value)
      return value.takeError();
    values.push_back(std::move(*value));
  }
  return values;
}

llvm::Expected<std::vector<Tensor>>
ONNXRuntimeReference::runScript(ArrayRef<NamedValue> values) {
  SmallString<128> folder;
  if (std::error_code error =
          fs::createUniqueDirectory("atleus-onnxruntime", folder))
    return makeError("cannot create a temporary folder: " + error.message());
  // Mapped files stay readable when they are gone.
  // What cannot be removed is left to whoever cleans the temporary folder.
  llvm::scope_exit removeFolder([&] {
    [[maybe_unused]] std::error_code ignored = fs::remove_directories(folder);
  });
  llvm::Expected<json::Array> described =
      writeInputs(function, inputs, folder.str());
  if (!described)
    return described.takeError();
  json::Array names;
  for (const NamedValue &value : values)
    names.push_back(getONNXName(value));
  json::Value request = json::Object{{"packages", packageFolders(package)},
                                     {"model", modelPath},
                                     {"inputs", std::move(*described)},
                                     {"values", std::move(names)}};
  if (llvm::Error error = writeFile(folder + "/request.json",
                                    llvm::formatv("{0}", request).str()))
    return error;
  if (llvm::Error error = runNode(folder))
    return error;
  return readValues(folder, function.getContext());
}

FailureOr<std::vector<Tensor>>
ONNXRuntimeReference::compute(ArrayRef<NamedValue> values) {
  llvm::Expected<std::vector<Tensor>> result = runScript(values);
  if (!result)
    return emitError(function.getLoc())
           << "ONNX Runtime cannot compute the reference: "
           << toString(result.takeError());
  assert(result->size() == values.size() && "one entry for each value");
  return std::move(*result);
}
