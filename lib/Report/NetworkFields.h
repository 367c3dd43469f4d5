// The network in the report's file and in its table.
#ifndef ATLEUS_LIB_REPORT_NETWORKFIELDS_H
#define ATLEUS_LIB_REPORT_NETWORKFIELDS_H

#include "atleus/Report/Report.h"
#include "atleus/Report/Table.h"

#include "llvm/Support/JSON.h"

namespace atleus {

/// Writes the member `network`.
void writeNetwork(const NetworkReport &network, llvm::json::OStream &json);

/// Adds the rows of the printed report.
void addNetworkRows(const NetworkReport &network, Table &table);

} // namespace atleus

#endif // ATLEUS_LIB_REPORT_NETWORKFIELDS_H
