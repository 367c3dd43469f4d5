// Adds up what memories hold.
#include "MemoryCapacity.h"

#include "DataFlows.h"

#include "atleus/Support/NumberText.h"
#include "atleus/Transforms/Caches.h"
#include "dialects/Arch/Assignment.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/Arch/SkippedZeros.h"
#include "dialects/NN/NN.h"

#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace atleus;

namespace {
/// A tensor in a memory, and what a note calls it.
struct Entry {
  std::string name;
  Location location;
  int64_t bytes;
};

/// What lies in one memory, each value once.
class Contents {
public:
  void add(Value value, const Twine &name, Location location) {
    if (auto type = dyn_cast<RankedTensorType>(value.getType()))
      add(value, name, location, nn::getNumBytes(type));
  }
  void add(Value value, const Twine &name, Location location, int64_t size) {
    if (!seen.insert(value).second)
      return;
    entries.push_back({name.str(), location, size});
    bytes += size;
  }

  SmallVector<Entry> entries;
  int64_t bytes = 0;

private:
  llvm::DenseSet<Value> seen;
};
} // namespace

/// Names the tensors that take the most room.
static void noteLargest(InFlightDiagnostic &error, const Contents &contents) {
  constexpr size_t listed = 3;
  auto order = llvm::to_vector(llvm::seq<size_t>(contents.entries.size()));
  llvm::sort(order, [&](size_t a, size_t b) {
    int64_t left = contents.entries[a].bytes, right = contents.entries[b].bytes;
    return left != right ? left > right : a < b;
  });
  for (size_t index : ArrayRef(order).take_front(listed)) {
    const Entry &entry = contents.entries[index];
    error.attachNote(entry.location)
        << entry.name << " needs " << formatCount(entry.bytes) << " bytes";
  }
}

static LogicalResult verifyFits(arch::MemoryOp memory,
                                const Contents &contents) {
  int64_t capacity = memory.getCapacityBytes();
  if (contents.bytes <= capacity)
    return success();
  InFlightDiagnostic error = emitError(memory->getParentOp()->getLoc());
  error << "needs " << formatCount(contents.bytes)
        << " bytes of memory for parameters, inputs and results, @"
        << memory.getSymName() << " has " << formatCount(capacity)
        << ": short by " << formatCount(contents.bytes - capacity);
  noteLargest(error, contents);
  error.attachNote(memory.getLoc())
      << "memory declared here; change it with --set " << memory.getSymName()
      << ".capacity_bytes=" << contents.bytes;
  return error;
}

/// Bytes of a parameter that `op` reads on a tier: in sparse storage, if the
/// tier's core leaves out its zeros.
static int64_t getStoredBytes(Operation *op, Value parameter,
                              Operation *place) {
  auto type = cast<RankedTensorType>(parameter.getType());
  auto layer = dyn_cast<nn::LinearOp>(op);
  auto tier = dyn_cast<arch::TierOp>(place);
  auto core = tier ? dyn_cast<arch::SystolicOp>(tier.getCoreOp()) : nullptr;
  if (!layer || !core || layer.getWeight() != parameter || nn::isCoded(type))
    return nn::getNumBytes(type);
  MatrixProduct product = layer.getWork().products.front();
  return arch::skipsZeros(core.getSparsity(), product)
             ? product.sparsity.packedBytes(product.rhsBits)
             : nn::getNumBytes(type);
}

LogicalResult atleus::verifyMemoryCapacity(func::FuncOp function,
                                           const KernelChain &chain,
                                           arch::MachineOp machine) {
  llvm::MapVector<Operation *, Contents> memories;
  for (Operation *op : chain.kernels) {
    auto tier = op->getAttrOfType<FlatSymbolRefAttr>(arch::tierAttribute);
    Operation *place = arch::lookupPlace(machine, tier);
    Operation *memory = arch::getParameterMemory(place);
    // What takes turns in crossbars comes from outside each time.
    if (op->hasAttr(arch::slotAttribute))
      memory = OuterPlace(machine).op;
    if (!memory)
      continue;
    StringRef name = nn::getKernelName(op);
    for (Value operand : op->getOperands())
      if (nn::isStatic(operand))
        memories[memory].add(
            operand,
            "'" + (name.empty() ? op->getName().getStringRef() : name) + "'",
            op->getLoc(), getStoredBytes(op, operand, place));
  }
  Contents &outer = memories[OuterPlace(machine).op];
  llvm::DenseSet<Value> continued;
  for (unsigned i = 0; i < function.getNumResults(); ++i)
    continued.insert(getContinued(function, i));
  for (BlockArgument argument : function.getArguments())
    if (!continued.contains(argument)) // It is the beginning of a result.
      outer.add(argument, "input " + Twine(argument.getArgNumber()),
                argument.getLoc());
  function.walk([&](func::ReturnOp op) {
    for (auto [index, value] : llvm::enumerate(op.getOperands()))
      outer.add(value, "result " + Twine(index), op.getLoc());
  });
  for (auto &[part, contents] : memories)
    if (auto memory = dyn_cast<arch::MemoryOp>(part))
      if (failed(verifyFits(memory, contents)))
        return failure();
  return success();
}
