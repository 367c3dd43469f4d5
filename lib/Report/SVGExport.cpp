// Draws schedules as SVG.
#include "atleus/Report/SVGExport.h"

#include "SVGElements.h"

#include "atleus/Report/ScheduleChart.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"

#include <cmath>

using namespace mlir;
using namespace atleus;

// Sizes in pixels.
static constexpr unsigned width = 1000;
static constexpr unsigned left = 130;
static constexpr unsigned right = 20;
static constexpr unsigned plotWidth = width - left - right;
static constexpr unsigned plotTop = 82;
static constexpr unsigned layerHeight = 15;
static constexpr unsigned rowHeight = 62;
static constexpr unsigned linksHeight = 44;
static constexpr unsigned markHeight = 4;
static constexpr unsigned rowGap = 16;

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
        chart(ScheduleChart::make(schedule, plotWidth)) {}

  void write();

private:
  unsigned layOut();
  void writeText(double x, double y, const Twine &text,
                 StringRef attributes = "");
  void writeRectangle(double x, double y, double rectWidth, double rectHeight,
                      StringRef colour);
  void writeTitle();
  void writeLegend();
  std::string describeChain() const;
  void writeLayers(unsigned bottom);
  void writeGrid(unsigned bottom);
  void writeRow(const ChartRow &row, unsigned top, unsigned height);
  void writeArea(ArrayRef<double> sums, KernelKind kind, double scale,
                 unsigned bottom);
  void writeMarks(const ChartRow &row, unsigned top);

  static bool isLinks(const ChartRow &row) { return row.name == "links"; }
  static unsigned heightOf(const ChartRow &row) {
    return isLinks(row) ? linksHeight : rowHeight;
  }
  double xOf(Picoseconds time) const {
    double length = std::max<int64_t>(1, chart.makespan.count());
    return left + plotWidth * (time.count() / length);
  }
  bool isUsed(unsigned kind) const {
    return llvm::any_of(chart.rows, [&](const ChartRow &row) {
      return llvm::any_of(row.inUse[kind], [](double use) { return use > 0; });
    });
  }

  sched::ScheduleOp schedule;
  llvm::raw_ostream &os;
  ScheduleChart chart;
  std::vector<unsigned> rowTops;
};
} // namespace

/// Finds the top of each row. Returns the bottom of the last one.
unsigned ChartWriter::layOut() {
  unsigned top = plotTop + (chart.layers.empty() ? 0 : layerHeight);
  for (const ChartRow &row : chart.rows) {
    top += rowGap;
    rowTops.push_back(top);
    top += heightOf(row) + markHeight + 2;
  }
  return top;
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

void ChartWriter::writeRectangle(double x, double y, double rectWidth,
                                 double rectHeight, StringRef colour) {
  os << llvm::format("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
                     "height=\"%.1f\" fill=\"",
                     x, y, rectWidth, rectHeight)
     << colour << "\"/>\n";
}

/// "60 % linear, 25 % transfer": shares of the time of the critical chain that
/// are a percent or more.
std::string ChartWriter::describeChain() const {
  Picoseconds whole;
  std::vector<unsigned> order;
  for (unsigned kind = 0; kind < numKernelKinds; ++kind) {
    whole += chart.criticalTimes[kind];
    if (chart.criticalTimes[kind] > Picoseconds())
      order.push_back(kind);
  }
  llvm::sort(order, [&](unsigned a, unsigned b) {
    Picoseconds left = chart.criticalTimes[a], right = chart.criticalTimes[b];
    return left != right ? left > right : a < b;
  });
  std::string text;
  for (unsigned kind : order) {
    double share = 100.0 * chart.criticalTimes[kind].count() / whole.count();
    if (share >= 1)
      text += (text.empty() ? "" : ", ") + std::to_string(std::lround(share)) +
              " % " + kindStyles[kind].name.str();
  }
  return text;
}

void ChartWriter::writeTitle() {
  const TimeUnit &unit = unitOf(chart.makespan);
  StringRef model = schedule.getModel().value_or(schedule.getSymName());
  writeText(16, 26,
            model + " on " + schedule.getMachine() + ": " +
                formatNumber(chart.makespan.count() / unit.picoseconds, 4) +
                " " + unit.name,
            R"(font-size="16" font-weight="bold")");
  if (std::string chain = describeChain(); !chain.empty())
    writeText(16, 45, "critical chain: " + chain);
}

void ChartWriter::writeLegend() {
  double x = 16, y = 66;
  for (unsigned kind = 0; kind < numKernelKinds; ++kind) {
    if (!isUsed(kind))
      continue;
    writeRectangle(x, y - 9, 10, 10, kindStyles[kind].colour);
    writeText(x + 14, y, kindStyles[kind].name);
    x += 32 + characterWidth * kindStyles[kind].name.size();
  }
  writeRectangle(x, y - 6, 18, markHeight, textColour);
  writeText(x + 23, y, "critical chain");
}

/// A bar for each layer, and a shade behind each other one, from its begin to
/// that of the next.
void ChartWriter::writeLayers(unsigned bottom) {
  if (chart.layers.empty())
    return;
  writeText(16, plotTop + 11, "layers", "font-weight=\"bold\"");
  for (auto [i, layer] : llvm::enumerate(chart.layers)) {
    double begin = xOf(layer.begin);
    double next = i + 1 < chart.layers.size() ? xOf(chart.layers[i + 1].begin)
                                              : xOf(layer.end);
    bool isOdd = i % 2 != 0;
    writeRectangle(begin, plotTop, std::max(0.5, next - begin), layerHeight,
                   isOdd ? "#c3c9d1" : "#dde1e6");
    if (!isOdd)
      writeRectangle(begin, plotTop + layerHeight, std::max(0.5, next - begin),
                     bottom - plotTop - layerHeight, "#f3f5f7");
    std::string label = std::to_string(layer.number);
    if (next - begin > characterWidth * label.size() + 2)
      writeText((begin + next) / 2, plotTop + 11, label,
                R"(text-anchor="middle" font-size="10")");
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
       << bottom << "\" stroke=\"#dfe2e6\"/>\n";
    std::string label = formatNumber(i * step, 6);
    writeText(xOf(time), bottom + 15, label + " " + unit.name,
              "text-anchor=\"middle\"");
  }
}

/// The area below `sums`, a step per pixel.
void ChartWriter::writeArea(ArrayRef<double> sums, KernelKind kind,
                            double scale, unsigned bottom) {
  os << "<path fill=\"" << styleOf(kind).colour << "\" d=\"M" << left << ' '
     << bottom;
  for (size_t i = 0; i < sums.size();) {
    size_t same = i;
    auto heightAt = [&](size_t step) {
      return std::llround(10 * scale * sums[step]);
    };
    while (same < sums.size() && heightAt(same) == heightAt(i))
      ++same;
    os << llvm::format("V%.1fh", bottom - 0.1 * heightAt(i)) << same - i;
    i = same;
  }
  os << 'V' << bottom << "z\"/>\n";
}

/// Where the critical chain is, below a row.
void ChartWriter::writeMarks(const ChartRow &row, unsigned top) {
  if (row.critical.empty())
    return;
  // What begins within half a pixel of the former end goes on with it.
  std::vector<std::pair<double, double>> marks;
  for (auto [begin, end] : row.critical) {
    double from = xOf(begin), to = std::max(xOf(end), xOf(begin) + 0.5);
    if (!marks.empty() && from <= marks.back().second + 0.5)
      marks.back().second = std::max(marks.back().second, to);
    else
      marks.emplace_back(from, to);
  }
  os << "<path fill=\"" << textColour << "\" d=\"";
  for (auto [from, to] : marks)
    os << llvm::format("M%.1f %uh%.1fv%uh-%.1fz", from, top, to - from,
                       markHeight, to - from);
  os << "\"/>\n";
}

void ChartWriter::writeRow(const ChartRow &row, unsigned top, unsigned height) {
  unsigned bottom = top + height;
  double peak = row.getPeak();
  StringRef what = isLinks(row) ? "link" : "unit";
  writeText(16, top + 12, row.name, "font-weight=\"bold\"");
  writeText(16, top + 26,
            formatNumber(row.getMean(), 3) + " of " + Twine(row.count) + " " +
                what + (row.count == 1 ? "" : "s"),
            R"(font-size="10")");
  writeText(16, top + 38, "in use on average", R"(font-size="10")");
  writeText(left - 6, top + 8, formatNumber(peak, 3),
            R"(text-anchor="end" font-size="10")");
  writeText(left - 6, bottom, "0", R"(text-anchor="end" font-size="10")");
  // Stacked: each kind lies in front of the sum of it and those after it.
  std::vector<double> sums(plotWidth);
  std::vector<std::pair<unsigned, std::vector<double>>> areas;
  for (unsigned kind = 0; kind < numKernelKinds; ++kind) {
    bool used = false;
    for (size_t i = 0; i < sums.size(); ++i) {
      used |= row.inUse[kind][i] > 0;
      sums[i] += row.inUse[kind][i];
    }
    if (used)
      areas.emplace_back(kind, sums);
  }
  for (const auto &[kind, area] : llvm::reverse(areas))
    writeArea(area, static_cast<KernelKind>(kind), height / peak, bottom);
  os << "<line x1=\"" << left << "\" y1=\"" << bottom << "\" x2=\""
     << width - right << "\" y2=\"" << bottom << "\" stroke=\"#b6bcc4\"/>\n";
  writeMarks(row, bottom + 2);
}

void ChartWriter::write() {
  unsigned bottom = layOut() + 4;
  unsigned height = bottom + 28;
  os << R"(<svg xmlns="http://www.w3.org/2000/svg" width=")" << width
     << "\" height=\"" << height << "\" viewBox=\"0 0 " << width << ' '
     << height << R"(" font-family="Helvetica, Arial, sans-serif" )"
     << R"(font-size="12" fill=")" << textColour << "\">\n"
     << "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n";
  writeTitle();
  writeLegend();
  writeLayers(bottom);
  writeGrid(bottom);
  for (auto [row, top] : llvm::zip_equal(chart.rows, rowTops))
    writeRow(row, top, heightOf(row));
  os << "</svg>\n";
}

void atleus::writeSVG(sched::ScheduleOp schedule, llvm::raw_ostream &os) {
  ChartWriter(schedule, os).write();
}
