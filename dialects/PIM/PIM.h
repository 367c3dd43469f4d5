// The pim dialect: weights in crossbars, and products with them.
#ifndef ATLEUS_PIM_PIM_H
#define ATLEUS_PIM_PIM_H

#include "dialects/Arch/Arch.h"
#include "dialects/Interfaces/Interfaces.h"
#include "dialects/NN/NN.h"
#include "dialects/PIM/ArrayLayout.h"

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace atleus::pim {

/// Why no crossbar whose arrays have `rows` rows can execute `op`, as in "needs
/// quantized operands, found ..."; empty if one can.
std::string explainRefusal(nn::LinearOp op, int64_t rows);

} // namespace atleus::pim

#include "dialects/PIM/PIMDialect.h.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/PIM/PIMAttributes.h.inc"

#define GET_TYPEDEF_CLASSES
#include "dialects/PIM/PIMTypes.h.inc"

#define GET_OP_CLASSES
#include "dialects/PIM/PIMOps.h.inc"

namespace atleus::pim {

/// The lines of the layer's weight that a core can leave out, in blocks that fit
/// its arrays, for the type of the array; null if there are none, or if `reason`
/// says what keeps the core from leaving them out.
nn::SparsityAttr getPackedLines(nn::LinearOp op, arch::CrossbarOp core,
                                std::string &reason);

/// The lines that blocks of a weight keep, by blocks of the array's `sparsity`.
struct KeptLines {
  /// Lines are rows of blocks of columns [begin, end), or columns of blocks of
  /// rows.
  bool areRows = true;
  struct Block {
    int64_t begin, end;
    /// Those of all blocks below or beside each other, ascending.
    std::vector<int64_t> lines;
  };
  std::vector<Block> blocks;
};

/// The lines that are written by `op`, whose array leaves some out. The error
/// says what is wrong with the index of the weight.
llvm::Expected<KeptLines> findKeptLines(ProgramOp op);

/// How the layer's weight lies in the arrays of a core.
ArrayLayout layOutWeight(nn::LinearOp op, arch::CrossbarOp core);

} // namespace atleus::pim

#endif // ATLEUS_PIM_PIM_H
