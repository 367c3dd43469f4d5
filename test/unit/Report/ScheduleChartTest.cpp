// What is in use of a machine over time.
#include "atleus/Report/ScheduleChart.h"
#include "ScheduleFixture.h"

using namespace atleus;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {
class ScheduleChartTest : public ScheduleFixture {
protected:
  static const std::vector<double> &
  inUse(const ChartRow &row, KernelKind kind = KernelKind::Linear) {
    return row.inUse[static_cast<unsigned>(kind)];
  }
};
} // namespace

TEST_F(ScheduleChartTest, RowsAreTiersFromBelowThenLinks) {
  ScheduleChart chart = ScheduleChart::make(parse(R"mlir(
    sched.schedule @main on @m {
      %0 = sched.task "a"[0] on (0, 0, 1) "array" start 0 duration 10
      %1 = sched.transfer "a"[0] along (0, 0, 1)[z-] bits 512 flits 4
        flit_ps 2 hop_ps 2 after(%0) start 10 duration 10
      %2 = sched.task "b"[0] on (0, 0, 0) "vector" after(%1) start 20
        duration 20
    })mlir"),
                                            4);
  EXPECT_EQ(chart.makespan, Picoseconds(40));
  ASSERT_EQ(chart.rows.size(), 3u);
  EXPECT_EQ(chart.rows[0].name, "tier 0");
  EXPECT_EQ(chart.rows[1].name, "tier 1");
  EXPECT_EQ(chart.rows[2].name, "links");
  EXPECT_THAT(inUse(chart.rows[1]), ElementsAre(1, 0, 0, 0));
  EXPECT_THAT(inUse(chart.rows[0], KernelKind::Vector),
              ElementsAre(0, 0, 1, 1));
  // The link is held for four flits.
  EXPECT_EQ(inUse(chart.rows[2], KernelKind::Transfer)[1], 0.8);
}

TEST_F(ScheduleChartTest, CountsUnitsInUse) {
  ScheduleChart chart = ScheduleChart::make(parse(R"mlir(
    sched.schedule @main on @m {
      %0 = sched.task "a"[0] on (0, 0, 0) "array" start 0 duration 20
      %1 = sched.task "b"[0] on (1, 0, 0) "array" start 0 duration 10
      %2 = sched.task "b"[1] on (1, 0, 0) "vector" start 5 duration 5
    })mlir"),
                                            2);
  ASSERT_EQ(chart.rows.size(), 1u);
  EXPECT_EQ(chart.rows[0].count, 3);
  EXPECT_THAT(inUse(chart.rows[0]), ElementsAre(2, 1));
  EXPECT_THAT(inUse(chart.rows[0], KernelKind::Vector), ElementsAre(0.5, 0));
  EXPECT_EQ(chart.rows[0].getPeak(), 2.5);
  EXPECT_EQ(chart.rows[0].getMean(), 1.75);
}

TEST_F(ScheduleChartTest, MarksWhereTheCriticalChainIs) {
  ScheduleChart chart = ScheduleChart::make(parse(R"mlir(
    sched.schedule @main on @m {
      %0 = sched.task "l.0.a"[0] on (0, 0, 0) "array" start 0 duration 10
      %1 = sched.task "l.1.b"[0] on (1, 0, 1) "vector" start 0 duration 3
      %2 = sched.barrier after(%0, %1) start 10
      %3 = sched.task "l.1.c"[0] on (0, 0, 1) "vector" after(%2) start 10
        duration 5
    })mlir"),
                                            15);
  using Span = std::pair<Picoseconds, Picoseconds>;
  EXPECT_THAT(chart.rows[0].critical,
              ElementsAre(Span(Picoseconds(0), Picoseconds(10))));
  EXPECT_THAT(chart.rows[1].critical,
              ElementsAre(Span(Picoseconds(10), Picoseconds(15))));
  EXPECT_EQ(chart.criticalTimes[static_cast<unsigned>(KernelKind::Linear)],
            Picoseconds(10));
  EXPECT_EQ(chart.criticalTimes[static_cast<unsigned>(KernelKind::Vector)],
            Picoseconds(5));
  ASSERT_EQ(chart.layers.size(), 2u);
  EXPECT_EQ(chart.layers[0].end, Picoseconds(10));
}

TEST_F(ScheduleChartTest, IsEmptyWithoutTasks) {
  ScheduleChart chart =
      ScheduleChart::make(parse("sched.schedule @main on @m {}"), 10);
  EXPECT_THAT(chart.rows, IsEmpty());
  EXPECT_THAT(chart.layers, IsEmpty());
  EXPECT_EQ(chart.makespan, Picoseconds(0));
}
