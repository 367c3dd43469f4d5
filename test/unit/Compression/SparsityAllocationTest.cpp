// Tests of the allocation of sparsity to layers.
#include "atleus/Compression/SparsityAllocation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

using namespace atleus;
using testing::DoubleNear;
using testing::ElementsAre;

static double pruned(llvm::ArrayRef<PrunedLayer> layers,
                     llvm::ArrayRef<double> sparsities) {
  double sum = 0;
  for (size_t i = 0; i < layers.size(); ++i)
    sum += static_cast<double>(layers[i].weights) * sparsities[i];
  return sum;
}

/// Loss of a layer at a sparsity between its points.
static double lossAt(const PrunedLayer &layer, double sparsity) {
  for (size_t i = 1; i < layer.losses.size(); ++i) {
    const SparsityLoss &from = layer.losses[i - 1], &to = layer.losses[i];
    if (sparsity <= to.sparsity)
      return from.loss + (to.loss - from.loss) * (sparsity - from.sparsity) /
                             (to.sparsity - from.sparsity);
  }
  return layer.losses.back().loss;
}

TEST(SparsityAllocation, PrunesWhatLosesLeast) {
  PrunedLayer robust{100, {{0, 0}, {0.5, 1}, {0.9, 4}}};
  PrunedLayer fragile{100, {{0, 0}, {0.5, 20}, {0.9, 90}}};
  std::vector<double> sparsities = allocateSparsity({fragile, robust}, 0.5);
  EXPECT_THAT(sparsities, ElementsAre(DoubleNear(0.1, 1e-12),
                                      DoubleNear(0.9, 1e-12)));
}

TEST(SparsityAllocation, CountsLossPerWeight) {
  PrunedLayer small{10, {{0, 0}, {0.9, 1}}}, large{1000, {{0, 0}, {0.9, 2}}};
  std::vector<double> sparsities = allocateSparsity({small, large}, 0.5);
  EXPECT_EQ(sparsities[0], 0);
  EXPECT_NEAR(sparsities[1], 0.505, 1e-12);
}

TEST(SparsityAllocation, EqualLayersAreFilledInOrder) {
  PrunedLayer layer{10, {{0, 0}, {0.5, 1}}};
  EXPECT_THAT(allocateSparsity({layer, layer}, 0.25), ElementsAre(0.5, 0.0));
}

TEST(SparsityAllocation, PrunesNoMoreThanIsKnown) {
  PrunedLayer layer{10, {{0, 0}, {0.5, 1}}};
  EXPECT_THAT(allocateSparsity({layer, layer}, 0.9), ElementsAre(0.5, 0.5));
  EXPECT_THAT(allocateSparsity({}, 0.9), ElementsAre());
}

TEST(SparsityAllocation, FollowsTheHullOfLossesThatAreNotConvex) {
  // The first half costs more than the second: either all of it or none.
  PrunedLayer bumpy{10, {{0, 0}, {0.4, 8}, {0.8, 9}}};
  PrunedLayer even{10, {{0, 0}, {0.8, 10}}};
  EXPECT_THAT(allocateSparsity({even, bumpy}, 0.4),
              ElementsAre(0.0, DoubleNear(0.8, 1e-12)));
}

TEST(SparsityAllocation, MeetsTheTotalAndIsNoWorseThanUniform) {
  std::mt19937 engine(7);
  std::uniform_real_distribution<double> random(0.1, 1);
  for (int trial = 0; trial < 100; ++trial) {
    std::vector<PrunedLayer> layers;
    for (int i = 0; i < 6; ++i) {
      // Convex losses: increments that grow.
      PrunedLayer layer{static_cast<int64_t>(100 * random(engine)) + 1, {{0, 0}}};
      double increment = 0;
      for (int step = 1; step < 10; ++step) {
        increment += random(engine);
        layer.losses.push_back({0.1 * step, layer.losses.back().loss + increment});
      }
      layers.push_back(layer);
    }
    double sparsity = 0.85 * random(engine);
    std::vector<double> sparsities = allocateSparsity(layers, sparsity);
    std::vector<double> uniform(layers.size(), sparsity);
    EXPECT_NEAR(pruned(layers, sparsities), pruned(layers, uniform), 1e-6);
    double loss = 0, uniformLoss = 0;
    for (size_t i = 0; i < layers.size(); ++i) {
      loss += lossAt(layers[i], sparsities[i]);
      uniformLoss += lossAt(layers[i], sparsity);
    }
    EXPECT_LE(loss, uniformLoss + 1e-9);
  }
}
