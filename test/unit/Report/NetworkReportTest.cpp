// What moves over the network of a schedule.
#include "atleus/Report/NetworkReport.h"
#include "ScheduleFixture.h"

using namespace atleus;
using testing::ElementsAre;

namespace {
class NetworkReportTest : public ScheduleFixture {};
} // namespace

TEST_F(NetworkReportTest, NothingMovesInAnEmptySchedule) {
  NetworkReport network = readNetwork(parse("sched.schedule @main on @m {}"));
  EXPECT_EQ(network.transfers, 0);
  EXPECT_EQ(network.allLinkFlits(), 0);
  EXPECT_EQ(network.separateLinkFlits, 0);
}

TEST_F(NetworkReportTest, LinksAreCountedByKind) {
  NetworkReport network = readNetwork(parse(R"mlir(
    sched.schedule @main on @m {
      %0 = sched.transfer "a"[0] along (0, 0, 0)[x+, z+, z+] bits 100 flits 4
        flit_ps 1 hop_ps 1 duration 60
      %1 = sched.transfer "a"[1] along (0, 0, 0)[-> (2, 2, 0), y-] bits 200
        flits 5 flit_ps 1 hop_ps 1 added_hop_ps 1 duration 60
    })mlir"));
  EXPECT_EQ(network.transfers, 2);
  EXPECT_EQ(network.multicasts, 0);
  EXPECT_EQ(network.bits, Bits(300));
  EXPECT_THAT(network.linkFlits, ElementsAre(4 + 5, 8, 5));
  EXPECT_EQ(network.separateLinkFlits, 22);
}

/// The tree has two planar and three vertical links; packets for each node
/// would take 2, 3, 1 and 3 links.
TEST_F(NetworkReportTest, LinksOfATreeAreCountedOnce) {
  NetworkReport network = readNetwork(parse(R"mlir(
    sched.schedule @main on @m {
      %0 = sched.transfer "a"[0] along (0, 0, 0)[x+, x+]
        branches [(2, 0, 0)[z+], (1, 0, 0)[], (1, 0, 0)[z+, z+]] bits 100
        flits 4 flit_ps 1 hop_ps 1 duration 60
    })mlir"));
  EXPECT_EQ(network.transfers, 1);
  EXPECT_EQ(network.multicasts, 1);
  EXPECT_EQ(network.bits, Bits(100));
  EXPECT_THAT(network.linkFlits, ElementsAre(8, 12, 0));
  EXPECT_EQ(network.separateLinkFlits, 4 * (2 + 3 + 1 + 3));
}
