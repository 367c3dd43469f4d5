// Finds the part of the model that each task of a schedule executes.
#include "TaskTable.h"

#include "TaskLabels.h"

using namespace mlir;
using namespace atleus;
namespace v1 = atleus::schedule::v1;

int64_t atleus::getResultBits(const MappedModel &model, const Part &part) {
  if (part.kind == Part::Kind::Kernel)
    return model.getKernels()[part.number].getResultBits(part.index);
  if (part.kind == Part::Kind::Load)
    return 8 * model.getKernels()[part.number].getLoadBytes(part.index);
  if (part.kind != Part::Kind::Input)
    return 0;
  func::FuncOp function = model.getFunction();
  const Tile &tile = model.getInputTiles(part.number)[part.index];
  return 8 *
         getTileBytes(function.getArgument(part.number), tile.numElements());
}

noc::Node atleus::toNode(const v1::Node &node) {
  return {node.x(), node.y(), node.z()};
}

int64_t atleus::toNumber(noc::Node node) {
  // Routes that leave the network have coordinates of all sizes.
  auto part = [](int64_t coordinate) {
    return static_cast<uint64_t>(coordinate) & 0xfffff;
  };
  return static_cast<int64_t>(part(node.z) << 40 | part(node.y) << 20 |
                              part(node.x));
}

static noc::Direction toDirection(int direction) {
  switch (direction) {
  case v1::X_PLUS:
    return noc::Direction::XPlus;
  case v1::X_MINUS:
    return noc::Direction::XMinus;
  case v1::Y_PLUS:
    return noc::Direction::YPlus;
  case v1::Y_MINUS:
    return noc::Direction::YMinus;
  case v1::Z_PLUS:
    return noc::Direction::ZPlus;
  case v1::Z_MINUS:
    return noc::Direction::ZMinus;
  default:
    return noc::Direction::Added;
  }
}

/// The nodes of the route of a transfer or of a branch.
template <typename Message>
static std::vector<noc::Node> getNodes(const Message &message) {
  std::vector<noc::Node> nodes = {toNode(message.from())};
  int added = 0;
  for (int direction : message.route())
    nodes.push_back(direction == v1::ADDED
                        ? toNode(message.targets(added++))
                        : noc::advance(nodes.back(), toDirection(direction)));
  return nodes;
}

std::vector<std::vector<noc::Node>>
atleus::getPaths(const v1::Transfer &transfer) {
  std::vector<std::vector<noc::Node>> paths = {getNodes(transfer)};
  for (const v1::Branch &branch : transfer.branches())
    paths.push_back(getNodes(branch));
  return paths;
}

std::string atleus::describe(const v1::Resource &resource) {
  std::string node = noc::toString(toNode(resource.node()));
  switch (resource.kind()) {
  case v1::Resource::UNIT:
    return "unit " + node + " " + resource.unit();
  case v1::Resource::INJECTION_PORT:
    return "injection " + node;
  case v1::Resource::EJECTION_PORT:
    return "ejection " + node;
  default:
    break;
  }
  if (resource.direction() == v1::ADDED)
    return "link " + node + " -> " + noc::toString(toNode(resource.target()));
  return "link " + node + " " +
         noc::toString(noc::Hop(toDirection(resource.direction())));
}

//===----------------------------------------------------------------------===//
// Identification
//===----------------------------------------------------------------------===//

std::string TaskTable::getLabel(unsigned index) const {
  return getTaskLabel(schedule, static_cast<int>(index));
}

std::string TaskTable::getTimedLabel(unsigned index) const {
  return getLabel(index) + " (" + std::to_string(tasks[index].start.count()) +
         " to " + std::to_string(tasks[index].end.count()) + " ps)";
}

std::optional<unsigned> TaskTable::find(Part part) const {
  if (part.kind == Part::Kind::Unknown)
    return std::nullopt;
  int executor = executors(part.kind)[part.number][part.index];
  return executor < 0 ? std::nullopt : std::optional<unsigned>(executor);
}

SmallVector<unsigned, 1> TaskTable::findMakers(unsigned transfer) const {
  Part part = tasks[transfer].part;
  SmallVector<unsigned, 1> makers;
  if (std::optional<unsigned> maker = find(part))
    makers.push_back(*maker);
  for (int64_t index : tasks[transfer].gathers) {
    part.index = index;
    if (std::optional<unsigned> maker = find(part))
      makers.push_back(*maker);
  }
  return makers;
}

std::optional<unsigned> TaskTable::findMaker(const Piece &piece) const {
  if (auto argument = dyn_cast<BlockArgument>(piece.source))
    return find({Part::Kind::Input, argument.getArgNumber(), piece.task});
  return find({Part::Kind::Kernel,
               *model.findKernel(piece.source.getDefiningOp()), piece.task});
}

Part TaskTable::findPart(StringRef kernel, int64_t index) const {
  if (std::optional<unsigned> number = model.findKernel(kernel))
    return {Part::Kind::Kernel, *number, index};
  Part part = outerParts.lookup(kernel);
  part.index = index;
  return part;
}

int64_t TaskTable::countParts(const Part &part) const {
  return static_cast<int64_t>(executors(part.kind)[part.number].size());
}

/// Enters a task that computes as the executor of its part.
void TaskTable::enterPart(unsigned index, Violations &violations) {
  const Part &part = tasks[index].part;
  int &executor = executors(part.kind)[part.number][part.index];
  if (executor < 0) {
    executor = static_cast<int>(index);
    return;
  }
  violations.report(Rule::Tasks) << getLabel(index) << " does again what "
                                 << getLabel(executor) << " has done";
}

/// Whether the model has a part of what it has.
bool TaskTable::hasPart(unsigned index, const Part &part,
                        Violations &violations) const {
  if (part.index >= 0 && part.index < countParts(part))
    return true;
  violations.report(Rule::Tasks)
      << getLabel(index) << " is part " << part.index << " of \""
      << getMessage(index).kernel() << "\", which has " << countParts(part)
      << " parts";
  return false;
}

/// Notes the further parts of a kernel that a transfer moves, each of which is
/// another one.
void TaskTable::enterGathers(unsigned index, Violations &violations) {
  ScheduledTask &task = tasks[index];
  Part part = task.part;
  for (int64_t further : getMessage(index).transfer().gathers()) {
    part.index = further;
    if (!hasPart(index, part, violations))
      continue;
    if (part.kind != Part::Kind::Kernel)
      violations.report(Rule::Tasks)
          << getLabel(index) << " moves several parts of an input";
    else if (further == task.part.index ||
             llvm::is_contained(task.gathers, further))
      violations.report(Rule::Tasks)
          << getLabel(index) << " moves part " << further << " twice";
    else
      task.gathers.push_back(further);
  }
}

void TaskTable::identifyParts(Violations &violations) {
  for (unsigned i = 0; i < size(); ++i) {
    if (tasks[i].isBarrier())
      continue;
    const v1::Task &message = getMessage(i);
    Part part = findPart(message.kernel(), message.index());
    if (part.kind == Part::Kind::Unknown ||
        (tasks[i].isTransfer() && part.kind != Part::Kind::Kernel &&
         part.kind != Part::Kind::Input)) {
      violations.report(Rule::Identity)
          << getLabel(i) << " is a part of \"" << message.kernel()
          << "\", which the model does not have";
      continue;
    }
    if (!hasPart(i, part, violations))
      continue;
    tasks[i].part = part;
    if (tasks[i].isCompute())
      enterPart(i, violations);
    else
      enterGathers(i, violations);
  }
}

void TaskTable::reportMissing(Part::Kind kind, unsigned number, StringRef name,
                              Violations &violations) const {
  for (auto [index, executor] : llvm::enumerate(executors(kind)[number])) {
    if (executor >= 0)
      continue;
    InFlightDiagnostic error = violations.report(Rule::Tasks);
    error << "no task executes part " << index << " of \"" << name << "\"";
    if (kind == Part::Kind::Kernel)
      error.attachNote(model.getKernels()[number].op->getLoc())
          << "kernel declared here";
  }
}

TaskTable::TaskTable(const v1::Schedule &schedule, const MappedModel &model,
                     Violations &violations)
    : schedule(schedule), model(model) {
  func::FuncOp function = model.getFunction();
  for (auto [i, kernel] : llvm::enumerate(model.getKernels())) {
    executors(Part::Kind::Kernel).emplace_back(kernel.numTasks, -1);
    executors(Part::Kind::Load)
        .emplace_back(kernel.hasLoads ? kernel.numTasks : 0, -1);
    if (kernel.hasLoads)
      outerParts[("load:" + kernel.name).str()] = {Part::Kind::Load,
                                                   static_cast<unsigned>(i), 0};
  }
  for (auto [i, weight] : llvm::enumerate(model.getRewritten())) {
    pim::ProgramOp op = weight.op;
    executors(Part::Kind::Write).emplace_back(op.getReplicas(), -1);
    outerParts[("write:" + weight.name).str()] = {Part::Kind::Write,
                                                  static_cast<unsigned>(i), 0};
  }
  for (unsigned i = 0; i < function.getNumArguments(); ++i) {
    executors(Part::Kind::Input)
        .emplace_back(model.getInputTiles(i).size(), -1);
    outerParts[model.getInputName(i)] = {Part::Kind::Input, i, 0};
  }
  for (unsigned i = 0; i < function.getNumResults(); ++i) {
    executors(Part::Kind::Output)
        .emplace_back(model.getOutputPieces(i).size(), -1);
    outerParts[model.getOutputName(i)] = {Part::Kind::Output, i, 0};
  }
  for (const v1::Task &message : schedule.tasks()) {
    ScheduledTask &task = tasks.emplace_back();
    task.kind = message.kind();
    task.start = Picoseconds(message.start_ps());
    task.end = task.start + Picoseconds(message.duration_ps());
    if (task.isTransfer()) {
      for (const std::vector<noc::Node> &path : getPaths(message.transfer()))
        task.places.push_back(path.back());
      task.node = task.places.front();
      continue;
    }
    for (const v1::Use &use : message.uses()) {
      const v1::Resource &resource = schedule.resources(use.resource());
      if (resource.kind() != v1::Resource::UNIT)
        continue;
      task.node = toNode(resource.node());
      task.places = {task.node};
      break;
    }
  }
  identifyParts(violations);
  for (unsigned i = 0; i < model.getKernels().size(); ++i)
    reportMissing(Part::Kind::Kernel, i, model.getKernels()[i].name,
                  violations);
  for (unsigned i = 0; i < model.getKernels().size(); ++i)
    reportMissing(Part::Kind::Load, i,
                  ("load:" + model.getKernels()[i].name).str(), violations);
  for (unsigned i = 0; i < model.getRewritten().size(); ++i)
    reportMissing(Part::Kind::Write, i,
                  ("write:" + model.getRewritten()[i].name).str(), violations);
  for (unsigned i = 0; i < function.getNumArguments(); ++i)
    reportMissing(Part::Kind::Input, i, model.getInputName(i), violations);
  for (unsigned i = 0; i < function.getNumResults(); ++i)
    reportMissing(Part::Kind::Output, i, model.getOutputName(i), violations);
}
