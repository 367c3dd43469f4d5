// How good a placement is, beside one row by row.
#include "atleus/Report/PlacementReport.h"

#include "dialects/NoC/NoC.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

using namespace mlir;
using namespace atleus;

static std::optional<int64_t> readNumber(DictionaryAttr entries,
                                         StringRef name) {
  auto number = entries.getAs<IntegerAttr>(name);
  if (!number)
    return std::nullopt;
  return number.getInt();
}

std::optional<PlacementReport> atleus::readPlacement(ModuleOp module) {
  auto entries = module->getAttrOfType<DictionaryAttr>("noc.placement");
  if (!entries)
    return std::nullopt;
  auto method = entries.getAs<StringAttr>("method");
  std::optional<int64_t> byteLinks = readNumber(entries, "byte_links");
  std::optional<int64_t> busiest = readNumber(entries, "busiest_link_ps");
  std::optional<int64_t> rowMajor = readNumber(entries, "row_major_byte_links");
  std::optional<int64_t> rowMajorBusiest =
      readNumber(entries, "row_major_busiest_link_ps");
  if (!method || !byteLinks || !busiest || !rowMajor || !rowMajorBusiest)
    return std::nullopt;
  return PlacementReport{method.str(),
                         {*byteLinks, Picoseconds(*busiest)},
                         {*rowMajor, Picoseconds(*rowMajorBusiest)}};
}

/// "22 % less", "5 % more" or "as much".
static std::string compare(int64_t value, int64_t reference) {
  if (value == reference || reference == 0)
    return "as much";
  double percent = 100.0 * (value - reference) / reference;
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.3g %% ", std::abs(percent))
                                 << (percent < 0 ? "less" : "more");
  return text;
}

std::string atleus::describePlacement(const PlacementReport &report) {
  if (report.method == "row-major")
    return "row-major";
  return report.method + ": " +
         compare(report.chosen.byteLinks, report.rowMajor.byteLinks) +
         " traffic x distance than row-major, busiest link " +
         compare(report.chosen.busiestLink.count(),
                 report.rowMajor.busiestLink.count());
}
