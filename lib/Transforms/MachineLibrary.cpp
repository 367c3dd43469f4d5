// Finds and reads the files of machines.
#include "atleus/Transforms/MachineLibrary.h"

#include "atleus/Cost/MachineRouting.h"
#include "atleus/Support/NearestName.h"
#include "lib/Transforms/SourceMachines.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"

#include <map>

using namespace mlir;
using namespace atleus;
namespace path = llvm::sys::path;
namespace fs = llvm::sys::fs;

std::vector<std::string> atleus::getMachineFolders() {
  std::vector<std::string> folders;
  if (auto given = llvm::sys::Process::GetEnv("ATLEUS_MACHINE_PATH")) {
    SmallVector<StringRef> parts;
    StringRef(*given).split(parts, ':', -1, /*KeepEmpty=*/false);
    for (StringRef part : parts)
      folders.push_back(part.str());
  }
  // Any address in the program tells where it is.
  auto *address = reinterpret_cast<void *>(&getMachineFolders);
  SmallString<256> installed(fs::getMainExecutable(nullptr, address));
  path::remove_filename(installed);
  path::append(installed, "..", "share", "atleus", "machines");
  path::remove_dots(installed, /*remove_dot_dot=*/true);
  folders.push_back(installed.str().str());
  folders.emplace_back(ATLEUS_SOURCE_MACHINES);
  return folders;
}

std::vector<MachineFile> atleus::listMachines() {
  std::map<std::string, std::string> files;
  for (const std::string &folder : getMachineFolders()) {
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end;
         !error && entry != end; entry.increment(error))
      if (path::extension(entry->path()) == ".mlir")
        files.try_emplace(path::stem(entry->path()).str(), entry->path());
  }
  std::vector<MachineFile> machines;
  machines.reserve(files.size());
  for (const auto &[name, file] : files)
    machines.push_back({name, file});
  return machines;
}

llvm::Expected<std::string> atleus::findMachine(StringRef nameOrPath) {
  if (nameOrPath.ends_with(".mlir") || nameOrPath.contains('/')) {
    if (fs::is_regular_file(nameOrPath))
      return nameOrPath.str();
    return llvm::createStringError(
        llvm::inconvertibleErrorCode(),
        "machine file '" + nameOrPath + "' " +
            (fs::exists(nameOrPath) ? "is not a file" : "does not exist"));
  }
  std::vector<std::string> names;
  for (const MachineFile &machine : listMachines()) {
    if (machine.name == nameOrPath)
      return machine.path;
    names.push_back(machine.name);
  }
  std::string known =
      names.empty()
          ? "there are none in " + llvm::join(getMachineFolders(), ", ")
          : "available: " + listNearest(nameOrPath, names);
  return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                 "no machine is named '" + nameOrPath + "'; " +
                                     known);
}

OwningOpRef<arch::MachineOp> atleus::loadMachine(StringRef nameOrPath,
                                                 MLIRContext *context) {
  llvm::Expected<std::string> file = findMachine(nameOrPath);
  if (!file) {
    emitError(UnknownLoc::get(context)) << llvm::toString(file.takeError());
    return nullptr;
  }
  context->loadDialect<arch::ArchDialect>();
  OwningOpRef<ModuleOp> module =
      parseSourceFile<ModuleOp>(*file, ParserConfig(context));
  if (!module)
    return nullptr;
  SmallVector<arch::MachineOp> machines(module->getOps<arch::MachineOp>());
  if (machines.size() != 1) {
    InFlightDiagnostic diagnostic = emitError(module->getLoc())
                                    << "expected one arch.machine in '" << *file
                                    << "', found " << machines.size();
    for (arch::MachineOp machine : machines)
      diagnostic.attachNote(machine.getLoc()) << "declared here";
    return nullptr;
  }
  if (failed(getRouting(machines.front().getNoC())))
    return nullptr;
  machines.front()->remove();
  return machines.front();
}
