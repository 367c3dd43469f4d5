// Areas as people read them.
#include "AreaText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace atleus;
using llvm::ArrayRef;

static std::string formatArea(SquareNanometres area) {
  double squareMillimetres = static_cast<double>(area.count()) * 1e-12;
  bool small = squareMillimetres < 0.01;
  return small ? llvm::formatv("{0:F0} um^2", 1e6 * squareMillimetres).str()
               : llvm::formatv("{0:F2} mm^2", squareMillimetres).str();
}

std::string atleus::formatTotalArea(ArrayRef<AreaReport> parts) {
  SquareNanometres sum;
  size_t stated = 0;
  for (const AreaReport &part : parts) {
    sum += part.area.value_or(SquareNanometres());
    stated += part.area.has_value();
  }
  if (stated == 0)
    return "not stated";
  return (stated < parts.size() ? "at least " : "") + formatArea(sum);
}

std::string atleus::formatAreas(ArrayRef<AreaReport> parts) {
  std::vector<const AreaReport *> stated;
  std::vector<std::string> entries, missing;
  for (const AreaReport &part : parts)
    if (!part.area)
      missing.push_back(part.part);
    else if (part.area->count() > 0)
      stated.push_back(&part);
  // Equal ones in the order of the parts.
  llvm::sort(stated, [](const AreaReport *a, const AreaReport *b) {
    return *a->area != *b->area ? *a->area > *b->area : a < b;
  });
  for (const AreaReport *part : stated)
    entries.push_back(part->part + " " + formatArea(*part->area));
  std::string text = llvm::join(entries, ", ");
  if (!missing.empty())
    text += (text.empty() ? "" : "; ") + std::string("not stated: ") +
            llvm::join(missing, ", ");
  return text;
}
