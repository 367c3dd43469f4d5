// Buffers in the report's file and in its table.
#ifndef ATLEUS_LIB_REPORT_BUFFERFIELDS_H
#define ATLEUS_LIB_REPORT_BUFFERFIELDS_H

#include "atleus/Report/Report.h"
#include "atleus/Report/Table.h"

#include "llvm/Support/JSON.h"

namespace atleus {

/// Writes the member `buffers`.
void writeBuffers(const Report &report, llvm::json::OStream &json);

/// Adds the rows of the printed report.
void addBufferRows(const Report &report, Table &table);

} // namespace atleus

#endif // ATLEUS_LIB_REPORT_BUFFERFIELDS_H
