// Names of kernels, no two of which are equal.
#include "KernelNames.h"

#include "dialects/PIM/PIM.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace atleus;

std::string KernelNames::claimFrom(StringRef base, unsigned &next) {
  std::string name;
  do
    name = (base + "." + Twine(next++)).str();
  while (!taken.insert(name).second);
  return name;
}

std::string KernelNames::claim(StringRef wanted) {
  if (taken.insert(wanted).second)
    return wanted.str();
  return claimFrom(wanted, repeated.try_emplace(wanted, 1).first->second);
}

std::string KernelNames::claimNumbered(StringRef base) {
  return claimFrom(base, numbered.try_emplace(base, 0).first->second);
}

/// The mnemonics of the ops that a kernel executes, such as "add+layer_norm".
static std::string describe(Operation *kernel) {
  std::string text;
  auto append = [&](Operation *op) {
    if (!text.empty())
      text += "+";
    text += op->getName().stripDialect();
  };
  if (kernel->getNumRegions() == 0)
    append(kernel);
  else
    for (Operation &op : kernel->getRegion(0).front().without_terminator())
      append(&op);
  return text;
}

void atleus::nameKernels(ModuleOp module) {
  KernelNames names;
  SmallVector<Operation *> unnamed;
  auto setName = [](Operation *kernel, StringRef name) {
    auto attribute = StringAttr::get(kernel->getContext(), name);
    kernel->setAttr(nn::nameAttribute, attribute);
    for (Value operand : kernel->getOperands())
      if (auto program = operand.getDefiningOp<pim::ProgramOp>())
        program->setAttr(nn::nameAttribute, attribute);
  };
  // Names that the model gives come first, whatever the order of the kernels.
  module.walk([&](KernelOpInterface kernel) {
    if (nn::getKernelName(kernel).empty())
      unnamed.push_back(kernel);
    else
      setName(kernel, names.claim(nn::getKernelName(kernel)));
  });
  for (Operation *kernel : unnamed)
    setName(kernel, names.claimNumbered(describe(kernel)));
}
