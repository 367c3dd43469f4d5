// Sums work and parameters over the kernels of a model.
#include "atleus/Report/ModelSummary.h"

#include "atleus/Report/Table.h"
#include "dialects/NN/NN.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/raw_ostream.h"

#include <tuple>

using namespace mlir;
using namespace atleus;

/// "name: 1x3x8x8 x f32".
static std::string describe(StringRef name, Type type) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << (name.empty() ? StringRef("(no name)") : name) << ": ";
  if (auto tensor = dyn_cast<RankedTensorType>(type)) {
    for (int64_t size : tensor.getShape())
      os << size << 'x';
    os << tensor.getElementType();
  } else {
    os << type;
  }
  return text;
}

static StringRef nameOf(StringAttr name) {
  return name ? name.getValue() : StringRef();
}

static void describeFunction(func::FuncOp function, ModelSummary &summary) {
  for (unsigned i = 0; i < function.getNumArguments(); ++i)
    summary.inputs.push_back(describe(
        nameOf(function.getArgAttrOfType<StringAttr>(i, nn::nameAttribute)),
        function.getArgumentTypes()[i]));
  for (unsigned i = 0; i < function.getNumResults(); ++i)
    summary.outputs.push_back(describe(
        nameOf(function.getResultAttrOfType<StringAttr>(i, nn::nameAttribute)),
        function.getResultTypes()[i]));
}

static void addWork(const Work &work, KernelKindSummary &kind) {
  ++kind.kernels;
  for (const MatrixProduct &product : work.products)
    (product.staticRhs ? kind.staticMacs : kind.dynamicMacs) += product.macs();
  kind.vectorOperations += work.vectorOperations();
  kind.parameterBytes += work.parameterBytes;
}

ModelSummary atleus::summarizeModel(ModuleOp module) {
  ModelSummary summary;
  llvm::MapVector<StringRef, KernelKindSummary> kinds;
  for (auto function : module.getOps<func::FuncOp>()) {
    describeFunction(function, summary);
    function.walk([&](Operation *op) {
      if (auto constant = dyn_cast<nn::ConstantOp>(op)) {
        summary.parameters += constant.getType().getNumElements();
        summary.parameterBytes +=
            nn::getNumBytes(cast<RankedTensorType>(constant.getType()));
      } else if (auto kernel = dyn_cast<WorkOpInterface>(op)) {
        StringRef name = op->getName().getStringRef();
        KernelKindSummary &kind = kinds[name];
        kind.kind = name.str();
        addWork(kernel.getWork(), kind);
      }
    });
  }
  for (auto &entry : kinds)
    summary.kinds.push_back(std::move(entry.second));
  llvm::sort(summary.kinds, [](const auto &a, const auto &b) {
    // Most work first; the name makes the order unique.
    return std::make_tuple(b.staticMacs + b.dynamicMacs, b.vectorOperations,
                           llvm::StringRef(a.kind)) <
           std::make_tuple(a.staticMacs + a.dynamicMacs, a.vectorOperations,
                           llvm::StringRef(b.kind));
  });
  return summary;
}

void atleus::printModelSummary(const ModelSummary &summary,
                               llvm::raw_ostream &os) {
  for (const std::string &input : summary.inputs)
    os << "input   " << input << '\n';
  for (const std::string &output : summary.outputs)
    os << "output  " << output << '\n';
  os << '\n';
  Table table({"kernel", "count", "MACs (static)", "MACs (dynamic)",
               "element operations", "parameter bytes"});
  KernelKindSummary total;
  for (const KernelKindSummary &kind : summary.kinds) {
    table.addRow({kind.kind, formatCount(kind.kernels),
                  formatCount(kind.staticMacs), formatCount(kind.dynamicMacs),
                  formatCount(kind.vectorOperations),
                  formatCount(kind.parameterBytes)});
    total.kernels += kind.kernels;
    total.staticMacs += kind.staticMacs;
    total.dynamicMacs += kind.dynamicMacs;
    total.vectorOperations += kind.vectorOperations;
    total.parameterBytes += kind.parameterBytes;
  }
  table.addRow({"all", formatCount(total.kernels),
                formatCount(total.staticMacs), formatCount(total.dynamicMacs),
                formatCount(total.vectorOperations),
                formatCount(total.parameterBytes)});
  table.print(os);
  os << "\nparameters  " << formatCount(summary.parameters) << " in "
     << formatCount(summary.parameterBytes) << " bytes\n";
}
