// The network in the report's file and in its table.
#include "NetworkFields.h"

#include "atleus/Support/NumberText.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace atleus;
using llvm::json::OStream;

void atleus::writeNetwork(const NetworkReport &network, OStream &json) {
  json.attributeObject("network", [&] {
    json.attribute("transfers", network.transfers);
    json.attribute("multicasts", network.multicasts);
    json.attribute("bits", network.bits.count());
    json.attributeObject("link_flits", [&] {
      json.attribute("planar", network.flitsOver(LinkKind::Planar));
      json.attribute("vertical", network.flitsOver(LinkKind::Vertical));
      json.attribute("added", network.flitsOver(LinkKind::Added));
    });
    json.attribute("separate_link_flits", network.separateLinkFlits);
  });
}

/// `part` of `whole` in percent.
static std::string share(int64_t part, int64_t whole) {
  std::string text;
  llvm::raw_string_ostream(text)
      << llvm::format("%.2f %%", whole == 0 ? 0.0 : 100.0 * part / whole);
  return text;
}

void atleus::addNetworkRows(const NetworkReport &network, Table &table) {
  int64_t all = network.allLinkFlits();
  int64_t added = network.flitsOver(LinkKind::Added);
  table.addRow({"network", formatCount(network.transfers) + " transfers, " +
                               formatCount(network.multicasts) +
                               " to several nodes"});
  std::string kinds = formatCount(all) + " flits x links, " +
                      share(network.flitsOver(LinkKind::Vertical), all) +
                      " between tiers";
  if (added > 0)
    kinds += ", " + share(added, all) + " over added links";
  if (network.separateLinkFlits > all)
    kinds += "; " +
             share(network.separateLinkFlits - all, network.separateLinkFlits) +
             " less than with a packet for each node";
  table.addRow({"", kinds});
}
