// Records paths as an attribute of modules and looks for files.
#include "ModelSource.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace mlir;
using namespace atleus;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

static constexpr llvm::StringLiteral sourceAttribute = "atleus.source";

/// The file named like `source` in the folder of `file`.
static std::string moveBeside(StringRef source, StringRef file) {
  SmallString<256> moved(path::parent_path(file));
  path::append(moved, path::filename(source));
  return moved.str().str();
}

ModelSource ModelSource::of(ModuleOp module, StringRef file) {
  auto recorded = module->getAttrOfType<StringAttr>(sourceAttribute);
  if (!recorded || recorded.empty())
    return ModelSource("");
  StringRef source = recorded.getValue();
  if (fs::exists(source))
    return ModelSource(source.str());
  std::string moved = moveBeside(source, file);
  if (fs::exists(moved))
    return ModelSource(moved);
  emitWarning(module.getLoc())
      << "cannot find '" << source
      << "', the file of the model: data beside it is not used";
  return ModelSource("");
}

void ModelSource::record(ModuleOp module, StringRef file) {
  if (module->hasAttr(sourceAttribute) || file == "-")
    return;
  // A relative path would mean another file in another working folder.
  SmallString<256> absolute(file);
  if (fs::make_absolute(absolute))
    return;
  path::remove_dots(absolute);
  module->setAttr(sourceAttribute,
                  StringAttr::get(module.getContext(), absolute));
}

std::string ModelSource::findBeside(StringRef ending) const {
  if (path.empty())
    return "";
  SmallString<256> beside(path);
  path::replace_extension(beside, ending);
  return fs::exists(beside) ? beside.str().str() : std::string();
}
