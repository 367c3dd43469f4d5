// Matches kernels with pins and tiers with names.
#include "TierPins.h"

#include "atleus/Support/NearestName.h"
#include "dialects/Arch/MachineLookup.h"

using namespace mlir;
using namespace atleus;

LogicalResult TierPins::parse(ArrayRef<std::string> texts, Location loc) {
  for (const std::string &text : texts) {
    llvm::Expected<TierPin> pin = TierPin::parse(text);
    if (!pin)
      return emitError(loc) << llvm::toString(pin.takeError());
    Operation *place = arch::lookupPlace(
        machine, FlatSymbolRefAttr::get(loc.getContext(), pin->tier));
    if (!place) {
      std::vector<std::string> names = {machine.getHost().getSymName().str()};
      for (arch::TierOp tier : machine.getTiers())
        names.push_back(tier.getSymName().str());
      InFlightDiagnostic error =
          emitError(loc) << "pin '" << text << "': @" << machine.getSymName()
                         << " has no tier and no host '" << pin->tier
                         << "'; the nearest names are "
                         << listNearest(pin->tier, names, /*most=*/3);
      error.attachNote(machine.getLoc()) << "machine declared here";
      return error;
    }
    entries.push_back({std::move(*pin), place});
  }
  return success();
}

LogicalResult TierPins::verify(const KernelOptions &kernel) {
  const TierOption *option = kernel.find(kernel.pin);
  if (!option || option->cost) // The host executes everything.
    return success();
  InFlightDiagnostic error =
      kernel.op->emitOpError()
      << "cannot run on tier @" << arch::TierOp(option->tier).getSymName()
      << ", to which '" << kernel.pinText << "' sends it: " << option->refusal;
  error.attachNote(arch::TierOp(option->tier).getLoc()) << "tier declared here";
  return error;
}

LogicalResult TierPins::apply(MutableArrayRef<KernelOptions> kernels) {
  for (KernelOptions &kernel : kernels) {
    StringRef name = nn::getKernelName(kernel.op);
    if (name.empty())
      continue;
    for (Entry &entry : entries)
      if (entry.pin.matches(name)) {
        kernel.pin = entry.place;
        kernel.pinText = entry.pin.text;
        entry.isUsed = true;
      }
    if (kernel.pin && failed(verify(kernel)))
      return failure();
  }
  return success();
}

void TierPins::warnOfUnused(ArrayRef<std::string> names, Location loc) {
  for (const Entry &entry : entries) {
    if (entry.isUsed)
      continue;
    InFlightDiagnostic warning = emitWarning(loc) << "pin '" << entry.pin.text
                                                  << "' matches no kernel";
    if (!names.empty())
      warning << "; the nearest names are "
              << listNearestMatches(entry.pin.pattern, names);
  }
}
