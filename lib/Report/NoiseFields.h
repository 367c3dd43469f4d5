// The noise of devices in the report's file and in its table.
#ifndef ATLEUS_LIB_REPORT_NOISEFIELDS_H
#define ATLEUS_LIB_REPORT_NOISEFIELDS_H

#include "atleus/Report/Report.h"
#include "atleus/Report/Table.h"

#include "llvm/Support/JSON.h"

namespace atleus {

/// Writes the member `noise`, null if devices were ideal.
void writeNoise(const Report &report, llvm::json::OStream &json);

/// Adds the rows of the printed report, if the machine has crossbars.
void addNoiseRows(const Report &report, Table &table);

} // namespace atleus

#endif // ATLEUS_LIB_REPORT_NOISEFIELDS_H
