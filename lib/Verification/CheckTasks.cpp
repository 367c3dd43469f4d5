// Tasks against the kernels and cores of the model.
#include "Checks.h"

#include "atleus/Cost/MachineConstants.h"
#include "atleus/Cost/WeightPrices.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/PIM/PIM.h"

using namespace mlir;
using namespace atleus;
namespace v1 = atleus::schedule::v1;

namespace {
/// A part of a task's time for which it holds a resource.
struct Holding {
  std::string resource;
  int64_t offset = 0, length = 0;

  bool operator==(const Holding &other) const {
    return resource == other.resource && offset == other.offset &&
           length == other.length;
  }
};

class TaskCheck {
public:
  explicit TaskCheck(const CheckContext &context)
      : context(context), model(context.model), tasks(context.tasks) {}

  void checkKernelTask(unsigned task);
  void checkLoad(unsigned task);
  void checkWrite(unsigned task);
  void checkInput(unsigned task);
  void checkOutput(unsigned task);

  /// What the tasks that were checked take.
  EnergyBreakdown priced;

private:
  InFlightDiagnostic fail(Rule rule, unsigned task) {
    return context.violations.report(rule) << tasks.getTimedLabel(task) << " ";
  }
  const Price *findPrice(const MappedKernel &kernel, unsigned number,
                         int64_t index);
  void checkNode(const MappedKernel &kernel, unsigned task);
  void checkPrice(unsigned task, const Price &price, const Twine &where);
  void checkUses(unsigned task, ArrayRef<Holding> expected);
  void checkResultBits(unsigned task, int64_t bits);
  void checkOuterPlace(unsigned task);
  void checkWeightTask(unsigned task, noc::Node node, StringRef unit,
                       const Price &price, Operation *memory);

  const CheckContext &context;
  MappedModel &model;
  const TaskTable &tasks;
  /// By kernel, the prices of the shapes of tiles seen; none if the core
  /// refuses the kernel.
  std::map<std::pair<unsigned, std::vector<int64_t>>, std::optional<Price>>
      prices;
};
} // namespace

static std::string nameUnit(noc::Node node, StringRef unit) {
  return "unit " + noc::toString(node) + " " + unit.str();
}

/// The unit on which the tasks of a kernel run: the arrays of its weight, the
/// systolic array for products and the vector unit for the rest, the whole of a
/// processor, or the host.
static std::string getUnit(const MappedModel &model,
                           const MappedKernel &kernel) {
  if (kernel.rewritten)
    return model.getRewritten()[*kernel.rewritten].getUnit();
  if (isa<arch::HostOp>(kernel.place))
    return "host";
  if (isa<arch::ProcessorOp>(kernel.core))
    return "core";
  Operation *op = kernel.op;
  if (isa<pim::MVMOp>(op))
    return ("arrays " + kernel.name).str();
  return cast<WorkOpInterface>(op).getWork().products.empty() ? "vector"
                                                              : "array";
}

/// The price of a task, or null if the core has none, which is reported once.
const Price *TaskCheck::findPrice(const MappedKernel &kernel, unsigned number,
                                  int64_t index) {
  KernelOpInterface op = kernel.op;
  Tile tile = op.getTaskResult(index);
  auto [entry, isNew] = prices.try_emplace(
      {number, std::vector<int64_t>(tile.sizes.begin(), tile.sizes.end())});
  if (isNew) {
    std::string reason = "it has no cost model";
    Work work = op.getTileWork(tile);
    if (kernel.hasLoads)
      work.parameterBytes = 0;
    if (auto core = dyn_cast<ResourceModelOpInterface>(kernel.core))
      entry->second = core.price(work, &reason);
    if (!entry->second) {
      InFlightDiagnostic error = context.violations.report(Rule::Prices);
      error << "kernel \"" << kernel.name
            << "\" cannot run on its core: " << reason;
      error.attachNote(kernel.core->getLoc()) << "core declared here";
    }
  }
  return entry->second ? &*entry->second : nullptr;
}

/// Whether a kernel's place has a node.
static bool hasNode(Operation *place, noc::Node node) {
  if (auto host = dyn_cast<arch::HostOp>(place)) {
    ArrayRef<int64_t> at = host.getNode();
    return node == noc::Node{at[0], at[1], at[2]};
  }
  auto tier = cast<arch::TierOp>(place);
  return node.z == static_cast<int64_t>(tier.getLevel()) &&
         node.x < tier.getGrid()[0] && node.y < tier.getGrid()[1];
}

void TaskCheck::checkNode(const MappedKernel &kernel, unsigned task) {
  noc::Node node = tasks[task].node;
  if (!hasNode(kernel.place, node)) {
    InFlightDiagnostic error = fail(Rule::Tasks, task);
    error << "runs at node " << noc::toString(node) << ", which is not one of @"
          << SymbolTable::getSymbolName(kernel.place).getValue();
    error.attachNote(kernel.op->getLoc()) << "kernel assigned here";
    return;
  }
  std::optional<noc::Node> placed = kernel.getNode(tasks[task].part.index);
  if (!placed || *placed == node)
    return;
  InFlightDiagnostic error = fail(Rule::Tasks, task);
  error << "runs at node " << noc::toString(node)
        << ", but the model places it at " << noc::toString(*placed);
  error.attachNote(kernel.op->getLoc()) << "kernel placed here";
}

void TaskCheck::checkPrice(unsigned task, const Price &price,
                           const Twine &where) {
  const v1::Task &message = tasks.getMessage(task);
  priced += price.energy;
  if (Picoseconds(message.duration_ps()) != price.duration)
    fail(Rule::Prices, task) << "takes " << message.duration_ps() << " ps, but "
                             << where << " needs " << price.duration.count();
  Femtojoules energy = price.energy.total();
  if (!message.has_energy_fj())
    fail(Rule::Prices, task)
        << "states no energyFj, but " << where << " needs " << energy.count();
  else if (Femtojoules(message.energy_fj()) != energy)
    fail(Rule::Prices, task) << "takes " << message.energy_fj() << " fJ, but "
                             << where << " needs " << energy.count();
}

void TaskCheck::checkUses(unsigned task, ArrayRef<Holding> expected) {
  std::vector<Holding> found;
  for (const v1::Use &use : tasks.getMessage(task).uses())
    found.push_back({describe(context.schedule.resources(use.resource())),
                     use.offset_ps(), use.length_ps()});
  for (const Holding &holding : expected)
    if (!llvm::is_contained(found, holding))
      fail(Rule::Tasks, task)
          << "does not hold " << holding.resource << " for " << holding.length
          << " ps from " << holding.offset << " ps after its start on, as it "
          << "must";
  for (const Holding &holding : found)
    if (!llvm::is_contained(expected, holding))
      fail(Rule::Tasks, task)
          << "holds " << holding.resource << " for " << holding.length
          << " ps, which it does not need";
  if (found.size() > expected.size())
    fail(Rule::Tasks, task) << "holds " << found.size()
                            << " resources, expected " << expected.size();
}

void TaskCheck::checkResultBits(unsigned task, int64_t bits) {
  const v1::Task &message = tasks.getMessage(task);
  if (!message.has_result_bits() && bits != 0)
    fail(Rule::Tasks, task)
        << "states no resultBits, but its results have " << bits;
  else if (message.result_bits() != bits)
    fail(Rule::Tasks, task)
        << "leaves " << message.result_bits()
        << " bits in the buffer of its node, but its results have " << bits;
}

void TaskCheck::checkKernelTask(unsigned task) {
  const Part &part = tasks[task].part;
  const MappedKernel &kernel = model.getKernels()[part.number];
  checkNode(kernel, task);
  checkResultBits(task, getResultBits(model, part));
  const Price *price = findPrice(kernel, part.number, part.index);
  if (!price)
    return;
  checkPrice(task, *price,
             "@" + SymbolTable::getSymbolName(kernel.core).getValue());
  int64_t duration = price->duration.count();
  SmallVector<Holding> uses = {
      {nameUnit(tasks[task].node, getUnit(model, kernel)), 0, duration}};
  if (price->stream > Picoseconds()) {
    arch::MemoryOp memory = arch::getParameterMemory(kernel.place);
    ArrayRef<int64_t> node = memory.getNode();
    uses.push_back({nameUnit({node[0], node[1], node[2]}, memory.getSymName()),
                    0, price->stream.count()});
  }
  checkUses(task, uses);
}

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

/// What brings a weight runs at the node of the weight, and holds the memory
/// from which it reads for the time of the bytes.
void TaskCheck::checkWeightTask(unsigned task, noc::Node node, StringRef unit,
                                const Price &price, Operation *memory) {
  if (tasks[task].node != node)
    fail(Rule::Tasks, task)
        << "runs at node " << noc::toString(tasks[task].node)
        << ", but brings a weight to " << noc::toString(node);
  StringRef name = SymbolTable::getSymbolName(memory).getValue();
  checkPrice(task, price, "@" + name);
  ArrayRef<int64_t> at = isa<arch::MemoryOp>(memory)
                             ? cast<arch::MemoryOp>(memory).getNode()
                             : cast<arch::HostOp>(memory).getNode();
  checkUses(task,
            {{nameUnit(node, unit), 0, price.duration.count()},
             {nameUnit({at[0], at[1], at[2]}, name), 0, price.stream.count()}});
}

void TaskCheck::checkLoad(unsigned task) {
  const Part &part = tasks[task].part;
  const MappedKernel &kernel = model.getKernels()[part.number];
  checkResultBits(task, getResultBits(model, part));
  std::optional<unsigned> reader =
      tasks.find({Part::Kind::Kernel, part.number, part.index});
  if (!reader)
    return;
  KernelOpInterface op = kernel.op;
  auto core = cast<arch::SystolicOp>(kernel.core);
  ParameterLoad load = loadParameters(
      getCore(core), op.getTileWork(op.getTaskResult(part.index)));
  checkWeightTask(task, tasks[*reader].node, "loader", load.price,
                  core.getMemoryOp());
}

void TaskCheck::checkWrite(unsigned task) {
  const Part &part = tasks[task].part;
  const RewrittenWeight &weight = model.getRewritten()[part.number];
  checkResultBits(task, 0);
  checkWeightTask(task, weight.getNode(part.index).value_or(tasks[task].node),
                  weight.getUnit(),
                  priceRewrite(weight.op, model.getMachine(), model.getOuter()),
                  model.getOuter());
}

void TaskCheck::checkOuterPlace(unsigned task) {
  checkUses(task, Holding{nameUnit(model.getOuterNode(), model.getOuterName()),
                          0, tasks.getMessage(task).duration_ps()});
}

void TaskCheck::checkInput(unsigned task) {
  const Part &part = tasks[task].part;
  int64_t bytes = getResultBits(model, part) / 8;
  checkOuterPlace(task);
  checkResultBits(task, getResultBits(model, part));
  checkPrice(task, priceOuter(model.getOuter(), bytes),
             "@" + model.getOuterName());
}

void TaskCheck::checkOutput(unsigned task) {
  const Part &part = tasks[task].part;
  const Piece &piece = model.getOutputPieces(part.number)[part.index];
  checkOuterPlace(task);
  checkResultBits(task, 0);
  int64_t bytes = getTileBytes(piece.source, piece.tile.numElements());
  checkPrice(task, priceOuter(model.getOuter(), bytes),
             "@" + model.getOuterName() + " for " + Twine(bytes) + " bytes");
}

EnergyBreakdown atleus::checkTasks(const CheckContext &context) {
  TaskCheck check(context);
  for (unsigned i = 0; i < context.tasks.size(); ++i) {
    const ScheduledTask &task = context.tasks[i];
    if (!task.isCompute())
      continue;
    switch (task.part.kind) {
    case Part::Kind::Kernel:
      check.checkKernelTask(i);
      break;
    case Part::Kind::Input:
      check.checkInput(i);
      break;
    case Part::Kind::Output:
      check.checkOutput(i);
      break;
    case Part::Kind::Load:
      check.checkLoad(i);
      break;
    case Part::Kind::Write:
      check.checkWrite(i);
      break;
    case Part::Kind::Unknown:
      break;
    }
  }
  return check.priced;
}
