// Weights in crossbars: written once, where their kernels run, into arrays that
// there are.
#include "Checks.h"

#include "atleus/Cost/CrossbarModel.h"
#include "atleus/Cost/MachineConstants.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/NN/NN.h"
#include "dialects/PIM/PIM.h"

#include <set>

using namespace mlir;
using namespace atleus;
namespace v1 = atleus::schedule::v1;

namespace {
class ProgramCheck {
public:
  explicit ProgramCheck(const CheckContext &context) : context(context) {}

  int64_t check();

private:
  InFlightDiagnostic fail(StringRef name) {
    return context.violations.report(Rule::Programs)
           << "program of \"" << name << "\" ";
  }
  void readMessages();
  void checkProgram(pim::ProgramOp op);
  void checkSlot(pim::ProgramOp op);
  void countSlots();
  void checkCost(pim::ProgramOp op);
  void checkPlace(pim::ProgramOp op, const v1::Program &message);
  void checkResidence(unsigned kernel, pim::MVMOp op);
  void checkCapacity(arch::TierOp tier);

  const CheckContext &context;
  llvm::StringMap<const v1::Program *> messages;
  llvm::StringMap<pim::ProgramOp> programs;
  llvm::DenseMap<std::pair<Attribute, Attribute>, pim::ProgramOp> slots;
  std::map<noc::Node, int64_t> arraysAt;
  int64_t numArrays = 0;
};
} // namespace

void ProgramCheck::readMessages() {
  for (const v1::Program &message : context.schedule.programs())
    if (!messages.try_emplace(message.kernel(), &message).second)
      fail(message.kernel()) << "is stated twice";
}

/// Each replica of a weight is at a node of its own, and those nodes are the
/// model's if that has placed it.
void ProgramCheck::checkPlace(pim::ProgramOp op, const v1::Program &message) {
  StringRef name = nn::getKernelName(op);
  auto replicas = static_cast<int64_t>(op.getReplicas());
  if (message.nodes_size() != replicas) {
    fail(name) << "is at " << message.nodes_size() << " nodes, expected "
               << replicas;
    return;
  }
  std::set<noc::Node> nodes;
  for (const v1::Node &at : message.nodes()) {
    noc::Node node = toNode(at);
    if (!nodes.insert(node).second)
      fail(name) << "is twice at node " << noc::toString(node);
    arraysAt[node] += op.getType().getNumArrays();
    numArrays += op.getType().getNumArrays();
  }
  std::optional<ArrayRef<int64_t>> placed = op.getNodes();
  if (!placed)
    return;
  for (auto [i, at] : llvm::enumerate(message.nodes())) {
    ArrayRef<int64_t> expected = placed->slice(3 * i, 3);
    if (noc::Node{expected[0], expected[1], expected[2]} == toNode(at))
      continue;
    InFlightDiagnostic error = fail(name);
    error << "is at node " << noc::toString(toNode(at))
          << ", but the model places it at (" << expected[0] << ", "
          << expected[1] << ", " << expected[2] << ")";
    error.attachNote(op.getLoc()) << "weight placed here";
  }
}

void ProgramCheck::checkProgram(pim::ProgramOp op) {
  StringRef name = nn::getKernelName(op);
  programs[name] = op;
  if (op.getSlot())
    return checkSlot(op);
  const v1::Program *message = messages.lookup(name);
  if (!message) {
    InFlightDiagnostic error = fail(name);
    error << "is missing, so that its " << op.getType().getNumArrays()
          << " arrays are empty";
    error.attachNote(op.getLoc()) << "weight declared here";
    return;
  }
  checkPlace(op, *message);
}

/// The weights of a slot are written by tasks, at the same nodes.
void ProgramCheck::checkSlot(pim::ProgramOp op) {
  StringRef name = nn::getKernelName(op);
  if (messages.count(name))
    fail(name) << "is stated as written once, but it takes turns in slot "
               << op.getSlotAttr();
  auto [entry, isNew] =
      slots.try_emplace({op.getTierAttr(), op.getSlotAttr()}, op);
  if (!isNew && entry->second.getNodesAttr() != op.getNodesAttr())
    fail(name) << "is in slot " << op.getSlotAttr()
               << ", whose weights the model places at different nodes";
}

/// A slot takes the arrays of the largest of its weights at every node where a
/// task writes one of them, whether or not the model has placed them.
void ProgramCheck::countSlots() {
  std::map<std::pair<noc::Node, std::string>, int64_t> arraysOf;
  for (unsigned i = 0; i < context.tasks.size(); ++i) {
    const ScheduledTask &task = context.tasks[i];
    if (!task.isCompute() || task.part.kind != Part::Kind::Write)
      continue;
    const RewrittenWeight &weight =
        context.model.getRewritten()[task.part.number];
    pim::ProgramOp op = weight.op;
    int64_t &arrays = arraysOf[{task.node, weight.getUnit()}];
    arrays = std::max(arrays, op.getType().getNumArrays());
  }
  for (const auto &[place, arrays] : arraysOf) {
    arraysAt[place.first] += arrays;
    numArrays += arrays;
  }
}

/// Arrays and energy of a program are those of all replicas of its weight, and
/// its time is that of one: nodes are written at the same time.
void ProgramCheck::checkCost(pim::ProgramOp op) {
  StringRef name = nn::getKernelName(op);
  const v1::Program *message = messages.lookup(name);
  if (!message)
    return;
  auto tier = dyn_cast_or_null<arch::TierOp>(
      arch::lookupPlace(context.model.getMachine(), op.getTierAttr()));
  arch::CrossbarOp crossbar = tier ? arch::getCrossbar(tier) : nullptr;
  if (!crossbar) {
    fail(name) << "is on " << op.getTierAttr() << ", which has no crossbars";
    return;
  }
  // Lines that the arrays leave out are not written.
  pim::ArrayLayout layout = op.getType().getLayout();
  CrossbarConstants core = getConstants(crossbar);
  core.rows = layout.arrayRows;
  core.columns = layout.arrayColumns;
  CrossbarProgramming cost = programCrossbar(
      core, layout.writtenRows, layout.writtenColumns,
      nn::getElementBits(op.getType().getMatrix().getElementType()));
  auto replicas = static_cast<int64_t>(op.getReplicas());
  int64_t arrays = op.getType().getNumArrays() * replicas;
  if (message->arrays() != arrays)
    fail(name) << "writes " << message->arrays()
               << " arrays, but its weight takes " << arrays;
  if (Picoseconds(message->duration_ps()) != cost.duration)
    fail(name) << "takes " << message->duration_ps()
               << " ps, but its crossbars need " << cost.duration.count();
  Femtojoules energy = cost.energy * replicas;
  if (!message->has_energy_fj())
    fail(name) << "states no energyFj, but its crossbars need "
               << energy.count();
  else if (Femtojoules(message->energy_fj()) != energy)
    fail(name) << "takes " << message->energy_fj()
               << " fJ, but its crossbars need " << energy.count();
}

/// Every task of a kernel runs where its weight is: task i of t at replica
/// floor(i * n / t) of n.
void ProgramCheck::checkResidence(unsigned kernel, pim::MVMOp op) {
  auto program = op.getArray().getDefiningOp<pim::ProgramOp>();
  const v1::Program *message =
      program ? messages.lookup(nn::getKernelName(program)) : nullptr;
  if (!message || message->nodes_size() == 0)
    return;
  int64_t numTasks = context.model.getKernels()[kernel].numTasks;
  for (int64_t i = 0; i < numTasks; ++i) {
    std::optional<unsigned> task =
        context.tasks.find({Part::Kind::Kernel, kernel, i});
    if (!task)
      continue;
    noc::Node node = context.tasks[*task].node;
    noc::Node replica =
        toNode(message->nodes(i * message->nodes_size() / numTasks));
    if (replica != node)
      context.violations.report(Rule::Programs)
          << context.tasks.getTimedLabel(*task) << " runs at node "
          << noc::toString(node) << ", but its weight \"" << message->kernel()
          << "\" is at " << noc::toString(replica);
  }
}

void ProgramCheck::checkCapacity(arch::TierOp tier) {
  arch::CrossbarOp crossbar = arch::getCrossbar(tier);
  if (!crossbar)
    return;
  auto capacity =
      static_cast<int64_t>(crossbar.getTiles() * crossbar.getArraysPerTile());
  for (const auto &[node, arrays] : arraysAt) {
    if (node.z != static_cast<int64_t>(tier.getLevel()) || arrays <= capacity)
      continue;
    InFlightDiagnostic error = context.violations.report(Rule::Programs);
    error << "programs write " << arrays << " arrays at node "
          << noc::toString(node) << ", which has " << capacity;
    error.attachNote(crossbar.getLoc()) << "core declared here";
  }
}

int64_t ProgramCheck::check() {
  readMessages();
  MappedModel &model = context.model;
  model.getFunction().walk([&](pim::ProgramOp op) { checkProgram(op); });
  for (const v1::Program &message : context.schedule.programs())
    if (!programs.count(message.kernel()))
      fail(message.kernel()) << "is of a weight that the model does not have";
  for (auto [i, kernel] : llvm::enumerate(model.getKernels())) {
    Operation *op = kernel.op;
    if (auto product = dyn_cast<pim::MVMOp>(op))
      checkResidence(i, product);
  }
  countSlots();
  for (arch::TierOp tier : model.getMachine().getTiers())
    checkCapacity(tier);
  model.getFunction().walk([&](pim::ProgramOp op) { checkCost(op); });
  return numArrays;
}

int64_t atleus::checkPrograms(const CheckContext &context) {
  return ProgramCheck(context).check();
}
