// Kernels of systolic arrays, processors, vector units and the host: everything
// that computes and is not in crossbars.
#include "atleus/Conversion/Passes.h"

#include "AttentionToSystolic.h"
#include "KernelGroups.h"
#include "KernelNames.h"
#include "NarrowWidths.h"

#include "dialects/Arch/Assignment.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/PIM/PIM.h"

#include "mlir/Analysis/TopologicalSortUtils.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"

namespace atleus {
#define GEN_PASS_DEF_CONVERTNNTOSYSTOLIC
#include "atleus/Conversion/Passes.h.inc"
} // namespace atleus

using namespace mlir;
using namespace atleus;

static RankedTensorType typeOf(Value value) {
  return cast<RankedTensorType>(value.getType());
}

/// Whether `op` computes something at run time and is not yet a kernel.
static bool needsKernel(Operation *op) {
  return isa_and_nonnull<nn::NNDialect>(op->getDialect()) &&
         isa<WorkOpInterface>(op) && !isa<KernelOpInterface>(op) &&
         !op->hasTrait<nn::LayoutOnly>() && !nn::isStatic(op->getResult(0));
}

/// Whether `op` multiplies matrices.
static bool isProduct(Operation *op) {
  return !cast<WorkOpInterface>(op).getWork().products.empty();
}

//===----------------------------------------------------------------------===//
// Products
//===----------------------------------------------------------------------===//

static void replaceByProduct(Operation *op, systolic::MatMulOp product,
                             Value result) {
  if (Attribute name = op->getAttr(nn::nameAttribute))
    product->setAttr(nn::nameAttribute, name);
  arch::copyAssignment(op, product);
  op->getResult(0).replaceAllUsesWith(result);
  op->erase();
}

static void convertLinear(nn::LinearOp op, StringRef tier) {
  OpBuilder builder(op);
  Value input = op.getInput();
  RankedTensorType type = op.getType();
  bool isVector = type.getRank() == 1;
  if (isVector) { // The array multiplies matrices.
    type = type.clone({1, op.getFeatures()});
    input = nn::ReshapeOp::create(builder, op.getLoc(),
                                  typeOf(input).clone({1, op.getInnerSize()}),
                                  input);
  }
  auto product = systolic::MatMulOp::create(
      builder, op.getLoc(), type, input, op.getWeight(), op.getBias(),
      op.getTransposed(), /*static_rhs=*/true,
      /*accumulator_bits=*/nullptr, arch::Overflow::Wrap, tier, type.getShape(),
      /*nodes=*/nullptr);
  Value result = product;
  if (isVector)
    result = nn::ReshapeOp::create(builder, op.getLoc(), op.getType(), result);
  replaceByProduct(op, product, result);
}

static LogicalResult convertMatMul(nn::MatMulOp op, StringRef tier) {
  if (!isa<FloatType>(op.getType().getElementType()))
    return op.emitOpError() << "on a systolic tier needs floats or quantized "
                               "values, found "
                            << op.getLhs().getType();
  OpBuilder builder(op);
  auto product = systolic::MatMulOp::create(
      builder, op.getLoc(), op.getType(), op.getLhs(), op.getRhs(),
      /*bias=*/Value(), op.getTransposeRhs(), /*static_rhs=*/false,
      /*accumulator_bits=*/nullptr, arch::Overflow::Wrap, tier,
      op.getType().getShape(), /*nodes=*/nullptr);
  replaceByProduct(op, product, product);
  return success();
}

/// Turns a product into kernels of `tier`.
static LogicalResult convertProduct(Operation *op, arch::TierOp tier) {
  if (auto linear = dyn_cast<nn::LinearOp>(op)) {
    convertLinear(linear, tier.getSymName());
    return success();
  }
  if (auto matmul = dyn_cast<nn::MatMulOp>(op))
    return convertMatMul(matmul, tier.getSymName());
  if (auto attention = dyn_cast<nn::AttentionOp>(op)) {
    convertAttention(attention, FlatSymbolRefAttr::get(tier.getSymNameAttr()));
    return success();
  }
  InFlightDiagnostic error = op->emitOpError()
                             << "has no kernel on tier @" << tier.getSymName();
  error.attachNote(tier.getLoc()) << "tier declared here";
  return error;
}

//===----------------------------------------------------------------------===//
// Regions
//===----------------------------------------------------------------------===//

/// Values that `group` reads from elsewhere, in the order of their first use.
static SmallVector<Value> findInputs(const KernelGroup &group) {
  llvm::SmallPtrSet<Operation *, 8> members(group.ops.begin(), group.ops.end());
  llvm::SmallSetVector<Value, 8> inputs;
  for (Operation *op : group.ops)
    for (Value operand : op->getOperands())
      if (!members.contains(operand.getDefiningOp()))
        inputs.insert(operand);
  return inputs.takeVector();
}

/// Values of `group` that are read elsewhere; of a group that nobody reads, the
/// last one.
static SmallVector<Value> findOutputs(const KernelGroup &group) {
  llvm::SmallPtrSet<Operation *, 8> members(group.ops.begin(), group.ops.end());
  SmallVector<Value> outputs;
  for (Operation *op : group.ops)
    if (llvm::any_of(op->getUsers(),
                     [&](Operation *user) { return !members.contains(user); }))
      outputs.push_back(op->getResult(0));
  if (outputs.empty())
    outputs.push_back(group.ops.back()->getResult(0));
  return outputs;
}

/// The name of the op with the most work among those that have one.
static StringAttr findMainName(const KernelGroup &group) {
  StringAttr name;
  int64_t most = -1;
  for (Operation *op : group.ops) {
    auto candidate = op->getAttrOfType<StringAttr>(nn::nameAttribute);
    Work work = cast<WorkOpInterface>(op).getWork();
    int64_t operations = work.vectorOperations() + work.macs();
    if (candidate && operations > most) {
      name = candidate;
      most = operations;
    }
  }
  return name;
}

static Operation *createKernel(OpBuilder &builder, const KernelGroup &group,
                               ArrayRef<Value> inputs,
                               ArrayRef<Value> outputs) {
  Location location = group.ops.back()->getLoc();
  SmallVector<Type> types;
  for (Value output : outputs)
    types.push_back(output.getType());
  StringRef tier = group.place.tier.getValue();
  ArrayRef<int64_t> shape = typeOf(outputs.front()).getShape();
  if (group.place.isHost)
    return nn::HostOp::create(builder, location, types, inputs, tier, shape,
                              /*nodes=*/nullptr);
  return systolic::VectorOp::create(builder, location, types, inputs, tier,
                                    shape, /*nodes=*/nullptr);
}

/// Moves the ops of `group` into the region of a kernel.
static void outline(const KernelGroup &group) {
  SmallVector<Value> inputs = findInputs(group), outputs = findOutputs(group);
  OpBuilder builder(group.ops.back());
  Operation *kernel = createKernel(builder, group, inputs, outputs);
  if (StringAttr name = findMainName(group))
    kernel->setAttr(nn::nameAttribute, name);
  arch::mergeAssignments(group.ops, kernel);

  Block *block = builder.createBlock(&kernel->getRegion(0));
  IRMapping inside;
  for (Value input : inputs)
    inside.map(input, block->addArgument(input.getType(), input.getLoc()));
  for (Operation *op : group.ops) {
    arch::removeAssignment(op);
    op->moveBefore(block, block->end());
    for (OpOperand &operand : op->getOpOperands())
      operand.set(inside.lookupOrDefault(operand.get()));
  }
  for (auto [output, result] : llvm::zip_equal(outputs, kernel->getResults()))
    output.replaceUsesWithIf(result, [&](OpOperand &use) {
      return use.getOwner()->getBlock() != block;
    });
  builder.setInsertionPointToEnd(block);
  nn::YieldOp::create(builder, kernel->getLoc(), outputs);
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

namespace {
struct ConvertNNToSystolic
    : public atleus::impl::ConvertNNToSystolicBase<ConvertNNToSystolic> {
  void runOnOperation() override {
    FailureOr<arch::MachineOp> found = arch::findMachine(getOperation());
    if (failed(found))
      return signalPassFailure();
    machine = *found;
    nameAttentions();
    for (auto function : getOperation().getOps<func::FuncOp>())
      for (Block &block : function.getBody())
        if (failed(convertProducts(block)))
          return signalPassFailure();
    for (auto function : getOperation().getOps<func::FuncOp>())
      for (Block &block : function.getBody())
        makeRegions(block);
    nameKernels(getOperation());
    narrowWidths.report();
  }

private:
  /// The names of its kernels begin with the name of an attention.
  void nameAttentions() {
    KernelNames names;
    getOperation().walk([&](nn::AttentionOp op) {
      StringRef name = nn::getKernelName(op);
      std::string claimed =
          name.empty() ? names.claimNumbered("attention") : names.claim(name);
      op->setAttr(nn::nameAttribute, StringAttr::get(&getContext(), claimed));
    });
  }

  /// Converts the products of systolic tiers; checks the places of all ops.
  LogicalResult convertProducts(Block &block) {
    for (Operation &op : llvm::make_early_inc_range(block)) {
      if (!needsKernel(&op))
        continue;
      FailureOr<Operation *> place = arch::findPlace(machine, &op);
      if (failed(place))
        return failure();
      auto tier = dyn_cast<arch::TierOp>(*place);
      if (!tier)
        continue;
      if (!isProduct(&op))
        continue;
      if (arch::getCrossbar(tier)) {
        InFlightDiagnostic error = op.emitOpError()
                                   << "is left on crossbar tier @"
                                   << tier.getSymName()
                                   << ": run --convert-nn-to-pim first";
        error.attachNote(tier.getLoc()) << "tier declared here";
        return error;
      }
      if (failed(convertProduct(&op, tier)))
        return failure();
    }
    for (auto product : block.getOps<systolic::MatMulOp>()) {
      ++numProducts;
      setAccumulator(product);
    }
    return success();
  }

  /// Sums of quantized products are kept as the core keeps them.
  void setAccumulator(systolic::MatMulOp product) {
    auto tier =
        cast<arch::TierOp>(arch::lookupPlace(machine, product.getTierAttr()));
    auto core = dyn_cast<arch::SystolicOp>(tier.getCoreOp());
    if (!core || !nn::isQuantized(product.getLhs().getType()))
      return;
    product.setAccumulatorBits(core.getAccumulatorBits());
    product.setOverflow(core.getOverflow());
    narrowWidths.check(core, product);
  }

  void makeRegions(Block &block) {
    auto getPlace = [&](Operation *op) -> GroupPlace {
      if (!needsKernel(op))
        return {};
      auto tier = op->getAttrOfType<FlatSymbolRefAttr>(arch::tierAttribute);
      return {tier, isa<arch::HostOp>(arch::lookupPlace(machine, tier))};
    };
    for (const KernelGroup &group : groupOps(block, getPlace)) {
      outline(group);
      ++(group.place.isHost ? numHosts : numVectors);
      if (group.ops.size() > 1)
        numGrouped += group.ops.size();
    }
    // A kernel stands where its last op stood, which may be after a user of
    // one of its results.
    sortTopologically(&block);
    for (Operation &op : block)
      op.removeAttr(arch::tierAttribute);
  }

  arch::MachineOp machine;
  NarrowWidths narrowWidths;
};
} // namespace
