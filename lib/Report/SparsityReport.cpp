// Zeros of weights, and which of them the machine leaves out.
#include "SparsityReport.h"

#include "atleus/Cost/MachineConstants.h"
#include "atleus/Report/Table.h"
#include "atleus/Support/NumberText.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/Arch/SkippedZeros.h"
#include "dialects/NN/NN.h"
#include "dialects/PIM/PIM.h"
#include "dialects/Systolic/Systolic.h"

#include "llvm/Support/FormatVariadic.h"

#include <map>

using namespace mlir;
using namespace atleus;

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

/// The share of the weight's elements that is zero.
static double shareOfZeros(nn::SparseConstantOp weight) {
  return 1 - static_cast<double>(weight.getNumKept()) /
                 static_cast<double>(weight.getType().getNumElements());
}

/// The core of a place, or the host, as "@pe".
static std::string nameOf(Operation *place) {
  if (auto tier = dyn_cast_or_null<arch::TierOp>(place))
    return ("@" + tier.getCore()).str();
  return "@host";
}

/// The share of the multiply-accumulates of `work` that the core leaves out: of
/// the energy of its cells.
static double shareSkipped(arch::SystolicOp core, const Work &work) {
  Work whole = work;
  for (MatrixProduct &product : whole.products)
    product.sparsity = {};
  SystolicCore constants = getCore(core);
  constants.array.mac = Femtojoules(1);
  auto operations = [&](const Work &counted) {
    std::optional<Price> price = priceOnSystolic(constants, counted, nullptr);
    return price ? static_cast<double>(
                       price->energy[EnergyComponent::SystolicMac].count())
                 : 0;
  };
  double all = operations(whole);
  return all == 0 ? 0 : 1 - operations(work) / all;
}

static std::optional<KernelSparsity> readSystolic(systolic::MatMulOp product,
                                                  Operation *place) {
  nn::SparseConstantOp weight = nn::findSparseConstant(product.getRhs());
  if (!weight || !product.getStaticRhs())
    return std::nullopt;
  KernelSparsity result{shareOfZeros(weight), 0, {}};
  auto tier = dyn_cast_or_null<arch::TierOp>(place);
  auto core =
      tier ? dyn_cast<arch::SystolicOp>(tier.getCoreOp()) : arch::SystolicOp();
  Work work = product.getWork();
  if (core)
    result.skippedMacs = shareSkipped(core, work);
  if (result.skippedMacs > 0)
    return result;
  std::string reason = arch::explainComputedZeros(
      core ? core.getSparsity() : arch::Sparsity::None, work.products.front());
  result.unusedBecause =
      nameOf(place) + " " +
      (reason.empty() ? "takes no less time without them" : reason);
  return result;
}

static std::optional<KernelSparsity> readCrossbar(pim::MVMOp product,
                                                  Operation *place) {
  auto program = product.getArray().getDefiningOp<pim::ProgramOp>();
  nn::SparseConstantOp weight =
      program ? nn::findSparseConstant(program.getWeight())
              : nn::SparseConstantOp();
  if (!weight)
    return std::nullopt;
  KernelSparsity result{shareOfZeros(weight), 0, {}};
  pim::ArrayType array = program.getType();
  ArrayRef<int64_t> shape = array.getMatrix().getShape();
  if (array.getSparsity()) {
    pim::ArrayLayout layout = array.getLayout();
    result.skippedMacs = 1 - static_cast<double>(layout.writtenRows) *
                                 layout.writtenColumns /
                                 (static_cast<double>(shape[0]) * shape[1]);
    return result;
  }
  auto tier = dyn_cast_or_null<arch::TierOp>(place);
  arch::CrossbarOp core = tier ? arch::getCrossbar(tier) : arch::CrossbarOp();
  MatrixProduct whole = product.getWork().products.front();
  whole.sparsity = weight.describe(program.getTransposed() ? 1 : 0);
  std::string reason = arch::explainComputedZeros(
      core ? core.getSparsity() : arch::Sparsity::None, whole);
  result.unusedBecause =
      nameOf(place) + " " +
      (reason.empty() ? "takes no fewer arrays without them" : reason);
  return result;
}

std::optional<KernelSparsity> atleus::readSparsity(KernelOpInterface kernel,
                                                   arch::MachineOp machine) {
  Operation *place = arch::lookupPlace(machine, kernel.getKernelTier());
  if (auto product = dyn_cast<systolic::MatMulOp>(kernel.getOperation()))
    return readSystolic(product, place);
  if (auto product = dyn_cast<pim::MVMOp>(kernel.getOperation()))
    return readCrossbar(product, place);
  for (Value operand : kernel->getOperands())
    if (nn::SparseConstantOp weight = nn::findSparseConstant(operand))
      return KernelSparsity{shareOfZeros(weight), 0,
                            nameOf(place) + " skips nothing"};
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Table
//===----------------------------------------------------------------------===//

static std::string formatShare(double share) {
  return llvm::formatv("{0:F1} %", 100 * share).str();
}

static std::string formatKernels(int64_t count) {
  return formatCount(count) + (count == 1 ? " kernel" : " kernels");
}

void atleus::addSparsityRows(const Report &report, Table &table) {
  int64_t pruned = 0;
  double macs = 0, zeros = 0, skipped = 0;
  std::map<std::string, int64_t> reasons;
  for (const KernelReport &kernel : report.kernels) {
    if (!kernel.sparsity)
      continue;
    ++pruned;
    auto all = static_cast<double>(kernel.macs);
    macs += all;
    zeros += all * kernel.sparsity->zeros;
    skipped += all * kernel.sparsity->skippedMacs;
    if (!kernel.sparsity->unusedBecause.empty())
      ++reasons[kernel.sparsity->unusedBecause];
  }
  if (pruned == 0)
    return;
  double whole = macs == 0 ? 1 : macs;
  table.addRow({"pruning", formatKernels(pruned) + ", " +
                               formatShare(zeros / whole) +
                               " of their MACs with zeros, " +
                               formatShare(skipped / whole) + " skipped"});
  for (const auto &[reason, count] : reasons)
    table.addRow({"", "not used by " + formatKernels(count) + ": " + reason});
}
