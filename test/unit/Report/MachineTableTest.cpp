// The tables of machines.
#include "atleus/Report/MachineTable.h"

#include "atleus/Transforms/MachineLibrary.h"

#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/JSON.h"
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
  print(llvm::function_ref<void(arch::MachineOp, llvm::raw_ostream &)> write,
        llvm::StringRef name = "atleus") {
    mlir::OwningOpRef<arch::MachineOp> machine = loadMachine(name, &context);
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
  EXPECT_THAT(text, ContainsRegex("atleus +4x4x4 +49,152 +765 Top/s +3D "
                                  "stack"));
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
  EXPECT_THAT(text,
              ContainsRegex("reram +read_ps +100000 +ps +recalled +ReRAM"));
  EXPECT_THAT(text,
              ContainsRegex("spreader +side_um +30000 +um +paper +HotSpot"));
  EXPECT_THAT(text, ContainsRegex("mesh +dims +\\[4, 4, 4\\] +recalled"));
  EXPECT_THAT(text, ContainsRegex("[0-9]+ numbers: [0-9]+ paper, 0 exact, "
                                  "[0-9]+ derived, [0-9]+ recalled, "
                                  "[0-9]+ estimated"));
}

TEST_F(MachineTable, ShowsProcessors) {
  std::string text = print(printMachineTable, "gpu-edge");
  EXPECT_THAT(text, ContainsRegex("sms +0 +4x2 +sm +processor, 80.0 Gop/s on "
                                  "elements, 80.0 GB/s +- +- +20.0 Top/s"));
}

TEST_F(MachineTable, WritesEveryNumberAsJSON) {
  std::string text = print(writeMachineSourcesJSON);
  llvm::Expected<llvm::json::Value> parsed = llvm::json::parse(text);
  ASSERT_TRUE(static_cast<bool>(parsed));
  const llvm::json::Object &machine = *parsed->getAsObject();
  EXPECT_EQ(machine.getString("machine"), "atleus");
  const llvm::json::Array &numbers = *machine.getArray("numbers");
  auto find = [&](llvm::StringRef part, llvm::StringRef number) {
    for (const llvm::json::Value &entry : numbers)
      if (entry.getAsObject()->getString("part") == part &&
          entry.getAsObject()->getString("number") == number)
        return entry.getAsObject();
    return static_cast<const llvm::json::Object *>(nullptr);
  };
  const llvm::json::Object *read = find("reram", "read_ps");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->getInteger("value"), 100'000);
  EXPECT_EQ(read->getString("unit"), "ps");
  EXPECT_EQ(read->getString("provenance"), "recalled");
  const llvm::json::Object *dims = find("mesh", "dims");
  ASSERT_TRUE(dims);
  EXPECT_EQ(dims->getArray("value")->size(), 3u);
  EXPECT_EQ(dims->getString("unit"), "");
}
