// Bars, lanes and groups of Gantt charts.
#include "atleus/Report/GanttChart.h"
#include "ScheduleFixture.h"

using namespace atleus;
using testing::DoubleNear;
using testing::ElementsAre;

namespace {
class GanttChartTest : public ScheduleFixture {
protected:
  /// Bars of a row as "group lane begin-end".
  static std::vector<std::string> describe(const GanttChart &chart,
                                           const GanttRow &row) {
    std::vector<std::string> result;
    result.reserve(row.bars.size());
    for (const GanttBar &bar : row.bars)
      result.push_back((chart.groups[bar.group] + " " + llvm::Twine(bar.lane) +
                        " " + llvm::Twine(bar.begin.count()) + "-" +
                        llvm::Twine(bar.end.count()))
                           .str());
    return result;
  }
};
} // namespace

TEST(KernelGroup, LeavesNumbersOut) {
  EXPECT_EQ(getKernelGroup("layer.11.query"), "layer.query");
  EXPECT_EQ(getKernelGroup("/encoder/layers.3/mlp/fc1/MatMul"),
            "encoder.layers.mlp.fc1.MatMul");
  EXPECT_EQ(getKernelGroup("head"), "head");
  EXPECT_EQ(getKernelGroup("ffn2"), "ffn2");
  EXPECT_EQ(getKernelGroup("12"), "");
}

TEST_F(GanttChartTest, RowsAreNodesInTheOrderOfTiers) {
  GanttChart chart = GanttChart::make(parse(R"mlir(
    sched.schedule @main on @m {
      %0 = sched.task "a"[0] on (0, 0, 1) "array" start 0 duration 10
      %1 = sched.task "a"[1] on (1, 0, 0) "array" start 10 duration 10
      %2 = sched.task "a"[2] on (0, 1, 0) "array" start 20 duration 10
    })mlir"),
                                      10, 10);
  ASSERT_EQ(chart.rows.size(), 3u);
  EXPECT_EQ(chart.rows[0].node, (noc::Node{1, 0, 0}));
  EXPECT_EQ(chart.rows[1].node, (noc::Node{0, 1, 0}));
  EXPECT_EQ(chart.rows[2].node, (noc::Node{0, 0, 1}));
  EXPECT_EQ(chart.makespan, Picoseconds(30));
}

TEST_F(GanttChartTest, TasksThatNearlyTouchAreOneBar) {
  sched::ScheduleOp schedule = parse(R"mlir(
    sched.schedule @main on @m {
      %0 = sched.task "l.0.a"[0] on (0, 0, 0) "array" start 0 duration 10
      %1 = sched.task "l.1.a"[0] on (0, 0, 0) "array" start 15 duration 10
      %2 = sched.task "l.1.a"[1] on (0, 0, 0) "array" start 90 duration 10
    })mlir");
  GanttChart coarse = GanttChart::make(schedule, 10, 10);
  EXPECT_THAT(describe(coarse, coarse.rows[0]),
              ElementsAre("l.a 0 0-25", "l.a 0 90-100"));
  GanttChart fine = GanttChart::make(schedule, 100, 10);
  EXPECT_THAT(describe(fine, fine.rows[0]),
              ElementsAre("l.a 0 0-10", "l.a 0 15-25", "l.a 0 90-100"));
}

TEST_F(GanttChartTest, UnitsThatWorkAtOnceTakeLanes) {
  GanttChart chart = GanttChart::make(parse(R"mlir(
    sched.schedule @main on @m {
      %0 = sched.task "a"[0] on (0, 0, 0) "array" start 0 duration 50
      %1 = sched.task "b"[0] on (0, 0, 0) "vector" start 20 duration 50
      %2 = sched.task "a"[1] on (0, 0, 0) "array" start 70 duration 30
    })mlir"),
                                      100, 10);
  EXPECT_EQ(chart.rows[0].numLanes, 2u);
  EXPECT_THAT(describe(chart, chart.rows[0]),
              ElementsAre("a 0 0-50", "b 1 20-70", "a 0 70-100"));
}

TEST_F(GanttChartTest, GroupsAreSortedByTimeAndShareNoPrefix) {
  sched::ScheduleOp schedule = parse(R"mlir(
    sched.schedule @main on @m {
      %0 = sched.task "net.0.mlp.a"[0] on (0, 0, 0) "u" start 0 duration 10
      %1 = sched.task "net.0.mlp.b"[0] on (0, 0, 0) "u" start 10 duration 30
      %2 = sched.task "net.0.c"[0] on (0, 0, 0) "u" start 40 duration 20
    })mlir");
  EXPECT_THAT(GanttChart::make(schedule, 60, 3).groups,
              ElementsAre("mlp.b", "c", "mlp.a"));
  EXPECT_THAT(GanttChart::make(schedule, 60, 2).groups,
              ElementsAre("mlp.b", "other"));
}

TEST_F(GanttChartTest, LinksInUse) {
  // The second link is taken 10 later than the first; ports do not count.
  GanttChart chart = GanttChart::make(parse(R"mlir(
    sched.schedule @main on @m {
      %0 = sched.transfer "a"[0] along (0, 0, 0)[x+, x+] bits 8 flits 1
        flit_ps 20 hop_ps 10 start 5 duration 45
    })mlir"),
                                      5, 10);
  EXPECT_TRUE(chart.rows.empty());
  EXPECT_EQ(chart.makespan, Picoseconds(50));
  EXPECT_THAT(chart.linksInUse,
              ElementsAre(DoubleNear(0.5, 1e-9), DoubleNear(1.5, 1e-9),
                          DoubleNear(1.5, 1e-9), DoubleNear(0.5, 1e-9),
                          DoubleNear(0.0, 1e-9)));
}

TEST_F(GanttChartTest, EmptySchedule) {
  GanttChart chart =
      GanttChart::make(parse("sched.schedule @main on @m {\n}"), 5, 10);
  EXPECT_TRUE(chart.rows.empty());
  EXPECT_TRUE(chart.groups.empty());
  EXPECT_EQ(chart.makespan, Picoseconds(0));
}
