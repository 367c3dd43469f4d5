// Prices of products of pruned weights on systolic cores.
#include "atleus/Cost/CoreModel.h"

#include <gtest/gtest.h>

using namespace atleus;

static SystolicCore makeCore(arch::Sparsity sparsity, arch::Dataflow dataflow) {
  SystolicCore core;
  core.array.rows = core.array.columns = 16;
  core.array.dataflow = dataflow;
  core.array.clock = Picoseconds(1000);
  core.array.mac = Femtojoules(300);
  core.sparsity = sparsity;
  core.bufferBytesPerCycle = 1 << 20;
  core.bufferByte = Femtojoules(1);
  MemoryConstants memory;
  memory.bytesPerSecond = 64'000'000'000;
  memory.burstBytes = 1;
  memory.bit = Femtojoules(10);
  core.memory = memory;
  return core;
}

/// 40 vectors by k x 64 weights of 8 bits.
static Work makeWork(int64_t k, const WeightSparsity &sparsity = {}) {
  MatrixProduct product;
  product.m = 40, product.k = k, product.n = 64;
  product.lhsBits = product.rhsBits = 8;
  product.staticRhs = true;
  product.sparsity = sparsity;
  Work work;
  work.products.push_back(product);
  work.parameterBytes = k * 64;
  return work;
}

static WeightSparsity twoOfFour(int64_t k) {
  WeightSparsity sparsity;
  sparsity.kept = k * 64 / 2;
  sparsity.indexBits = k * 64;
  sparsity.group = 4, sparsity.keptInGroup = 2;
  sparsity.longestColumn = k / 2;
  return sparsity;
}

static Price priceOf(const SystolicCore &core, const Work &work) {
  std::optional<Price> price = priceOnSystolic(core, work, nullptr);
  EXPECT_TRUE(price);
  return *price;
}

TEST(SystolicSparsity, GroupsTakeTheTimeOfWhatTheyKeep) {
  for (arch::Dataflow dataflow : {arch::Dataflow::WeightStationary,
                                  arch::Dataflow::OutputStationary}) {
    SystolicCore core = makeCore(arch::Sparsity::Groups, dataflow);
    core.memory->bytesPerSecond = int64_t(1) << 50;
    EXPECT_EQ(priceOf(core, makeWork(128, twoOfFour(128))).duration,
              priceOf(core, makeWork(64)).duration);
  }
}

TEST(SystolicSparsity, EnergyCountsWhatIsMultiplied) {
  SystolicCore core =
      makeCore(arch::Sparsity::Groups, arch::Dataflow::WeightStationary);
  Price sparse = priceOf(core, makeWork(128, twoOfFour(128)));
  Price dense = priceOf(core, makeWork(128));
  EXPECT_EQ(sparse.energy[EnergyComponent::SystolicMac] * 2,
            dense.energy[EnergyComponent::SystolicMac]);
}

TEST(SystolicSparsity, ParametersComeInSparseStorage) {
  SystolicCore core =
      makeCore(arch::Sparsity::Groups, arch::Dataflow::WeightStationary);
  Work work = makeWork(128, twoOfFour(128));
  // Half of the weights, and an index of a bit for each.
  EXPECT_EQ(countParameterBytes(core, work), 64 * 64 + 128 * 64 / 8);
  EXPECT_EQ(priceOf(core, work).energy[EnergyComponent::Dram],
            Femtojoules(10 * 8 * (64 * 64 + 128 * 64 / 8)));
}

TEST(SystolicSparsity, InputsComeWhole) {
  SystolicCore core =
      makeCore(arch::Sparsity::Groups, arch::Dataflow::OutputStationary);
  Femtojoules more =
      priceOf(core, makeWork(128, twoOfFour(128)))
          .energy[EnergyComponent::Buffer] -
      priceOf(core, makeWork(64)).energy[EnergyComponent::Buffer];
  // 64 inputs of 40 vectors, for each of 4 folds, and the index.
  EXPECT_EQ(more, Femtojoules(40 * 64 * 4 + 128 * 64 / 8));
}

TEST(SystolicSparsity, WithoutTheSkillNothingIsGained) {
  for (arch::Sparsity skill : {arch::Sparsity::None, arch::Sparsity::Lines}) {
    SystolicCore core = makeCore(skill, arch::Dataflow::WeightStationary);
    Price sparse = priceOf(core, makeWork(128, twoOfFour(128)));
    Price dense = priceOf(core, makeWork(128));
    EXPECT_EQ(sparse.duration, dense.duration);
    EXPECT_EQ(sparse.energy.total(), dense.energy.total());
  }
}
