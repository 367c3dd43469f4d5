// Transfers against the network of the machine.
#include "Checks.h"

#include "atleus/Cost/MachineConstants.h"
#include "atleus/Cost/NoCTopology.h"

using namespace mlir;
using namespace atleus;
namespace v1 = atleus::schedule::v1;

namespace {
class TransferCheck {
public:
  explicit TransferCheck(const CheckContext &context)
      : context(context), tasks(context.tasks),
        noc(getConstants(context.model.getMachine().getNoC())), network(noc) {}

  void check(unsigned index);

private:
  InFlightDiagnostic fail(Rule rule, unsigned index) {
    return context.violations.report(rule) << tasks.getTimedLabel(index) << " ";
  }
  void checkOrigin(unsigned index);
  bool checkRoute(unsigned index, ArrayRef<noc::Node> nodes,
                  RouteLength &length);
  bool checkSize(unsigned index);
  void checkUses(unsigned index, ArrayRef<noc::Node> nodes,
                 const TransferTiming &timing);

  const CheckContext &context;
  const TaskTable &tasks;
  NoCConstants noc;
  NoCTopology network;
};
} // namespace

static NodeCoordinate toCoordinate(noc::Node node) {
  return {node.x, node.y, node.z};
}

/// The data starts at the node of the task that makes it.
void TransferCheck::checkOrigin(unsigned index) {
  std::optional<unsigned> maker = tasks.find(tasks[index].part);
  noc::Node from = toNode(tasks.getMessage(index).transfer().from());
  if (maker && tasks[*maker].node != from)
    fail(Rule::Transfers, index)
        << "starts at node " << noc::toString(from) << ", but "
        << tasks.getLabel(*maker) << " leaves its results at "
        << noc::toString(tasks[*maker].node);
}

/// Whether the network has all links of the route; then counts them.
bool TransferCheck::checkRoute(unsigned index, ArrayRef<noc::Node> nodes,
                               RouteLength &length) {
  if (nodes.size() < 2) {
    fail(Rule::Transfers, index) << "takes no link";
    return false;
  }
  for (size_t i = 1; i < nodes.size(); ++i) {
    NodeCoordinate from = toCoordinate(nodes[i - 1]);
    NodeCoordinate to = toCoordinate(nodes[i]);
    std::optional<unsigned> channel;
    if (network.contains(from) && network.contains(to))
      channel =
          network.channelBetween(network.numberOf(from), network.numberOf(to));
    if (!channel) {
      InFlightDiagnostic error = fail(Rule::Transfers, index);
      error << "takes a link from " << noc::toString(nodes[i - 1]) << " to "
            << noc::toString(nodes[i]) << ", which the network does not have";
      error.attachNote(context.model.getMachine().getNoC().getLoc())
          << "network declared here";
      return false;
    }
    ++length[network.channels()[*channel].kind];
  }
  return true;
}

/// Whether it moves no more than there is, in as many flits as that takes. That
/// it moves all that is read is a matter of the readers.
bool TransferCheck::checkSize(unsigned index) {
  const v1::Transfer &transfer = tasks.getMessage(index).transfer();
  int64_t most = getResultBits(context.model, tasks[index].part);
  if (transfer.bits() > most) {
    fail(Rule::Transfers, index)
        << "moves " << transfer.bits() << " bits, but there are " << most;
    return false;
  }
  int64_t flits = transferSize(noc, transfer.bits()).flits;
  if (transfer.flits() == flits)
    return true;
  fail(Rule::Transfers, index)
      << "moves " << transfer.bits() << " bits in " << transfer.flits()
      << " flits, expected " << flits;
  return false;
}

/// The head passes one part of the network after another; each is held from
/// then on for the same time.
void TransferCheck::checkUses(unsigned index, ArrayRef<noc::Node> nodes,
                              const TransferTiming &timing) {
  struct Holding {
    std::string resource;
    int64_t offset;
  };
  SmallVector<Holding> expected = {
      {"injection " + noc::toString(nodes.front()), 0}};
  int64_t head = 0;
  for (size_t i = 1; i < nodes.size(); ++i) {
    noc::Hop hop = noc::hopBetween(nodes[i - 1], nodes[i]);
    expected.push_back(
        {"link " + noc::toString(nodes[i - 1]) + " " + noc::toString(hop),
         head});
    head += timing.path.hop[static_cast<unsigned>(hop.kind())].count();
  }
  expected.push_back({"ejection " + noc::toString(nodes.back()), head});
  int64_t held = timing.path.held.count();
  const v1::Task &message = tasks.getMessage(index);
  for (const Holding &holding : expected) {
    bool found = llvm::any_of(message.uses(), [&](const v1::Use &use) {
      return use.offset_ps() == holding.offset && use.length_ps() == held &&
             describe(context.schedule.resources(use.resource())) ==
                 holding.resource;
    });
    if (!found)
      fail(Rule::Transfers, index)
          << "does not hold " << holding.resource << " for " << held
          << " ps from " << holding.offset << " ps after its start on, as its "
          << message.transfer().flits() << " flits need";
  }
  if (message.uses_size() != static_cast<int>(expected.size()))
    fail(Rule::Transfers, index)
        << "holds " << message.uses_size() << " parts of the network, expected "
        << expected.size();
}

void TransferCheck::check(unsigned index) {
  const v1::Task &message = tasks.getMessage(index);
  std::vector<noc::Node> nodes = getNodes(message.transfer());
  checkOrigin(index);
  RouteLength length;
  if (!checkSize(index) || !checkRoute(index, nodes, length))
    return;
  TransferTiming timing =
      transferTiming(noc, length, transferSize(noc, message.transfer().bits()));
  checkUses(index, nodes, timing);
  if (message.duration_ps() != timing.duration.count())
    fail(Rule::Prices, index)
        << "takes " << message.duration_ps() << " ps, but the network needs "
        << timing.duration.count();
  int64_t energy =
      transferEnergy(noc, length, message.transfer().flits()).total().count();
  if (message.has_energy_fj() && message.energy_fj() != energy)
    fail(Rule::Prices, index) << "takes " << message.energy_fj()
                              << " fJ, but the network needs " << energy;
}

void atleus::checkTransfers(const CheckContext &context) {
  TransferCheck check(context);
  for (unsigned i = 0; i < context.tasks.size(); ++i)
    if (context.tasks[i].isTransfer() &&
        context.tasks[i].part.kind != Part::Kind::Unknown)
      check.check(i);
}
