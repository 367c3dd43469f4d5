// Jackson's preemptive schedule, by hand and against all sets of jobs.
#include "atleus/Scheduling/OneMachine.h"
#include "RandomProblem.h"

#include <gtest/gtest.h>

using namespace atleus;
using namespace atleus::scheduling;

static Picoseconds ps(int64_t count) { return Picoseconds(count); }

TEST(OneMachine, NoJobsAndOneJob) {
  EXPECT_EQ(preemptiveMakespan({}), ps(0));
  Job job = {ps(3), ps(4), ps(5)};
  EXPECT_EQ(preemptiveMakespan(job), ps(12));
}

TEST(OneMachine, AnUrgentJobInterrupts) {
  // The long job runs from 0 to 2 and from 5 to 13. Without interruption one of
  // the two would wait.
  Job jobs[] = {{ps(0), ps(10), ps(0)}, {ps(2), ps(3), ps(8)}};
  EXPECT_EQ(preemptiveMakespan(jobs), ps(13));
}

TEST(OneMachine, IdlesUntilTheNextHead) {
  Job jobs[] = {{ps(20), ps(2), ps(0)}, {ps(0), ps(3), ps(1)}};
  EXPECT_EQ(preemptiveMakespan(jobs), ps(22));
}

TEST(OneMachine, EqualsTheLargestBoundOfASet) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    std::mt19937 random(seed);
    std::vector<Job> jobs(1 + seed % 9);
    for (Job &job : jobs)
      job = {ps(draw(random, 20)), ps(draw(random, 6)), ps(draw(random, 20))};
    Picoseconds largest;
    for (unsigned set = 1; set < 1u << jobs.size(); ++set) {
      Picoseconds head = ps(1000), length, tail = ps(1000);
      for (unsigned i = 0; i < jobs.size(); ++i)
        if (set >> i & 1) {
          head = std::min(head, jobs[i].head);
          length += jobs[i].length;
          tail = std::min(tail, jobs[i].tail);
        }
      largest = std::max(largest, head + length + tail);
    }
    EXPECT_EQ(preemptiveMakespan(jobs), largest) << "seed " << seed;
  }
}
