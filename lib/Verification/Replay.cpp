// Executes the tasks of a schedule in the order of time, with values.
#include "atleus/Verification/Replay.h"

#include "KernelTiles.h"
#include "TaskTable.h"
#include "TileCopy.h"

#include "atleus/Interpreter/Interpreter.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

#include <queue>

using namespace mlir;
using namespace atleus;

namespace {
/// A value at a node, by a number of the node.
using PlacedValue = std::pair<Value, int64_t>;

/// Data that a task leaves at a node when it ends.
struct Deposit {
  int64_t node;
  Value source;
  Tile tile;
  Tensor part;
};

class Replay {
public:
  Replay(MappedModel &model, const TaskTable &tasks, ArrayRef<Tensor> inputs,
         Violations &violations)
      : model(model), tasks(tasks), inputs(inputs), violations(violations),
        reads(tasks.size()), deposits(tasks.size()) {}

  FailureOr<std::vector<Tensor>> run();

private:
  void findNeeds();
  void placeContinued();
  SmallVector<Piece> getNeeds(unsigned transfer, noc::Node place) const;
  void addReader(unsigned reader, int64_t node, ArrayRef<Piece> pieces);
  LogicalResult execute(unsigned task);
  LogicalResult executeKernel(unsigned task);
  LogicalResult checkThere(unsigned reader, int64_t node);
  LogicalResult checkWeight(unsigned product, int64_t node);
  void endTasks(Picoseconds time);
  void endTask(unsigned task);
  void forget(unsigned reader, int64_t node);

  Tensor readPiece(const Piece &piece, int64_t node);
  FailureOr<Tensor> getValue(Value value, int64_t node);
  FailureOr<Tensor> evaluate(Operation *op, unsigned result, int64_t node);
  FailureOr<Tensor> getConstant(Value value);

  MappedModel &model;
  const TaskTable &tasks;
  ArrayRef<Tensor> inputs;
  Violations &violations;
  /// What each task reads, at its node or at that from which it sends.
  std::vector<std::vector<Piece>> reads;
  /// What the tasks of a node read of a task of another one.
  std::map<std::pair<unsigned, int64_t>, std::vector<Piece>> needs;
  /// How many tasks and transfers are still to read a value at a node.
  llvm::DenseMap<PlacedValue, int64_t> numReaders;
  /// What nodes have, of each value its tiles that have come.
  llvm::DenseMap<PlacedValue, Tensor> images;
  /// Tasks whose results have come to a node.
  llvm::DenseSet<std::pair<unsigned, int64_t>> arrived;
  std::vector<std::vector<Deposit>> deposits;
  llvm::DenseMap<Value, Tensor> constants;
  /// By node and slot, the weight that was written last, as an index.
  std::map<std::pair<int64_t, std::string>, unsigned> slots;
  /// Tasks that have started, by end.
  std::priority_queue<std::pair<int64_t, unsigned>,
                      std::vector<std::pair<int64_t, unsigned>>, std::greater<>>
      running;
};
} // namespace

/// Where results of the function are collected: no node.
static constexpr int64_t resultPlace = -1;

//===----------------------------------------------------------------------===//
// Who reads what
//===----------------------------------------------------------------------===//

void Replay::addReader(unsigned reader, int64_t node, ArrayRef<Piece> pieces) {
  llvm::append_range(reads[reader], pieces);
  for (const Piece &piece : pieces)
    ++numReaders[{piece.source, node}];
}

/// What a transfer brings to one of its places: all that the tasks there read
/// of the tasks whose results it brings.
SmallVector<Piece> Replay::getNeeds(unsigned transfer, noc::Node place) const {
  SmallVector<Piece> pieces;
  for (unsigned maker : tasks.findMakers(transfer))
    if (auto found = needs.find({maker, toNumber(place)}); found != needs.end())
      llvm::append_range(pieces, found->second);
  return pieces;
}

/// Finds what tasks read and what transfers bring.
void Replay::findNeeds() {
  auto add = [&](unsigned reader, ArrayRef<Piece> pieces) {
    int64_t node = toNumber(tasks[reader].node);
    addReader(reader, node, pieces);
    for (const Piece &piece : pieces) {
      std::optional<unsigned> maker = tasks.findMaker(piece);
      if (!maker || tasks[*maker].node == tasks[reader].node)
        continue;
      std::vector<Piece> &list = needs[{*maker, node}];
      if (llvm::none_of(list, [&](const Piece &known) {
            return known.source == piece.source && known.tile == piece.tile;
          }))
        list.push_back(piece);
    }
  };
  for (unsigned i = 0; i < model.getKernels().size(); ++i)
    model.forEachRead(i, [&](int64_t index, ArrayRef<Piece> pieces) {
      if (auto reader = tasks.find({Part::Kind::Kernel, i, index}))
        add(*reader, pieces);
    });
  for (unsigned i = 0; i < model.getFunction().getNumResults(); ++i)
    for (auto [index, piece] : llvm::enumerate(model.getOutputPieces(i)))
      if (auto writer =
              tasks.find({Part::Kind::Output, i, static_cast<int64_t>(index)}))
        add(*writer, piece);
  for (unsigned i = 0; i < tasks.size(); ++i) {
    if (!tasks[i].isTransfer())
      continue;
    int64_t from = toNumber(toNode(tasks.getMessage(i).transfer().from()));
    for (noc::Node place : tasks[i].places)
      addReader(i, from, getNeeds(i, place));
  }
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

FailureOr<Tensor> Replay::getConstant(Value value) {
  auto known = constants.find(value);
  if (known != constants.end())
    return known->second;
  FailureOr<Tensor> tensor =
      evaluate(value.getDefiningOp(), cast<OpResult>(value).getResultNumber(),
               resultPlace);
  if (succeeded(tensor))
    constants[value] = *tensor;
  return tensor;
}

/// Evaluates an op that is no kernel on the values of its operands at a node.
FailureOr<Tensor> Replay::evaluate(Operation *op, unsigned result,
                                   int64_t node) {
  SmallVector<Tensor> operands, results;
  for (Value operand : op->getOperands()) {
    FailureOr<Tensor> tensor = getValue(operand, node);
    if (failed(tensor))
      return failure();
    operands.push_back(std::move(*tensor));
  }
  if (failed(evaluateOp(op, operands, results)))
    return failure();
  return results[result];
}

/// A value as far as a node has it.
FailureOr<Tensor> Replay::getValue(Value value, int64_t node) {
  if (!isBrought(value))
    return getConstant(value);
  Operation *op = value.getDefiningOp();
  if (isa_and_nonnull<noc::TransferOp>(op))
    return getValue(op->getOperand(0), node);
  if (op && isBetweenKernels(op))
    return evaluate(op, cast<OpResult>(value).getResultNumber(), node);
  Tensor &image = images[{value, node}];
  if (!image)
    image = makeUnknown(cast<RankedTensorType>(value.getType()));
  return image;
}

Tensor Replay::readPiece(const Piece &piece, int64_t node) {
  return takeTile(images.lookup({piece.source, node}), piece.tile);
}

//===----------------------------------------------------------------------===//
// Tasks
//===----------------------------------------------------------------------===//

/// Checks that all that a task reads has come to the node where it reads it.
LogicalResult Replay::checkThere(unsigned reader, int64_t node) {
  for (const Piece &piece : reads[reader]) {
    std::optional<unsigned> maker = tasks.findMaker(piece);
    if (maker && arrived.contains({*maker, node}))
      continue;
    InFlightDiagnostic error = violations.report(Rule::Data);
    error << "cannot replay " << tasks.getTimedLabel(reader)
          << ": it reads what is not there yet";
    if (maker)
      error << ", the results of " << tasks.getTimedLabel(*maker);
    return error;
  }
  return success();
}

/// Checks that the weight of a product has been brought to its node, and that
/// no other one has been written over it.
LogicalResult Replay::checkWeight(unsigned product, int64_t node) {
  const Part &part = tasks[product].part;
  const MappedKernel &kernel = model.getKernels()[part.number];
  bool isThere = true;
  if (kernel.hasLoads) {
    auto load = tasks.find({Part::Kind::Load, part.number, part.index});
    isThere = load && arrived.contains({*load, node});
  } else if (kernel.rewritten) {
    auto slot =
        slots.find({node, model.getRewritten()[*kernel.rewritten].getUnit()});
    isThere = slot != slots.end() && slot->second == *kernel.rewritten;
  }
  if (isThere)
    return success();
  return violations.report(Rule::Programs)
         << "cannot replay " << tasks.getTimedLabel(product)
         << ": its weight is not there";
}

LogicalResult Replay::executeKernel(unsigned task) {
  const Part &part = tasks[task].part;
  const MappedKernel &kernel = model.getKernels()[part.number];
  int64_t node = toNumber(tasks[task].node);
  SmallVector<Tensor> operands, tiles;
  KernelOpInterface op = kernel.op;
  for (Value operand : op->getOperands()) {
    FailureOr<Tensor> tensor = getValue(operand, node);
    if (failed(tensor))
      return failure();
    operands.push_back(std::move(*tensor));
  }
  if (failed(evaluateTask(kernel, part.index, operands, tiles)))
    return failure();
  for (auto [i, tile] : llvm::enumerate(tiles))
    deposits[task].push_back(
        {node, op->getResult(i), getResultTile(kernel, i, part.index), tile});
  return success();
}

/// Lets a task read what is at its node and compute what it leaves when it
/// ends.
LogicalResult Replay::execute(unsigned task) {
  const Part &part = tasks[task].part;
  int64_t node = toNumber(tasks[task].isTransfer()
                              ? toNode(tasks.getMessage(task).transfer().from())
                              : tasks[task].node);
  if (failed(checkThere(task, node)))
    return failure();
  if (part.kind == Part::Kind::Write)
    slots.erase({node, model.getRewritten()[part.number].getUnit()});
  if (part.kind == Part::Kind::Kernel && tasks[task].isCompute()) {
    if (failed(checkWeight(task, node)) || failed(executeKernel(task)))
      return failure();
  } else if (part.kind == Part::Kind::Input && tasks[task].isCompute()) {
    const Tile &tile = model.getInputTiles(part.number)[part.index];
    deposits[task].push_back({node,
                              model.getFunction().getArgument(part.number),
                              tile, takeTile(inputs[part.number], tile)});
  } else if (tasks[task].isTransfer()) {
    for (noc::Node place : tasks[task].places)
      for (const Piece &piece : getNeeds(task, place))
        deposits[task].push_back({toNumber(place), piece.source, piece.tile,
                                  readPiece(piece, node)});
  } else {
    for (const Piece &piece : reads[task])
      deposits[task].push_back(
          {resultPlace, piece.source, piece.tile, readPiece(piece, node)});
  }
  forget(task, node);
  running.emplace(tasks[task].end.count(), task);
  return success();
}

/// Frees what no later task of the node reads.
void Replay::forget(unsigned reader, int64_t node) {
  for (const Piece &piece : reads[reader])
    if (--numReaders[{piece.source, node}] == 0)
      images.erase({piece.source, node});
}

void Replay::endTask(unsigned task) {
  for (Deposit &deposit : deposits[task]) {
    PlacedValue key = {deposit.source, deposit.node};
    if (deposit.node != resultPlace && numReaders.lookup(key) == 0)
      continue;
    Tensor &image = images[key];
    if (!image)
      image = makeUnknown(cast<RankedTensorType>(deposit.source.getType()));
    putTile(image, deposit.tile, deposit.part);
  }
  deposits[task].clear();
  const Part &part = tasks[task].part;
  if (part.kind == Part::Kind::Write)
    slots[{toNumber(tasks[task].node),
           model.getRewritten()[part.number].getUnit()}] = part.number;
  SmallVector<unsigned, 1> makers = {task};
  if (tasks[task].isTransfer())
    makers = tasks.findMakers(task);
  for (unsigned maker : makers)
    for (noc::Node place : tasks[task].places)
      arrived.insert({maker, toNumber(place)});
}

void Replay::endTasks(Picoseconds time) {
  for (; !running.empty() && running.top().first <= time.count(); running.pop())
    endTask(running.top().second);
}

/// What results continue lies where they are collected.
void Replay::placeContinued() {
  for (unsigned i = 0; i < model.getFunction().getNumResults(); ++i)
    if (BlockArgument argument = model.getContinued(i))
      images[{argument, resultPlace}] = inputs[argument.getArgNumber()];
}

FailureOr<std::vector<Tensor>> Replay::run() {
  findNeeds();
  placeContinued();
  std::vector<unsigned> order;
  for (unsigned i = 0; i < tasks.size(); ++i)
    if (!tasks[i].isBarrier())
      order.push_back(i);
  // Of those that start together, each comes after those for which it waits.
  llvm::sort(order, [&](unsigned a, unsigned b) {
    return std::pair(tasks[a].start.count(), a) <
           std::pair(tasks[b].start.count(), b);
  });
  for (unsigned task : order) {
    endTasks(tasks[task].start);
    if (failed(execute(task)))
      return failure();
  }
  endTasks(Picoseconds::largest());
  std::vector<Tensor> results;
  Operation *end = model.getFunction().getBody().front().getTerminator();
  for (Value value : end->getOperands()) {
    FailureOr<Tensor> result = getValue(value, resultPlace);
    if (failed(result))
      return failure();
    results.push_back(std::move(*result));
  }
  return results;
}

/// Checks the types of the tensors for a function.
static LogicalResult checkInputs(func::FuncOp function, ArrayRef<Tensor> inputs,
                                 Location location) {
  if (inputs.size() != function.getNumArguments())
    return emitError(location)
           << "the model of the schedule has " << function.getNumArguments()
           << " inputs, found " << inputs.size();
  for (auto [i, input] : llvm::enumerate(inputs))
    if (input.getType() != function.getArgumentTypes()[i])
      return emitError(location)
             << "input #" << i << " of the schedule's model must be "
             << function.getArgumentTypes()[i] << ", found " << input.getType();
  return success();
}

FailureOr<std::vector<Tensor>>
atleus::replaySchedule(const schedule::v1::Schedule &schedule, ModuleOp module,
                       ArrayRef<Tensor> inputs, Location location) {
  FailureOr<MappedModel> model = MappedModel::read(module);
  if (failed(model) ||
      failed(checkInputs(model->getFunction(), inputs, location)))
    return failure();
  Violations violations(location, /*warnOfBuffers=*/false);
  TaskTable tasks(schedule, *model, violations);
  if (violations.any())
    return failure();
  return Replay(*model, tasks, inputs, violations).run();
}
