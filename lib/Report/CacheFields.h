// The cache of a decoder in the report's file and in its table.
#ifndef ATLEUS_LIB_REPORT_CACHEFIELDS_H
#define ATLEUS_LIB_REPORT_CACHEFIELDS_H

#include "atleus/Report/Report.h"
#include "atleus/Report/Table.h"

#include "llvm/Support/JSON.h"

namespace atleus {

/// Writes the member `cache`, null without one.
void writeCache(const std::optional<CacheReport> &cache,
                llvm::json::OStream &json);

/// Adds the rows of the printed report, if there is a cache.
void addCacheRows(const Report &report, Table &table);

} // namespace atleus

#endif // ATLEUS_LIB_REPORT_CACHEFIELDS_H
