// The cache of a decoder in the report's file and in its table.
#include "CacheFields.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace atleus;
using llvm::json::OStream;

void atleus::writeCache(const std::optional<CacheReport> &cache,
                        OStream &json) {
  if (!cache)
    return json.attribute("cache", nullptr);
  json.attributeObject("cache", [&] {
    json.attribute("tensors", cache->tensors);
    json.attribute("context_tokens", cache->context);
    json.attribute("appended_tokens", cache->appended);
    json.attribute("bytes_per_token", cache->bytesPerToken);
    json.attribute("resident_bytes", cache->bytesBefore());
    json.attribute("place", cache->place);
    json.attributeArray("node", [&] {
      for (int64_t coordinate : cache->node)
        json.value(coordinate);
    });
    json.attribute("read_bytes", cache->bytesRead);
    json.attribute("written_bytes", cache->bytesWritten);
    json.attribute("in_place", cache->inPlace);
    json.attribute("busy_ps", cache->busy.count());
    json.attribute("share_of_place_time", cache->shareOfTime());
  });
}

void atleus::addCacheRows(const Report &report, Table &table) {
  if (!report.cache)
    return;
  const CacheReport &cache = *report.cache;
  table.addRow({"cache", formatQuantity(cache.bytesBefore(), "B") + " at " +
                             formatCount(cache.context) + " tokens, " +
                             formatQuantity(cache.bytesPerToken, "B") +
                             " each in " + formatCount(cache.tensors) +
                             " tensors"});
  if (cache.bytesRead + cache.bytesWritten == 0)
    return table.addRow({"", "does not pass through a memory"});
  std::string line;
  llvm::raw_string_ostream os(line);
  os << "in " << cache.place << ": a step reads "
     << formatQuantity(cache.bytesRead, "B") << " and writes "
     << formatQuantity(cache.bytesWritten, "B")
     << llvm::format(", %.1f %% of the time that it is in use",
                     100 * cache.shareOfTime());
  os << (cache.inPlace ? "; new tokens are appended in place"
                       : "; it is written anew");
  table.addRow({"", line});
}
