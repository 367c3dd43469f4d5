// Sizes of the blocks that crossbar arrays hold.
#include "atleus/Transforms/CrossbarBlocks.h"

#include "atleus/Cost/MachineConstants.h"

using namespace mlir;
using namespace atleus;

static CrossbarBlocks blocksOf(arch::CrossbarOp crossbar) {
  CrossbarConstants core = getConstants(crossbar);
  CrossbarBlocks blocks;
  blocks.rows = core.rows;
  for (unsigned bits = 1; bits <= CrossbarBlocks::maximumBits; ++bits)
    blocks.columns[bits] =
        std::max<int64_t>(1, core.columns / columnsPerWeight(core, bits));
  return blocks;
}

FailureOr<CrossbarBlocks> atleus::findCrossbarBlocks(arch::MachineOp machine,
                                                     StringRef remedy) {
  arch::CrossbarOp first;
  CrossbarBlocks blocks;
  for (arch::TierOp tier : machine.getTiers()) {
    auto crossbar = dyn_cast<arch::CrossbarOp>(tier.getCoreOp());
    if (!crossbar || crossbar == first)
      continue;
    CrossbarBlocks found = blocksOf(crossbar);
    if (!first) {
      first = crossbar;
      blocks = found;
      continue;
    }
    if (found.rows == blocks.rows && found.columns == blocks.columns)
      continue;
    InFlightDiagnostic error = emitError(machine.getLoc())
                               << "crossbars @" << first.getSymName()
                               << " and @" << crossbar.getSymName()
                               << " hold blocks of different sizes; " << remedy;
    for (arch::CrossbarOp core : {first, crossbar}) {
      CrossbarBlocks size = blocksOf(core);
      error.attachNote(core.getLoc())
          << "an array of @" << core.getSymName() << " holds " << size.rows
          << "x" << size.columns[CrossbarBlocks::maximumBits] << " weights of "
          << CrossbarBlocks::maximumBits << " bits";
    }
    return error;
  }
  if (first)
    return blocks;
  return emitError(machine.getLoc())
         << "machine @" << machine.getSymName()
         << " has no crossbars whose arrays could give a size of blocks; "
         << remedy;
}
