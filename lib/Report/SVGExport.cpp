// Draws Gantt charts as SVG.
#include "atleus/Report/SVGExport.h"
#include "TierNames.h"
#include "atleus/Report/GanttChart.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"

#include <cmath>

using namespace mlir;
using namespace atleus;

// Sizes in pixels.
static constexpr unsigned width = 1000;
static constexpr unsigned left = 84;
static constexpr unsigned right = 20;
static constexpr unsigned plotWidth = width - left - right;
static constexpr unsigned rowHeight = 13;
static constexpr unsigned rowGap = 2;
static constexpr unsigned tierGap = 22;
static constexpr unsigned linksHeight = 48;
static constexpr unsigned legendLine = 18;
static constexpr double characterWidth = 6.6;

static constexpr llvm::StringLiteral colours[] = {
    "#4e79a7", "#f28e2b", "#59a14f", "#e15759", "#76b7b2", "#edc948",
    "#b07aa1", "#ff9da7", "#9c755f", "#2f4b7c", "#a0c15a", "#bab0ac"};

static constexpr llvm::StringLiteral linksColour = "#8a8f98";

namespace {
/// A unit in which times of a chart are written.
struct TimeUnit {
  llvm::StringLiteral name;
  double picoseconds;
};
} // namespace

static constexpr TimeUnit timeUnits[] = {
    {"s", 1e12}, {"ms", 1e9}, {"\u00b5s", 1e6}, {"ns", 1e3}, {"ps", 1}};

/// The largest unit in which `time` is 1 or more.
static const TimeUnit &unitOf(Picoseconds time) {
  for (const TimeUnit &unit : timeUnits)
    if (time.count() >= unit.picoseconds)
      return unit;
  return timeUnits[std::size(timeUnits) - 1];
}

/// A step of 1, 2 or 5 times a power of ten that gives at most ten ticks.
static double tickStep(double length) {
  double power = std::pow(10, std::floor(std::log10(std::max(length, 1.0))));
  for (double factor : {0.1, 0.2, 0.5, 1.0})
    if (length <= 10 * factor * power)
      return factor * power;
  return 2 * power;
}

static std::string formatNumber(double number, int digits) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.*g", digits, number);
  return text;
}

namespace {
class ChartWriter {
public:
  ChartWriter(sched::ScheduleOp schedule, llvm::raw_ostream &os)
      : schedule(schedule), os(os),
        chart(GanttChart::make(schedule, plotWidth, std::size(colours))),
        tierNames(getTierNames(schedule)) {}

  void write();

private:
  unsigned layOut();
  void writeText(double x, double y, const Twine &text,
                 StringRef attributes = "");
  void writeLegend();
  void writeGrid(unsigned bottom);
  void writeRows();
  void writeLinks();
  void writeSubpath(double x, double y, double barWidth, double barHeight);

  double xOf(Picoseconds time) const {
    double length = std::max<int64_t>(1, chart.makespan.count());
    return left + plotWidth * (time.count() / length);
  }

  sched::ScheduleOp schedule;
  llvm::raw_ostream &os;
  GanttChart chart;
  std::map<int64_t, std::string> tierNames;
  /// Positions of the legend's entries, of the top of each row, and of the top
  /// of the links.
  std::vector<std::pair<double, double>> legend;
  std::vector<unsigned> rowTops;
  unsigned plotTop = 0, linksTop = 0;
};
} // namespace

/// Fills the positions. Returns the height of the picture.
unsigned ChartWriter::layOut() {
  double x = left, y = 52;
  for (const std::string &group : chart.groups) {
    double entry = 24 + characterWidth * group.size();
    if (x + entry > width - right && x > left) {
      x = left;
      y += legendLine;
    }
    legend.emplace_back(x, y);
    x += entry;
  }
  plotTop = y + 16;
  unsigned top = plotTop;
  for (size_t i = 0; i < chart.rows.size(); ++i) {
    bool startsTier =
        i == 0 || chart.rows[i].node.z != chart.rows[i - 1].node.z;
    top += startsTier ? tierGap : 0;
    rowTops.push_back(top);
    top += rowHeight + rowGap;
  }
  linksTop = top + tierGap;
  return linksTop + linksHeight + 40;
}

void ChartWriter::writeText(double x, double y, const Twine &text,
                            StringRef attributes) {
  os << "<text x=\"" << llvm::format("%.1f", x) << "\" y=\""
     << llvm::format("%.1f", y) << '"';
  if (!attributes.empty())
    os << ' ' << attributes;
  os << '>';
  llvm::printHTMLEscaped(text.str(), os);
  os << "</text>\n";
}

void ChartWriter::writeLegend() {
  for (size_t i = 0; i < chart.groups.size(); ++i) {
    auto [x, y] = legend[i];
    os << "<rect x=\"" << llvm::format("%.1f", x) << "\" y=\""
       << llvm::format("%.1f", y - 9) << R"(" width="10" height="10" fill=")"
       << colours[i] << "\"/>\n";
    writeText(x + 14, y, chart.groups[i]);
  }
}

/// The time axis, with a line through the chart at each tick.
void ChartWriter::writeGrid(unsigned bottom) {
  const TimeUnit &unit = unitOf(chart.makespan);
  double length = chart.makespan.count() / unit.picoseconds;
  double step = tickStep(length);
  for (unsigned i = 0; i * step <= length * (1 + 1e-9); ++i) {
    Picoseconds time(std::llround(i * step * unit.picoseconds));
    os << "<line x1=\"" << llvm::format("%.1f", xOf(time)) << "\" y1=\""
       << plotTop << "\" x2=\"" << llvm::format("%.1f", xOf(time)) << "\" y2=\""
       << bottom << "\" stroke=\"#e3e5e8\"/>\n";
    std::string label = formatNumber(i * step, 6);
    writeText(xOf(time), bottom + 15, label + " " + unit.name,
              "text-anchor=\"middle\"");
  }
}

void ChartWriter::writeSubpath(double x, double y, double barWidth,
                               double barHeight) {
  // A bar that is thinner than half a pixel would not be seen.
  barWidth = std::max(barWidth, 0.5);
  os << llvm::format("M%.1f %.1fh%.1fv%.1fh-%.1fz", x, y, barWidth, barHeight,
                     barWidth);
}

/// One path per group, so that the file stays small.
void ChartWriter::writeRows() {
  for (auto [row, top] : llvm::zip_equal(chart.rows, rowTops)) {
    bool startsTier =
        &row == &chart.rows.front() || row.node.z != (&row - 1)->node.z;
    if (startsTier) {
      auto name = tierNames.find(row.node.z);
      std::string label = name == tierNames.end()
                              ? "tier " + std::to_string(row.node.z)
                              : name->second;
      writeText(8, top - 7, label, "font-weight=\"bold\"");
    }
    writeText(left - 8, top + rowHeight - 3,
              Twine(row.node.x) + ", " + Twine(row.node.y),
              R"(text-anchor="end" font-size="10")");
    os << "<rect x=\"" << left << "\" y=\"" << top << "\" width=\"" << plotWidth
       << "\" height=\"" << rowHeight << "\" fill=\"#f4f5f6\"/>\n";
  }
  for (size_t group = 0; group < chart.groups.size(); ++group) {
    os << "<path fill=\"" << colours[group] << "\" d=\"";
    for (auto [row, top] : llvm::zip_equal(chart.rows, rowTops)) {
      double lane = double(rowHeight) / row.numLanes;
      for (const GanttBar &bar : row.bars)
        if (bar.group == group)
          writeSubpath(xOf(bar.begin), top + bar.lane * lane,
                       xOf(bar.end) - xOf(bar.begin), lane);
    }
    os << "\"/>\n";
  }
}

/// The number of links in use as an area.
void ChartWriter::writeLinks() {
  double most = 1;
  for (double count : chart.linksInUse)
    most = std::max(most, count);
  unsigned bottom = linksTop + linksHeight;
  writeText(8, linksTop - 7, "links in use", "font-weight=\"bold\"");
  writeText(left - 8, linksTop + 9, formatNumber(most, 3),
            R"(text-anchor="end" font-size="10")");
  writeText(left - 8, bottom, "0", R"(text-anchor="end" font-size="10")");
  os << "<path fill=\"" << linksColour << "\" d=\"M" << left << ' ' << bottom;
  for (auto [i, count] : llvm::enumerate(chart.linksInUse))
    os << llvm::format("V%.1fh1", bottom - linksHeight * count / most);
  os << 'V' << bottom << "z\"/>\n";
}

void ChartWriter::write() {
  unsigned height = layOut();
  os << R"(<svg xmlns="http://www.w3.org/2000/svg" width=")" << width
     << "\" height=\"" << height << "\" viewBox=\"0 0 " << width << ' '
     << height << R"(" font-family="Helvetica, Arial, sans-serif" )"
     << "font-size=\"12\" fill=\"#1f2328\">\n"
     << "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n";
  const TimeUnit &unit = unitOf(chart.makespan);
  StringRef model = schedule.getModel().value_or(schedule.getSymName());
  writeText(left, 26,
            model + " on " + schedule.getMachine() + ": makespan " +
                formatNumber(chart.makespan.count() / unit.picoseconds, 4) +
                " " + unit.name,
            R"(font-size="16" font-weight="bold")");
  writeLegend();
  writeGrid(linksTop + linksHeight);
  writeRows();
  writeLinks();
  os << "</svg>\n";
}

void atleus::writeSVG(sched::ScheduleOp schedule, llvm::raw_ostream &os) {
  ChartWriter(schedule, os).write();
}
