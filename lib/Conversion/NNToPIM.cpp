// Linear layers on crossbar tiers: the weight is written into arrays once, and
// vectors are multiplied with it.
#include "atleus/Conversion/Passes.h"

#include "NarrowWidths.h"

#include "dialects/Arch/Assignment.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/PIM/PIM.h"

#include "mlir/IR/Builders.h"

namespace atleus {
#define GEN_PASS_DEF_CONVERTNNTOPIM
#include "atleus/Conversion/Passes.h.inc"
} // namespace atleus

using namespace mlir;
using namespace atleus;

/// How the cells of a crossbar vary; null if they are ideal.
static pim::DeviceAttr getDevice(arch::CrossbarOp core) {
  arch::DeviceOp device = core.getDeviceOp();
  if (!device)
    return nullptr;
  return pim::DeviceAttr::get(
      core.getContext(), device.getOnNanosiemens(), device.getOffNanosiemens(),
      device.getReadMv(), device.getBandwidthHz(),
      device.getProgrammingSigmaPpm(), device.getStuckOnPpm(),
      device.getStuckOffPpm(), device.getDriftExponentPpm(),
      device.getDriftExponentSigmaPpm().value_or(0),
      device.getDriftReferenceS(), device.getReadSigmaPpm());
}

/// Everything of a crossbar on which the computed numbers depend.
static pim::CrossbarAttr getNumerics(arch::CrossbarOp core) {
  return pim::CrossbarAttr::get(
      core.getContext(), core.getRows(), core.getColumns(), core.getCellBits(),
      core.getDacBits(), core.getAdcBits(), core.getActiveRows(),
      core.getEncoding(), core.getAccumulatorBits().value_or(0),
      core.getOverflow(), core.getAdcRange(), getDevice(core));
}

/// Slots of which there are several weights, by tier and name. A weight that
/// has arrays for itself is written once, however it came to them.
using SharedSlots = llvm::DenseSet<std::pair<Attribute, Attribute>>;

static SharedSlots findSharedSlots(ArrayRef<Operation *> assigned) {
  SharedSlots seen, shared;
  for (Operation *op : assigned)
    if (auto slot = op->getAttrOfType<StringAttr>(arch::slotAttribute)) {
      std::pair<Attribute, Attribute> key(op->getAttr(arch::tierAttribute),
                                          slot);
      if (!seen.insert(key).second)
        shared.insert(key);
    }
  return shared;
}

/// The quantized type of a weight, seen with its features as columns.
static RankedTensorType getMatrixType(nn::LinearOp op) {
  Type element = op.getWeight().getType().getElementType();
  auto blocks = dyn_cast<quant::UniformQuantizedSubChannelType>(element);
  if (blocks && op.getTransposed())
    element = nn::transposeBlocks(blocks, {1, 0});
  if (auto perAxis = dyn_cast<quant::UniformQuantizedPerAxisType>(element))
    element = quant::UniformQuantizedPerAxisType::get(
        perAxis.getFlags(), perAxis.getStorageType(),
        perAxis.getExpressedType(), perAxis.getScales(),
        perAxis.getZeroPoints(), /*quantizedDimension=*/1,
        perAxis.getStorageTypeMin(), perAxis.getStorageTypeMax());
  return RankedTensorType::get({op.getInnerSize(), op.getFeatures()}, element);
}

static FailureOr<pim::MVMOp> convertLinear(nn::LinearOp op, arch::TierOp tier,
                                           arch::CrossbarOp core,
                                           const SharedSlots &shared) {
  if (std::string reason = pim::explainRefusal(op, core.getRows());
      !reason.empty()) {
    InFlightDiagnostic error = op.emitOpError()
                               << "on a crossbar tier " << reason;
    error.attachNote(tier.getLoc()) << "tier declared here";
    return error;
  }
  OpBuilder builder(op);
  std::string reason;
  auto program = pim::ProgramOp::create(
      builder, op.getLoc(),
      pim::ArrayType::get(op.getContext(), getMatrixType(op), getNumerics(core),
                          pim::getPackedLines(op, core, reason)),
      op.getWeight(), tier.getSymName(), /*nodes=*/nullptr,
      ArrayRef<int64_t>{0, op.getFeatures()}, op.getTransposed(),
      /*noise=*/nullptr);
  if (auto slot = op->getAttrOfType<StringAttr>(arch::slotAttribute))
    if (shared.contains({op->getAttr(arch::tierAttribute), slot}))
      program.setSlotAttr(slot);
  auto product =
      pim::MVMOp::create(builder, op.getLoc(), op.getType(), program.getArray(),
                         op.getInput(), op.getBias(), /*sums=*/Value(),
                         tier.getSymName(), op.getType().getShape(),
                         /*nodes=*/nullptr);
  if (auto name = op->getAttrOfType<StringAttr>(nn::nameAttribute)) {
    program->setAttr(nn::nameAttribute, name);
    product->setAttr(nn::nameAttribute, name);
  }
  arch::copyAssignment(op, product);
  op.replaceAllUsesWith(product.getResult());
  op.erase();
  return product;
}

namespace {
struct ConvertNNToPIM
    : public atleus::impl::ConvertNNToPIMBase<ConvertNNToPIM> {
  void runOnOperation() override {
    FailureOr<arch::MachineOp> machine = arch::findMachine(getOperation());
    if (failed(machine))
      return signalPassFailure();
    SmallVector<Operation *> assigned;
    getOperation().walk([&](Operation *op) {
      if (op->hasAttr(arch::tierAttribute))
        assigned.push_back(op);
    });
    sharedSlots = findSharedSlots(assigned);
    for (Operation *op : assigned)
      if (failed(convert(op, *machine)))
        return signalPassFailure();
    narrowWidths.report();
  }

private:
  LogicalResult convert(Operation *op, arch::MachineOp machine) {
    FailureOr<Operation *> place = arch::findPlace(machine, op);
    if (failed(place))
      return failure();
    arch::CrossbarOp core = arch::getCrossbar(*place);
    if (!core)
      return success();
    auto tier = cast<arch::TierOp>(*place);
    auto linear = dyn_cast<nn::LinearOp>(op);
    // Element operations are for the vector unit beside the crossbars.
    auto work = dyn_cast<WorkOpInterface>(op);
    if (!linear && work && work.getWork().products.empty())
      return success();
    if (!linear) {
      InFlightDiagnostic error = op->emitOpError()
                                 << "cannot run on crossbar tier @"
                                 << tier.getSymName()
                                 << ", which multiplies by weights only";
      error.attachNote(tier.getLoc()) << "tier declared here";
      return error;
    }
    FailureOr<pim::MVMOp> product =
        convertLinear(linear, tier, core, sharedSlots);
    if (failed(product))
      return failure();
    ++numPrograms;
    numArrays += product->getArray().getType().getNumArrays();
    narrowWidths.check(core, *product);
    return success();
  }

  NarrowWidths narrowWidths;
  SharedSlots sharedSlots;
};
} // namespace
