// Draws placements as SVG.
#include "atleus/Report/PlacementSVGExport.h"
#include "SVGElements.h"

#include "atleus/Report/PlacementChart.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/MathExtras.h"

#include <map>

using namespace mlir;
using namespace atleus;

// Sizes in pixels.
static constexpr double width = 1000;
static constexpr double margin = 24;
static constexpr double panelGap = 36;
static constexpr unsigned maxPanels = 4;
static constexpr double titleHeight = 76;
static constexpr double tierTitle = 34;
static constexpr double legendHeight = 64;
static constexpr double largestCell = 62;
static constexpr double largestGrid = 720;
/// What lies between two cells, as a share of a cell.
static constexpr double gapShare = 0.42;

static constexpr llvm::StringLiteral cellColour = "#eef0f3";
static constexpr llvm::StringLiteral frameColour = "#b6bcc6";
static constexpr llvm::StringLiteral unusedLink = "#dfe2e7";

/// Of links that are in use, from little to much.
static constexpr llvm::StringLiteral linkColours[] = {"#c9b8a8", "#c08a5d",
                                                      "#b5562f", "#8c1d18"};

namespace {
class PlacementWriter {
public:
  PlacementWriter(const PlacementChart &chart, llvm::raw_ostream &os);
  void write();

private:
  void layOut();
  SVGPoint cornerOf(noc::Node node) const;
  SVGPoint centreOf(noc::Node node) const;

  void writeTitle();
  void writeLegend();
  void writeTier(const PlacementTier &tier, SVGPoint at);
  void writeCell(const PlacementTier &tier, const PlacementCell &cell);
  void writeFill(const PlacementTier &tier, const PlacementCell &cell);
  void writeCellTitle(const PlacementTier &tier, const PlacementCell &cell);
  void writeLink(const PlacementLink &link);
  void writePlanar(const PlacementLink &link);
  void writeVertical(const PlacementLink &link);

  bool isShown(KernelKind kind) const;
  double shareOf(const PlacementLink &link) const;
  StringRef colourOf(const PlacementLink &link) const;
  std::string describe(const PlacementLink &link) const;

  const PlacementChart &chart;
  llvm::raw_ostream &os;
  SVGElements svg;
  /// Side of a cell, and how far it is from one to the next.
  double cell = 0, pitch = 0;
  double height = 0;
  unsigned panelsPerRow = 1;
  /// By tier.
  std::vector<SVGPoint> corners;
  /// By level, the tier.
  std::map<int64_t, unsigned> tierOf;
};
} // namespace

//===----------------------------------------------------------------------===//
// Where things are
//===----------------------------------------------------------------------===//

PlacementWriter::PlacementWriter(const PlacementChart &chart,
                                 llvm::raw_ostream &os)
    : chart(chart), os(os), svg(os) {
  layOut();
}

/// One size of cells for all tiers, so that they can be compared.
void PlacementWriter::layOut() {
  unsigned count = std::max<size_t>(1, chart.tiers.size());
  panelsPerRow = std::min(count, maxPanels);
  int64_t columns = 1, rows = 1;
  for (const PlacementTier &tier : chart.tiers) {
    columns = std::max(columns, tier.width);
    rows = std::max(rows, tier.height);
  }
  double panel =
      (width - 2 * margin - (panelsPerRow - 1) * panelGap) / panelsPerRow;
  auto cellFor = [](double length, int64_t cells) {
    return length / (cells + (cells - 1) * gapShare);
  };
  cell = std::min(
      {largestCell, cellFor(panel, columns), cellFor(largestGrid, rows)});
  pitch = cell * (1 + gapShare);
  double gridHeight = rows * pitch - cell * gapShare;
  for (auto [i, tier] : llvm::enumerate(chart.tiers)) {
    double x = margin + (i % panelsPerRow) * (panel + panelGap);
    size_t row = i / panelsPerRow;
    double y = titleHeight +
               static_cast<double>(row) * (tierTitle + gridHeight + panelGap);
    corners.push_back({x, y + tierTitle});
    tierOf[tier.level] = i;
  }
  unsigned panelRows = llvm::divideCeil(count, panelsPerRow);
  height = titleHeight + panelRows * (tierTitle + gridHeight + panelGap) +
           legendHeight;
}

SVGPoint PlacementWriter::cornerOf(noc::Node node) const {
  SVGPoint corner = corners[tierOf.at(node.z)];
  return {corner.x + node.x * pitch, corner.y + node.y * pitch};
}

SVGPoint PlacementWriter::centreOf(noc::Node node) const {
  SVGPoint corner = cornerOf(node);
  return {corner.x + cell / 2, corner.y + cell / 2};
}

static std::string formatShare(double share) {
  std::string text;
  llvm::raw_string_ostream(text)
      << llvm::format(share < 0.0995 ? "%.1f %%" : "%.0f %%", 100 * share);
  return text;
}

/// The share of `time` in all of it.
static double divide(Picoseconds time, Picoseconds whole) {
  return whole.count() > 0 ? double(time.count()) / whole.count() : 0;
}

//===----------------------------------------------------------------------===//
// Cells
//===----------------------------------------------------------------------===//

/// From the bottom: the share of the arrays that hold weights, or how long the
/// node works beside the node that works longest, by kind.
void PlacementWriter::writeFill(const PlacementTier &tier,
                                const PlacementCell &node) {
  SVGPoint corner = cornerOf(node.node);
  double bottom = corner.y + cell;
  auto stack = [&](double share, KernelKind kind) {
    double size = cell * share;
    bottom -= size;
    if (share > 0)
      svg.writeRectangle({corner.x, bottom}, cell, size, styleOf(kind).colour);
  };
  if (tier.arraysPerNode > 0)
    return stack(double(node.arraysUsed) / tier.arraysPerNode,
                 KernelKind::Linear);
  for (unsigned kind = 0; kind < numKernelKinds; ++kind)
    stack(divide(node.busy[kind], chart.busiestNode()),
          static_cast<KernelKind>(kind));
}

void PlacementWriter::writeCellTitle(const PlacementTier &tier,
                                     const PlacementCell &node) {
  constexpr size_t most = 24;
  os << "<title>" << noc::toString(node.node);
  if (tier.arraysPerNode > 0)
    os << ": " << node.arraysUsed << " of " << tier.arraysPerNode << " arrays";
  for (StringRef name : ArrayRef(node.kernels).take_front(most)) {
    os << '\n';
    llvm::printHTMLEscaped(name, os);
  }
  if (node.kernels.size() > most)
    os << "\nand " << node.kernels.size() - most << " more";
  os << "</title>";
}

void PlacementWriter::writeCell(const PlacementTier &tier,
                                const PlacementCell &node) {
  SVGPoint corner = cornerOf(node.node);
  os << "<g>";
  writeCellTitle(tier, node);
  os << '\n';
  svg.writeRectangle(corner, cell, cell, cellColour);
  writeFill(tier, node);
  bool isAttached = !node.attached.empty();
  os << llvm::format("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
                     "height=\"%.1f\" fill=\"none\" ",
                     corner.x, corner.y, cell, cell)
     << "stroke=\""
     << (isAttached ? styleOf(KernelKind::Memory).colour : frameColour)
     << "\" stroke-width=\"" << (isAttached ? 4 : 1) << "\"/>\n";
  double share = tier.arraysPerNode > 0
                     ? double(node.arraysUsed) / tier.arraysPerNode
                     : divide(node.totalBusy(), chart.makespan);
  if (cell >= 38)
    svg.writeText(corner.x + cell / 2, corner.y + cell / 2 + 4,
                  formatShare(share), R"(text-anchor="middle" class="halo")");
  os << "</g>\n";
}

void PlacementWriter::writeTier(const PlacementTier &tier, SVGPoint at) {
  svg.writeText(at.x, at.y - 20, tier.name, "font-weight=\"bold\"");
  svg.writeText(at.x + (tier.name.size() + 1) * (characterWidth + 1), at.y - 20,
                "level " + Twine(tier.level) + ", " + tier.core);
  int64_t used = 0;
  Picoseconds busy;
  for (const PlacementCell &node : tier.cells) {
    used += node.arraysUsed;
    busy += node.totalBusy();
  }
  double nodes = std::max<size_t>(1, tier.cells.size());
  std::string text =
      tier.arraysPerNode > 0
          ? formatShare(used / (nodes * tier.arraysPerNode)) + " of the arrays"
          : formatShare(divide(busy, chart.makespan) / nodes) +
                " of the latency";
  svg.writeText(at.x, at.y - 7, text, "class=\"small\"");
  for (const PlacementCell &node : tier.cells)
    writeCell(tier, node);
}

//===----------------------------------------------------------------------===//
// Links
//===----------------------------------------------------------------------===//

double PlacementWriter::shareOf(const PlacementLink &link) const {
  return divide(link.busy, chart.busiestLink());
}

StringRef PlacementWriter::colourOf(const PlacementLink &link) const {
  double share = shareOf(link);
  if (share == 0)
    return unusedLink;
  constexpr size_t count = std::size(linkColours);
  return linkColours[std::min<size_t>(share * count, count - 1)];
}

std::string PlacementWriter::describe(const PlacementLink &link) const {
  return noc::toString(link.from) + " to " + noc::toString(link.to) + ": " +
         formatShare(divide(link.busy, chart.makespan)) + " of the latency";
}

/// The two directions lie beside each other, as traffic keeps to the right.
void PlacementWriter::writePlanar(const PlacementLink &link) {
  double gap = cell * gapShare, offset = gap * 0.22;
  double thickness = std::max(0.6, gap * 0.4 * shareOf(link));
  SVGPoint from = centreOf(link.from), to = centreOf(link.to);
  double dx = link.to.x - link.from.x, dy = link.to.y - link.from.y;
  SVGPoint begin = {from.x + dx * cell / 2 - dy * offset,
                    from.y + dy * cell / 2 + dx * offset};
  SVGPoint end = {to.x - dx * cell / 2 - dy * offset,
                  to.y - dy * cell / 2 + dx * offset};
  svg.writeLine(begin, end, thickness, colourOf(link), describe(link));
}

/// A triangle in a corner of the node from which the link leaves.
void PlacementWriter::writeVertical(const PlacementLink &link) {
  bool isUp = link.to.z > link.from.z;
  SVGPoint corner = cornerOf(link.from);
  double size = cell * (0.08 + 0.2 * shareOf(link));
  double inset = cell * 0.17;
  svg.writeTriangle({corner.x + cell - inset,
                     isUp ? corner.y + inset : corner.y + cell - inset},
                    size, isUp, colourOf(link), describe(link));
}

void PlacementWriter::writeLink(const PlacementLink &link) {
  if (tierOf.count(link.from.z) == 0 || tierOf.count(link.to.z) == 0)
    return;
  if (link.kind == LinkKind::Vertical)
    return writeVertical(link);
  if (link.kind == LinkKind::Planar)
    return writePlanar(link);
  svg.writeLine(centreOf(link.from), centreOf(link.to),
                std::max(0.6, cell * 0.15 * shareOf(link)), colourOf(link),
                describe(link));
}

//===----------------------------------------------------------------------===//
// Title and legend
//===----------------------------------------------------------------------===//

void PlacementWriter::writeTitle() {
  svg.writeText(margin, 26,
                chart.model + " on " + chart.machine + ": placement",
                R"(font-size="15" font-weight="bold")");
  const PlacementLink *busiest = nullptr;
  for (const PlacementLink &link : chart.links)
    if (!busiest || link.busy > busiest->busy)
      busiest = &link;
  if (busiest && busiest->busy > Picoseconds())
    svg.writeText(margin, 46, "busiest link: " + describe(*busiest));
  if (!chart.comparison.empty())
    svg.writeText(margin, 62, chart.comparison);
}

/// Whether some node is filled in the colour of a kind.
bool PlacementWriter::isShown(KernelKind kind) const {
  for (const PlacementTier &tier : chart.tiers)
    for (const PlacementCell &node : tier.cells)
      if (tier.arraysPerNode > 0
              ? kind == KernelKind::Linear && node.arraysUsed > 0
              : node.busy[static_cast<unsigned>(kind)] > Picoseconds())
        return true;
  return false;
}

void PlacementWriter::writeLegend() {
  double y = height - legendHeight + 12, x = margin;
  auto addText = [&](const Twine &text, double after) {
    std::string string = text.str();
    svg.writeText(x, y, string);
    x += string.size() * characterWidth + after;
  };
  for (KernelKind kind :
       {KernelKind::Linear, KernelKind::Attention, KernelKind::Vector}) {
    if (!isShown(kind))
      continue;
    svg.writeRectangle({x, y - 9}, 10, 10, styleOf(kind).colour);
    x += 15;
    addText(styleOf(kind).name, 18);
  }
  for (const PlacementTier &tier : chart.tiers)
    for (const PlacementCell &node : tier.cells) {
      if (node.attached.empty())
        continue;
      os << llvm::format(R"(<rect x="%.1f" y="%.1f" )", x + 1, y - 8)
         << R"(width="8" height="8" fill="none" stroke-width="3" )"
         << "stroke=\"" << styleOf(KernelKind::Memory).colour << "\"/>\n";
      x += 15;
      addText(llvm::join(node.attached, ", "), 18);
    }
  x = margin;
  y += 20;
  for (StringRef colour : linkColours) {
    svg.writeRectangle({x, y - 7}, 22, 6, colour);
    x += 22;
  }
  x += 6;
  addText("links, up to the busiest one", 18);
  if (chart.tiers.size() > 1) {
    svg.writeTriangle({x + 5, y - 4}, 9, /*isUp=*/true, linkColours[2], "up");
    svg.writeTriangle({x + 18, y - 4}, 9, /*isUp=*/false, linkColours[2],
                      "down");
    x += 28;
    addText("links to the tier above and below", 18);
  }
  y += 18;
  svg.writeText(
      margin, y,
      "A node is filled by the share of its arrays that hold weights, or "
      "by its working time beside the busiest node's. Numbers: of the "
      "arrays, of the latency.",
      "class=\"small\"");
}

void PlacementWriter::write() {
  os << "<svg xmlns=\"http://www.w3.org/2000/svg\" "
     << llvm::format(R"(width="%.0f" height="%.0f" )", width, height)
     << llvm::format("viewBox=\"0 0 %.0f %.0f\" ", width, height)
     << R"(font-family="sans-serif" font-size="12" fill=")" << textColour
     << "\">\n"
     << "<style>.small{font-size:11px;fill:#57606a}.halo{font-size:11px;"
        "paint-order:stroke;stroke:#fff;stroke-width:3px}</style>\n";
  svg.writeRectangle({0, 0}, width, height, "#ffffff");
  writeTitle();
  for (auto [tier, corner] : llvm::zip_equal(chart.tiers, corners))
    writeTier(tier, corner);
  for (const PlacementLink &link : chart.links)
    writeLink(link);
  writeLegend();
  os << "</svg>\n";
}

LogicalResult atleus::writePlacementSVG(sched::ScheduleOp schedule,
                                        llvm::raw_ostream &os) {
  FailureOr<PlacementChart> chart = PlacementChart::make(schedule);
  if (failed(chart))
    return failure();
  PlacementWriter(*chart, os).write();
  return success();
}
