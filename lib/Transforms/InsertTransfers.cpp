// Transfers between kernels whose tasks run on different nodes.
#include "atleus/Transforms/Passes.h"

#include "DataFlows.h"
#include "Routes.h"

#include "atleus/Cost/MachineRouting.h"
#include "dialects/Arch/MachineLookup.h"

#include "mlir/IR/Builders.h"

#include <utility>

namespace atleus {
#define GEN_PASS_DEF_INSERTTRANSFERS
#include "atleus/Transforms/Passes.h.inc"
} // namespace atleus

using namespace mlir;
using namespace atleus;

namespace {
/// Where a kernel runs, or where results of the function go.
struct Place {
  StringAttr symbol;
  noc::NodesAttr nodes;

  bool operator==(const Place &other) const {
    return symbol == other.symbol && nodes == other.nodes;
  }
};

using ValueAt = std::pair<Value, unsigned>;
using NodePair = std::pair<noc::Node, noc::Node>;

class TransferInsertion {
public:
  TransferInsertion(func::FuncOp function, const OuterPlace &outer,
                    const NoCRouting &routing)
      : function(function), outer(outer), routing(routing),
        flows(function, outer), lastPlaces(flows.getFlows().size(), ~0u) {}

  void insert();

  int64_t numTransfers = 0, numBytes = 0, numByteLinks = 0;

private:
  unsigned getPlace(Operation *consumer);
  StringAttr getSourceTier(Value source);
  Place getSourcePlace(Value source);
  noc::RouteAttr getRouteBetween(noc::Node from, noc::Node to);
  void collectRoutes(Operation *consumer);
  void rewrite(Operation *consumer);
  Value getValueAt(Value value, unsigned place, OpBuilder &builder);
  Value createTransfer(Value source, unsigned place, OpBuilder &builder);

  func::FuncOp function;
  const OuterPlace &outer;
  const NoCRouting &routing;
  DataFlows flows;
  std::vector<Place> places;
  /// By flow, the place for which its route was collected last.
  std::vector<unsigned> lastPlaces;
  /// Of a source that moves for the kernels of a place, the pairs of nodes
  /// between which it does.
  llvm::DenseMap<ValueAt, std::vector<NodePair>> routes;
  /// By the numbers of its ends, each route that was asked for.
  llvm::DenseMap<std::pair<unsigned, unsigned>, noc::RouteAttr> knownRoutes;
  /// Values and views of them as the kernels of a place see them.
  llvm::DenseMap<ValueAt, Value> moved;
};
} // namespace

/// The place of a kernel, or of what returns from the function.
unsigned TransferInsertion::getPlace(Operation *consumer) {
  MLIRContext *context = consumer->getContext();
  Place place = {outer.symbol, noc::NodesAttr::get(context, outer.node)};
  if (auto kernel = dyn_cast<KernelOpInterface>(consumer))
    place = {kernel.getKernelTier().getAttr(),
             noc::NodesAttr::fromCoordinates(context, kernel.getKernelNodes())};
  auto found = llvm::find(places, place);
  if (found != places.end())
    return found - places.begin();
  places.push_back(place);
  return places.size() - 1;
}

StringAttr TransferInsertion::getSourceTier(Value source) {
  auto kernel = dyn_cast_or_null<KernelOpInterface>(source.getDefiningOp());
  return kernel ? kernel.getKernelTier().getAttr() : outer.symbol;
}

Place TransferInsertion::getSourcePlace(Value source) {
  auto kernel = dyn_cast_or_null<KernelOpInterface>(source.getDefiningOp());
  MLIRContext *context = source.getContext();
  if (!kernel)
    return {outer.symbol, noc::NodesAttr::get(context, outer.node)};
  return {kernel.getKernelTier().getAttr(),
          noc::NodesAttr::fromCoordinates(context, kernel.getKernelNodes())};
}

void TransferInsertion::collectRoutes(Operation *consumer) {
  unsigned place = getPlace(consumer);
  for (const Need &need : flows.getNeeds(consumer)) {
    // Many tasks of a kernel need the same.
    if (std::exchange(lastPlaces[need.flow], place) == place)
      continue;
    const Flow &flow = flows.getFlows()[need.flow];
    // Memory and host may be at a node of a tier: then data moves, but not
    // over the network.
    if (!flow.isLocal())
      routes[{flow.source, place}].emplace_back(flow.from, flow.to);
    else if (getSourceTier(flow.source) != places[place].symbol)
      routes.try_emplace({flow.source, place});
  }
}

noc::RouteAttr TransferInsertion::getRouteBetween(noc::Node from,
                                                  noc::Node to) {
  const NoCTopology &network = routing.topology();
  noc::RouteAttr &route = knownRoutes[{network.numberOf(toCoordinate(from)),
                                       network.numberOf(toCoordinate(to))}];
  if (!route)
    route = getRoute(function.getContext(), routing, from, to);
  return route;
}

Value TransferInsertion::createTransfer(Value source, unsigned place,
                                        OpBuilder &builder) {
  std::vector<NodePair> &pairs = routes[{source, place}];
  llvm::sort(pairs);
  pairs.erase(llvm::unique(pairs), pairs.end());
  SmallVector<Attribute> paths;
  paths.reserve(pairs.size());
  for (const auto &[from, to] : pairs)
    paths.push_back(getRouteBetween(from, to));
  Place from = getSourcePlace(source), to = places[place];
  ++numTransfers;
  return noc::TransferOp::create(builder, source.getLoc(), source.getType(),
                                 source, FlatSymbolRefAttr::get(from.symbol),
                                 from.nodes, FlatSymbolRefAttr::get(to.symbol),
                                 to.nodes, builder.getArrayAttr(paths));
}

/// `value` at a place: through a transfer if it is moved, or the same view of
/// what is.
Value TransferInsertion::getValueAt(Value value, unsigned place,
                                    OpBuilder &builder) {
  auto known = moved.find({value, place});
  if (known != moved.end())
    return known->second;
  Value result = value;
  Operation *op = value.getDefiningOp();
  if (!op || !passesData(op)) {
    if (routes.contains({value, place}))
      result = createTransfer(value, place, builder);
  } else {
    SmallVector<Value> operands;
    for (Value operand : op->getOperands())
      operands.push_back(isMoved(operand) ? getValueAt(operand, place, builder)
                                          : operand);
    if (!llvm::equal(operands, op->getOperands())) {
      Operation *view = builder.clone(*op);
      view->setOperands(operands);
      result = view->getResult(0);
    }
  }
  moved[{value, place}] = result;
  return result;
}

void TransferInsertion::rewrite(Operation *consumer) {
  OpBuilder builder(consumer);
  unsigned place = getPlace(consumer);
  for (OpOperand &operand : consumer->getOpOperands())
    if (isMoved(operand.get()))
      operand.set(getValueAt(operand.get(), place, builder));
}

void TransferInsertion::insert() {
  SmallVector<Operation *> consumers, views;
  function.walk([&](Operation *op) {
    if (isa<KernelOpInterface, func::ReturnOp>(op))
      consumers.push_back(op);
    else if (passesData(op))
      views.push_back(op);
  });
  for (Operation *consumer : consumers)
    collectRoutes(consumer);
  for (Operation *consumer : consumers)
    rewrite(consumer);
  // Views that only stood before what is now a transfer.
  for (Operation *view : llvm::reverse(views))
    if (view->use_empty())
      view->erase();
  for (const Flow &flow : flows.getFlows()) {
    if (flow.isLocal())
      continue;
    int64_t bytes = flow.getBytes();
    auto numLinks = static_cast<int64_t>(
        getRouteBetween(flow.from, flow.to).getHops().size());
    numBytes += bytes;
    numByteLinks += bytes * numLinks;
  }
}

namespace {
struct InsertTransfersPass
    : public atleus::impl::InsertTransfersBase<InsertTransfersPass> {
  void runOnOperation() override {
    FailureOr<arch::MachineOp> machine = arch::findMachine(getOperation());
    if (failed(machine) || failed(checkPlaced(getOperation(), *machine)))
      return signalPassFailure();
    FailureOr<NoCRouting> routing = getRouting(machine->getNoC());
    if (failed(routing))
      return signalPassFailure();
    OuterPlace outer(*machine);
    for (auto function : getOperation().getOps<func::FuncOp>()) {
      TransferInsertion insertion(function, outer, *routing);
      insertion.insert();
      numTransfers += insertion.numTransfers;
      numBytes += insertion.numBytes;
      numByteLinks += insertion.numByteLinks;
    }
  }
};
} // namespace
