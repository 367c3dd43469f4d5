// The products of systolic cores as input of SCALE-Sim, so that others can
// check cycles.
#ifndef ATLEUS_REPORT_SCALESIMEXPORT_H
#define ATLEUS_REPORT_SCALESIMEXPORT_H

#include "atleus/Support/OutputFolder.h"

#include "mlir/IR/BuiltinOps.h"

namespace llvm::cl {
class OptionCategory;
} // namespace llvm::cl

namespace atleus {

/// The files of SCALE-Sim v3 for a module with a machine and tiled kernels: for
/// each systolic core `pe`, its configuration `pe.cfg`, an empty `pe.layout`
/// and the topology `pe.csv`, a GEMM file with a layer per kernel and size of
/// its tasks. A layer is one product of one task; the name of a layer that
/// stands for more ends in
/// `_x` and their number, in which an operand wider than the array's cells
/// counts once per pass. Fails with a diagnostic if there is no such product.
llvm::FailureOr<std::vector<OutputFile>>
makeScaleSimFiles(mlir::ModuleOp module);

/// Registers `atleus-translate --export-scalesim`, which writes these files to
/// the folder `--scalesim-folder`, an option of `category`, and how to run
/// SCALE-Sim on them to the output.
void registerScaleSimExport(llvm::cl::OptionCategory &category);

} // namespace atleus

#endif // ATLEUS_REPORT_SCALESIMEXPORT_H
