// The tables of machines.
#include "atleus/Report/MachineTable.h"

#include "atleus/Transforms/MachineLibrary.h"

#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/raw_ostream.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace atleus;
using testing::ContainsRegex;
using testing::HasSubstr;

namespace {
class MachineTable : public testing::Test {
protected:
  std::string
  print(llvm::function_ref<void(arch::MachineOp, llvm::raw_ostream &)> write) {
    mlir::OwningOpRef<arch::MachineOp> machine =
        loadMachine("atleus", &context);
    EXPECT_TRUE(machine);
    std::string text;
    llvm::raw_string_ostream stream(text);
    write(*machine, stream);
    return text;
  }

  mlir::MLIRContext context;
};
} // namespace

TEST_F(MachineTable, ListsPresetsWithTheirSummary) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  EXPECT_TRUE(llvm::succeeded(printMachineList(&context, stream)));
  EXPECT_THAT(text, ContainsRegex("atleus +4x4x4 +49,152 +131,072 +3D stack"));
}

TEST_F(MachineTable, ShowsTiersAndParts) {
  std::string text = print(printMachineTable);
  EXPECT_THAT(text, ContainsRegex("reram0 +1 +4x4 +reram +crossbar 128x128, "
                                  "2 bits/cell, 8-bit ADC +24,576 +"
                                  "100,663,296 +252 Top/s"));
  EXPECT_THAT(text, ContainsRegex("sa1 +2 +4x4 +pe +systolic 64x64, os +- +- "
                                  "+131 Top/s"));
  EXPECT_THAT(text,
              ContainsRegex("network +mesh +mesh of 4x4x4, 128-bit links"));
  EXPECT_THAT(text, HasSubstr("10 layers, at most 378.15 K"));
}

TEST_F(MachineTable, SaysWhichAreasAreNotStated) {
  std::string text = print(printMachineTable);
  // 16 nodes of 16 tiles of 96 ADCs of 1200 um^2, and so on.
  EXPECT_THAT(text, ContainsRegex("reram0 +at least 85.34 mm.2 +adc 29.49 "
                                  "mm.2, bus 23.04 mm.2, buffer 21.25 mm.2, .*"
                                  "; not stated: mux, vector_unit"));
  EXPECT_THAT(text, ContainsRegex("sa0 +at least 0.75 mm.2 +router 0.75 mm.2; "
                                  "not stated: core, vector_unit"));
}

TEST_F(MachineTable, ExplainsEveryNumber) {
  std::string text = print(printMachineSources);
  EXPECT_THAT(text, ContainsRegex("reram +read_ps +100000 +recalled +ReRAM"));
  EXPECT_THAT(text, ContainsRegex("spreader +side_um +30000 +paper +HotSpot"));
  EXPECT_THAT(text, ContainsRegex("mesh +dims +\\[4, 4, 4\\] +recalled"));
  EXPECT_THAT(text, ContainsRegex("[0-9]+ numbers: [0-9]+ paper, 0 exact, "
                                  "[0-9]+ derived, [0-9]+ recalled"));
}
