// Which tables there are.
#include "lib/Validation/SourceTables.h"
#include "lib/Validation/Tables.h"

#include "atleus/Validation/Validation.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace mlir;
using namespace atleus;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

ArrayRef<const ReferenceTable *> atleus::getReferenceTables() {
  static constexpr const ReferenceTable *tables[] = {
      &scaleSimGemm,     &scaleSimBandwidth, &zigZagGemm,
      &neuroSimSubarray, &neuroSimChip,      &mnsimComponents,
      &bookSimZeroLoad,  &bookSimBursts,     &bookSimLoadCurve,
      &hotSpotBlocks,    &ice3DBlocks,
  };
  return tables;
}

ArrayRef<UncomparedTable> atleus::getUncomparedTables() {
  static constexpr UncomparedTable tables[] = {
      {"cim_component_constants",
       "it holds constants of components, which machines take from it"},
      {"peer_runtimes", "it holds how long other tools ran"},
      {"pimcomp_runs",
       "the constants of the tool's evaluator are fixed in its source and "
       "differ from its own simulator's 27 times"},
  };
  return tables;
}

std::string atleus::getReferenceFolder() {
  // Any address in the program tells where it is.
  auto *address = reinterpret_cast<void *>(&getReferenceFolder);
  SmallString<256> installed(fs::getMainExecutable(nullptr, address));
  path::remove_filename(installed);
  path::append(installed, "..", "share", "atleus", "reference");
  path::remove_dots(installed, /*remove_dot_dot=*/true);
  return fs::is_directory(installed) ? installed.str().str()
                                     : ATLEUS_SOURCE_REFERENCE;
}
