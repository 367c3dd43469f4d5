// Tests of sums and names of work and energy.
#include "../NN/WorkFixture.h"

using namespace atleus;
using Unit = VectorOperation;

TEST(WorkTest, sums) {
  Work a, b;
  a.products.push_back({2, 3, 4, 5});
  a[Unit::Add] = 1;
  a.bytesRead = 10;
  b.products.push_back({1, 1, 6, 1});
  b[Unit::Add] = 2;
  b[Unit::Lookup] = 3;
  b.bytesWritten = 20;
  b.parameterBytes = 30;
  a += b;
  EXPECT_EQ(a.macs(), 2 * 3 * 4 * 5 + 6);
  EXPECT_EQ(a.vectorOperations(), 6);
  EXPECT_EQ(counts(a), (Counts{{Unit::Add, 3}, {Unit::Lookup, 3}}));
  expectBytes(a, 10, 20, 30);
}

TEST(WorkTest, energy_sums) {
  EnergyBreakdown a, b;
  a[EnergyComponent::Link] = Femtojoules(3);
  b[EnergyComponent::Link] = Femtojoules(4);
  b[EnergyComponent::Leakage] = Femtojoules(5);
  a += b;
  EXPECT_EQ(a[EnergyComponent::Link].count(), 7);
  EXPECT_EQ(a.total().count(), 12);
}

TEST(WorkTest, names) {
  EXPECT_EQ(stringify(Unit::Add), "add");
  EXPECT_EQ(stringify(Unit::SquareRoot), "square_root");
  EXPECT_EQ(stringify(Unit::Lookup), "lookup");
  EXPECT_EQ(stringify(EnergyComponent::CrossbarArray), "crossbar_array");
  EXPECT_EQ(stringify(EnergyComponent::Leakage), "leakage");
  EXPECT_EQ(stringify(Bottleneck::ArrayRead), "array_read");
  EXPECT_EQ(stringify(Bottleneck::Latency), "latency");
}
