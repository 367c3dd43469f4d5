// Where machines come from: presets by name, files by path, and changes to
// single numbers.
//
// A preset is a file NAME.mlir in a folder of the search path: the folders of
// the environment variable ATLEUS_MACHINE_PATH (separated by ':'), then
// share/atleus/machines beside the running program's folder, then machines/ of
// the source tree that the library was built from.
//
// Example:
//   OwningOpRef<arch::MachineOp> machine = loadMachine("atleus", context);
//   if (!machine || failed(applyOverrides(*machine, {"reram.adc_bits=6"})))
//     return failure(); // a diagnostic has said why
#ifndef ATLEUS_TRANSFORMS_MACHINELIBRARY_H
#define ATLEUS_TRANSFORMS_MACHINELIBRARY_H

#include "dialects/Arch/Arch.h"

#include "mlir/IR/OwningOpRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace atleus {

/// The folders that are searched, first one first. Some may not exist.
std::vector<std::string> getMachineFolders();

/// A machine that is found by its name.
struct MachineFile {
  std::string name;
  std::string path;
};

/// All presets of the search path, sorted by name. A preset of an earlier
/// folder hides one of the same name in a later one.
std::vector<MachineFile> listMachines();

/// The file of a preset, or `nameOrPath` itself if it ends in ".mlir" or has a
/// '/'. The error of an unknown name lists the presets, the nearest name first.
llvm::Expected<std::string> findMachine(llvm::StringRef nameOrPath);

/// The one `arch.machine` of a preset or a file, verified. Null if there is
/// none; a diagnostic has said why, at its place in the file where it has one.
mlir::OwningOpRef<arch::MachineOp> loadMachine(llvm::StringRef nameOrPath,
                                               mlir::MLIRContext *context);

/// Changes attributes of a machine: each override is
/// `symbol.attribute=value`, such as "reram.adc_bits=6", "mesh.dims=[2, 2, 4]",
/// "reram.encoding=offset", "mesh.speculative=true", "sa0.core=@reram" or
/// "package.limit_mk=358150". The source of a changed number is the override
/// itself. The machine is verified when all are applied. Fails with a
/// diagnostic; the machine is then not to be used.
llvm::LogicalResult applyOverrides(arch::MachineOp machine,
                                   llvm::ArrayRef<std::string> overrides);

/// The parts of a machine of which numbers were changed so, each with what its
/// sources say: "override reram.adc_bits=6".
std::vector<std::pair<mlir::Operation *, std::string>>
findOverrides(arch::MachineOp machine);

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_MACHINELIBRARY_H
