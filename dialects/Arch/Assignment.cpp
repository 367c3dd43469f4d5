// Attributes that say why a kernel is on its tier.
#include "dialects/Arch/Assignment.h"

#include "dialects/Arch/MachineLookup.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace atleus;

void arch::setAssignment(Operation *op, StringRef reason,
                         ArrayRef<TierAlternative> alternatives) {
  Builder builder(op->getContext());
  SmallVector<NamedAttribute> entries;
  for (const TierAlternative &alternative : alternatives) {
    Attribute value;
    if (alternative.refusal.empty())
      value = builder.getDenseI64ArrayAttr(
          {alternative.latency.count(), alternative.energy.count()});
    else
      value = builder.getStringAttr(alternative.refusal);
    entries.emplace_back(alternative.tier, value);
  }
  op->setAttr(reasonAttribute, builder.getStringAttr(reason));
  op->setAttr(alternativesAttribute, builder.getDictionaryAttr(entries));
}

SmallVector<arch::TierAlternative> arch::getAlternatives(Operation *op) {
  SmallVector<TierAlternative> alternatives;
  auto recorded = op->getAttrOfType<DictionaryAttr>(alternativesAttribute);
  if (!recorded)
    return alternatives;
  for (NamedAttribute entry : recorded) {
    TierAlternative alternative;
    alternative.tier = entry.getName();
    if (auto reason = dyn_cast<StringAttr>(entry.getValue())) {
      alternative.refusal = reason.str();
    } else {
      auto costs = dyn_cast<DenseI64ArrayAttr>(entry.getValue());
      if (!costs || costs.size() != 2)
        continue;
      alternative.latency = Picoseconds(costs[0]);
      alternative.energy = Femtojoules(costs[1]);
    }
    alternatives.push_back(std::move(alternative));
  }
  return alternatives;
}

StringRef arch::getAssignmentReason(Operation *op) {
  auto reason = op->getAttrOfType<StringAttr>(reasonAttribute);
  return reason ? reason.getValue() : StringRef();
}

void arch::copyAssignment(Operation *from, Operation *to) {
  for (StringRef name :
       {StringRef(reasonAttribute), StringRef(alternativesAttribute)})
    if (Attribute value = from->getAttr(name))
      to->setAttr(name, value);
}

void arch::removeAssignment(Operation *op) {
  for (StringRef name :
       {StringRef(tierAttribute), StringRef(slotAttribute),
        StringRef(reasonAttribute), StringRef(alternativesAttribute)})
    op->removeAttr(name);
}

void arch::mergeAssignments(ArrayRef<Operation *> from, Operation *to) {
  SmallVector<TierAlternative> sums;
  StringRef reason;
  for (Operation *op : from) {
    if (reason.empty())
      reason = getAssignmentReason(op);
    for (TierAlternative &alternative : getAlternatives(op)) {
      auto *sum = llvm::find_if(sums, [&](const TierAlternative &known) {
        return known.tier == alternative.tier;
      });
      if (sum == sums.end()) {
        sums.push_back(std::move(alternative));
        continue;
      }
      sum->latency += alternative.latency;
      sum->energy += alternative.energy;
      if (sum->refusal.empty())
        sum->refusal = std::move(alternative.refusal);
    }
  }
  if (!reason.empty())
    setAssignment(to, reason, sums);
}
