// Schedules that are broken in every way, each of which must be found.
#include "MappedSchedule.h"
#include "Mutations.h"

#include "dialects/Arch/MachineLookup.h"
#include "dialects/PIM/PIM.h"

#include "mlir/IR/Builders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace atleus;

namespace {
class MutationTest : public testing::Test {
protected:
  /// Applies each mutation to every schedule that it can break.
  static void expectFound(const std::vector<Mutation> &mutations);
};
} // namespace

/// Whether one of `texts` holds all that is expected.
static bool isFound(const std::vector<std::string> &texts,
                    const Expected &expected) {
  return std::any_of(texts.begin(), texts.end(), [&](const std::string &text) {
    return std::all_of(expected.begin(), expected.end(),
                       [&](const std::string &part) {
                         return text.find(part) != std::string::npos;
                       });
  });
}

void MutationTest::expectFound(const std::vector<Mutation> &mutations) {
  for (const Mutation &mutation : mutations) {
    unsigned broken = 0;
    for (const auto &mapped : getMappedSchedules()) {
      ASSERT_TRUE(mapped);
      schedule::v1::Schedule copy = mapped->schedule;
      std::optional<Expected> expected = mutation.apply(copy);
      if (!expected)
        continue;
      ++broken;
      std::vector<std::string> texts = getViolations(copy, *mapped->module);
      EXPECT_TRUE(isFound(texts, *expected))
          << mutation.name << ", " << mapped->name << ": expected "
          << testing::PrintToString(*expected) << ", found "
          << testing::PrintToString(texts);
    }
    EXPECT_GT(broken, 0u) << mutation.name << " breaks no schedule";
  }
}

TEST_F(MutationTest, ValidSchedulesHaveNoViolations) {
  for (const auto &mapped : getMappedSchedules()) {
    ASSERT_TRUE(mapped);
    EXPECT_THAT(getViolations(mapped->schedule, *mapped->module),
                testing::IsEmpty())
        << mapped->name;
  }
}

TEST_F(MutationTest, OrderIsChecked) { expectFound(getOrderMutations()); }

TEST_F(MutationTest, TasksAreChecked) { expectFound(getTaskMutations()); }

TEST_F(MutationTest, WeightsAreChecked) { expectFound(getWeightMutations()); }

TEST_F(MutationTest, TransfersAreChecked) {
  expectFound(getTransferMutations());
}

TEST_F(MutationTest, TransfersOfSeveralTasksAreChecked) {
  expectFound(getGatherMutations());
}

TEST_F(MutationTest, SumsAreChecked) { expectFound(getSumMutations()); }

TEST_F(MutationTest, TotalsAreChecked) { expectFound(getTotalMutations()); }

/// Notes say where the model states what the schedule contradicts.
TEST_F(MutationTest, NotesPointAtTheModel) {
  const std::pair<const char *, const char *> notes[] = {
      {"task lost", "note: kernel declared here"},
      {"task at another node", "note: kernel placed here"},
      {"task on another tier", "note: kernel assigned here"},
      {"program lost", "note: weight declared here"},
      {"program elsewhere", "note: weight placed here"},
      {"route out of the network", "note: network declared here"},
  };
  std::vector<Mutation> mutations = getTaskMutations();
  llvm::append_range(mutations, getTransferMutations());
  for (auto [name, note] : notes) {
    auto mutation = llvm::find_if(
        mutations, [name = name](const Mutation &m) { return m.name == name; });
    ASSERT_NE(mutation, mutations.end()) << name;
    MappedSchedule &mapped = *getMappedSchedules().front();
    schedule::v1::Schedule copy = mapped.schedule;
    ASSERT_TRUE(mutation->apply(copy)) << name;
    EXPECT_TRUE(isFound(getViolations(copy, *mapped.module), {note})) << name;
  }
}

/// Of a transfer hardly a byte can be missed, also where each reader by itself
/// gets enough.
TEST_F(MutationTest, EveryByteOfTransfersIsNeeded) {
  unsigned transfers = 0, found = 0, foundTogether = 0;
  for (const auto &mapped : getMappedSchedules()) {
    for (int i = 0; i < std::min(70, mapped->schedule.tasks_size()); ++i) {
      schedule::v1::Schedule copy = mapped->schedule;
      schedule::v1::Task &task = *copy.mutable_tasks(i);
      if (task.kind() != schedule::v1::Task::TRANSFER)
        continue;
      task.mutable_transfer()->set_bits(task.transfer().bits() - 8);
      std::vector<std::string> texts = getViolations(copy, *mapped->module);
      const std::string label =
          "transfer #" + std::to_string(i) + " of " + getPart(task);
      bool alone = isFound(texts, {label, "for which it waits bring"});
      bool together = isFound(texts, {label, "whose tasks read"});
      ++transfers;
      found += alone || together ? 1 : 0;
      foundTogether += together && !alone ? 1 : 0;
    }
  }
  EXPECT_GT(foundTogether, 0u);
  EXPECT_GE(found * 10, transfers * 9) << found << " of " << transfers;
}

/// The model with another number in its machine.
static mlir::OwningOpRef<mlir::ModuleOp>
changeMachine(MappedSchedule &mapped, const char *part,
              std::initializer_list<std::pair<const char *, int64_t>> numbers) {
  mlir::OwningOpRef<mlir::ModuleOp> module = mapped.module->clone();
  mlir::Operation *op = (*arch::findMachine(*module)).lookupSymbol(part);
  mlir::Builder builder(module->getContext());
  for (auto [name, value] : numbers)
    op->setAttr(name, builder.getI64IntegerAttr(value));
  return module;
}

/// A schedule that is right on its machine is wrong on one of smaller buffers
/// or a slower network.
TEST_F(MutationTest, MachinesAreChecked) {
  const struct {
    const char *part, *attribute;
    int64_t value;
    const char *text;
  } changes[] = {
      {"pe", "buffer_bytes", 16, "the buffer of node"},
      {"reram", "buffer_bytes", 16, "the largest are"},
      {"mesh", "clock_ps", 7, "but the network needs"},
      {"dram", "latency_ps", 7, "but @dram needs"},
      {"pe", "clock_ps", 7, "but @pe needs"},
  };
  MappedSchedule &mapped = *getMappedSchedules().front();
  for (const auto &change : changes) {
    auto module =
        changeMachine(mapped, change.part, {{change.attribute, change.value}});
    EXPECT_TRUE(isFound(getViolations(mapped.schedule, *module), {change.text}))
        << change.part << "." << change.attribute;
  }
}

/// A network that cannot copy has no multicasts.
TEST_F(MutationTest, MulticastNeedsItsNetwork) {
  MappedSchedule &mapped = *getMappedSchedules().front();
  mlir::OwningOpRef<mlir::ModuleOp> module = mapped.module->clone();
  (*arch::findMachine(*module)).getNoC().removeMulticastAttr();
  EXPECT_TRUE(
      isFound(getViolations(mapped.schedule, *module),
              {"has branches, but the network cannot copy what it carries"}));
}

/// The weights of a slot are at the same nodes, in crossbars.
TEST_F(MutationTest, SlotsAreChecked) {
  MappedSchedule &mapped = *getMappedSchedules().back();
  auto change = [&](auto change) -> std::vector<std::string> {
    mlir::OwningOpRef<mlir::ModuleOp> module = mapped.module->clone();
    pim::ProgramOp last;
    module->walk([&](pim::ProgramOp op) {
      if (op.getSlot())
        last = op;
    });
    if (!last)
      return {"no weight has a slot"};
    change(last);
    return getViolations(mapped.schedule, *module);
  };
  EXPECT_TRUE(isFound(change([](pim::ProgramOp op) {
                        op.setNodes(llvm::ArrayRef<int64_t>{3, 3, 1});
                      }),
                      {"is in slot", "places at different nodes"}));
  EXPECT_TRUE(isFound(change([](pim::ProgramOp op) { op.setTier("sa0"); }),
                      {"has a slot on @sa0, which has no crossbars"}));
}

/// Arrays of weights that stay, and those of slots also if only the schedule
/// says where they are.
TEST_F(MutationTest, ArraysOfNodesAreChecked) {
  for (const auto &mapped :
       {&getMappedSchedules().front(), &getMappedSchedules().back()}) {
    auto module = changeMachine(**mapped, "reram",
                                {{"tiles", 1}, {"arrays_per_tile", 1}});
    module->walk([](pim::ProgramOp op) { op.removeNodesAttr(); });
    EXPECT_TRUE(isFound(getViolations((*mapped)->schedule, *module),
                        {"programs write", "arrays at node", "which has 1"}))
        << (*mapped)->name;
  }
}

/// Of many violations of one rule some are named and all are counted.
TEST_F(MutationTest, ManyViolationsAreCounted) {
  schedule::v1::Schedule copy = getMappedSchedules().front()->schedule;
  for (schedule::v1::Task &task : *copy.mutable_tasks())
    task.set_start_ps(0);
  std::vector<std::string> texts =
      getViolations(copy, *getMappedSchedules().front()->module);
  EXPECT_TRUE(isFound(texts, {" more violations in the order of tasks"}));
  EXPECT_LT(texts.size(), 100u);
}
