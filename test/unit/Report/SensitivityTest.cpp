// What a report says of unverified numbers, on the digits model mapped to each
// preset.
#include "lib/Report/ScheduleCosts.h"

#include "atleus/Import/ONNXImport.h"
#include "atleus/Pipelines/Pipeline.h"
#include "atleus/Report/Report.h"
#include "dialects/Arch/MachineNumbers.h"

#include "mlir/IR/Diagnostics.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace atleus;

namespace {
class Sensitivity : public testing::TestWithParam<const char *> {
protected:
  Sensitivity() {
    DialectRegistry registry;
    registerEverything(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
    // Remarks about the host and about streaming are not of interest here.
    ScopedDiagnosticHandler handler(&context,
                                    [](Diagnostic &) { return success(); });
    module = importONNX(ATLEUS_SOURCE_DIR "/models/digits-vit/digits-vit.onnx",
                        &context);
    module->setSymName("digits-vit");
    PipelineOptions options;
    options.machine = GetParam();
    mapped = succeeded(runPipeline(*module, Phase::Estimated, options));
  }

  arch::MachineOp getMachine() {
    return *module->getOps<arch::MachineOp>().begin();
  }
  sched::ScheduleOp getSchedule() {
    return *module->getOps<sched::ScheduleOp>().begin();
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
  bool mapped = false;
};
} // namespace

/// Costing the schedule anew with the machine's own numbers gives what the
/// passes found, to the last picosecond and femtojoule.
TEST_P(Sensitivity, ReproducesTheCostsOfThePasses) {
  ASSERT_TRUE(mapped);
  FailureOr<Report> report = readReport(*module);
  ASSERT_TRUE(succeeded(report));
  FailureOr<LoadedSchedule> loaded = loadSchedule(getSchedule());
  ASSERT_TRUE(succeeded(loaded));
  scheduling::FixedOrder order(loaded->loaded.problem, loaded->starts);
  ScheduleCosts costs(*module, *loaded, order);
  std::optional<ScheduleTotals> totals = costs.evaluate(getMachine());
  ASSERT_TRUE(totals);
  EXPECT_EQ(totals->latency.count(), report->latency.count());
  EXPECT_EQ(totals->energy.count(), report->energy.count());
}

TEST_P(Sensitivity, ListsEveryUnverifiedNumber) {
  ASSERT_TRUE(mapped);
  FailureOr<Report> report = readReport(*module);
  ASSERT_TRUE(succeeded(report));
  size_t unverified = 0;
  arch::forEachNumber(getMachine(), [&](const arch::MachineNumber &number) {
    unverified += arch::isUnverified(number.source);
  });
  EXPECT_EQ(report->inputs.size(), unverified);
  double before = std::numeric_limits<double>::infinity();
  for (const InputReport &input : report->inputs) {
    SCOPED_TRACE(input.part + "." + input.number);
    EXPECT_LE(input.influence(), before);
    before = input.influence();
    EXPECT_EQ(input.low.has_value(), arch::isPhysical(input.number));
    EXPECT_EQ(input.high.has_value(), arch::isPhysical(input.number));
    EXPECT_TRUE(input.provenance == "recalled" ||
                input.provenance == "estimated");
    // A price cannot change a time, and what takes no energy none of it.
    llvm::StringRef unit = input.unit;
    if (input.high && (unit == "fJ" || unit == "uW" || unit == "fJ/mm"))
      EXPECT_EQ(input.high->latencyPercent, 0);
    if (input.high && (unit == "fJ" || unit == "uW"))
      EXPECT_GE(input.high->energyPercent, 0);
    if (input.high && unit == "ps")
      EXPECT_GE(input.high->latencyPercent, -1e-9);
    if (input.high && unit == "bytes/s")
      EXPECT_LE(input.high->latencyPercent, 1e-9);
  }
}

INSTANTIATE_TEST_SUITE_P(Presets, Sensitivity,
                         testing::Values("atleus", "fpga-sparse", "gpu-edge",
                                         "hetrax", "isaac", "puma",
                                         "systolic-edge"),
                         [](const auto &info) {
                           std::string name = info.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });
