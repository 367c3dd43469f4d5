// Evaluates kernels tile by tile, with the numbers of the whole.
#include "KernelTiles.h"

#include "TileCopy.h"

#include "atleus/Interpreter/Interpreter.h"
#include "dialects/NN/NN.h"
#include "dialects/PIM/PIM.h"
#include "dialects/Systolic/Systolic.h"

using namespace mlir;
using namespace atleus;

Tile atleus::getResultTile(const MappedKernel &kernel, unsigned result,
                           int64_t task) {
  KernelOpInterface op = kernel.op;
  if (kernel.numTasks > 1)
    return op.getTaskResult(task);
  Value value = op->getResult(result);
  return Tile::whole(cast<RankedTensorType>(value.getType()).getShape());
}

/// Whether a tile of a tensor has the parameters of its elements: the type has
/// one scale, or the scales go with the elements.
static bool hasScalesOfTiles(Value value) {
  return isa<quant::UniformQuantizedType, quant::AnyQuantizedType>(
      getElementTypeOrSelf(value.getType()));
}

/// The operands that may be replaced by the tiles that a task reads of them
/// without a change of its numbers: those of products that are exact in
/// integers. The noise of a device may depend on which vector it is.
static SmallVector<unsigned> getCutOperands(Operation *op) {
  if (auto product = dyn_cast<pim::MVMOp>(op)) {
    auto program = product.getArray().getDefiningOp<pim::ProgramOp>();
    if (!program || program.getNoise())
      return {};
    SmallVector<unsigned> cut = {1};
    if (std::optional<unsigned> sums = product.getSumsNumber())
      cut.push_back(*sums);
    return cut;
  }
  auto product = dyn_cast<systolic::MatMulOp>(op);
  if (!product || !hasScalesOfTiles(product.getLhs()))
    return {};
  // Scales along the columns are those of the whole right operand.
  if (!hasScalesOfTiles(product.getRhs()))
    return {0};
  return {0, 1, 2};
}

/// Evaluates a product of which some operands are cut: the result is the rows
/// of the tile, with all columns unless the right operand is cut as well.
static LogicalResult evaluateCut(KernelOpInterface kernel, const Tile &tile,
                                 ArrayRef<unsigned> cut,
                                 SmallVector<Tensor> operands,
                                 SmallVectorImpl<Tensor> &tiles) {
  auto access = cast<AccessOpInterface>(kernel.getOperation());
  // A product with arrays has all columns, whichever are those of the task.
  Tile computed = tile;
  if (isa<pim::MVMOp>(kernel.getOperation())) {
    computed.offsets.back() = 0;
    computed.sizes.back() =
        cast<RankedTensorType>(kernel->getResult(0).getType())
            .getShape()
            .back();
  }
  for (unsigned i : cut)
    if (i < operands.size())
      operands[i] =
          takeTile(operands[i], access.getOperandTile(i, 0, computed));
  SmallVector<Tensor> results;
  if (failed(cast<EvaluationOpInterface>(kernel.getOperation())
                 .evaluate(operands, results)))
    return failure();
  Tile part = Tile::whole(results.front().getShape());
  if (part.sizes.back() != tile.sizes.back()) {
    part.offsets.back() = tile.offsets.back();
    part.sizes.back() = tile.sizes.back();
  }
  tiles.push_back(takeTile(results.front(), part));
  return success();
}

LogicalResult atleus::evaluateTask(const MappedKernel &kernel, int64_t task,
                                   ArrayRef<Tensor> operands,
                                   SmallVectorImpl<Tensor> &tiles) {
  KernelOpInterface op = kernel.op;
  SmallVector<unsigned> cut = getCutOperands(op);
  if (kernel.numTasks > 1 && !cut.empty())
    return evaluateCut(op, op.getTaskResult(task), cut,
                       SmallVector<Tensor>(operands), tiles);
  SmallVector<Tensor> results;
  if (failed(evaluateOp(op, operands, results)))
    return failure();
  for (auto [i, result] : llvm::enumerate(results))
    tiles.push_back(takeTile(result, getResultTile(kernel, i, task)));
  return success();
}
