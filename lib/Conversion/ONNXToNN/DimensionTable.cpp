// Keeps the sizes of dimensions consistent.
#include "DimensionTable.h"

using namespace mlir;
using namespace atleus;

/// Formulas that build on each other are followed this far.
static constexpr unsigned maximumRounds = 64;

void DimensionTable::declare(StringRef name) {
  auto [entry, isNew] = entries.try_emplace(name.str());
  if (isNew)
    entry->second.formula = DimensionExpression::parse(name);
}

LogicalResult DimensionTable::bind(StringRef name, int64_t size,
                                   const llvm::Twine &source,
                                   EmitError emitError) {
  declare(name);
  Entry &entry = entries.find(name.str())->second;
  if (entry.size == size)
    return success();
  if (entry.size)
    return emitError() << "dimension '" << name << "' is " << *entry.size
                       << " by " << entry.source << ", but " << size << " by "
                       << source.str();
  if (size < 0)
    return emitError() << "dimension '" << name << "' is " << size << " by "
                       << source.str();
  entry.size = size;
  entry.source = source.str();
  return success();
}

std::optional<int64_t> DimensionTable::lookup(StringRef name) const {
  auto entry = entries.find(name.str());
  return entry == entries.end() ? std::nullopt : entry->second.size;
}

bool DimensionTable::isFormula(StringRef name) const {
  auto entry = entries.find(name.str());
  return entry != entries.end() && entry->second.formula &&
         llvm::all_of(entry->second.formula->getNames(), [&](StringRef part) {
           return entries.find(part.str()) != entries.end();
         });
}

FailureOr<bool> DimensionTable::solveOnce(EmitError emitError) {
  bool hasChanged = false;
  auto find = [&](StringRef name) { return lookup(name); };
  for (auto &[name, entry] : entries) {
    if (!isFormula(name))
      continue;
    if (std::optional<int64_t> value = entry.formula->evaluate(find)) {
      hasChanged |= !entry.size;
      if (failed(bind(name, *value, "its parts", emitError)))
        return failure();
    } else if (entry.size) {
      if (auto solved = entry.formula->solve(*entry.size, find)) {
        hasChanged = true;
        if (failed(bind(solved->first, solved->second, "'" + name + "'",
                        emitError)))
          return failure();
      }
    }
  }
  return hasChanged;
}

LogicalResult DimensionTable::solve(EmitError emitError) {
  for (unsigned round = 0; round < maximumRounds; ++round) {
    FailureOr<bool> hasChanged = solveOnce(emitError);
    if (failed(hasChanged))
      return failure();
    if (!*hasChanged)
      break;
  }
  return success();
}
