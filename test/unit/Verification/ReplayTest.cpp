// Values of replayed schedules are those of the interpreter.
#include "MappedSchedule.h"
#include "Mutations.h"

#include "atleus/Interpreter/Interpreter.h"
#include "atleus/Verification/Replay.h"
#include "lib/Verification/TileCopy.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace mlir;
using namespace atleus;

static std::vector<Tensor> makeInputs(func::FuncOp function, uint64_t seed) {
  std::vector<Tensor> inputs;
  for (Type type : function.getArgumentTypes()) {
    auto shaped = cast<RankedTensorType>(type);
    Tensor input(shaped.getShape(), shaped.getElementType());
    for (float &value : input.mutableAs<float>()) {
      seed = seed * 6364136223846793005 + 1442695040888963407;
      value = static_cast<float>(static_cast<double>(seed >> 40) / (1 << 24));
    }
    inputs.push_back(input);
  }
  return inputs;
}

TEST(ReplayTest, EqualsTheInterpreterBitForBit) {
  for (const auto &mapped : getMappedSchedules()) {
    ASSERT_TRUE(mapped);
    auto function = mapped->module->lookupSymbol<func::FuncOp>("main");
    Location location = function.getLoc();
    for (uint64_t seed : {1, 2}) {
      std::vector<Tensor> inputs = makeInputs(function, seed);
      auto expected = Interpreter(function).run(inputs);
      auto found =
          replaySchedule(mapped->schedule, *mapped->module, inputs, location);
      ASSERT_TRUE(succeeded(expected) && succeeded(found)) << mapped->name;
      ASSERT_EQ(expected->size(), found->size());
      for (auto [a, b] : llvm::zip_equal(*expected, *found))
        EXPECT_TRUE(identical(a, b)) << mapped->name;
    }
  }
}

static std::vector<std::string> replay(const schedule::v1::Schedule &schedule,
                                       ModuleOp module,
                                       ArrayRef<Tensor> inputs) {
  std::vector<std::string> texts;
  ScopedDiagnosticHandler handler(module.getContext(),
                                  [&](Diagnostic &diagnostic) {
                                    texts.push_back(diagnostic.str());
                                    return success();
                                  });
  Location location = getFileLocation("schedule.pb", module.getContext());
  bool failedToRun = failed(replaySchedule(schedule, module, inputs, location));
  EXPECT_EQ(failedToRun, !texts.empty());
  return texts;
}

/// A task that starts before its operands have come does not compute from what
/// is not there.
TEST(ReplayTest, StopsAtWhatHasNotCome) {
  for (const auto &mapped : getMappedSchedules()) {
    ASSERT_TRUE(mapped);
    auto function = mapped->module->lookupSymbol<func::FuncOp>("main");
    schedule::v1::Schedule copy = mapped->schedule;
    auto index = findTask(copy, [](const schedule::v1::Task &task) {
      return task.kind() == schedule::v1::Task::COMPUTE &&
             task.kernel().find(':') == std::string::npos &&
             task.dependences_size() > 0;
    });
    copy.mutable_tasks(*index)->set_start_ps(0);
    EXPECT_THAT(replay(copy, *mapped->module, makeInputs(function, 1)),
                testing::ElementsAre(testing::AllOf(
                    testing::HasSubstr(getPart(copy.tasks(*index))),
                    testing::HasSubstr("it reads what is not there yet"))));
  }
}

/// A product does not take place before its weight has come, nor when another
/// one lies in its arrays.
TEST(ReplayTest, StopsWithoutWeights) {
  for (llvm::StringRef kind : {"load:", "write:"}) {
    unsigned stopped = 0;
    for (const auto &mapped : getMappedSchedules()) {
      ASSERT_TRUE(mapped);
      auto function = mapped->module->lookupSymbol<func::FuncOp>("main");
      schedule::v1::Schedule copy = mapped->schedule;
      auto index = findTask(copy, [&](const schedule::v1::Task &task) {
        return llvm::StringRef(task.kernel()).starts_with(kind);
      });
      if (!index)
        continue;
      copy.mutable_tasks(*index)->set_start_ps(copy.makespan_ps());
      EXPECT_THAT(replay(copy, *mapped->module, makeInputs(function, 1)),
                  testing::ElementsAre(testing::AllOf(
                      testing::HasSubstr("cannot replay"),
                      testing::HasSubstr(
                          copy.tasks(*index).kernel().substr(kind.size())),
                      testing::HasSubstr("its weight is not there"))))
          << mapped->name;
      ++stopped;
    }
    EXPECT_GT(stopped, 0u) << kind.str();
  }
}

TEST(ReplayTest, RefusesOtherInputs) {
  MappedSchedule &mapped = *getMappedSchedules().front();
  auto function = mapped.module->lookupSymbol<func::FuncOp>("main");
  EXPECT_THAT(
      replay(mapped.schedule, *mapped.module, {}),
      testing::ElementsAre("the model of the schedule has 1 inputs, found 0"));
  Type f32 = Float32Type::get(mapped.module->getContext());
  EXPECT_THAT(replay(mapped.schedule, *mapped.module, Tensor::zeros({2}, f32)),
              testing::ElementsAre(testing::HasSubstr(
                  "input #0 of the schedule's model must be")));
  EXPECT_THAT(replay(mapped.schedule, *mapped.module, makeInputs(function, 3)),
              testing::IsEmpty());
}

TEST(TileCopyTest, TilesComeBack) {
  auto context = makeContext();
  Type i32 = IntegerType::get(context.get(), 32);
  Tensor whole({3, 4, 5}, i32);
  for (auto [i, value] : llvm::enumerate(whole.mutableAs<int32_t>()))
    value = static_cast<int32_t>(i);
  Tile tile;
  tile.offsets = {1, 0, 2};
  tile.sizes = {2, 3, 2};
  Tensor part = takeTile(whole, tile);
  EXPECT_EQ(part.getShape(), ArrayRef<int64_t>({2, 3, 2}));
  EXPECT_EQ(part.as<int32_t>()[0], 22);
  Tensor copy = makeUnknown(whole.getType());
  putTile(copy, tile, part);
  EXPECT_TRUE(identical(takeTile(copy, tile), part));
  EXPECT_EQ(copy.as<int32_t>()[0], 0);
  EXPECT_EQ(llvm::count(copy.as<int32_t>(), 0), 60 - 12);
}

TEST(TileCopyTest, TokensBringTheirScales) {
  auto context = makeContext();
  Type type = quant::AnyQuantizedType::get(
      quant::QuantizationFlags::Signed, IntegerType::get(context.get(), 8),
      Float32Type::get(context.get()), -128, 127);
  Tensor whole = Tensor::zeros({4, 3}, type);
  ScaleGrid scales = ScaleGrid::ofBlocks({4, 3}, {1, 3});
  scales.scales = {1, 2, 3, 4};
  whole.setRunTimeScales(scales);
  Tensor copy = makeUnknown(whole.getType());
  EXPECT_FALSE(copy.getRunTimeScales());
  for (int64_t row : {2, 1}) {
    Tile tile{{row, 0}, {1, 3}};
    Tensor part = takeTile(whole, tile);
    EXPECT_EQ(part.getRunTimeScale(), static_cast<float>(row + 1));
    putTile(copy, tile, part);
  }
  ArrayRef<float> found = copy.getRunTimeScales()->scales;
  ASSERT_EQ(found.size(), 4u);
  EXPECT_EQ(found.slice(1, 2), ArrayRef<float>({2, 3}));
  // What has not come is not known.
  EXPECT_NE(found[0], found[0]);
  EXPECT_NE(found[3], found[3]);
}

TEST(TileCopyTest, UnknownFloatsAreNoNumbers) {
  auto context = makeContext();
  Tensor unknown =
      makeUnknown(RankedTensorType::get({2}, Float32Type::get(context.get())));
  for (float value : unknown.as<float>())
    EXPECT_NE(value, value);
}
