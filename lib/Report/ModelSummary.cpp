// Sums nodes, work and parameters over a model.
#include "atleus/Report/ModelSummary.h"

#include "atleus/Interpreter/Tensor.h"
#include "atleus/Transforms/HostFallback.h"
#include "dialects/NN/NN.h"
#include "dialects/ONNX/ONNX.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/raw_ostream.h"

#include <map>
#include <tuple>

using namespace mlir;
using namespace atleus;

//===----------------------------------------------------------------------===//
// Inputs and outputs
//===----------------------------------------------------------------------===//

/// The name of dimension `index`, which the file leaves open.
static std::string nameOfDimension(ArrayAttr dims, size_t index) {
  auto name = dims && index < dims.size() ? dyn_cast<StringAttr>(dims[index])
                                          : StringAttr();
  return name && !name.empty() ? name.str() : "?";
}

static TensorSummary describe(StringAttr name, Type type, ArrayAttr dims) {
  TensorSummary tensor;
  tensor.name = name ? name.str() : "";
  llvm::raw_string_ostream(tensor.elementType) << getElementTypeOrSelf(type);
  auto ranked = dyn_cast<RankedTensorType>(type);
  if (!ranked)
    return tensor;
  for (auto [i, size] : llvm::enumerate(ranked.getShape()))
    tensor.shape.push_back(ShapedType::isDynamic(size)
                               ? nameOfDimension(dims, i)
                               : std::to_string(size));
  return tensor;
}

/// Describes arguments and results, which bear their names in the attribute
/// `name` and those of their dimensions in "onnx.dims".
static void describeFunction(func::FuncOp function, StringRef name,
                             ModelSummary &summary) {
  summary.inputs.clear();
  summary.outputs.clear();
  for (unsigned i = 0; i < function.getNumArguments(); ++i)
    summary.inputs.push_back(
        describe(function.getArgAttrOfType<StringAttr>(i, name),
                 function.getArgumentTypes()[i],
                 function.getArgAttrOfType<ArrayAttr>(i, "onnx.dims")));
  for (unsigned i = 0; i < function.getNumResults(); ++i)
    summary.outputs.push_back(
        describe(function.getResultAttrOfType<StringAttr>(i, name),
                 function.getResultTypes()[i],
                 function.getResultAttrOfType<ArrayAttr>(i, "onnx.dims")));
}

//===----------------------------------------------------------------------===//
// Operators
//===----------------------------------------------------------------------===//

void atleus::summarizeOperators(
    ModuleOp module, llvm::function_ref<bool(StringRef, StringRef)> isKnown,
    ModelSummary &summary) {
  for (auto function : module.getOps<func::FuncOp>())
    describeFunction(function, "onnx.name", summary);
  llvm::MapVector<std::pair<StringRef, StringRef>, int64_t> counts;
  module.walk([&](onnx::NodeOp node) {
    ++counts[{node.getDomain(), node.getOpType()}];
  });
  for (const auto &[key, nodes] : counts) {
    auto [domain, type] = key;
    bool isDefault = domain.empty() || domain == "ai.onnx";
    summary.operators.push_back(
        {isDefault ? type.str() : (domain + "." + type).str(), nodes,
         isKnown(domain, type)});
  }
  llvm::sort(summary.operators, [](const auto &a, const auto &b) {
    // The name makes the order unique.
    return std::make_tuple(-a.nodes, StringRef(a.name)) <
           std::make_tuple(-b.nodes, StringRef(b.name));
  });
}

//===----------------------------------------------------------------------===//
// Kernels
//===----------------------------------------------------------------------===//

static void addWork(const Work &work, KernelKindSummary &kind) {
  ++kind.kernels;
  for (const MatrixProduct &product : work.products)
    (product.staticRhs ? kind.staticMacs : kind.dynamicMacs) += product.macs();
  kind.vectorOperations += work.vectorOperations();
  kind.parameterBytes += work.parameterBytes;
  kind.activationBytes += work.bytesRead + work.bytesWritten;
}

KernelKindSummary ModelSummary::total() const {
  KernelKindSummary sum;
  for (const KernelKindSummary &kind : kinds) {
    sum.kernels += kind.kernels;
    sum.staticMacs += kind.staticMacs;
    sum.dynamicMacs += kind.dynamicMacs;
    sum.vectorOperations += kind.vectorOperations;
    sum.parameterBytes += kind.parameterBytes;
    sum.activationBytes += kind.activationBytes;
  }
  return sum;
}

/// Whether two constants have equal elements, in whatever shape. Those whose
/// elements were left out of the module have none to compare.
static bool haveEqualElements(nn::ConstantOp a, nn::ConstantOp b) {
  llvm::Expected<Tensor> first = Tensor::fromAttribute(a.getValue());
  llvm::Expected<Tensor> second = Tensor::fromAttribute(b.getValue());
  bool isEqual = first && second &&
                 first->getElementType() == second->getElementType() &&
                 first->bytes() == second->bytes();
  llvm::consumeError(first.takeError());
  llvm::consumeError(second.takeError());
  return isEqual;
}

/// Constants that have been counted, by name. A parameter that stands in two
/// shapes for two readers is one parameter.
using CountedParameters = llvm::StringMap<SmallVector<nn::ConstantOp, 1>>;

/// Adds a constant to the parameters, or to what is none.
static void addConstant(nn::ConstantOp constant, CountedParameters &counted,
                        ModelSummary &summary) {
  auto type = cast<RankedTensorType>(constant.getType());
  // Integers that get a scale are parameters as well.
  bool isParameter =
      !nn::getKernelName(constant).empty() &&
      (isa<FloatType>(type.getElementType()) || nn::isQuantized(type) ||
       llvm::any_of(constant->getUsers(), llvm::IsaPred<nn::StorageCastOp>));
  if (isParameter) {
    auto &sameName = counted[nn::getKernelName(constant)];
    if (llvm::any_of(sameName, [&](nn::ConstantOp other) {
          return haveEqualElements(constant, other);
        }))
      return;
    sameName.push_back(constant);
  }
  ConstantSummary &sum =
      isParameter ? summary.parameters : summary.otherConstants;
  sum.elements += type.getNumElements();
  sum.bytes += nn::getNumBytes(type);
}

/// Adds a pruned weight: all of its elements, and the bytes that are stored.
static void addSparse(nn::SparseConstantOp constant, ModelSummary &summary) {
  summary.parameters.elements += constant.getType().getNumElements();
  summary.parameters.bytes += constant.getStoredBytes();
}

namespace {
/// Kernels that the host would execute, by kind and reason.
using HostKinds = std::map<std::pair<StringRef, std::string>, HostSummary>;
} // namespace

static void addHost(Operation *op, const Work &work, std::string reason,
                    HostKinds &kinds) {
  StringRef kind = op->getName().getStringRef();
  HostSummary &host = kinds[{kind, reason}];
  host.kind = kind.str();
  host.reason = std::move(reason);
  ++host.kernels;
  host.macs += work.macs();
  host.bytes += work.bytesRead + work.bytesWritten + work.parameterBytes;
}

void atleus::summarizeKernels(ModuleOp module, arch::MachineOp machine,
                              ModelSummary &summary) {
  if (auto name = module->getAttrOfType<StringAttr>(nn::nameAttribute))
    summary.name = name.str();
  if (machine)
    summary.machine = machine.getSymName().str();
  llvm::MapVector<StringRef, KernelKindSummary> kinds;
  HostKinds host;
  CountedParameters counted;
  for (auto function : module.getOps<func::FuncOp>()) {
    describeFunction(function, nn::nameAttribute, summary);
    // What a region holds is counted by the op that has the region.
    for (Operation &op : function.getOps()) {
      if (auto constant = dyn_cast<nn::ConstantOp>(op)) {
        addConstant(constant, counted, summary);
        continue;
      }
      if (auto constant = dyn_cast<nn::SparseConstantOp>(op)) {
        addSparse(constant, summary);
        continue;
      }
      auto kernel = dyn_cast<WorkOpInterface>(op);
      if (!kernel)
        continue;
      StringRef name = op.getName().getStringRef();
      KernelKindSummary &kind = kinds[name];
      kind.kind = name.str();
      Work work = kernel.getWork();
      addWork(work, kind);
      if (machine)
        if (auto reason = explainHostFallback(machine, &op))
          addHost(&op, work, *reason, host);
    }
  }
  for (auto &entry : kinds)
    summary.kinds.push_back(std::move(entry.second));
  for (auto &entry : host)
    summary.host.push_back(std::move(entry.second));
  llvm::sort(summary.kinds, [](const auto &a, const auto &b) {
    // Most work first; the name makes the order unique.
    return std::make_tuple(b.staticMacs + b.dynamicMacs, b.vectorOperations,
                           StringRef(a.kind)) <
           std::make_tuple(a.staticMacs + a.dynamicMacs, a.vectorOperations,
                           StringRef(b.kind));
  });
}
