// Writes and loads of weights in the report's file and in its table.
#ifndef ATLEUS_LIB_REPORT_WEIGHTTRAFFICFIELDS_H
#define ATLEUS_LIB_REPORT_WEIGHTTRAFFICFIELDS_H

#include "atleus/Report/Report.h"
#include "atleus/Report/Table.h"

#include "llvm/Support/JSON.h"

namespace atleus {

/// Writes the member `weight_traffic`.
void writeWeightTraffic(const WeightTraffic &traffic,
                        llvm::json::OStream &json);

/// Adds the rows of the printed report.
void addWeightTrafficRows(const WeightTraffic &traffic, Table &table);

} // namespace atleus

#endif // ATLEUS_LIB_REPORT_WEIGHTTRAFFICFIELDS_H
