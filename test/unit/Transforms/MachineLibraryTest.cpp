// The preset of the machine library, its prices and its overrides.
#include "atleus/Transforms/MachineLibrary.h"

#include "atleus/Cost/CostModels.h"
#include "atleus/Cost/MachineConstants.h"

#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/Verifier.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace atleus;
using namespace mlir;

namespace {
class MachineLibrary : public testing::Test {
protected:
  MachineLibrary() {
    DialectRegistry registry;
    registry.insert<arch::ArchDialect>();
    registerCostModels(registry);
    context.appendDialectRegistry(registry);
    machine = loadMachine("atleus", &context);
  }

  template <typename PartOp>
  PartOp part(StringRef name) {
    return cast<PartOp>(SymbolTable::lookupSymbolIn(*machine, name));
  }

  MLIRContext context;
  OwningOpRef<arch::MachineOp> machine;
};
} // namespace

static Work makeProduct(bool staticRhs) {
  Work work;
  work.products.push_back({1, 16, 768, 768, 8, 8, staticRhs});
  work[VectorOperation::Add] = 16 * 768;
  return work;
}

TEST_F(MachineLibrary, HasFourTiersOfSixteenNodes) {
  ASSERT_TRUE(machine);
  SmallVector<arch::TierOp, 0> tiers = machine->getTiers();
  ASSERT_EQ(tiers.size(), 4u);
  for (auto [level, tier] : llvm::enumerate(tiers)) {
    EXPECT_EQ(tier.getLevel(), static_cast<int64_t>(level));
    EXPECT_EQ(tier.getNumNodes(), 16);
  }
  EXPECT_EQ(countArrays(*machine), 2 * 16 * 16 * 96);
  EXPECT_TRUE((getNode(tiers[1], 6) == NodeCoordinate{2, 1, 1}));
}

TEST_F(MachineLibrary, ResolvesEverySumOfAColumn) {
  CrossbarConstants core = getConstants(part<arch::CrossbarOp>("reram"));
  EXPECT_EQ(losslessAdcBits(core), core.adcBits);
}

TEST_F(MachineLibrary, DrawsTheTilesPowerWhenAllArraysWork) {
  CrossbarConstants core = getConstants(part<arch::CrossbarOp>("reram"));
  // 96 arrays of a tile: 96 blocks of 128 rows, 32 weights of 4 columns each.
  int64_t vectors = 1000, rows = 96 * 128;
  CrossbarCounts counts = countCrossbar(core, vectors, rows, 32, 8, 8);
  ASSERT_EQ(counts.arrays, core.arraysPerTile);
  // The buffer and the bus at full rate, and a quarter of ISAAC's router.
  double others = 20.7 + 7 + 42.0 / 4;
  double milliwatts =
      static_cast<double>(crossbarEnergy(core, counts).total().count()) /
          static_cast<double>((vectorInterval(core, 8) * vectors).count()) +
      others;
  EXPECT_NEAR(milliwatts, 340, 0.02 * 340);
}

TEST_F(MachineLibrary, PricesStaticProductsOnCrossbars) {
  auto model = cast<ResourceModelOpInterface>(
      part<arch::CrossbarOp>("reram").getOperation());
  std::optional<Price> price = model.price(makeProduct(true), nullptr);
  ASSERT_TRUE(price);
  EXPECT_EQ(price->duration.count(), 16 * 800'000 + 600'000);
  std::string reason;
  EXPECT_FALSE(model.price(makeProduct(false), &reason));
  EXPECT_THAT(reason, testing::HasSubstr("two dynamic operands"));
}

TEST_F(MachineLibrary, PricesAnyProductOnSystolicCoresAndTheHost) {
  auto systolic = cast<ResourceModelOpInterface>(
      part<arch::SystolicOp>("pe").getOperation());
  EXPECT_TRUE(systolic.price(makeProduct(false), nullptr));
  auto host = cast<ResourceModelOpInterface>(machine->getHost().getOperation());
  std::optional<Price> price = host.price(makeProduct(false), nullptr);
  ASSERT_TRUE(price);
  EXPECT_GT(price->duration.count(), 10'000'000);
}

TEST_F(MachineLibrary, TheSystolicCoreDoesEveryElementOperation) {
  Work work;
  work.vector.fill(1);
  std::string reason;
  EXPECT_TRUE(
      priceOnSystolic(getCore(part<arch::SystolicOp>("pe")), work, &reason))
      << reason;
}

TEST_F(MachineLibrary, OverridesChangeConstantsAndTheirSource) {
  ASSERT_TRUE(succeeded(applyOverrides(
      *machine, {"reram.adc_bits=6", " mesh.dims = [5, 4, 0x4]",
                 "reram.encoding=differential", "pe.overlap_folds=true",
                 "@sa0.core=@reram", "package.limit_mk=358150"})));
  CrossbarConstants core = getConstants(part<arch::CrossbarOp>("reram"));
  EXPECT_EQ(core.adcBits, 6);
  EXPECT_EQ(core.adcConversion.count(), 1200);
  EXPECT_EQ(core.encoding, arch::Encoding::Differential);
  EXPECT_EQ(getConstants(machine->getNoC()).dims[0], 5);
  EXPECT_TRUE(getConstants(part<arch::SystolicOp>("pe")).overlapFolds);
  EXPECT_EQ(countArrays(*machine), 3 * 16 * 16 * 96);
  EXPECT_EQ(machine->getPackage().getLimitMk(), 358'150);
  arch::SourceAttr source =
      arch::getSource(part<arch::CrossbarOp>("reram"), "adc_bits");
  EXPECT_EQ(source.getProvenance(), arch::Provenance::Estimated);
  EXPECT_EQ(source.getText(), "override reram.adc_bits=6");
  ASSERT_TRUE(succeeded(applyOverrides(
      *machine, {"pe.operand_buffer_bytes=4096", "pe.prefetch=demand"})));
  EXPECT_EQ(getCore(part<arch::SystolicOp>("pe")).operandBufferBytes, 4096);
  EXPECT_EQ(getCore(part<arch::SystolicOp>("pe")).prefetch,
            arch::Prefetch::Demand);
  ASSERT_TRUE(succeeded(applyOverrides(*machine, {"pe.overlap_folds=false"})));
  EXPECT_FALSE(getConstants(part<arch::SystolicOp>("pe")).overlapFolds);
}

TEST_F(MachineLibrary, FindsItsPresetsByName) {
  std::vector<MachineFile> machines = listMachines();
  std::vector<std::string> names;
  names.reserve(machines.size());
  for (const MachineFile &file : machines)
    names.push_back(file.name);
  EXPECT_THAT(names, testing::Contains("atleus"));
  llvm::Expected<std::string> unknown = findMachine("atlens");
  ASSERT_FALSE(unknown);
  EXPECT_THAT(
      llvm::toString(unknown.takeError()),
      testing::StartsWith("no machine is named 'atlens'; available: 'atleus'"));
}
