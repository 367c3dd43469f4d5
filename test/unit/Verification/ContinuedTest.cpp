// Results that continue an argument in its memory.
#include "MappedSchedule.h"

#include "dialects/Arch/Assignment.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace mlir;
using namespace atleus;
using testing::ElementsAre;
using testing::IsEmpty;

static MappedSchedule &getStep() {
  for (const auto &mapped : getMappedSchedules())
    if (mapped->name == "step on atleus")
      return *mapped;
  llvm_unreachable("there is a step of a decoder");
}

/// What is said if the model says that results continue arguments.
static std::vector<std::string>
claim(std::initializer_list<std::pair<unsigned, int64_t>> claims) {
  MappedSchedule &step = getStep();
  OwningOpRef<ModuleOp> module = step.module->clone();
  auto function = module->lookupSymbol<func::FuncOp>("main");
  Builder builder(module->getContext());
  for (unsigned i = 0; i < function.getNumResults(); ++i)
    function.removeResultAttr(i, builder.getStringAttr(arch::appendsAttribute));
  for (auto [result, argument] : claims)
    function.setResultAttr(result, arch::appendsAttribute,
                           builder.getI64IntegerAttr(argument));
  return getViolations(step.schedule, *module);
}

TEST(ContinuedTest, OnlyWhatIsNewIsWritten) {
  EXPECT_THAT(claim({{1, 1}, {2, 2}}), IsEmpty());
  int64_t read = 0, written = 0;
  for (const schedule::v1::Task &task : getStep().schedule.tasks()) {
    if (task.kernel() == "input:past_key" &&
        task.kind() == schedule::v1::Task::COMPUTE)
      read += task.result_bits();
    written += task.kernel() == "output:present_key";
  }
  EXPECT_GE(read, 6 * 16 * 32);
  // A task writes each row that a task has computed.
  EXPECT_EQ(written, 2);
}

/// A schedule that does not write what the model does not have elsewhere.
TEST(ContinuedTest, WhatIsNotContinuedMustBeWritten) {
  std::vector<std::string> texts = claim({{2, 2}});
  EXPECT_THAT(texts, testing::Contains(
                         testing::HasSubstr("of \"output:present_key\"")));
}

TEST(ContinuedTest, ClaimsAreChecked) {
  EXPECT_THAT(claim({{1, 7}}),
              ElementsAre("result #1 is said to continue argument #7, but "
                          "there are 3"));
  EXPECT_THAT(claim({{1, -1}}),
              ElementsAre("result #1 is said to continue argument #-1, but "
                          "there are 3"));
  EXPECT_THAT(claim({{1, 1}, {2, 1}}),
              ElementsAre("result #2 is said to continue argument #1, but "
                          "another result does so"));
  EXPECT_THAT(claim({{0, 1}}),
              ElementsAre("result #0 is said to continue argument #1, but it "
                          "is smaller: 'tensor<1x2x16xf32>' after "
                          "'tensor<1x6x16xf32>'"));
  EXPECT_THAT(claim({{1, 2}}),
              ElementsAre("result #1 is said to continue argument #2, but does "
                          "not begin with it"));
}

TEST(ContinuedTest, TypesAreChecked) {
  MappedSchedule &step = getStep();
  OwningOpRef<ModuleOp> module = step.module->clone();
  auto function = module->lookupSymbol<func::FuncOp>("main");
  function.setType(FunctionType::get(
      module->getContext(),
      {function.getArgumentTypes()[0], function.getArgumentTypes()[1],
       RankedTensorType::get({6, 16}, Float32Type::get(module->getContext()))},
      function.getResultTypes()));
  function.getArgument(2).setType(function.getArgumentTypes()[2]);
  EXPECT_THAT(
      getViolations(step.schedule, *module),
      testing::Contains("result #2 is said to continue argument #2, but "
                        "their types are 'tensor<1x8x16xf32>' and "
                        "'tensor<6x16xf32>'"));
}
