// What a problem that is read off the IR holds.
#include "atleus/Scheduling/LoadProblem.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::scheduling;

namespace {
class LoadProblem : public testing::Test {
protected:
  LoadProblem() {
    context.loadDialect<noc::NoCDialect, sched::SchedDialect>();
  }

  sched::ScheduleOp parse(StringRef body) {
    std::string text =
        ("sched.schedule @problem on @machine {" + body + "}").str();
    module = parseSourceString<ModuleOp>(text, &context);
    return *module->getOps<sched::ScheduleOp>().begin();
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
};
} // namespace

/// Each op's uses are its reservations, however many ops before it took the
/// same way.
static void expectReservations(const LoadedProblem &loaded) {
  for (unsigned task = 0; task < loaded.problem.numTasks(); ++task) {
    sched::TimedOpInterface op = loaded.tasks[task];
    SmallVector<sched::Reservation> expected = op.getReservations();
    ArrayRef<Use> uses = loaded.problem.uses(task);
    ASSERT_EQ(uses.size(), expected.size()) << op.getLabel();
    for (auto [use, reservation] : llvm::zip_equal(uses, expected)) {
      EXPECT_EQ(loaded.resources[use.resource], reservation.resource);
      EXPECT_EQ(use.offset, reservation.offset) << op.getLabel();
      EXPECT_EQ(use.length, reservation.length) << op.getLabel();
      EXPECT_EQ(loaded.problem.resourceName(use.resource),
                sched::toString(reservation.resource));
    }
  }
}

TEST_F(LoadProblem, TransfersOfOneWayDifferInTheirTimes) {
  LoadedProblem loaded = loadProblem(parse(R"mlir(
    %a = sched.task "a"[0] on (0, 0, 0) "array" streams "dram" (1, 0, 0)
      for 40 duration 90
    %b = sched.task "a"[1] on (0, 0, 0) "array" duration 70
    sched.transfer "a"[0] along (0, 0, 0)[x+, z+] bits 64 flits 2 flit_ps 10
      hop_ps 50 after(%a) duration 200
    sched.transfer "a"[1] along (0, 0, 0)[x+, z+] bits 96 flits 3 flit_ps 10
      hop_ps 50 after(%b) duration 200
    sched.transfer "a"[2] along (0, 0, 0)[x+, z+] bits 64 flits 2 flit_ps 10
      hop_ps 50 vertical_hop_ps 7 duration 200
    sched.transfer "a"[3] along (0, 0, 0)[x+, z+] bits 64 flits 2 flit_ps 10
      hop_ps 50 after(%b) duration 300
    sched.transfer "a"[4] along (0, 0, 0)[x+, z+]
      branches [(1, 0, 0)[], (1, 0, 0)[y+, -> (3, 3, 0)]] bits 64 flits 2
      flit_ps 10 hop_ps 50 added_hop_ps 60 duration 200
    sched.transfer "a"[5] along (1, 0, 0)[y+, -> (3, 3, 0)] bits 64 flits 2
      flit_ps 10 held_ps 35 hop_ps 50 added_hop_ps 60 duration 200
  )mlir"));
  EXPECT_EQ(loaded.problem.numTasks(), 8u);
  EXPECT_EQ(loaded.problem.dependences().size(), 3u);
  EXPECT_EQ(loaded.problem.taskName(3), "transfer of \"a\"[1]");
  expectReservations(loaded);
}

TEST_F(LoadProblem, NamesAreLeftOutWhereNobodyReadsThem) {
  sched::ScheduleOp schedule = parse(R"mlir(
    %a = sched.task "load:a"[0] on (0, 0, 0) "loader" duration 90
    %b = sched.barrier after(%a)
  )mlir");
  LoadedProblem loaded = loadProblem(schedule, /*hasNames=*/false);
  EXPECT_EQ(loaded.problem.taskName(0), "");
  EXPECT_EQ(loaded.problem.prefetches().size(), 1u);
  expectReservations(loaded);
}
