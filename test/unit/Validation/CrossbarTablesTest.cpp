// NeuroSim's and MNSIM's tables: which rows are compared, and what is said of
// malformed ones.
#include "atleus/Validation/Validation.h"

#include "lib/Validation/Tables.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/MemoryBuffer.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace atleus;

namespace {
class CrossbarTables : public testing::Test {
protected:
  /// The text of a shipped table.
  static std::string readText(StringRef name) {
    auto buffer = llvm::MemoryBuffer::getFile(
        (ATLEUS_SOURCE_DIR "/test/reference/" + name + ".csv").str());
    EXPECT_TRUE(buffer) << name.str();
    return buffer ? (*buffer)->getBuffer().str() : "";
  }

  void add(StringRef name, StringRef text) {
    folder[name.str()] =
        *TableFile::parse(text, (name + ".csv").str(), &context);
  }
  void add(StringRef name) { add(name, readText(name)); }

  /// A table of the heading and one line, with `from` replaced by `to`.
  void addLine(StringRef name, StringRef start, StringRef from, StringRef to) {
    std::string text = readText(name);
    auto [heading, lines] = StringRef(text).split('\n');
    size_t begin =
        lines.starts_with(start) ? 0 : lines.find(("\n" + start).str()) + 1;
    std::string line = lines.substr(begin).split('\n').first.str();
    size_t place = line.find(from.str());
    ASSERT_NE(place, std::string::npos) << line;
    line.replace(place, from.size(), to.str());
    add(name, (heading + "\n" + line + "\n").str());
  }

  /// The error of evaluating a table, without its place.
  std::string errorOf(const ReferenceTable &table) {
    std::string error;
    ScopedDiagnosticHandler handler(
        &context, [&](Diagnostic &diagnostic) { error = diagnostic.str(); });
    EXPECT_TRUE(failed(evaluateTable(table, folder)));
    return error;
  }

  MLIRContext context;
  TableFolder folder;
};
} // namespace

TEST_F(CrossbarTables, EveryArrayIsComposedOfItsComponents) {
  add("neurosim_subarray");
  TableResult result = *evaluateTable(neuroSimSubarray, folder);
  EXPECT_EQ(result.rows, 82u);
  for (const QuantityResult &quantity : result.quantities) {
    bool sar = quantity.quantity->name == "conversion by resolution";
    EXPECT_EQ(quantity.compared, sar ? 43u : 82u);
    EXPECT_LT(quantity.meanError, 0.001) << quantity.quantity->name.str();
    // Times in whole picoseconds of some hundred, energies in femtojoules of
    // some forty.
    EXPECT_LT(quantity.largestError, 0.006) << quantity.quantity->name.str();
  }
}

TEST_F(CrossbarTables, EveryChipIsComposedOfItsArrays) {
  add("neurosim_subarray");
  add("neurosim_chip");
  TableResult result = *evaluateTable(neuroSimChip, folder);
  for (const QuantityResult &quantity : result.quantities) {
    EXPECT_EQ(quantity.compared, 12u);
    EXPECT_LT(quantity.largestError, 0.001) << quantity.quantity->name.str();
  }
}

TEST_F(CrossbarTables, AChipWhoseArrayIsNotThereIsComposedOfItsClock) {
  add("neurosim_chip");
  TableResult result = *evaluateTable(neuroSimChip, folder);
  EXPECT_EQ(result.quantities[0].compared, 0u);
  EXPECT_EQ(result.quantities[1].compared, 12u);
  EXPECT_LT(result.quantities[1].largestError, 0.001);
}

TEST_F(CrossbarTables, EveryElementIsComposedOfItsComponents) {
  add("mnsim_components");
  TableResult result = *evaluateTable(mnsimComponents, folder);
  for (const QuantityResult &quantity : result.quantities) {
    EXPECT_EQ(quantity.compared, 5u);
    EXPECT_LT(quantity.largestError, 0.001) << quantity.quantity->name.str();
  }
  ASSERT_EQ(result.leftOut.size(), 1u);
  EXPECT_EQ(result.leftOut[0].second, 17u);
}

TEST_F(CrossbarTables, AnElementWithoutItsComponentsIsLeftOut) {
  addLine("mnsim_components", "PE,", "", "");
  TableResult result = *evaluateTable(mnsimComponents, folder);
  EXPECT_EQ(result.quantities[0].compared, 0u);
  ASSERT_EQ(result.leftOut.size(), 1u);
  EXPECT_EQ(result.leftOut[0].first,
            "the table lacks a component of the element");
}

TEST_F(CrossbarTables, MalformedNamesAreErrors) {
  addLine("neurosim_subarray", "22,", "MLSA_current", "flash");
  EXPECT_EQ(errorOf(neuroSimSubarray),
            "'adc_type' must be SAR or MLSA, found 'flash'");
  addLine("neurosim_chip", "DNN", "16x768x768", "16x768");
  EXPECT_EQ(errorOf(neuroSimChip), "'workload' must list products such as "
                                   "16x768x768, found 'gemm_16x768'");
  addLine("neurosim_chip", "DNN", "gemm_16x768x768", "bert");
  EXPECT_EQ(errorOf(neuroSimChip), "'workload' must list products such as "
                                   "16x768x768, found 'bert'");
  addLine("mnsim_components", "PE,", "ADC_Num=16", "ADC_Num=0");
  EXPECT_EQ(errorOf(mnsimComponents),
            "'variant' must be as 128x128 ADC_Choice=4 ADC_Num=16, found "
            "'128x128 ADC_Choice=4 ADC_Num=0'");
}

TEST_F(CrossbarTables, MalformedNumbersAreErrors) {
  addLine("neurosim_subarray", "22,", "2.03892", "-1");
  EXPECT_EQ(errorOf(neuroSimSubarray),
            "'sense_cycle_ns' must be a positive number, found '-1'");
  std::string text = readText("mnsim_components");
  size_t place = text.find(",580,");
  ASSERT_NE(place, std::string::npos);
  text.replace(place, 5, ",much,");
  add("mnsim_components", text);
  EXPECT_EQ(errorOf(mnsimComponents),
            "'area_um2' must be a positive number, found 'much'");
}

TEST_F(CrossbarTables, TimesBeyondPicosecondsAndSecondsAreCompared) {
  addLine("neurosim_subarray", "22,128,128,5,SAR", ",0,0,6,8,", ",0,0,3e10,8,");
  TableResult slow = *evaluateTable(neuroSimSubarray, folder);
  EXPECT_EQ(slow.quantities[0].compared, 1u);
  EXPECT_EQ(slow.quantities[0].equal, 0u);
  std::string text = readText("mnsim_components");
  size_t place = text.find(",3.16000081,");
  ASSERT_NE(place, std::string::npos);
  text.replace(place, 12, ",0.0001,");
  add("mnsim_components", text);
  EXPECT_TRUE(succeeded(evaluateTable(mnsimComponents, folder)));
}
