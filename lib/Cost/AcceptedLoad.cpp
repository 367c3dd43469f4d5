// What a network takes in beyond saturation.
#include "atleus/Cost/NoCLoad.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <limits>

using namespace atleus;

namespace {
/// Loads of sources that grow alike, as water fills vessels.
class Filling {
public:
  Filling(const NoCRouting &routing, llvm::ArrayRef<TrafficDemand> demands);

  /// Loads of all sources up to `load`, with channels that are busy for
  /// `capacity` of their time at most.
  void fill(double capacity, double load);
  /// Accepted flits over those at load 1.
  double acceptedLoad() const;

private:
  /// What a source sends over a channel at load 1.
  struct Share {
    unsigned source;
    double flits;
  };

  void addDemand(const NoCRouting &routing, const TrafficDemand &demand);
  /// The load of growing sources at which a channel is full, and of all that it
  /// carries the part that grows no more.
  double fullAt(llvm::ArrayRef<Share> shares, double capacity) const;

  /// Links and ejection ports in use.
  llvm::MapVector<unsigned, llvm::SmallVector<Share>> channels;
  std::vector<double> sent, accepted;
  std::vector<bool> grows;
};
} // namespace

Filling::Filling(const NoCRouting &routing,
                 llvm::ArrayRef<TrafficDemand> demands)
    : sent(routing.topology().numNodes(), 0), accepted(sent.size(), 0),
      grows(sent.size(), false) {
  for (const TrafficDemand &demand : demands)
    if (demand.flitsPerCycle > 0)
      addDemand(routing, demand);
}

void Filling::addDemand(const NoCRouting &routing,
                        const TrafficDemand &demand) {
  unsigned numChannels = routing.topology().channels().size();
  llvm::SmallVector<unsigned, 16> path;
  routing.route(demand.from, demand.to, path);
  path.push_back(numChannels + demand.to);
  for (unsigned channel : path) {
    llvm::SmallVector<Share> &shares = channels[channel];
    if (shares.empty() || shares.back().source != demand.from)
      shares.push_back({demand.from, 0});
    shares.back().flits += demand.flitsPerCycle;
  }
  sent[demand.from] += demand.flitsPerCycle;
  grows[demand.from] = true;
}

double Filling::fullAt(llvm::ArrayRef<Share> shares, double capacity) const {
  double growing = 0, left = capacity;
  for (const Share &share : shares) {
    if (grows[share.source])
      growing += share.flits;
    else
      left -= accepted[share.source] * share.flits;
  }
  return growing > 0 ? left / growing : std::numeric_limits<double>::infinity();
}

void Filling::fill(double capacity, double load) {
  while (llvm::is_contained(grows, true)) {
    double next = load;
    for (const auto &[channel, shares] : channels)
      next = std::min(next, fullAt(shares, capacity));
    // Sources of channels that are full there, up to rounding.
    std::vector<bool> full(grows.size(), next >= load);
    for (const auto &[channel, shares] : channels)
      if (fullAt(shares, capacity) <= next * (1 + 1e-9))
        for (const Share &share : shares)
          full[share.source] = true;
    for (size_t source = 0; source < grows.size(); ++source) {
      if (grows[source])
        accepted[source] = next;
      grows[source] = grows[source] && !full[source];
    }
  }
}

double Filling::acceptedLoad() const {
  double all = 0, taken = 0;
  for (auto [flits, load] : llvm::zip_equal(sent, accepted)) {
    all += flits;
    taken += flits * load;
  }
  return all > 0 ? taken / all : 0;
}

double atleus::acceptedLoad(const NoCConstants &noc, const NoCRouting &routing,
                            llvm::ArrayRef<TrafficDemand> demands,
                            int64_t packetFlits, double load) {
  NoCLoad network(noc, routing, demands);
  double saturation = network.saturationLoad(packetFlits);
  if (load <= saturation)
    return load;
  Filling filling(routing, demands);
  filling.fill(saturation * network.largestChannelLoad(), load);
  return filling.acceptedLoad();
}
