// Prints what a model consists of as tables.
#include "atleus/Report/ModelSummary.h"
#include "atleus/Report/Table.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace atleus;

/// "image: 1x3x8x8 x f32".
static void printTensor(llvm::StringRef role, const TensorSummary &tensor,
                        llvm::raw_ostream &os) {
  os << llvm::left_justify(role, 12)
     << (tensor.name.empty() ? llvm::StringRef("(no name)") : tensor.name)
     << ": ";
  for (const std::string &size : tensor.shape)
    os << size << " x ";
  os << tensor.elementType << '\n';
}

static void printOperators(const ModelSummary &summary, llvm::raw_ostream &os) {
  if (summary.operators.empty())
    return;
  bool allKnown =
      llvm::all_of(summary.operators,
                   [](const OperatorSummary &entry) { return entry.isKnown; });
  std::vector<std::string> headings = {"operator", "nodes"};
  if (!allKnown)
    headings.emplace_back("");
  Table table(headings);
  int64_t nodes = 0;
  auto addRow = [&](std::string name, int64_t count, llvm::StringRef remark) {
    std::vector<std::string> row = {std::move(name), formatCount(count)};
    if (!allKnown)
      row.push_back(remark.str());
    table.addRow(std::move(row));
  };
  for (const OperatorSummary &entry : summary.operators) {
    addRow(entry.name, entry.nodes, entry.isKnown ? "" : "not known");
    nodes += entry.nodes;
  }
  addRow("all", nodes, "");
  os << '\n';
  table.print(os);
}

static void addRow(Table &table, llvm::StringRef name,
                   const KernelKindSummary &kind) {
  table.addRow(
      {name.str(), formatCount(kind.kernels), formatCount(kind.staticMacs),
       formatCount(kind.dynamicMacs), formatCount(kind.vectorOperations),
       formatCount(kind.parameterBytes), formatCount(kind.activationBytes)});
}

static void printKernels(const ModelSummary &summary, llvm::raw_ostream &os) {
  Table table({"kernel", "count", "MACs (static)", "MACs (dynamic)",
               "element operations", "parameter bytes", "activation bytes"});
  for (const KernelKindSummary &kind : summary.kinds)
    addRow(table, kind.kind, kind);
  addRow(table, "all", summary.total());
  os << '\n';
  table.print(os);
}

/// "97.30 %" of a whole that may be zero.
static std::string formatShare(int64_t part, int64_t whole) {
  std::string text;
  double share = whole == 0 ? 0
                            : 100.0 * static_cast<double>(part) /
                                  static_cast<double>(whole);
  llvm::raw_string_ostream(text) << llvm::format("%.2f %%", share);
  return text;
}

static void printTotals(const ModelSummary &summary, llvm::raw_ostream &os) {
  KernelKindSummary total = summary.total();
  int64_t macs = total.staticMacs + total.dynamicMacs;
  os << "\nstatic      " << formatCount(total.staticMacs) << " MACs, "
     << formatShare(total.staticMacs, macs)
     << ": with parameters, which crossbars can hold\n"
     << "dynamic     " << formatCount(total.dynamicMacs) << " MACs, "
     << formatShare(total.dynamicMacs, macs)
     << ": of two operands that are computed\n"
     << "parameters  " << formatCount(summary.parameters.elements) << " in "
     << formatCount(summary.parameters.bytes) << " bytes\n"
     << "constants   " << formatCount(summary.otherConstants.elements) << " in "
     << formatCount(summary.otherConstants.bytes)
     << " bytes: masks, tables, indices\n";
}

static void printHost(const ModelSummary &summary, llvm::raw_ostream &os) {
  if (summary.machine.empty())
    return;
  if (summary.host.empty()) {
    os << "host        nothing, on machine " << summary.machine << '\n';
    return;
  }
  for (const HostSummary &host : summary.host)
    os << "host        " << host.kind << ", " << formatCount(host.kernels)
       << (host.kernels == 1 ? " kernel, " : " kernels, ")
       << formatCount(host.macs) << " MACs, " << formatCount(host.bytes)
       << " bytes, on machine " << summary.machine << ": " << host.reason
       << '\n';
}

void atleus::printModelSummary(const ModelSummary &summary,
                               llvm::raw_ostream &os) {
  if (!summary.name.empty())
    os << "model       " << summary.name << '\n';
  for (const TensorSummary &input : summary.inputs)
    printTensor("input", input, os);
  for (const TensorSummary &output : summary.outputs)
    printTensor("output", output, os);
  printOperators(summary, os);
  if (summary.kinds.empty())
    return;
  printKernels(summary, os);
  printTotals(summary, os);
  printHost(summary, os);
}
