// Areas as people read them.
#ifndef ATLEUS_LIB_REPORT_AREATEXT_H
#define ATLEUS_LIB_REPORT_AREATEXT_H

#include "atleus/Report/Report.h"

namespace atleus {

/// "12.30 mm^2"; "at least 12.30 mm^2" if a part is not stated; "not stated" if
/// none is.
std::string formatTotalArea(llvm::ArrayRef<AreaReport> parts);

/// The parts that take area, largest first, and those that are not stated:
/// "adc 1.84 mm^2, bus 1.44 mm^2; not stated: mux".
std::string formatAreas(llvm::ArrayRef<AreaReport> parts);

} // namespace atleus

#endif // ATLEUS_LIB_REPORT_AREATEXT_H
