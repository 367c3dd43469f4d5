// Finds the files of inputs by name and names those of outputs.
#include "TensorFiles.h"

#include "atleus/Interpreter/NumpyFile.h"
#include "atleus/Support/NearestName.h"
#include "dialects/NN/NN.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace atleus;

static std::string toText(StringAttr name) { return name ? name.str() : ""; }

/// The names of the function's arguments.
static std::vector<std::string> getInputNames(func::FuncOp function) {
  std::vector<std::string> names;
  names.reserve(function.getNumArguments());
  for (unsigned i = 0; i < function.getNumArguments(); ++i)
    names.push_back(
        toText(function.getArgAttrOfType<StringAttr>(i, nn::nameAttribute)));
  return names;
}

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

static llvm::Error reportUnknown(StringRef name, ArrayRef<std::string> names) {
  std::string error = ("the model has no input '" + name + "'").str();
  if (!names.empty())
    error += "; did you mean " + listNearest(name, names, 1) + "?";
  return llvm::createStringError(error);
}

/// Splits "name=file.npy" behind the longest of `names` with which it begins:
/// names and paths may hold '=' themselves.
static llvm::Expected<std::pair<StringRef, StringRef>>
splitInput(StringRef input, ArrayRef<std::string> names) {
  std::pair<StringRef, StringRef> split = input.split('=');
  if (!llvm::is_contained(names, split.first))
    for (StringRef name : names)
      if (input.starts_with((name + "=").str()) &&
          name.size() > split.first.size())
        split = {name, input.drop_front(name.size() + 1)};
  if (split.second.empty())
    return llvm::createStringError("--input needs name=file.npy, found '" +
                                   input + "'");
  if (!llvm::is_contained(names, split.first))
    return reportUnknown(split.first, names);
  return split;
}

/// The files by the names of the arguments.
static llvm::Expected<llvm::StringMap<std::string>>
collectFiles(ArrayRef<std::string> inputs, ArrayRef<std::string> names) {
  llvm::StringMap<std::string> files;
  for (const std::string &input : inputs) {
    auto split = splitInput(input, names);
    if (!split)
      return split.takeError();
    auto [name, path] = *split;
    auto [entry, isNew] = files.try_emplace(name, path.str());
    if (!isNew)
      return llvm::createStringError("--input gives '" + name + "' twice: '" +
                                     entry->second + "' and '" + path + "'");
  }
  return files;
}

llvm::Expected<std::vector<Tensor>>
atleus::readInputs(func::FuncOp function, ArrayRef<std::string> inputs) {
  std::vector<std::string> names = getInputNames(function);
  auto files = collectFiles(inputs, names);
  if (!files)
    return files.takeError();
  std::vector<Tensor> tensors;
  for (auto [name, type] : llvm::zip(names, function.getArgumentTypes())) {
    auto file = files->find(name);
    if (file == files->end())
      return llvm::createStringError(
          llvm::formatv("no --input for '{0}', a {1}", name, type).str());
    llvm::Expected<Tensor> tensor =
        readNpy(file->second, function.getContext());
    if (!tensor)
      return tensor.takeError();
    tensors.push_back(std::move(*tensor));
  }
  return tensors;
}

//===----------------------------------------------------------------------===//
// Outputs
//===----------------------------------------------------------------------===//

/// A file name for an output: '/' and other signs that a path cannot hold
/// become '_'.
static std::string getFileName(StringRef output) {
  std::string name = output.str();
  for (char &letter : name)
    if (!llvm::isAlnum(letter) && letter != '.' && letter != '-')
      letter = '_';
  return name;
}

std::vector<OutputFile> atleus::makeOutputFiles(func::FuncOp function,
                                                ArrayRef<Tensor> results) {
  std::vector<OutputFile> files;
  llvm::StringSet<> names;
  for (size_t i = 0; i < results.size(); ++i) {
    std::string index = std::to_string(i);
    std::string output =
        toText(function.getResultAttrOfType<StringAttr>(i, nn::nameAttribute));
    std::string name = output.empty() ? "output" + index : getFileName(output);
    // Names that differ only in signs which have become '_'.
    if (!names.insert(name).second)
      name += "." + index;
    const Tensor &result = results[i];
    files.push_back({name + ".npy", [&result](llvm::raw_ostream &os) {
                       os << formatNpy(result);
                       return llvm::Error::success();
                     }});
  }
  return files;
}
