// Reads off a module which tasks its schedule must have, and what they read.
#include "MappedModel.h"

#include "atleus/Cost/MachineConstants.h"
#include "dialects/Arch/Assignment.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/NN/NN.h"
#include "dialects/Systolic/Systolic.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace atleus;

//===----------------------------------------------------------------------===//
// Kernels
//===----------------------------------------------------------------------===//

int64_t atleus::getTileBytes(Value tensor, int64_t elements) {
  unsigned bits = nn::getElementBits(getElementTypeOrSelf(tensor.getType()));
  return llvm::divideCeil(static_cast<uint64_t>(elements) * bits, 8);
}

int64_t MappedKernel::getResultBits(int64_t task) const {
  KernelOpInterface kernel = op;
  int64_t elements = kernel.getTaskResult(task).numElements();
  int64_t bits = 0;
  for (Value result : kernel->getResults()) {
    // The first result is cut into tasks; where others have another shape,
    // there is one task for all of it.
    int64_t all = cast<RankedTensorType>(result.getType()).getNumElements();
    bits +=
        8 * getTileBytes(result, numTasks == 1 ? all : std::min(elements, all));
  }
  return bits;
}

std::optional<noc::Node> MappedKernel::getNode(int64_t task) const {
  KernelOpInterface kernel = op;
  if (kernel.getKernelNodes().empty())
    return std::nullopt;
  ArrayRef<int64_t> node = kernel.getTaskNode(task);
  return noc::Node{node[0], node[1], node[2]};
}

int64_t MappedKernel::getLoadBytes(int64_t task) const {
  KernelOpInterface kernel = op;
  return countParameterBytes(getCore(cast<arch::SystolicOp>(core)),
                             kernel.getTileWork(kernel.getTaskResult(task)));
}

std::string RewrittenWeight::getUnit() const {
  pim::ProgramOp program = op;
  return ("arrays " + *program.getSlot()).str();
}

std::optional<noc::Node> RewrittenWeight::getNode(int64_t replica) const {
  pim::ProgramOp program = op;
  std::optional<ArrayRef<int64_t>> nodes = program.getNodes();
  if (!nodes)
    return std::nullopt;
  ArrayRef<int64_t> node = nodes->slice(3 * replica, 3);
  return noc::Node{node[0], node[1], node[2]};
}

/// Collects the weights that take turns in slots, and by which kernels multiply
/// by them.
LogicalResult MappedModel::addRewritten() {
  llvm::DenseMap<Operation *, unsigned> numbers;
  WalkResult walk = function.walk([&](pim::ProgramOp op) {
    if (!op.getSlot())
      return WalkResult::advance();
    auto tier = dyn_cast_or_null<arch::TierOp>(
        arch::lookupPlace(machine, op.getTierAttr()));
    if (!tier || !arch::getCrossbar(tier))
      return WalkResult(op.emitOpError() << "has a slot on " << op.getTierAttr()
                                         << ", which has no crossbars");
    numbers[op] = rewritten.size();
    rewritten.push_back({op, nn::getKernelName(op), tier});
    return WalkResult::advance();
  });
  if (walk.wasInterrupted())
    return failure();
  for (MappedKernel &kernel : kernels) {
    auto product = dyn_cast<pim::MVMOp>(kernel.op.getOperation());
    auto found = product ? numbers.find(product.getArray().getDefiningOp())
                         : numbers.end();
    if (found != numbers.end())
      kernel.rewritten = found->second;
  }
  return success();
}

/// Whether tasks of their own bring the weight of a kernel.
static bool loadsWeight(KernelOpInterface op, Operation *core) {
  auto systolic = dyn_cast<arch::SystolicOp>(core);
  auto product = dyn_cast<systolic::MatMulOp>(op.getOperation());
  return systolic && systolic.getMemoryOp() && product &&
         product.getStaticRhs();
}

/// A schedule in a file of 2 GiB has no place for more.
static constexpr int64_t maximumTasks = int64_t{1} << 26;

LogicalResult MappedModel::addKernel(KernelOpInterface op) {
  FailureOr<Operation *> place = arch::findPlace(machine, op);
  if (failed(place))
    return failure();
  StringRef name = nn::getKernelName(op);
  if (name.empty())
    return op->emitOpError() << "has no '" << nn::nameAttribute
                             << "', by which a schedule could name its tasks";
  auto [entry, isNew] = kernelNumbers.try_emplace(name, kernels.size());
  if (!isNew) {
    InFlightDiagnostic error = op->emitOpError()
                               << "has the name \"" << name
                               << "\", by which a schedule names the tasks of "
                                  "another kernel";
    error.attachNote(kernels[entry->second].op.getLoc()) << "other kernel";
    return error;
  }
  numTasks += op.getNumTasks();
  if (op.getNumTasks() > maximumTasks || numTasks > maximumTasks)
    return op->emitOpError() << "has " << op.getNumTasks()
                             << " tasks; a schedule has no place for more than "
                             << maximumTasks << " in all";
  MappedKernel &kernel = kernels.emplace_back();
  kernel.op = op;
  kernel.name = name;
  kernel.place = *place;
  kernel.core = arch::getPricedOp(*place);
  kernel.numTasks = op.getNumTasks();
  kernel.hasLoads = loadsWeight(op, kernel.core);
  return success();
}

std::optional<unsigned> MappedModel::findKernel(StringRef name) const {
  auto found = kernelNumbers.find(name);
  if (found == kernelNumbers.end())
    return std::nullopt;
  return found->second;
}

std::optional<unsigned> MappedModel::findKernel(Operation *op) const {
  if (!isa_and_nonnull<KernelOpInterface>(op))
    return std::nullopt;
  return findKernel(nn::getKernelName(op));
}

//===----------------------------------------------------------------------===//
// Inputs and outputs
//===----------------------------------------------------------------------===//

void MappedModel::findOuter() {
  auto memories = machine.getBody().getOps<arch::MemoryOp>();
  ArrayRef<int64_t> node;
  if (memories.empty()) {
    outer = machine.getHost();
    node = machine.getHost().getNode();
  } else {
    arch::MemoryOp memory = *memories.begin();
    outer = memory;
    node = memory.getNode();
  }
  outerNode = {node[0], node[1], node[2]};
}

StringRef MappedModel::getOuterName() const {
  return SymbolTable::getSymbolName(outer).getValue();
}

std::string MappedModel::getInputName(unsigned argument) const {
  func::FuncOp op = function;
  auto name = op.getArgAttrOfType<StringAttr>(argument, nn::nameAttribute);
  return "input:" + (name ? name.str() : std::to_string(argument));
}

std::string MappedModel::getOutputName(unsigned result) const {
  func::FuncOp op = function;
  auto name = op.getResultAttrOfType<StringAttr>(result, nn::nameAttribute);
  return "output:" + (name ? name.str() : std::to_string(result));
}

//===----------------------------------------------------------------------===//
// What is read
//===----------------------------------------------------------------------===//

bool atleus::isBrought(Value value) {
  return isa<RankedTensorType>(value.getType()) && !nn::isStatic(value);
}

bool atleus::isBetweenKernels(Operation *op) {
  return op->hasTrait<nn::LayoutOnly>() || isa<noc::TransferOp>(op);
}

/// The pieces of `tile` of a source: one for each task that computes a part.
void MappedModel::addPieces(Value source, const Tile &tile,
                            std::vector<Piece> &pieces) {
  std::optional<unsigned> number = findKernel(source.getDefiningOp());
  if (!number) {
    auto argument = dyn_cast<BlockArgument>(source);
    if (!argument)
      return;
    std::vector<Tile> &tiles = inputTiles[argument.getArgNumber()];
    size_t index = llvm::find(tiles, tile) - tiles.begin();
    if (index == tiles.size())
      tiles.push_back(tile);
    pieces.push_back({source, static_cast<int64_t>(index), tile});
    return;
  }
  // Results of other shapes than the first one are of one task.
  if (kernels[*number].numTasks == 1) {
    pieces.push_back({source, 0, tile});
    return;
  }
  KernelOpInterface kernel = kernels[*number].op;
  SmallVector<int64_t> grid = kernel.getTaskGrid();
  // The cells of the grid that the tile meets, counted like an odometer.
  Tile first = kernel.getTaskResult(0);
  SmallVector<int64_t> begin, end;
  for (unsigned i = 0; i < grid.size(); ++i) {
    int64_t cell = first.sizes[i];
    begin.push_back(tile.offsets[i] / cell);
    end.push_back((tile.offsets[i] + tile.sizes[i] - 1) / cell + 1);
  }
  SmallVector<int64_t> cell(begin);
  while (true) {
    int64_t task = 0;
    for (unsigned i = 0; i < grid.size(); ++i)
      task = task * grid[i] + cell[i];
    pieces.push_back(
        {source, task, kernel.getTaskResult(task).intersect(tile)});
    unsigned i = grid.size();
    while (i > 0 && ++cell[i - 1] == end[i - 1]) {
      cell[i - 1] = begin[i - 1];
      --i;
    }
    if (i == 0)
      return;
  }
}

/// A tile of an argument as the tiles in which kernels read it: the first of
/// them that do not meet. False if these are not all of it.
bool MappedModel::addTilesRead(Value value, const Tile &tile,
                               std::vector<Piece> &pieces) const {
  auto argument = dyn_cast<BlockArgument>(value);
  if (!argument)
    return false;
  std::vector<Piece> read;
  int64_t covered = 0;
  for (auto [index, part] :
       llvm::enumerate(inputTiles[argument.getArgNumber()])) {
    if (part.intersect(tile) == part &&
        llvm::all_of(read, [&, &part = part](const Piece &other) {
          return other.tile.intersect(part).isEmpty();
        })) {
      read.push_back({value, static_cast<int64_t>(index), part});
      covered += part.numElements();
    }
  }
  if (covered != tile.numElements())
    return false;
  llvm::append_range(pieces, read);
  return true;
}

/// Follows `tile` of a value through views and transfers to what computes it.
void MappedModel::trace(Value value, const Tile &tile,
                        std::vector<Piece> &pieces, bool ofResult) {
  if (tile.isEmpty() || !isBrought(value))
    return;
  Operation *op = value.getDefiningOp();
  if (kept && value == kept) {
    keptTiles.push_back(tile);
    return;
  }
  if (ofResult && addTilesRead(value, tile, pieces))
    return;
  if (!op || !isBetweenKernels(op)) {
    addPieces(value, tile, pieces);
    return;
  }
  auto access = cast<AccessOpInterface>(op);
  for (auto [i, operand] : llvm::enumerate(op->getOperands()))
    trace(operand, access.getOperandTile(i, 0, tile), pieces, ofResult);
}

void MappedModel::forEachRead(
    unsigned kernel,
    function_ref<void(int64_t task, ArrayRef<Piece> pieces)> visit) {
  KernelOpInterface op = kernels[kernel].op;
  auto access = cast<AccessOpInterface>(op.getOperation());
  struct Operand {
    unsigned number;
    Tile tile;
    std::vector<Piece> pieces;
  };
  std::vector<Operand> operands;
  for (auto [i, operand] : llvm::enumerate(op->getOperands()))
    if (isBrought(operand))
      operands.push_back({static_cast<unsigned>(i), {}, {}});
  std::vector<Piece> all;
  for (int64_t task = 0; task < kernels[kernel].numTasks; ++task) {
    Tile result = op.getTaskResult(task);
    all.clear();
    for (Operand &operand : operands) {
      Tile tile = access.getOperandTile(operand.number, 0, result);
      for (unsigned i = 1; i < op->getNumResults(); ++i)
        tile =
            uniteTiles(tile, access.getOperandTile(operand.number, i, result));
      if (task == 0 || !(tile == operand.tile)) {
        operand.pieces.clear();
        trace(op->getOperand(operand.number), tile, operand.pieces);
        operand.tile = std::move(tile);
      }
      llvm::append_range(all, operand.pieces);
    }
    visit(task, all);
  }
}

/// Finds the argument that a result continues, if the model says that it does,
/// and checks that it begins with all of it.
LogicalResult MappedModel::findContinued(unsigned result, Value value) {
  continued.emplace_back();
  auto number =
      function.getResultAttrOfType<IntegerAttr>(result, arch::appendsAttribute);
  if (!number)
    return success();
  auto fail = [&]() {
    return emitError(function.getLoc())
           << "result #" << result << " is said to continue argument #"
           << number.getInt() << ", but ";
  };
  if (number.getInt() < 0 || number.getInt() >= function.getNumArguments())
    return fail() << "there are " << function.getNumArguments();
  BlockArgument argument = function.getArgument(number.getInt());
  if (llvm::is_contained(ArrayRef(continued).drop_back(), argument))
    return fail() << "another result does so";
  auto type = dyn_cast<RankedTensorType>(value.getType());
  auto shorter = dyn_cast<RankedTensorType>(argument.getType());
  if (!type || !shorter || type.getRank() != shorter.getRank() ||
      type.getElementType() != shorter.getElementType())
    return fail() << "their types are " << value.getType() << " and "
                  << argument.getType();
  Tile first = Tile::whole(shorter.getShape());
  if (!(Tile::whole(type.getShape()).intersect(first) == first))
    return fail() << "it is smaller: " << type << " after " << shorter;
  kept = argument;
  keptTiles.clear();
  std::vector<Piece> others;
  trace(value, first, others, /*ofResult=*/true);
  if (!others.empty() || keptTiles.size() != 1 || !(keptTiles.front() == first))
    return fail() << "does not begin with it";
  continued.back() = argument;
  return success();
}

/// Numbers the tiles of arguments in the order in which they are read, and
/// finds the pieces of results.
LogicalResult MappedModel::findPieces() {
  inputTiles.resize(function.getNumArguments());
  for (unsigned i = 0; i < kernels.size(); ++i)
    forEachRead(i, [](int64_t, ArrayRef<Piece>) {});
  Operation *end = function.getBody().front().getTerminator();
  for (auto [i, value] : llvm::enumerate(end->getOperands())) {
    if (failed(findContinued(i, value)))
      return failure();
    kept = continued.back();
    std::vector<Piece> &pieces = outputPieces.emplace_back();
    if (auto type = dyn_cast<RankedTensorType>(value.getType()))
      trace(value, Tile::whole(type.getShape()), pieces, /*ofResult=*/true);
    kept = nullptr;
  }
  return success();
}

//===----------------------------------------------------------------------===//
// The module
//===----------------------------------------------------------------------===//

/// An op that would be a kernel at phase `tiled`; null if the function only
/// passes on what it is given.
static Operation *findUnmapped(func::FuncOp function) {
  for (Operation &op : function.getBody().front().without_terminator())
    if (!isBetweenKernels(&op) &&
        (op.getNumResults() == 0 || !nn::isStatic(op.getResult(0))))
      return &op;
  return nullptr;
}

FailureOr<MappedModel> MappedModel::read(ModuleOp module) {
  MappedModel model;
  model.module = module;
  FailureOr<arch::MachineOp> machine = arch::findMachine(module);
  if (failed(machine))
    return failure();
  model.machine = *machine;
  model.function = module.lookupSymbol<func::FuncOp>("main");
  if (!model.function || model.function.isDeclaration())
    return emitError(module.getLoc())
           << "the module has no function 'main' that a schedule could be of";
  WalkResult walk = model.function.walk(
      [&](KernelOpInterface op) { return WalkResult(model.addKernel(op)); });
  if (walk.wasInterrupted())
    return failure();
  Operation *unmapped =
      model.kernels.empty() ? findUnmapped(model.function) : nullptr;
  if (unmapped)
    return emitError(unmapped->getLoc())
           << "the model has no kernels on tiers, but '" << unmapped->getName()
           << "': expected one of phase 'tiled' or later, such as the "
              "model.mlir of its schedule";
  if (failed(model.addRewritten()))
    return failure();
  model.findOuter();
  if (failed(model.findPieces()))
    return failure();
  return model;
}
