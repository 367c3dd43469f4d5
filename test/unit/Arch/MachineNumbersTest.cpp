// Units of the numbers of machines, and where presets have them from.
#include "dialects/Arch/MachineNumbers.h"

#include "atleus/Transforms/MachineLibrary.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Verifier.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace atleus;
using arch::getUnit;
using arch::isPhysical;

TEST(MachineNumbers, NamesStateUnits) {
  EXPECT_EQ(getUnit("read_ps"), "ps");
  EXPECT_EQ(getUnit("adc_conversion_fj"), "fJ");
  EXPECT_EQ(getUnit("planar_bit_fj_per_mm"), "fJ/mm");
  EXPECT_EQ(getUnit("bytes_per_s"), "bytes/s");
  EXPECT_EQ(getUnit("buffer_bytes_per_s"), "bytes/s");
  EXPECT_EQ(getUnit("buffer_bytes_per_cycle"), "bytes/cycle");
  EXPECT_EQ(getUnit("capacity_bytes"), "bytes");
  EXPECT_EQ(getUnit("adc_nm2"), "nm2");
  EXPECT_EQ(getUnit("area_um2"), "um2");
  EXPECT_EQ(getUnit("planar_link_um"), "um");
  EXPECT_EQ(getUnit("limit_mk"), "mK");
  EXPECT_EQ(getUnit("convection_mk_per_w"), "mK/W");
  EXPECT_EQ(getUnit("heat_transfer_w_per_m2_k"), "W/(m2 K)");
  EXPECT_EQ(getUnit("rows"), "");
  EXPECT_EQ(getUnit("columns_per_adc"), "");
}

/// A width or a count of another size is another machine.
TEST(MachineNumbers, CountsAreNotPhysical) {
  for (llvm::StringRef name : {"read_ps", "mac_fj", "leakage_uw", "bytes_per_s",
                               "planar_link_um", "sense_margin_percent"})
    EXPECT_TRUE(isPhysical(name)) << name.str();
  for (llvm::StringRef name :
       {"rows", "dims", "node", "adc_bits", "add_cycles", "buffer_flits",
        "buffer_bytes", "buffer_bytes_per_cycle", "lanes", "level",
        "endurance_writes"})
    EXPECT_FALSE(isPhysical(name)) << name.str();
}

/// Every part of every preset fails to verify when one of its numbers loses its
/// source.
TEST(MachineNumbers, PresetsNeedASourceForEveryNumber) {
  mlir::MLIRContext context;
  std::vector<std::string> messages;
  mlir::ScopedDiagnosticHandler handler(&context,
                                        [&](mlir::Diagnostic &diagnostic) {
                                          messages.push_back(diagnostic.str());
                                          return mlir::success();
                                        });
  for (const MachineFile &file : listMachines()) {
    mlir::OwningOpRef<arch::MachineOp> machine =
        loadMachine(file.path, &context);
    ASSERT_TRUE(machine) << file.path;
    std::vector<arch::MachineNumber> numbers;
    arch::forEachNumber(*machine, [&](const arch::MachineNumber &number) {
      numbers.push_back(number);
    });
    EXPECT_GT(numbers.size(), 30u) << file.path;
    for (const arch::MachineNumber &number : numbers) {
      auto sources =
          number.part->getAttrOfType<mlir::DictionaryAttr>("sources");
      mlir::NamedAttrList fewer(sources);
      fewer.erase(number.name);
      number.part->setAttr("sources", fewer.getDictionary(&context));
      messages.clear();
      EXPECT_TRUE(failed(mlir::verify(*machine)))
          << file.path << " " << number.name.str();
      ASSERT_FALSE(messages.empty());
      EXPECT_THAT(messages.front(),
                  testing::HasSubstr("does not say where '" +
                                     number.name.str() + "' comes from"));
      number.part->setAttr("sources", sources);
    }
    EXPECT_TRUE(succeeded(mlir::verify(*machine))) << file.path;
  }
}

/// What every attribute of every op of the dialect holds is text, a place or a
/// number; a number without `sources` does not exist in any of them.
TEST(MachineNumbers, EveryPartHasSources) {
  mlir::MLIRContext context;
  context.loadDialect<arch::ArchDialect>();
  unsigned parts = 0;
  for (mlir::RegisteredOperationName op : context.getRegisteredOperations()) {
    if (op.getDialectNamespace() != "arch" ||
        op.getStringRef() == "arch.machine")
      continue;
    ++parts;
    EXPECT_TRUE(llvm::is_contained(
        llvm::map_range(op.getAttributeNames(),
                        [](mlir::StringAttr name) { return name.strref(); }),
        "sources"))
        << op.getStringRef().str();
  }
  EXPECT_EQ(parts, 11u);
}
