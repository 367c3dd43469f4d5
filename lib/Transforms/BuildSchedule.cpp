// From kernels on nodes to a scheduling problem: tasks, transfers and what they
// wait for.
#include "atleus/Transforms/Passes.h"

#include "DataFlows.h"
#include "Routes.h"
#include "TaskEmitter.h"
#include "TaskGranularity.h"
#include "TaskPrices.h"
#include "TransferEmitter.h"
#include "WeightTasks.h"

#include "atleus/Cost/MachineConstants.h"
#include "atleus/Cost/MachineRouting.h"
#include "atleus/Scheduling/LoadBuffers.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/PIM/PIM.h"
#include "dialects/Sched/Sched.h"
#include "dialects/Sched/TransferPath.h"

#include "mlir/IR/Builders.h"

#include <map>

namespace atleus {
#define GEN_PASS_DEF_BUILDSCHEDULE
#include "atleus/Transforms/Passes.h.inc"
} // namespace atleus

using namespace mlir;
using namespace atleus;

namespace {
class ScheduleBuilder {
public:
  ScheduleBuilder(func::FuncOp function, arch::MachineOp machine,
                  const NoCRouting &routing)
      : function(function), machine(machine), outer(machine),
        flows(function, outer),
        groups(flows.getFlows(), routing, machine.getNoC()),
        builder(function.getContext()), tasks(builder), loads(tasks),
        writes(tasks, machine, outer),
        transfers(tasks, getConstants(machine.getNoC())),
        events(flows.getFlows().size()) {}

  LogicalResult build(sched::ScheduleOp schedule);

  int64_t getNumTasks() const { return tasks.numTasks; }
  int64_t getNumTransfers() const { return transfers.numTransfers; }
  int64_t getNumBarriers() const { return tasks.numBarriers; }

private:
  void addProgram(pim::ProgramOp program);
  LogicalResult addKernel(KernelOpInterface kernel);
  LogicalResult addResults(func::ReturnOp op);

  /// The event after which the data of a flow is on its node.
  FailureOr<Value> getEvent(unsigned flow);
  FailureOr<Value> getSourceEvent(const Flow &flow);
  FailureOr<Value> readArgument(const Flow &flow);
  StringAttr getSourceName(Value source);
  void gatherTransfers();
  sched::TaskOp addOuterTask(Location location, const Twine &name,
                             int64_t index, int64_t bytes, ValueRange after);
  void countLocalBits();
  LogicalResult addWeightTask(KernelOpInterface kernel, Operation *core,
                              TaskPrices &prices, int64_t task,
                              llvm::SmallSetVector<Value, 8> &after);

  /// What each task of a kernel waits for.
  FailureOr<std::vector<SmallVector<Value>>>
  getDependences(KernelOpInterface kernel);
  StringAttr getUnit(KernelOpInterface kernel);
  std::string getArgumentName(BlockArgument argument);

  func::FuncOp function;
  arch::MachineOp machine;
  OuterPlace outer;
  DataFlows flows;
  TransferGroups groups;
  OpBuilder builder;
  TaskEmitter tasks;
  WeightLoads loads;
  SlotWrites writes;
  TransferEmitter transfers;
  /// By flow; null as long as nobody asked.
  std::vector<Value> events;
  llvm::DenseMap<Operation *, SmallVector<Value>> taskEvents;
  /// By kernel and task, the bits of its results that its own node reads.
  llvm::DenseMap<std::pair<Operation *, int64_t>, int64_t> localBits;
  /// Reads of tiles of arguments.
  llvm::DenseMap<std::pair<Value, int64_t>, Value> reads;
};
} // namespace

static DictionaryAttr toAttribute(Builder &builder,
                                  const EnergyBreakdown &energy) {
  SmallVector<NamedAttribute> entries;
  for (unsigned i = 0; i < numEnergyComponents; ++i) {
    auto component = static_cast<EnergyComponent>(i);
    entries.push_back(builder.getNamedAttr(
        stringify(component),
        builder.getI64IntegerAttr(energy[component].count())));
  }
  return builder.getDictionaryAttr(entries);
}

//===----------------------------------------------------------------------===//
// Tasks
//===----------------------------------------------------------------------===//

/// The unit of a node that runs the tasks of a kernel: the arrays of its
/// weight, the systolic array for products and the vector unit for the rest,
/// the whole of a processor, or the host.
StringAttr ScheduleBuilder::getUnit(KernelOpInterface kernel) {
  Operation *place = arch::lookupPlace(machine, kernel.getKernelTier());
  if (isa<arch::HostOp>(place))
    return builder.getStringAttr("host");
  if (isa<arch::ProcessorOp>(arch::getPricedOp(place)))
    return builder.getStringAttr("core");
  if (auto product = dyn_cast<pim::MVMOp>(kernel.getOperation()))
    return builder.getStringAttr(
        getArraysUnit(product.getArray().getDefiningOp<pim::ProgramOp>(),
                      nn::getKernelName(kernel)));
  Work work = cast<WorkOpInterface>(kernel.getOperation()).getWork();
  return builder.getStringAttr(work.products.empty() ? "vector" : "array");
}

FailureOr<std::vector<SmallVector<Value>>>
ScheduleBuilder::getDependences(KernelOpInterface kernel) {
  ArrayRef<Need> needs = flows.getNeeds(kernel);
  auto numbers =
      llvm::map_to_vector(needs, [](const Need &need) { return need.flow; });
  // The flows of a task through one operand are often those of its neighbours:
  // all keys of a head, for instance.
  struct Flows {
    int64_t uses = 0;
    Value barrier;
  };
  llvm::DenseMap<ArrayRef<unsigned>, Flows> known;
  std::vector<std::pair<int64_t, ArrayRef<unsigned>>> lists;
  for (size_t begin = 0, end = 0; begin < needs.size(); begin = end) {
    auto [task, operand, flow, bytes] = needs[begin];
    while (end < needs.size() && needs[end].task == task &&
           needs[end].operand == operand)
      ++end;
    lists.emplace_back(task, ArrayRef(numbers).slice(begin, end - begin));
    ++known[lists.back().second].uses;
  }
  std::vector<SmallVector<Value>> result(kernel.getNumTasks());
  for (const auto &[task, list] : lists) {
    auto &[uses, barrier] = known.find(list)->second;
    if (barrier) {
      result[task].push_back(barrier);
      continue;
    }
    // Flows that are sent together have one event.
    llvm::SmallSetVector<Value, 8> after;
    for (unsigned flow : list) {
      FailureOr<Value> event = getEvent(flow);
      if (failed(event))
        return failure();
      after.insert(*event);
    }
    if (after.size() <= 2 || uses == 1) {
      llvm::append_range(result[task], after);
      continue;
    }
    barrier =
        sched::BarrierOp::create(builder, kernel->getLoc(), after.getArrayRef(),
                                 /*start_ps=*/nullptr);
    result[task].push_back(barrier);
    ++tasks.numBarriers;
  }
  return result;
}

/// What a task leaves at its node of all results of its kernel: of each as many
/// elements as of the first one, whose tile the task computes.
static int64_t countResultBits(KernelOpInterface kernel, int64_t task) {
  int64_t tile = kernel.getTaskResult(task).numElements();
  bool whole = kernel.getNumTasks() == 1;
  int64_t bits = 0;
  for (Value result : kernel->getResults()) {
    int64_t all = cast<RankedTensorType>(result.getType()).getNumElements();
    bits += getBytes(result, whole ? all : std::min(tile, all)) * 8;
  }
  return bits;
}

/// Whether a memory or a host at `node` holds a source, beside the core there.
static bool isBeside(Value source, noc::Node node, const OuterPlace &outer) {
  Operation *producer = source.getDefiningOp();
  if (!producer)
    return outer.node == node;
  return isa<nn::HostOp>(producer) &&
         getTaskNode(cast<KernelOpInterface>(producer), 0) == node;
}

/// Whether a value comes from a memory or a host, at whatever node.
static bool comesFromOutside(Value value) {
  Operation *producer = value.getDefiningOp();
  if (!producer)
    return true;
  return passesData(producer)
             ? llvm::any_of(producer->getOperands(), comesFromOutside)
             : isa<nn::HostOp>(producer);
}

/// By task, the bits that it reads of a memory or a host beside its node. They
/// come to the core without the network and without an op of their own.
static std::vector<int64_t> countReadBits(KernelOpInterface kernel,
                                          const OuterPlace &outer) {
  std::vector<int64_t> bits(kernel.getNumTasks());
  if (isa<nn::HostOp>(kernel) ||
      llvm::none_of(kernel->getOperands(), comesFromOutside))
    return bits;
  forEachRead(kernel, [&](const TaskRead &read) {
    noc::Node node = getTaskNode(kernel, read.task);
    for (const DataTile &data : read.sources)
      if (isBeside(data.source, node, outer))
        bits[read.task] += getBytes(data.source, data.tile.numElements()) * 8;
  });
  return bits;
}

void ScheduleBuilder::countLocalBits() {
  for (const Flow &flow : flows.getFlows())
    if (Operation *producer = flow.source.getDefiningOp();
        producer && flow.isLocal())
      localBits[{producer, flow.task}] += flow.getBytes() * 8;
}

/// The weights of a slot that a product of `kernel` multiplies by, or null.
static pim::ProgramOp getRewritten(KernelOpInterface kernel) {
  auto product = dyn_cast<pim::MVMOp>(kernel.getOperation());
  auto program = product ? product.getArray().getDefiningOp<pim::ProgramOp>()
                         : pim::ProgramOp();
  return program && program.getSlot() ? program : pim::ProgramOp();
}

/// Where the weight of a task has to be brought first, adds what brings it.
LogicalResult
ScheduleBuilder::addWeightTask(KernelOpInterface kernel, Operation *core,
                               TaskPrices &prices, int64_t task,
                               llvm::SmallSetVector<Value, 8> &after) {
  noc::Node node = getTaskNode(kernel, task);
  if (prices.hasLoads())
    after.insert(loads.add(kernel, task, node, cast<arch::SystolicOp>(core),
                           prices.getLoad(task)));
  pim::ProgramOp program = getRewritten(kernel);
  if (!program)
    return success();
  if (Value written = writes.getWritten(program, node)) {
    after.insert(written);
    return success();
  }
  InFlightDiagnostic error = kernel->emitOpError()
                             << "is at node " << noc::toString(node)
                             << ", where its weight is not written";
  error.attachNote(program.getLoc()) << "weight placed here";
  return error;
}

LogicalResult ScheduleBuilder::addKernel(KernelOpInterface kernel) {
  FailureOr<Operation *> place = arch::findPlace(machine, kernel);
  if (failed(place))
    return failure();
  FailureOr<std::vector<SmallVector<Value>>> dependences =
      getDependences(kernel);
  if (failed(dependences))
    return failure();
  Operation *core = arch::getPricedOp(*place);
  TaskPrices prices(kernel, core);
  StringAttr name = builder.getStringAttr(nn::getKernelName(kernel));
  StringAttr unit = getUnit(kernel);
  arch::MemoryOp memory = arch::getParameterMemory(*place);
  pim::ProgramOp rewritten = getRewritten(kernel);
  if (rewritten &&
      failed(writes.write(rewritten, cast<pim::MVMOp>(kernel.getOperation()))))
    return failure();
  SmallVector<Value> &done = taskEvents[kernel];
  TaskLayout layout(kernel);
  std::vector<int64_t> readBits = countReadBits(kernel, outer);
  for (auto [task, after] : llvm::enumerate(*dependences)) {
    FailureOr<Price> price = prices.get(task);
    if (failed(price))
      return failure();
    noc::Node node = layout.getNode(task);
    llvm::SmallSetVector<Value, 8> unique(after.begin(), after.end());
    if (failed(addWeightTask(kernel, core, prices, task, unique)))
      return failure();
    sched::TaskOp built = tasks.addTask(kernel->getLoc(), name, task, node,
                                        unit, unique.getArrayRef(), *price);
    if (price->stream > Picoseconds())
      setStream(built, memory.getSymNameAttr(), noc::toNode(memory.getNode()),
                price->stream);
    int64_t resultBits = countResultBits(kernel, task);
    built.setResultBits(resultBits);
    if (int64_t local = localBits.lookup({kernel, task}); local < resultBits)
      built->setAttr(scheduling::localBitsAttribute,
                     builder.getI64IntegerAttr(local));
    if (readBits[task] > 0)
      built->setAttr(scheduling::readBitsAttribute,
                     builder.getI64IntegerAttr(readBits[task]));
    done.push_back(built);
    if (prices.hasLoads())
      loads.setUse(node, built);
    if (rewritten)
      writes.addUse(rewritten, node, built);
  }
  return success();
}

/// Weights of a slot are written by tasks instead.
void ScheduleBuilder::addProgram(pim::ProgramOp program) {
  if (program.getSlot())
    return;
  CrossbarProgramming cost = priceProgram(program, machine);
  sched::ProgramOp::create(
      builder, program.getLoc(),
      builder.getStringAttr(nn::getKernelName(program)),
      noc::NodesAttr::fromCoordinates(builder.getContext(),
                                      *program.getNodes()),
      builder.getI64IntegerAttr(program.getType().getNumArrays() *
                                program.getReplicas()),
      builder.getI64IntegerAttr(cost.duration.count()),
      builder.getI64IntegerAttr(cost.energy.count() * program.getReplicas()));
}

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

sched::TaskOp ScheduleBuilder::addOuterTask(Location location,
                                            const Twine &name, int64_t index,
                                            int64_t bytes, ValueRange after) {
  sched::TaskOp task =
      tasks.addTask(location, builder.getStringAttr(name), index, outer.node,
                    outer.symbol, after, priceOuter(outer.op, bytes));
  task.setBytes(bytes);
  return task;
}

std::string ScheduleBuilder::getArgumentName(BlockArgument argument) {
  auto name = function.getArgAttrOfType<StringAttr>(argument.getArgNumber(),
                                                    nn::nameAttribute);
  return name ? name.str() : std::to_string(argument.getArgNumber());
}

FailureOr<Value> ScheduleBuilder::readArgument(const Flow &flow) {
  Value &event = reads[{flow.source, flow.task}];
  if (event)
    return event;
  auto argument = cast<BlockArgument>(flow.source);
  sched::TaskOp read =
      addOuterTask(argument.getLoc(), "input:" + getArgumentName(argument),
                   flow.task, flow.getBytes(), {});
  read.setResultBits(flow.getBytes() * 8);
  return event = read.getEvent();
}

LogicalResult ScheduleBuilder::addResults(func::ReturnOp op) {
  std::map<unsigned, int64_t> written;
  for (const Need &need : flows.getNeeds(op)) {
    FailureOr<Value> event = getEvent(need.flow);
    if (failed(event))
      return failure();
    auto name = function.getResultAttrOfType<StringAttr>(need.operand,
                                                         nn::nameAttribute);
    std::string text = name ? name.str() : std::to_string(need.operand);
    addOuterTask(op.getLoc(), "output:" + text, written[need.operand]++,
                 need.bytes, *event);
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Transfers
//===----------------------------------------------------------------------===//

/// How many times as many entries as it may have a schedule has at most. When
/// the sizes of tasks are chosen, transfers are estimated.
static constexpr int64_t toleratedEntries = 2;

/// Where the schedule would have far more entries than its kernels may have,
/// sends results of several tasks together.
void ScheduleBuilder::gatherTransfers() {
  int64_t kernels = 0, computing = 0;
  function.walk([&](KernelOpInterface kernel) {
    ++kernels;
    computing += kernel.getNumTasks();
  });
  auto entries = computing + static_cast<int64_t>(groups.getGroups().size());
  int64_t most = maxEntriesPerKernel * kernels;
  // Where the tasks alone are too many, some transfers stay apart all the same.
  if (entries > toleratedEntries * most)
    groups.gather(flows.numberReaders(function),
                  std::max(most - computing, most / 4));
}

/// The event after which the data of a flow is on the node where it is made.
FailureOr<Value> ScheduleBuilder::getSourceEvent(const Flow &flow) {
  if (Operation *producer = flow.source.getDefiningOp())
    return taskEvents[producer][flow.task];
  return readArgument(flow);
}

/// The tasks whose results are sent, in order, without the first.
static SmallVector<int64_t> getFurtherTasks(const TransferGroup &group,
                                            ArrayRef<Flow> flows) {
  SmallVector<int64_t> tasks;
  for (unsigned flow : group.flows)
    tasks.push_back(flows[flow].task);
  tasks.erase(llvm::unique(tasks), tasks.end());
  tasks.erase(tasks.begin());
  return tasks;
}

FailureOr<Value> ScheduleBuilder::getEvent(unsigned number) {
  if (events[number])
    return events[number];
  const Flow &flow = flows.getFlows()[number];
  if (flow.isLocal()) {
    FailureOr<Value> event = getSourceEvent(flow);
    if (succeeded(event))
      events[number] = *event;
    return event;
  }
  const TransferGroup &group = groups.getGroupOf(number);
  llvm::SmallSetVector<Value, 4> after;
  for (unsigned other : group.flows) {
    FailureOr<Value> event = getSourceEvent(flows.getFlows()[other]);
    if (failed(event))
      return failure();
    after.insert(*event);
  }
  const Flow &first = flows.getFlows()[group.flows.front()];
  sched::TransferOp transfer =
      transfers.add(first.source.getLoc(), getSourceName(first.source),
                    first.task, group, after.getArrayRef());
  if (SmallVector<int64_t> further = getFurtherTasks(group, flows.getFlows());
      !further.empty())
    transfer->setAttr(sched::gathersAttribute,
                      builder.getDenseI64ArrayAttr(further));
  for (unsigned other : group.flows)
    events[other] = transfer;
  return events[number];
}

StringAttr ScheduleBuilder::getSourceName(Value source) {
  if (Operation *producer = source.getDefiningOp())
    return producer->getAttrOfType<StringAttr>(nn::nameAttribute);
  return builder.getStringAttr("input:" +
                               getArgumentName(cast<BlockArgument>(source)));
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

LogicalResult ScheduleBuilder::build(sched::ScheduleOp schedule) {
  builder.setInsertionPointToStart(&schedule.getBody().front());
  gatherTransfers();
  countLocalBits();
  function.walk([&](pim::ProgramOp program) { addProgram(program); });
  WalkResult walk = function.walk([&](Operation *op) {
    if (auto kernel = dyn_cast<KernelOpInterface>(op))
      return WalkResult(addKernel(kernel));
    if (auto end = dyn_cast<func::ReturnOp>(op))
      return WalkResult(addResults(end));
    return WalkResult::advance();
  });
  if (walk.wasInterrupted())
    return failure();
  schedule->setAttr("sched.energy_fj", toAttribute(builder, tasks.energy));
  return success();
}

namespace {
struct BuildSchedulePass
    : public atleus::impl::BuildScheduleBase<BuildSchedulePass> {
  void runOnOperation() override {
    FailureOr<arch::MachineOp> machine = arch::findMachine(getOperation());
    if (failed(machine) || failed(checkPlaced(getOperation(), *machine)) ||
        failed(checkNames(getOperation())))
      return signalPassFailure();
    FailureOr<NoCRouting> routing = getRouting(machine->getNoC());
    if (failed(routing))
      return signalPassFailure();
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (!function.isDeclaration() &&
          failed(build(function, *machine, *routing)))
        return signalPassFailure();
  }

private:
  LogicalResult build(func::FuncOp function, arch::MachineOp machine,
                      const NoCRouting &routing) {
    OpBuilder builder(&getContext());
    builder.setInsertionPointAfter(function);
    std::string name = (function.getName() + "_schedule").str();
    auto schedule = sched::ScheduleOp::create(
        builder, function.getLoc(), name,
        getOperation().getName().value_or(function.getName()),
        machine.getSymName());
    ScheduleBuilder problem(function, machine, routing);
    if (failed(problem.build(schedule)))
      return failure();
    numTasks += problem.getNumTasks();
    numTransfers += problem.getNumTransfers();
    numBarriers += problem.getNumBarriers();
    return success();
  }

  /// Tasks are known by the names of their kernels.
  LogicalResult checkNames(ModuleOp module) {
    llvm::StringMap<Operation *> kernels;
    WalkResult walk = module.walk([&](KernelOpInterface kernel) {
      StringRef name = nn::getKernelName(kernel);
      if (name.empty()) {
        kernel->emitOpError() << "has no '" << nn::nameAttribute
                              << "', by which its tasks are known";
        return WalkResult::interrupt();
      }
      auto [place, inserted] = kernels.try_emplace(name, kernel);
      if (inserted)
        return WalkResult::advance();
      InFlightDiagnostic error = kernel->emitOpError()
                                 << "has the name \"" << name
                                 << "\" of another kernel";
      error.attachNote(place->second->getLoc()) << "other kernel";
      return WalkResult(error);
    });
    return failure(walk.wasInterrupted());
  }
};
} // namespace
