// Numbers of machines and their units.
#include "dialects/Arch/MachineNumbers.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::arch;

void arch::forEachNumber(MachineOp machine,
                         function_ref<void(const MachineNumber &)> visit) {
  machine.walk<WalkOrder::PreOrder>([&](Operation *part) {
    for (StringAttr name : part->getName().getAttributeNames())
      if (SourceAttr source = getSource(part, name))
        visit({part, name, part->getAttr(name), source});
  });
}

std::string arch::getPartName(Operation *part) {
  if (auto symbol = dyn_cast<SymbolOpInterface>(part))
    return symbol.getName().str();
  if (auto layer = dyn_cast<LayerOp>(part))
    return layer.getName().str();
  return part->getName().stripDialect().str();
}

std::string arch::formatNumber(Attribute value) {
  if (auto number = dyn_cast<IntegerAttr>(value))
    return std::to_string(number.getInt());
  std::vector<std::string> parts;
  for (int64_t number : cast<DenseI64ArrayAttr>(value).asArrayRef())
    parts.push_back(std::to_string(number));
  return "[" + llvm::join(parts, ", ") + "]";
}

namespace {
/// How names that end alike are measured.
struct Ending {
  StringRef text;
  StringRef unit;
  bool physical;
};
} // namespace

static const Ending *findEnding(StringRef name) {
  // The first that fits: longer endings stand before shorter ones.
  static constexpr Ending endings[] = {
      {"_w_per_m2_k", "W/(m2 K)", true},
      {"_mw_per_m_k", "mW/(m K)", true},
      {"_j_per_m3_k", "J/(m3 K)", true},
      {"_fj_per_mm", "fJ/mm", true},
      {"_mk_per_w", "mK/W", true},
      {"_mj_per_k", "mJ/K", true},
      {"bytes_per_cycle", "bytes/cycle", false},
      {"bytes_per_s", "bytes/s", true},
      {"samples_per_s", "samples/s", true},
      {"operations_per_s", "operations/s", true},
      {"macs_per_s", "MACs/s", true},
      {"_ppm", "1e-6", true},
      {"_nanosiemens", "nS", true},
      {"_mv", "mV", true},
      {"_hz", "Hz", true},
      {"_s", "s", true},
      {"_ps", "ps", true},
      {"_fj", "fJ", true},
      {"_uw", "uW", true},
      {"_nw", "nW", true},
      {"_um", "um", true},
      {"_um2", "um2", true},
      {"_nm2", "nm2", true},
      {"_mk", "mK", true},
      {"_percent", "%", true},
      {"_bytes", "bytes", false},
      {"_bits", "bits", false},
      {"_cycles", "cycles", false},
      {"_flits", "flits", false},
  };
  const Ending *found = llvm::find_if(endings, [&](const Ending &ending) {
    return name.ends_with(ending.text);
  });
  return found == std::end(endings) ? nullptr : found;
}

StringRef arch::getUnit(StringRef name) {
  const Ending *ending = findEnding(name);
  return ending ? ending->unit : StringRef();
}

bool arch::isPhysical(StringRef name) {
  const Ending *ending = findEnding(name);
  return ending && ending->physical;
}

bool arch::isUnverified(SourceAttr source) {
  return source.getProvenance() == Provenance::Recalled ||
         source.getProvenance() == Provenance::Estimated;
}
