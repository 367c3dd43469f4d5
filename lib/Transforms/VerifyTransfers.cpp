// Checks that every value is on the node where it is read.
#include "atleus/Transforms/Passes.h"

#include "DataFlows.h"
#include "Routes.h"

#include "atleus/Cost/MachineConstants.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/NN/NN.h"

#include "llvm/ADT/DenseSet.h"

#include <memory>

namespace atleus {
#define GEN_PASS_DEF_VERIFYTRANSFERS
#include "atleus/Transforms/Passes.h.inc"
} // namespace atleus

using namespace mlir;
using namespace atleus;

namespace {
/// One end of a use: who computes a value, or who reads it.
struct End {
  /// The kernel, or null for what is outside of the function.
  Operation *kernel;
  FlatSymbolRefAttr tier;
  noc::NodesAttr nodes;
  noc::Node node;
};

/// Where the tasks of a kernel are.
struct KernelPlace {
  explicit KernelPlace(KernelOpInterface kernel)
      : kernel(kernel), tier(kernel.getKernelTier()),
        nodes(noc::NodesAttr::fromCoordinates(kernel->getContext(),
                                              kernel.getKernelNodes())),
        tasks(kernel) {}

  End getEnd(int64_t task) const {
    return {kernel, tier, nodes, tasks.getNode(task)};
  }

  Operation *kernel;
  FlatSymbolRefAttr tier;
  noc::NodesAttr nodes;
  TaskLayout tasks;
};

class TransferCheck {
public:
  TransferCheck(const OuterPlace &outer) : outer(outer) {}

  LogicalResult checkKernel(KernelOpInterface kernel);
  LogicalResult checkReturn(func::ReturnOp op);

private:
  LogicalResult checkOperand(KernelOpInterface kernel, unsigned operand);
  End getOuterEnd(MLIRContext *context);
  const KernelPlace &getPlace(KernelOpInterface kernel);
  LogicalResult follow(Operation *reader, const End &to, Value value,
                       const Tile &tile, noc::TransferOp transfer);
  LogicalResult checkUse(Operation *reader, const End &from, const End &to,
                         Value source, noc::TransferOp transfer);
  bool hasRoute(noc::TransferOp transfer, noc::Node from, noc::Node to);

  const OuterPlace &outer;
  /// Ends of the routes of the transfers seen.
  using Ends = llvm::DenseSet<std::pair<int64_t, int64_t>>;
  llvm::DenseMap<Operation *, Ends> routes;
  /// Of the kernels that were looked at.
  llvm::DenseMap<Operation *, std::unique_ptr<KernelPlace>> places;
};
} // namespace

static std::string describe(const End &end) {
  if (!end.kernel)
    return "the function's inputs or results";
  StringRef name = nn::getKernelName(end.kernel);
  if (name.empty())
    name = end.kernel->getName().getStringRef();
  return ("kernel \"" + name + "\"").str();
}

End TransferCheck::getOuterEnd(MLIRContext *context) {
  return {nullptr, FlatSymbolRefAttr::get(outer.symbol),
          noc::NodesAttr::get(context, outer.node), outer.node};
}

const KernelPlace &TransferCheck::getPlace(KernelOpInterface kernel) {
  std::unique_ptr<KernelPlace> &place = places[kernel];
  if (!place)
    place = std::make_unique<KernelPlace>(kernel);
  return *place;
}

/// A number that is different for different nodes.
static int64_t toNumber(noc::Node node) {
  return (node.z << 40) | (node.y << 20) | node.x;
}

bool TransferCheck::hasRoute(noc::TransferOp transfer, noc::Node from,
                             noc::Node to) {
  auto [place, inserted] = routes.try_emplace(transfer);
  if (inserted && transfer.getRoutes())
    for (auto route : transfer.getRoutes()->getAsRange<noc::RouteAttr>())
      place->second.insert(
          {toNumber(route.getStart()), toNumber(route.getEnd())});
  return place->second.contains({toNumber(from), toNumber(to)});
}

/// Checks one use of data that `from` has and `to` reads.
LogicalResult TransferCheck::checkUse(Operation *reader, const End &from,
                                      const End &to, Value source,
                                      noc::TransferOp transfer) {
  auto fail = [&](InFlightDiagnostic error) -> LogicalResult {
    error.attachNote(source.getLoc())
        << (source.getDefiningOp() ? "computed here" : "declared here");
    return error;
  };
  auto place = [](const End &end) {
    std::string text;
    llvm::raw_string_ostream(text) << end.tier.getValue() << end.node;
    return text;
  };
  if (!transfer) {
    if (from.tier != to.tier)
      return fail(emitError(reader->getLoc())
                  << "value of " << describe(from) << " on tier " << from.tier
                  << " is used on tier " << to.tier << " by " << describe(to)
                  << " without a noc.transfer between them");
    if (from.node != to.node)
      return fail(emitError(reader->getLoc())
                  << "value of " << describe(from) << " at @" << place(from)
                  << " is used at @" << place(to) << " by " << describe(to)
                  << " without a noc.transfer between them");
    return success();
  }
  if (transfer.getFromAttr() != from.tier ||
      transfer.getFromNodes() != from.nodes)
    return fail(emitError(transfer.getLoc())
                << "transfer starts at other nodes than those of "
                << describe(from));
  if (transfer.getToAttr() != to.tier || transfer.getToNodes() != to.nodes)
    return fail(emitError(transfer.getLoc())
                << "transfer ends at other nodes than those of "
                << describe(to));
  if (from.node != to.node && !hasRoute(transfer, from.node, to.node))
    return fail(emitError(transfer.getLoc())
                << "transfer has no route from " << noc::toString(from.node)
                << " to " << noc::toString(to.node) << ", where "
                << describe(to) << " needs data of " << describe(from));
  return success();
}

/// Follows `tile` of `value` to the kernels that compute it. `transfer` is the
/// one that the data passes last, or null.
LogicalResult TransferCheck::follow(Operation *reader, const End &to,
                                    Value value, const Tile &tile,
                                    noc::TransferOp transfer) {
  if (tile.isEmpty() || !isMoved(value))
    return success();
  Operation *op = value.getDefiningOp();
  if (op && passesData(op)) {
    auto next = dyn_cast<noc::TransferOp>(op);
    if (next && transfer)
      return emitError(transfer.getLoc())
             << "transfer follows a transfer: data moves in one step";
    auto access = cast<AccessOpInterface>(op);
    for (auto [i, operand] : llvm::enumerate(op->getOperands()))
      if (failed(follow(reader, to, operand, access.getOperandTile(i, 0, tile),
                        next ? next : transfer)))
        return failure();
    return success();
  }
  auto producer = dyn_cast_or_null<KernelOpInterface>(op);
  if (!producer)
    return checkUse(reader, getOuterEnd(value.getContext()), to, value,
                    transfer);
  const KernelPlace &place = getPlace(producer);
  LogicalResult result = success();
  place.tasks.forEachPart(tile, [&](int64_t task, const Tile &) {
    if (succeeded(result))
      result = checkUse(reader, place.getEnd(task), to, value, transfer);
  });
  return result;
}

LogicalResult TransferCheck::checkKernel(KernelOpInterface kernel) {
  for (auto [i, operand] : llvm::enumerate(kernel->getOperands()))
    if (isMoved(operand) && failed(checkOperand(kernel, i)))
      return failure();
  return success();
}

LogicalResult TransferCheck::checkOperand(KernelOpInterface kernel,
                                          unsigned operand) {
  Tile tile;
  noc::Node node;
  const KernelPlace &place = getPlace(kernel);
  for (int64_t task = 0; task < place.tasks.size(); ++task) {
    End reader = place.getEnd(task);
    Tile next = getOperandTile(kernel, operand, place.tasks.getResult(task));
    // All queries of a head read the same keys.
    if (task > 0 && next == tile && reader.node == node)
      continue;
    tile = std::move(next);
    node = reader.node;
    if (failed(follow(kernel, reader, kernel->getOperand(operand), tile, {})))
      return failure();
  }
  return success();
}

LogicalResult TransferCheck::checkReturn(func::ReturnOp op) {
  End reader = getOuterEnd(op.getContext());
  for (Value value : op.getOperands())
    if (auto type = dyn_cast<RankedTensorType>(value.getType()))
      if (failed(follow(op, reader, value, Tile::whole(type.getShape()), {})))
        return failure();
  return success();
}

/// Checks that every link of a transfer's routes is one of the network's.
static LogicalResult checkLinks(noc::TransferOp transfer,
                                const NoCTopology &network, arch::NoCOp noc) {
  if (!transfer.getRoutes())
    return success();
  for (auto route : transfer.getRoutes()->getAsRange<noc::RouteAttr>())
    if (failed(verifyLinks(transfer.getLoc(), route, network, noc)))
      return failure();
  return success();
}

namespace {
struct VerifyTransfersPass
    : public atleus::impl::VerifyTransfersBase<VerifyTransfersPass> {
  void runOnOperation() override {
    FailureOr<arch::MachineOp> machine = arch::findMachine(getOperation());
    if (failed(machine) || failed(checkPlaced(getOperation(), *machine)))
      return signalPassFailure();
    OuterPlace outer(*machine);
    TransferCheck check(outer);
    NoCTopology network(getConstants(machine->getNoC()));
    WalkResult walk = getOperation().walk([&](Operation *op) {
      if (auto transfer = dyn_cast<noc::TransferOp>(op))
        return WalkResult(checkLinks(transfer, network, machine->getNoC()));
      if (auto kernel = dyn_cast<KernelOpInterface>(op))
        return WalkResult(check.checkKernel(kernel));
      if (auto end = dyn_cast<func::ReturnOp>(op))
        return WalkResult(check.checkReturn(end));
      return WalkResult::advance();
    });
    if (walk.wasInterrupted())
      return signalPassFailure();
    markAllAnalysesPreserved();
  }
};
} // namespace
