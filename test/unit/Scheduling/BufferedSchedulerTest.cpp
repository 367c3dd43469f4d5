// Working sets, orders and schedules that fit into buffers, by hand-written
// problems and on random ones against the sums of `BufferOccupancy.h`.
#include "atleus/Scheduling/BufferedScheduler.h"
#include "RandomProblem.h"

#include "atleus/Scheduling/Bounds.h"
#include "atleus/Scheduling/BufferedOrder.h"
#include "atleus/Scheduling/DispatchScheduler.h"
#include "atleus/Scheduling/ListScheduler.h"
#include "atleus/Scheduling/RoomDependences.h"
#include "atleus/Scheduling/ScheduleVerifier.h"
#include "atleus/Scheduling/WorkingSets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace atleus;
using namespace atleus::scheduling;
using testing::ElementsAre;
using testing::IsEmpty;

static Picoseconds ps(int64_t count) { return Picoseconds(count); }

namespace {
/// Steps of 10 ps each on a unit of their own, and transfers of 4 ps.
struct Case {
  unsigned task(unsigned node, int64_t bits,
                llvm::ArrayRef<unsigned> after = {}) {
    add(ps(10), after);
    return buffers.addStep(Deposit{node, Bits(bits), ps(0), ps(10)},
                           Reading{node, ps(10)}, after);
  }
  unsigned transfer(unsigned from, llvm::ArrayRef<unsigned> to, int64_t bits,
                    llvm::ArrayRef<unsigned> after) {
    add(ps(4), after);
    llvm::SmallVector<Deposit> deposits;
    for (unsigned node : to)
      deposits.push_back({node, Bits(bits), ps(1), ps(4)});
    return buffers.addStep(deposits, Reading{from, ps(3), /*byCore=*/false},
                           after, StepKind::Brings);
  }
  unsigned barrier(llvm::ArrayRef<unsigned> after) {
    add(ps(0), after);
    return buffers.addBarrier(after);
  }
  void add(Picoseconds duration, llvm::ArrayRef<unsigned> after) {
    unsigned unit = problem.addResource("u");
    unsigned task =
        problem.addTask("t" + llvm::Twine(problem.numTasks()), duration,
                        duration > ps(0) ? Use{unit, ps(0), duration}
                                         : Use{unit, ps(0), ps(0)});
    for (unsigned before : after)
      problem.addDependence(before, task);
  }
  BufferedOrder order(llvm::ArrayRef<Bits> capacities) const {
    DependenceGraph graph = llvm::cantFail(DependenceGraph::build(problem));
    return findBufferedOrder(buffers, graph, capacities,
                             scheduleByList(problem, graph));
  }
  Starts schedule(llvm::ArrayRef<Bits> capacities) const {
    DependenceGraph graph = llvm::cantFail(DependenceGraph::build(problem));
    return scheduleInBuffers(problem, graph, buffers, capacities,
                             order(capacities).steps);
  }

  Problem problem;
  BufferProblem buffers;
};
} // namespace

TEST(BufferedOrder, WhatIsBroughtComesBeforeItsReader) {
  Case c;
  unsigned a = c.task(0, 8), b = c.task(0, 8);
  unsigned toB = c.transfer(0, 1, 8, b), toA = c.transfer(0, 1, 8, a);
  unsigned first = c.task(1, 8, toA), last = c.task(1, 8, {first, toB});
  EXPECT_THAT(c.order({Bits(16), Bits(24)}).steps,
              ElementsAre(a, b, toA, first, toB, last));
}

TEST(BufferedOrder, AStepWaitsForWhatHasToLeave) {
  Case c;
  unsigned a = c.task(0, 8), b = c.task(0, 8), readsA = c.task(0, 1, a);
  c.task(0, 1, b);
  BufferedOrder order = c.order(Bits(9));
  EXPECT_FALSE(order.shortage);
  EXPECT_THAT(order.steps, ElementsAre(a, readsA, b, 3));
}

TEST(BufferedOrder, AFullBufferIsRelievedByBringingEarly) {
  Case c;
  unsigned a = c.task(0, 8), sent = c.transfer(0, 1, 8, a);
  unsigned b = c.task(0, 8), reader = c.task(1, 1, {sent, b});
  EXPECT_THAT(c.order({Bits(8), Bits(16)}).steps,
              ElementsAre(a, sent, b, reader));
  // More than half of the other buffer is taken when there is no other way.
  EXPECT_THAT(c.order({Bits(8), Bits(9)}).steps,
              ElementsAre(a, sent, b, reader));
}

TEST(BufferedOrder, ATaskThatIsTooLargeIsAShortageWithNothingThere) {
  Case c;
  unsigned a = c.task(0, 8), b = c.task(1, 20, a);
  BufferedOrder order = c.order({Bits(8), Bits(19)});
  ASSERT_TRUE(order.shortage);
  EXPECT_EQ(order.shortage->step, b);
  EXPECT_EQ(order.shortage->buffer, 1u);
  EXPECT_EQ(order.shortage->needed, Bits(20));
  EXPECT_EQ(order.shortage->held, Bits(0));
  EXPECT_THAT(order.shortage->occupants, IsEmpty());
  EXPECT_THAT(order.steps, ElementsAre(a));
}

TEST(BufferedOrder, AShortageNamesWhatLiesThere) {
  Case c;
  unsigned a = c.task(0, 3), b = c.task(0, 8), last = c.task(0, 2, {a, b});
  BufferedOrder order = c.order(Bits(12));
  ASSERT_TRUE(order.shortage);
  EXPECT_EQ(order.shortage->step, last);
  EXPECT_EQ(order.shortage->needed, Bits(2));
  EXPECT_EQ(order.shortage->held, Bits(11));
  ASSERT_EQ(order.shortage->occupants.size(), 2u);
  EXPECT_EQ(order.shortage->occupants[0].step, b);
  EXPECT_EQ(order.shortage->occupants[1].step, a);
}

TEST(BufferedOrder, AMulticastNeedsRoomAtAllOfItsEnds) {
  Case c;
  unsigned a = c.task(0, 8), other = c.task(2, 8);
  unsigned sent = c.transfer(0, {1, 2}, 8, a);
  unsigned here = c.task(1, 1, sent), end = c.task(2, 1, {sent, other});
  BufferedOrder order = c.order({Bits(8), Bits(9), Bits(15)});
  ASSERT_TRUE(order.shortage);
  EXPECT_EQ(order.shortage->buffer, 2u);
  EXPECT_THAT(c.order({Bits(8), Bits(9), Bits(17)}).steps,
              ElementsAre(a, other, sent, here, end));
}

TEST(BufferedScheduler, ATaskStartsWhenThereIsRoomForGood) {
  Case c;
  unsigned a = c.task(0, 8), b = c.task(0, 8);
  c.task(0, 1, a);
  c.task(0, 1, b);
  EXPECT_THAT(c.schedule(Bits(18)), ElementsAre(ps(0), ps(0), ps(10), ps(10)));
  // One of the readers has to wait until the other has ended.
  EXPECT_THAT(c.schedule(Bits(17)), ElementsAre(ps(0), ps(0), ps(10), ps(20)));
}

TEST(BufferedScheduler, ATransferStartsWhenItsDataCanArrive) {
  Case c;
  unsigned a = c.task(0, 8), blocks = c.task(1, 8);
  unsigned sent = c.transfer(0, 1, 8, a);
  c.task(1, 1, sent);
  c.task(1, 0, blocks);
  // The head arrives 1 ps after the start, when `blocks` has been read.
  EXPECT_EQ(c.schedule({Bits(8), Bits(15)})[sent], ps(19));
  EXPECT_EQ(c.schedule({Bits(8), Bits(17)})[sent], ps(10));
}

TEST(BufferedScheduler, WithoutLimitsItIsSerialScheduleGeneration) {
  Case c;
  unsigned a = c.task(0, 8), sent = c.transfer(0, 1, 8, a);
  c.task(1, 8, sent);
  EXPECT_THAT(c.schedule({}), ElementsAre(ps(0), ps(10), ps(14)));
}

TEST(BufferedStarts, WhatFitsStays) {
  Case c;
  unsigned a = c.task(0, 8);
  c.task(0, 8, a);
  Starts late = {ps(5), ps(100)};
  EXPECT_FALSE(holdsInBuffers(c.problem, c.buffers, Bits(15), late));
  ASSERT_TRUE(holdsInBuffers(c.problem, c.buffers, Bits(16), late));
  DependenceGraph graph = llvm::cantFail(DependenceGraph::build(c.problem));
  EXPECT_EQ(
      findBufferedStarts(c.problem, graph, c.buffers, Bits(16), late).starts,
      late);
  BufferedStarts none =
      findBufferedStarts(c.problem, graph, c.buffers, Bits(15), late);
  ASSERT_TRUE(none.shortage);
  EXPECT_EQ(none.shortage->held, Bits(8));
  EXPECT_FALSE(hasBufferedStarts(c.problem, graph, c.buffers, Bits(15), late));
}

TEST(BufferedStarts, AnEmptyProblemFits) {
  Case c;
  DependenceGraph graph = llvm::cantFail(DependenceGraph::build(c.problem));
  EXPECT_TRUE(hasBufferedStarts(c.problem, graph, c.buffers, Bits(1), {}));
  EXPECT_THAT(
      findBufferedStarts(c.problem, graph, c.buffers, Bits(1), {}).starts,
      IsEmpty());
}

TEST(BufferedInterval, GrowsUntilWhatInferencesKeepFits) {
  Case c;
  unsigned a = c.task(0, 8);
  c.task(0, 8, a);
  Starts starts = c.schedule({});
  std::vector<Stay> stays = findStays(c.buffers, starts);
  EXPECT_EQ(findBufferedInterval(c.problem, starts, stays, Bits(32), ps(10)),
            ps(10));
  // 8 bits for 20 ps and 8 for 10 ps, of two inferences.
  Picoseconds longer =
      findBufferedInterval(c.problem, starts, stays, Bits(16), ps(10));
  EXPECT_EQ(longer, ps(20));
  EXPECT_EQ(findBufferedInterval(c.problem, starts, stays, Bits(1), ps(10)),
            ps(20));
}

TEST(RoomDependences, AStepWaitsForWhatHasLeftForIt) {
  // The result of "c" came when that of "a" had been read.
  Case c;
  unsigned a = c.task(0, 8), b = c.task(0, 8);
  unsigned x = c.task(0, 0, a), y = c.task(0, 0, b), last = c.task(0, 8);
  Starts starts = {ps(0), ps(0), ps(20), ps(50), ps(30)};
  Problem extended = addRoomDependences(c.problem, c.buffers, Bits(16), starts);
  DependenceGraph graph = llvm::cantFail(DependenceGraph::build(extended));
  Starts anew = scheduleByDispatch(extended, graph);
  anew.resize(c.problem.numTasks());
  EXPECT_THAT(anew, ElementsAre(ps(0), ps(0), ps(10), ps(10), ps(20)));
  ASSERT_EQ(graph.predecessors(last).size(), 1u);
  EXPECT_THAT(graph.predecessors(graph.predecessors(last)[0]),
              testing::UnorderedElementsAre(a, x));
  EXPECT_THAT(graph.predecessors(y), ElementsAre(b));
}

TEST(RoomDependences, WhatIsReadBehindABarrierStaysUntilThen) {
  Case c;
  unsigned a = c.task(0, 8), all = c.barrier(a);
  c.task(0, 0, all);
  c.task(0, 0, all);
  unsigned last = c.task(0, 8);
  Starts starts = {ps(0), ps(10), ps(10), ps(40), ps(50)};
  Problem extended = addRoomDependences(c.problem, c.buffers, Bits(8), starts);
  Starts anew = scheduleByDispatch(
      extended, llvm::cantFail(DependenceGraph::build(extended)));
  EXPECT_EQ(anew[last], ps(20));
}

TEST(RoomDependences, NothingWaitsWhereAllHaveRoom) {
  Case c;
  c.task(0, 8, c.task(0, 8));
  Problem extended =
      addRoomDependences(c.problem, c.buffers, Bits(16), {ps(0), ps(10)});
  EXPECT_EQ(extended.numTasks(), c.problem.numTasks());
  EXPECT_EQ(extended.dependences().size(), 1u);
}

TEST(WorkingSets, WhatATaskReadsAndLeavesIsThereAtOnce) {
  Case c;
  unsigned a = c.task(0, 8), b = c.task(0, 4);
  c.task(0, 1, {a, b});
  EXPECT_THAT(findWorkingSets(c.buffers, 1), ElementsAre(Bits(13)));
  EXPECT_THAT(findWorkingSets(c.buffers, 0), IsEmpty());
}

TEST(WorkingSets, DataOfOthersAndOfOtherNodesDoesNotCount) {
  Case c;
  unsigned a = c.task(0, 8), b = c.task(1, 8), sent = c.transfer(0, 1, 8, a);
  c.task(0, 8, b);
  c.task(1, 1, sent);
  EXPECT_THAT(findWorkingSets(c.buffers, 3),
              ElementsAre(Bits(8), Bits(9), Bits(0)));
}

TEST(WorkingSets, WhatIsReadThroughSeveralBarriersCountsOnce) {
  Case c;
  unsigned a = c.task(0, 8), b = c.task(0, 4);
  unsigned both = c.barrier({a, b}), again = c.barrier({a, both});
  c.task(0, 1, {both, again});
  EXPECT_THAT(findWorkingSets(c.buffers, 1), ElementsAre(Bits(13)));
}

//===----------------------------------------------------------------------===//
// Random problems
//===----------------------------------------------------------------------===//

namespace {
class RandomBuffers : public testing::TestWithParam<unsigned> {
protected:
  void SetUp() override {
    problem = makeRandomProblem(GetParam(), {});
    graph.emplace(llvm::cantFail(DependenceGraph::build(problem)));
    std::mt19937 random(GetParam() + 1000);
    for (unsigned i = 0; i < problem.numTasks(); ++i)
      addStep(random, i);
    starts = scheduleByList(problem, *graph);
  }

  void addStep(std::mt19937 &random, unsigned step) {
    llvm::ArrayRef<unsigned> after = graph->predecessors(step);
    Picoseconds duration = problem.duration(step);
    unsigned node = draw(random, numBuffers), other = draw(random, numBuffers);
    int64_t kind = draw(random, 9);
    if (problem.uses(step).empty() && duration == ps(0)) {
      buffers.addBarrier(after);
      return;
    }
    Bits size(draw(random, 20));
    if (kind < 4) {
      buffers.addStep(Deposit{node, size, ps(draw(random, duration.count())),
                              duration,
                              kind == 0   ? Keep::ForCore
                              : kind == 1 ? Keep::ForOthers
                                          : Keep::ForAll},
                      Reading{other, ps(draw(random, duration.count())),
                              /*byCore=*/false},
                      after, StepKind::Brings);
      return;
    }
    llvm::SmallVector<Deposit> deposits = {{node, size, ps(0), duration}};
    if (kind == 4)
      deposits.push_back({node, Bits(5), ps(0), duration, Keep::ForItself});
    buffers.addStep(deposits, Reading{node, duration}, after);
  }

  /// Peaks of the buffers that have a limit.
  std::vector<Bits> findPeakSizes(const Starts &starts) const {
    std::vector<Stay> stays = findStays(buffers, starts);
    llvm::erase_if(stays,
                   [](const Stay &stay) { return stay.buffer >= numBuffers; });
    std::vector<Bits> sizes;
    for (const Peak &peak :
         findPeaks(stays, numBuffers, makespan(problem, starts) + ps(1)))
      sizes.push_back(peak.size);
    return sizes;
  }

  /// Nodes from this one on have no limit.
  static constexpr unsigned numBuffers = 3;
  Problem problem;
  std::optional<DependenceGraph> graph;
  BufferProblem buffers;
  Starts starts;
};
} // namespace

TEST_P(RandomBuffers, SchedulesFitIfThereIsAnOrder) {
  std::vector<Bits> peaks = findPeakSizes(starts);
  unsigned scheduled = 0;
  for (int64_t percent : {200, 100, 80, 60, 40, 20}) {
    std::vector<Bits> capacities;
    for (Bits peak : peaks)
      capacities.emplace_back(peak.count() * percent / 100);
    BufferedOrder order =
        findBufferedOrder(buffers, *graph, capacities, starts);
    if (order.shortage) {
      Bits all = order.shortage->held + order.shortage->needed;
      EXPECT_LT(capacities[order.shortage->buffer], all);
      Bits sum;
      for (const Occupant &occupant : order.shortage->occupants)
        sum += occupant.size;
      EXPECT_EQ(sum, order.shortage->held);
      continue;
    }
    ++scheduled;
    ASSERT_EQ(order.steps.size(), problem.numTasks());
    Starts fitting =
        scheduleInBuffers(problem, *graph, buffers, capacities, order.steps);
    EXPECT_THAT(verifySchedule(problem, fitting), IsEmpty());
    std::vector<Bits> found = findPeakSizes(fitting);
    for (unsigned buffer = 0; buffer < numBuffers; ++buffer)
      EXPECT_LE(found[buffer], capacities[buffer]) << percent;
    Starts shorter = shortenInBuffers(problem, buffers, capacities, fitting);
    EXPECT_LE(makespan(problem, shorter), makespan(problem, fitting));
    EXPECT_THAT(verifySchedule(problem, shorter), IsEmpty());
    found = findPeakSizes(shorter);
    for (unsigned buffer = 0; buffer < numBuffers; ++buffer)
      EXPECT_LE(found[buffer], capacities[buffer]) << percent;
  }
  EXPECT_GT(scheduled, 0u);
}

/// Whatever the order of the steps is, what they leave has room.
TEST_P(RandomBuffers, EveryScheduleWithRoomDependencesFits) {
  std::vector<Bits> capacities = findPeakSizes(starts);
  Problem extended = addRoomDependences(problem, buffers, capacities, starts);
  EXPECT_GT(extended.numTasks(), problem.numTasks());
  DependenceGraph extendedGraph =
      llvm::cantFail(DependenceGraph::build(extended));
  std::mt19937 random(GetParam());
  for (unsigned i = 0; i < 20; ++i) {
    std::vector<Picoseconds> priorities;
    for (unsigned task = 0; task < extended.numTasks(); ++task)
      priorities.push_back(ps(draw(random, 1000)));
    Starts anew = scheduleByDispatch(extended, extendedGraph, priorities);
    anew.resize(problem.numTasks());
    EXPECT_THAT(verifySchedule(problem, anew), IsEmpty());
    std::vector<Bits> found = findPeakSizes(anew);
    for (unsigned buffer = 0; buffer < numBuffers; ++buffer)
      EXPECT_LE(found[buffer], capacities[buffer]) << "order " << i;
  }
}

TEST_P(RandomBuffers, WithoutRoomForAWorkingSetThereIsNoOrder) {
  std::vector<Bits> sets = findWorkingSets(buffers, numBuffers);
  ASSERT_EQ(sets.size(), numBuffers);
  for (unsigned buffer = 0; buffer < numBuffers; ++buffer) {
    if (sets[buffer] == Bits(0))
      continue;
    // However much all others hold.
    std::vector<Bits> capacities(numBuffers, Bits(1 << 20));
    capacities[buffer] = sets[buffer] - Bits(1);
    EXPECT_TRUE(findBufferedOrder(buffers, *graph, capacities, starts).shortage)
        << buffer;
  }
}

TEST_P(RandomBuffers, StartsAreFoundWhereTheyCanBe) {
  std::vector<Bits> peaks = findPeakSizes(starts);
  bool anyFits = false;
  for (int64_t percent : {100, 80, 60, 40, 20}) {
    std::vector<Bits> capacities;
    for (Bits peak : peaks)
      capacities.emplace_back(peak.count() * percent / 100);
    BufferedStarts found =
        findBufferedStarts(problem, *graph, buffers, capacities, starts);
    EXPECT_EQ(hasBufferedStarts(problem, *graph, buffers, capacities, starts),
              !found.shortage);
    if (found.shortage) {
      EXPECT_THAT(found.starts, IsEmpty());
      continue;
    }
    anyFits = true;
    if (percent == 100) {
      EXPECT_EQ(found.starts, starts);
    }
    EXPECT_THAT(verifySchedule(problem, found.starts), IsEmpty());
    EXPECT_TRUE(holdsInBuffers(problem, buffers, capacities, found.starts));
  }
  EXPECT_TRUE(anyFits);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomBuffers, testing::Range(0u, 60u));
