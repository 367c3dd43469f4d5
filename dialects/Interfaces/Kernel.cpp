// Grids of tasks, and the assembly of what all kernels have in common.
#include "dialects/Interfaces/Kernel.h"
#include "dialects/Interfaces/TaskTile.h"

#include "mlir/IR/BuiltinTypes.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace atleus;

static ArrayRef<int64_t> resultShape(Operation *kernel) {
  return cast<RankedTensorType>(kernel->getResult(0).getType()).getShape();
}

static ArrayRef<int64_t> taskTile(Operation *kernel) {
  return kernel->getAttrOfType<DenseI64ArrayAttr>("task_tile").asArrayRef();
}

SmallVector<int64_t> atleus::getTaskGrid(Operation *kernel) {
  SmallVector<int64_t> grid;
  for (auto [size, tile] :
       llvm::zip_equal(resultShape(kernel), taskTile(kernel)))
    grid.push_back(llvm::divideCeil(size, tile));
  return grid;
}

Tile atleus::getGridTile(int64_t index, ArrayRef<int64_t> grid,
                         ArrayRef<int64_t> shape, ArrayRef<int64_t> tile) {
  Tile result;
  result.offsets.resize(grid.size());
  result.sizes.resize(grid.size());
  for (unsigned i = grid.size(); i-- > 0;) {
    result.offsets[i] = index % grid[i] * tile[i];
    result.sizes[i] = std::min(tile[i], shape[i] - result.offsets[i]);
    index /= grid[i];
  }
  return result;
}

Tile atleus::getTaskResult(Operation *kernel, int64_t index) {
  return getGridTile(index, getTaskGrid(kernel), resultShape(kernel),
                     taskTile(kernel));
}

LogicalResult atleus::verifyNodes(Operation *op,
                                  ArrayRef<int64_t> coordinates) {
  if (coordinates.empty() || coordinates.size() % 3 != 0)
    return op->emitOpError() << "nodes must be triples of coordinates, found "
                             << coordinates.size() << " numbers";
  for (int64_t coordinate : coordinates)
    if (coordinate < 0)
      return op->emitOpError()
             << "coordinates of nodes must not be negative, found "
             << coordinate;
  return success();
}

LogicalResult atleus::verifyKernel(Operation *kernel) {
  if (kernel->getNumResults() == 0)
    return kernel->emitOpError() << "needs at least one result";
  ArrayRef<int64_t> shape = resultShape(kernel), tile = taskTile(kernel);
  if (tile.size() != shape.size())
    return kernel->emitOpError() << "task_tile must have " << shape.size()
                                 << " sizes, found " << tile.size();
  for (auto [size, extent] : llvm::zip_equal(tile, shape))
    if (size < 1 || size > extent)
      return kernel->emitOpError()
             << "task_tile must be from 1 to the result's size, " << extent
             << ", found " << size;
  auto nodes = kernel->getAttrOfType<DenseI64ArrayAttr>("nodes");
  return nodes ? verifyNodes(kernel, nodes) : success();
}

Work atleus::scaleWork(const Work &work, int64_t elements, int64_t total) {
  auto part = [&](int64_t count) {
    // A product of two counts may exceed 64 bits.
    __int128 scaled = static_cast<__int128>(count) * elements;
    return static_cast<int64_t>((scaled + total - 1) / total);
  };
  Work result;
  for (unsigned i = 0; i < numVectorOperations; ++i)
    result.vector[i] = part(work.vector[i]);
  result.bytesRead = part(work.bytesRead);
  result.bytesWritten = part(work.bytesWritten);
  result.parameterBytes = part(work.parameterBytes);
  for (MatrixProduct product : work.products) {
    product.m = part(product.m);
    result.products.push_back(product);
  }
  return result;
}

ParseResult atleus::parseNodes(OpAsmParser &parser, DenseI64ArrayAttr &nodes) {
  SmallVector<int64_t> coordinates;
  while (succeeded(parser.parseOptionalLParen())) {
    for (unsigned i = 0; i < 3; ++i) {
      int64_t coordinate;
      if ((i > 0 && parser.parseComma()) || parser.parseInteger(coordinate))
        return failure();
      coordinates.push_back(coordinate);
    }
    if (parser.parseRParen())
      return failure();
  }
  if (coordinates.empty())
    return parser.emitError(parser.getCurrentLocation(),
                            "expected a node such as (0, 1, 2)");
  nodes = parser.getBuilder().getDenseI64ArrayAttr(coordinates);
  return success();
}

void atleus::printNodes(OpAsmPrinter &printer, Operation *,
                        DenseI64ArrayAttr nodes) {
  for (size_t i = 0; i + 2 < static_cast<size_t>(nodes.size()); i += 3)
    printer << '(' << nodes[i] << ", " << nodes[i + 1] << ", " << nodes[i + 2]
            << ')';
}
