// Transfers against the network of the machine.
#include "Checks.h"

#include "atleus/Cost/MachineConstants.h"
#include "atleus/Cost/NoCTopology.h"

#include "llvm/ADT/StringMap.h"

#include <map>

using namespace mlir;
using namespace atleus;
namespace v1 = atleus::schedule::v1;

namespace {
/// The nodes and links of a transfer, by paths: its route and its branches.
struct Tree {
  std::vector<std::vector<noc::Node>> paths;
  /// The links from the first node to each.
  std::map<noc::Node, RouteLength> linksTo;
  std::vector<noc::Node> ends;
  TreeLength length;
};

class TransferCheck {
public:
  explicit TransferCheck(const CheckContext &context)
      : context(context), tasks(context.tasks),
        noc(getConstants(context.model.getMachine().getNoC())), network(noc) {}

  void check(unsigned index);

  /// What the transfers that were checked take.
  EnergyBreakdown priced;

private:
  InFlightDiagnostic fail(Rule rule, unsigned index) {
    return context.violations.report(rule) << tasks.getTimedLabel(index) << " ";
  }
  void checkOrigin(unsigned index);
  std::optional<Tree> findTree(unsigned index);
  bool addPath(unsigned index, ArrayRef<noc::Node> nodes, Tree &tree);
  std::optional<LinkKind> findLink(unsigned index, noc::Node from,
                                   noc::Node to);
  bool checkSize(unsigned index);
  void checkUses(unsigned index, const Tree &tree,
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

/// The data starts at the node of the tasks that make it.
void TransferCheck::checkOrigin(unsigned index) {
  noc::Node from = toNode(tasks.getMessage(index).transfer().from());
  for (unsigned maker : tasks.findMakers(index))
    if (tasks[maker].node != from)
      fail(Rule::Transfers, index)
          << "starts at node " << noc::toString(from) << ", but "
          << tasks.getLabel(maker) << " leaves its results at "
          << noc::toString(tasks[maker].node);
}

/// The kind of the link between two nodes; none if there is no such link.
std::optional<LinkKind> TransferCheck::findLink(unsigned index, noc::Node from,
                                                noc::Node to) {
  NodeCoordinate first = toCoordinate(from), last = toCoordinate(to);
  std::optional<unsigned> channel;
  if (network.contains(first) && network.contains(last))
    channel =
        network.channelBetween(network.numberOf(first), network.numberOf(last));
  if (channel)
    return network.channels()[*channel].kind;
  InFlightDiagnostic error = fail(Rule::Transfers, index);
  error << "takes a link from " << noc::toString(from) << " to "
        << noc::toString(to) << ", which the network does not have";
  error.attachNote(context.model.getMachine().getNoC().getLoc())
      << "network declared here";
  return std::nullopt;
}

/// Adds the route or a branch, which begins where the tree already is and leads
/// to where it is not.
bool TransferCheck::addPath(unsigned index, ArrayRef<noc::Node> nodes,
                            Tree &tree) {
  auto begin = tree.linksTo.find(nodes.front());
  if (begin == tree.linksTo.end()) {
    fail(Rule::Transfers, index)
        << "has a branch at node " << noc::toString(nodes.front())
        << ", to which no part of it before leads";
    return false;
  }
  RouteLength length = begin->second, own;
  for (size_t i = 1; i < nodes.size(); ++i) {
    std::optional<LinkKind> link = findLink(index, nodes[i - 1], nodes[i]);
    if (!link)
      return false;
    ++length[*link];
    ++own[*link];
    if (!tree.linksTo.try_emplace(nodes[i], length).second) {
      fail(Rule::Transfers, index)
          << "comes to node " << noc::toString(nodes[i]) << " twice";
      return false;
    }
  }
  if (llvm::is_contained(tree.ends, nodes.back())) {
    fail(Rule::Transfers, index)
        << "delivers at node " << noc::toString(nodes.back()) << " twice";
    return false;
  }
  tree.ends.push_back(nodes.back());
  tree.length.addPath(length, own);
  return true;
}

/// The route and the branches, if they are a tree of links that there are, and
/// the network can copy what goes over several branches.
std::optional<Tree> TransferCheck::findTree(unsigned index) {
  Tree tree;
  tree.paths = getPaths(tasks.getMessage(index).transfer());
  if (tree.paths.front().size() < 2) {
    fail(Rule::Transfers, index) << "takes no link";
    return std::nullopt;
  }
  arch::NoCOp network = context.model.getMachine().getNoC();
  if (tree.paths.size() > 1 && !network.getMulticast()) {
    InFlightDiagnostic error = fail(Rule::Transfers, index);
    error << "has branches, but the network cannot copy what it carries";
    error.attachNote(network.getLoc()) << "network declared here";
    return std::nullopt;
  }
  tree.linksTo[tree.paths.front().front()] = {};
  for (const std::vector<noc::Node> &path : tree.paths)
    if (!addPath(index, path, tree))
      return std::nullopt;
  return tree;
}

/// Whether it moves no more than there is, in as many flits as that takes. That
/// it moves all that is read is a matter of the readers.
bool TransferCheck::checkSize(unsigned index) {
  const v1::Transfer &transfer = tasks.getMessage(index).transfer();
  Part part = tasks[index].part;
  int64_t most = getResultBits(context.model, part);
  for (int64_t further : tasks[index].gathers) {
    part.index = further;
    most += getResultBits(context.model, part);
  }
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

/// The head passes one part of the network after another, on all branches at
/// once; each is held from then on for the same time.
void TransferCheck::checkUses(unsigned index, const Tree &tree,
                              const TransferTiming &timing) {
  struct Holding {
    std::string resource;
    int64_t offset;
  };
  std::vector<Holding> expected = {
      {"injection " + noc::toString(tree.paths.front().front()), 0}};
  auto headAt = [&](noc::Node node) {
    RouteLength links = tree.linksTo.at(node);
    int64_t time = 0;
    for (LinkKind kind :
         {LinkKind::Planar, LinkKind::Vertical, LinkKind::Added})
      time +=
          links[kind] * timing.path.hop[static_cast<unsigned>(kind)].count();
    return time;
  };
  for (const std::vector<noc::Node> &path : tree.paths) {
    for (size_t i = 1; i < path.size(); ++i)
      expected.push_back(
          {"link " + noc::toString(path[i - 1]) + " " +
               noc::toString(noc::hopBetween(path[i - 1], path[i])),
           headAt(path[i - 1])});
    expected.push_back(
        {"ejection " + noc::toString(path.back()), headAt(path.back())});
  }
  int64_t held = timing.path.held.count();
  const v1::Task &message = tasks.getMessage(index);
  llvm::StringMap<std::vector<const v1::Use *>> uses;
  for (const v1::Use &use : message.uses())
    uses[describe(context.schedule.resources(use.resource()))].push_back(&use);
  for (const Holding &holding : expected) {
    bool found =
        llvm::any_of(uses.lookup(holding.resource), [&](const v1::Use *use) {
          return use->offset_ps() == holding.offset && use->length_ps() == held;
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
  checkOrigin(index);
  if (!checkSize(index))
    return;
  std::optional<Tree> tree = findTree(index);
  if (!tree)
    return;
  TransferTiming timing = multicastTiming(
      noc, tree->length, transferSize(noc, message.transfer().bits()));
  checkUses(index, *tree, timing);
  if (message.duration_ps() != timing.duration.count())
    fail(Rule::Prices, index)
        << "takes " << message.duration_ps() << " ps, but the network needs "
        << timing.duration.count();
  EnergyBreakdown energies =
      multicastEnergy(noc, tree->length, message.transfer().flits());
  priced += energies;
  int64_t energy = energies.total().count();
  if (!message.has_energy_fj())
    fail(Rule::Prices, index)
        << "states no energyFj, but the network needs " << energy;
  else if (message.energy_fj() != energy)
    fail(Rule::Prices, index) << "takes " << message.energy_fj()
                              << " fJ, but the network needs " << energy;
}

EnergyBreakdown atleus::checkTransfers(const CheckContext &context) {
  TransferCheck check(context);
  for (unsigned i = 0; i < context.tasks.size(); ++i)
    if (context.tasks[i].isTransfer() &&
        context.tasks[i].part.kind != Part::Kind::Unknown)
      check.check(i);
  return check.priced;
}
