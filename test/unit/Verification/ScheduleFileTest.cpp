// The form of schedules: what no reader could make sense of.
#include "MappedSchedule.h"

#include "atleus/Pipelines/Pipeline.h"
#include "atleus/Support/CounterRandom.h"
#include "atleus/Transforms/MachineLibrary.h"
#include "atleus/Verification/Verification.h"
#include "dialects/Interfaces/Interfaces.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/FileSystem.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>

using namespace mlir;
using namespace atleus;
namespace v1 = atleus::schedule::v1;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {
class ScheduleFileTest : public testing::Test {
protected:
  static MappedSchedule &mapped() { return *getMappedSchedules().front(); }

  /// What is said about the schedule after a change.
  static std::vector<std::string>
  breakForm(const std::function<void(v1::Schedule &)> &change) {
    v1::Schedule copy = mapped().schedule;
    change(copy);
    return getViolations(copy, *mapped().module);
  }

  /// Changes the first transfer.
  static std::vector<std::string>
  breakTransfer(const std::function<void(v1::Task &)> &change) {
    return breakForm([&](v1::Schedule &schedule) {
      for (v1::Task &task : *schedule.mutable_tasks())
        if (task.kind() == v1::Task::TRANSFER)
          return change(task);
    });
  }
};
} // namespace

TEST_F(ScheduleFileTest, Version) {
  EXPECT_THAT(
      breakForm([](v1::Schedule &schedule) { schedule.set_schema_version(7); }),
      ElementsAre("has schema version 7, expected 1"));
}

TEST_F(ScheduleFileTest, Resources) {
  auto change = [](const std::function<void(v1::Resource &)> &change) {
    return breakForm([&](v1::Schedule &schedule) {
      change(*schedule.mutable_resources(0));
    });
  };
  EXPECT_THAT(
      change([](v1::Resource &resource) { resource.clear_kind(); }),
      ElementsAre("resource #0 \"unit (0, 0, 0) dram\" is of the unknown kind "
                  "0"));
  EXPECT_THAT(change([](v1::Resource &resource) { resource.clear_node(); }),
              ElementsAre(HasSubstr(
                  "has no node, or one with less than three coordinates")));
  EXPECT_THAT(change([](v1::Resource &resource) {
                resource.mutable_node()->set_y(-1);
              }),
              ElementsAre(HasSubstr("has a node with the coordinate -1")));
  EXPECT_THAT(change([](v1::Resource &resource) { resource.clear_unit(); }),
              ElementsAre(HasSubstr("is a unit without a name")));
  EXPECT_THAT(change([](v1::Resource &resource) {
                resource.set_kind(v1::Resource::LINK);
              }),
              ElementsAre(HasSubstr("is a link of the unknown direction 0")));
}

TEST_F(ScheduleFileTest, Tasks) {
  auto change = [](const std::function<void(v1::Task &)> &change) {
    return breakForm(
        [&](v1::Schedule &schedule) { change(*schedule.mutable_tasks(1)); });
  };
  const std::string task = "task #1 \"quantize.0\"[0] ";
  EXPECT_THAT(change([](v1::Task &task) { task.clear_kind(); }),
              ElementsAre(task + "is of the unknown kind 0"));
  EXPECT_THAT(change([](v1::Task &task) { task.clear_index(); }),
              ElementsAre(task + "does not say which part of \"quantize.0\" it "
                                 "is"));
  EXPECT_THAT(change([](v1::Task &task) { task.clear_start_ps(); }),
              ElementsAre(task + "has no start_ps"));
  EXPECT_THAT(change([](v1::Task &task) { task.set_duration_ps(-1); }),
              ElementsAre(task + "has the duration_ps -1, expected 0 to 2^62 - "
                                 "1"));
  EXPECT_THAT(change([](v1::Task &task) { task.set_start_ps(INT64_MAX); }),
              ElementsAre(HasSubstr("expected 0 to 2^62 - 1")));
  EXPECT_THAT(
      change([](v1::Task &task) { task.add_dependences(1); }),
      ElementsAre(task + "waits for task #1, which does not come before it"));
  EXPECT_THAT(change([](v1::Task &task) {
                task.mutable_uses(0)->set_resource(100000);
              }),
              ElementsAre(HasSubstr("uses resource #100000, but there are")));
  EXPECT_THAT(
      change([](v1::Task &task) { task.mutable_uses(0)->clear_resource(); }),
      ElementsAre(HasSubstr("does not say which of ")));
  EXPECT_THAT(
      change([](v1::Task &task) { task.mutable_uses(0)->set_offset_ps(1); }),
      ElementsAre(HasSubstr("ps after its start")));
  EXPECT_THAT(change([](v1::Task &task) { task.clear_uses(); }),
              ElementsAre(task + "holds no unit, so that its node is not "
                                 "known"));
}

TEST_F(ScheduleFileTest, Barriers) {
  EXPECT_THAT(breakForm([](v1::Schedule &schedule) {
                v1::Task &barrier = *schedule.add_tasks();
                barrier.set_kind(v1::Task::BARRIER);
                barrier.set_start_ps(0);
                barrier.set_duration_ps(5);
              }),
              ElementsAre(HasSubstr(
                  "takes 5 ps and 0 resources, but a barrier takes nothing")));
}

TEST_F(ScheduleFileTest, Transfers) {
  EXPECT_THAT(breakTransfer([](v1::Task &task) { task.clear_transfer(); }),
              ElementsAre(HasSubstr("states no transfer")));
  EXPECT_THAT(breakTransfer(
                  [](v1::Task &task) { task.mutable_transfer()->set_bits(0); }),
              ElementsAre(HasSubstr("moves 0 bits in 5 flits")));
  EXPECT_THAT(breakTransfer([](v1::Task &task) {
                task.mutable_transfer()->add_route(v1::DIRECTION_UNSPECIFIED);
              }),
              ElementsAre(HasSubstr("takes a link of the unknown direction")));
  EXPECT_THAT(breakTransfer([](v1::Task &task) {
                task.mutable_transfer()->add_route(v1::ADDED);
              }),
              ElementsAre(HasSubstr("added links, but names 0 of their ends")));
  EXPECT_THAT(breakTransfer([](v1::Task &task) {
                task.mutable_transfer()->add_branches();
              }),
              ElementsAre(HasSubstr("has no node")));
  EXPECT_THAT(breakTransfer([](v1::Task &task) {
                v1::Branch &branch = *task.mutable_transfer()->add_branches();
                *branch.mutable_from() = task.transfer().from();
                branch.add_route(v1::DIRECTION_UNSPECIFIED);
              }),
              ElementsAre(HasSubstr("takes a link of the unknown direction")));
}

TEST_F(ScheduleFileTest, Programs) {
  EXPECT_THAT(breakForm([](v1::Schedule &schedule) {
                schedule.mutable_programs(0)->clear_nodes();
              }),
              ElementsAre(HasSubstr("is at no node")));
}

namespace {
/// Whatever bytes a file has, they are read or refused with a diagnostic. Few
/// still say the same, such as those of resources in another order.
class DamagedFileTest : public ScheduleFileTest {
protected:
  void SetUp() override { bytes = mapped().schedule.SerializeAsString(); }
  void TearDown() override { llvm::sys::fs::remove(path); }

  void check(const std::string &damaged, const std::string &what) {
    MLIRContext *context = mapped().module->getContext();
    unsigned errors = 0;
    ScopedDiagnosticHandler handler(context, [&](Diagnostic &diagnostic) {
      errors += diagnostic.getSeverity() == DiagnosticSeverity::Error;
      return success();
    });
    std::ofstream(path, std::ios::binary) << damaged;
    std::unique_ptr<v1::Schedule> read = readSchedule(path, context);
    bool isGood =
        read && succeeded(verifySchedule(*read, *mapped().module,
                                         getFileLocation(path, context)));
    EXPECT_EQ(isGood, errors == 0) << what;
    if (read && read->SerializeAsString() == bytes)
      EXPECT_TRUE(isGood) << what;
    refused += !isGood;
    // Nor is it taken for the text of one.
    std::ofstream(path + ".json", std::ios::binary) << damaged;
    EXPECT_EQ(readSchedule(path + ".json", context), nullptr) << what;
    llvm::sys::fs::remove(path + ".json");
  }

  static uint32_t draw(uint32_t trial, uint32_t number) {
    return philox({trial, number, 0, 0}, keyOfSeed(6))[0];
  }

  unsigned refused = 0;
  std::string bytes;
  std::string path = testing::TempDir() + "/damaged.pb";
};
} // namespace

/// The first bytes, where every field is cut at each of its bytes; the last
/// ones; and lengths all over the file, of which some end between two fields.
TEST_F(DamagedFileTest, Prefixes) {
  std::set<size_t> lengths;
  for (size_t i = 0; i < 40; ++i) {
    lengths.insert(i);
    lengths.insert(bytes.size() - 1 - i);
    lengths.insert(draw(i, 0) % bytes.size());
  }
  for (size_t length : lengths)
    check(bytes.substr(0, length), "the first " + std::to_string(length));
  EXPECT_GE(refused, lengths.size() - 2);
}

TEST_F(DamagedFileTest, FlippedBits) {
  for (uint32_t trial = 0; trial < 60; ++trial) {
    std::string damaged = bytes;
    // One bit, or some.
    uint32_t flips = 1 + (trial % 2) * (draw(trial, 0) % 8);
    for (uint32_t i = 1; i <= flips; ++i)
      damaged[draw(trial, i) % bytes.size()] ^=
          static_cast<char>(1 << draw(trial, 100 + i) % 8);
    check(damaged, "flipped bits, trial " + std::to_string(trial));
  }
  EXPECT_GE(refused, 50u);
}

/// Parts that are missing, doubled, or in another place.
TEST_F(DamagedFileTest, MovedBytes) {
  for (uint32_t trial = 0; trial < 30; ++trial) {
    size_t from = draw(trial, 0) % bytes.size();
    size_t count =
        std::min<size_t>(1 + draw(trial, 1) % 200, bytes.size() - from);
    std::string part = bytes.substr(from, count), damaged = bytes;
    if (trial % 3 != 1)
      damaged.erase(from, count);
    if (trial % 3 != 0)
      damaged.insert(draw(trial, 2) % (damaged.size() + 1), part);
    check(damaged, "moved bytes, trial " + std::to_string(trial));
  }
  EXPECT_GE(refused, 28u);
}

TEST_F(DamagedFileTest, OtherBytes) {
  for (uint32_t trial = 0; trial < 20; ++trial) {
    std::string noise;
    for (uint32_t i = 0; i < 1u << trial % 10; ++i)
      noise.push_back(static_cast<char>(draw(trial, i)));
    check(noise, "noise, trial " + std::to_string(trial));
  }
  EXPECT_EQ(refused, 20u);
}

TEST_F(ScheduleFileTest, Models) {
  std::unique_ptr<MLIRContext> context = makeContext();
  auto empty = parseSourceString<ModuleOp>("module {}", context.get());
  EXPECT_THAT(getViolations(mapped().schedule, *empty),
              ElementsAre(HasSubstr("module has no machine")));
  auto layer = parseSourceString<ModuleOp>(R"mlir(
    func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
      %y = nn.relu %x : tensor<4xf32>
      return %y : tensor<4xf32>
    })mlir",
                                           context.get());
  ASSERT_TRUE(succeeded(runPipeline(*layer, Phase::Assigned, {})));
  EXPECT_THAT(
      getViolations(mapped().schedule, *layer),
      ElementsAre(
          "the model has no kernels on tiers, but 'nn.relu': expected "
          "one of phase 'tiled' or later, such as the model.mlir of its "
          "schedule"));
}

TEST_F(ScheduleFileTest, TooManyTasks) {
  std::unique_ptr<MLIRContext> context = makeContext();
  auto module = parseSourceString<ModuleOp>(R"mlir(
    func.func @main(%x: tensor<1048576x1024xf32>)
        -> tensor<1048576x1024xf32> {
      %y = systolic.vector (%x) on @host task_tile [1, 1] {
      ^bb0(%a: tensor<1048576x1024xf32>):
        %b = nn.relu %a : tensor<1048576x1024xf32>
        nn.yield %b : tensor<1048576x1024xf32>
      } {nn.name = "activation"}
          : (tensor<1048576x1024xf32>) -> tensor<1048576x1024xf32>
      return %y : tensor<1048576x1024xf32>
    })mlir",
                                            context.get());
  ASSERT_TRUE(module);
  module->push_back(loadMachine("systolic-edge", context.get()).release());
  EXPECT_THAT(getViolations(mapped().schedule, *module),
              ElementsAre(HasSubstr("has 1073741824 tasks; a schedule has no "
                                    "place for more than 67108864 in all")));
}

TEST_F(ScheduleFileTest, Names) {
  auto change = [](const std::function<void(func::FuncOp)> &change) {
    OwningOpRef<ModuleOp> module = mapped().module->clone();
    change(module->lookupSymbol<func::FuncOp>("main"));
    return getViolations(mapped().schedule, *module);
  };
  auto getKernels = [](func::FuncOp function) {
    SmallVector<KernelOpInterface> kernels;
    function.walk([&](KernelOpInterface op) { kernels.push_back(op); });
    return kernels;
  };
  EXPECT_THAT(change([](func::FuncOp function) { function.setName("other"); }),
              ElementsAre("the module has no function 'main' that a schedule "
                          "could be of"));
  EXPECT_THAT(change([&](func::FuncOp function) {
                getKernels(function).front()->removeAttr("nn.name");
              }),
              ElementsAre(HasSubstr(
                  "has no 'nn.name', by which a schedule could name its "
                  "tasks")));
  EXPECT_THAT(
      change([&](func::FuncOp function) {
        auto kernels = getKernels(function);
        kernels[1]->setAttr("nn.name", kernels[0]->getAttr("nn.name"));
      }),
      ElementsAre(HasSubstr("has the name \"quantize.0\", by which a schedule "
                            "names the tasks of another kernel"),
                  "note: other kernel"));
}

TEST_F(ScheduleFileTest, CountsAreThoseOfTheModel) {
  auto counts =
      verifySchedule(mapped().schedule, *mapped().module,
                     getFileLocation("x", mapped().module->getContext()));
  ASSERT_TRUE(succeeded(counts));
  // Sixteen patches of four pixels; three layers on 17 tokens of 64 features
  // with four heads, feed-forward of 128; ten classes.
  int64_t layer = 17 * 64 * (4 * 64 + 2 * 128) + 2 * 17 * 17 * 64;
  EXPECT_EQ(counts->operations, 16 * 4 * 64 + 3 * layer + 64 * 10);
  EXPECT_EQ(counts->tasks + counts->transfers + counts->barriers,
            mapped().schedule.tasks_size());
  EXPECT_EQ(counts->resources, mapped().schedule.resources_size());
}
