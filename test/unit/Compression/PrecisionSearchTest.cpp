// The choice of precisions: against every combination there is.
#include "atleus/Compression/PrecisionSearch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <random>

using namespace atleus;
using testing::ElementsAre;
using testing::IsEmpty;

using Layers = std::vector<PrecisionSearch::Layer>;

/// Calls `visit(cost, loss)` for every combination.
static void
forEachCombination(const Layers &layers,
                   const std::function<void(int64_t, double)> &visit,
                   size_t layer = 0, int64_t cost = 0, double loss = 0) {
  if (layer == layers.size())
    return visit(cost, loss);
  for (const PrecisionChoice &choice : layers[layer])
    forEachCombination(layers, visit, layer + 1, cost + choice.cost,
                       loss + choice.loss);
}

/// Layers of 1 to 5 choices in no order, some of them useless, with equal costs
/// and equal losses among them.
static Layers makeLayers(std::mt19937 &generator) {
  Layers layers(1 + generator() % 6);
  for (auto &layer : layers) {
    layer.resize(1 + generator() % 5);
    for (PrecisionChoice &choice : layer)
      choice = {static_cast<int64_t>(generator() % 20),
                static_cast<double>(generator() % 64) / 64};
  }
  return layers;
}

/// A selection is one of the combinations and says what that costs and loses.
static void checkSums(const Layers &layers,
                      const PrecisionSelection &selection) {
  ASSERT_EQ(selection.choices.size(), layers.size());
  int64_t cost = 0;
  double loss = 0;
  for (size_t i = 0; i < layers.size(); ++i) {
    ASSERT_LT(selection.choices[i], layers[i].size());
    cost += layers[i][selection.choices[i]].cost;
    loss += layers[i][selection.choices[i]].loss;
  }
  EXPECT_EQ(selection.cost, cost);
  EXPECT_EQ(selection.loss, loss);
}

TEST(PrecisionSearch, TwoLayers) {
  PrecisionSearch search({{{8, 0.3}, {16, 0.0}}, {{12, 0.1}, {24, 0.0}}});
  EXPECT_THAT(search.findLeastLoss(30)->choices, ElementsAre(1, 0));
  EXPECT_THAT(search.findLeastLoss(27)->choices, ElementsAre(0, 0));
  EXPECT_THAT(search.findLeastLoss(1000)->choices, ElementsAre(1, 1));
  EXPECT_THAT(search.findLeastCost(0.35)->choices, ElementsAre(1, 0));
  EXPECT_THAT(search.findLeastCost(0)->choices, ElementsAre(1, 1));
  EXPECT_FALSE(search.findLeastLoss(19));
  EXPECT_FALSE(search.findLeastCost(-0.1));
  EXPECT_EQ(search.getCheapest().cost, 20);
  EXPECT_EQ(search.getBest().loss, 0);
}

TEST(PrecisionSearch, NoLayers) {
  for (size_t states : {0, 1000}) {
    PrecisionSearch search({}, states);
    EXPECT_THAT(search.findLeastLoss(0)->choices, IsEmpty());
    EXPECT_THAT(search.findLeastCost(0)->choices, IsEmpty());
    EXPECT_FALSE(search.findLeastLoss(-1));
  }
}

TEST(PrecisionSearch, IsTheBestOfAllCombinations) {
  std::mt19937 generator(1);
  for (int i = 0; i < 300; ++i) {
    Layers layers = makeLayers(generator);
    PrecisionSearch search(layers);
    ASSERT_TRUE(search.isExact());
    int64_t budget = generator() % 60;
    double limit = static_cast<double>(generator() % 160) / 64;
    double leastLoss = std::numeric_limits<double>::infinity();
    int64_t leastCost = std::numeric_limits<int64_t>::max();
    forEachCombination(layers, [&](int64_t cost, double loss) {
      if (cost <= budget)
        leastLoss = std::min(leastLoss, loss);
      if (loss <= limit)
        leastCost = std::min(leastCost, cost);
    });
    auto byCost = search.findLeastLoss(budget);
    ASSERT_EQ(byCost.has_value(), std::isfinite(leastLoss));
    if (byCost) {
      checkSums(layers, *byCost);
      EXPECT_LE(byCost->cost, budget);
      EXPECT_EQ(byCost->loss, leastLoss);
      EXPECT_EQ(byCost->bound, leastLoss);
    }
    auto byLoss = search.findLeastCost(limit);
    ASSERT_EQ(byLoss.has_value(),
              leastCost != std::numeric_limits<int64_t>::max());
    if (byLoss) {
      checkSums(layers, *byLoss);
      EXPECT_LE(byLoss->loss, limit);
      EXPECT_EQ(byLoss->cost, leastCost);
    }
  }
}

TEST(PrecisionSearch, BoundsHoldWithoutRoomForStates) {
  std::mt19937 generator(2);
  double gap = 0;
  int found = 0;
  for (int i = 0; i < 300; ++i) {
    Layers layers = makeLayers(generator);
    PrecisionSearch search(layers), greedy(layers, /*maximumStates=*/0);
    ASSERT_FALSE(greedy.isExact());
    int64_t budget = generator() % 60;
    double limit = static_cast<double>(generator() % 160) / 64;
    auto exact = search.findLeastLoss(budget);
    auto byCost = greedy.findLeastLoss(budget);
    ASSERT_EQ(byCost.has_value(), exact.has_value());
    if (byCost) {
      checkSums(layers, *byCost);
      EXPECT_LE(byCost->cost, budget);
      EXPECT_GE(byCost->loss, exact->loss);
      EXPECT_LE(byCost->bound, exact->loss + 1e-12);
      gap += byCost->loss - exact->loss;
      ++found;
    }
    exact = search.findLeastCost(limit);
    auto byLoss = greedy.findLeastCost(limit);
    ASSERT_EQ(byLoss.has_value(), exact.has_value());
    if (byLoss) {
      checkSums(layers, *byLoss);
      EXPECT_LE(byLoss->loss, limit);
      EXPECT_GE(byLoss->cost, exact->cost);
      EXPECT_LE(byLoss->bound, static_cast<double>(exact->cost) + 1e-9);
    }
  }
  // Losses are between 0 and 1 for each layer.
  EXPECT_GT(found, 100);
  EXPECT_LT(gap / found, 0.03);
}

TEST(PrecisionSearch, ModelsOfManyLayersAreExact) {
  // 73 layers with 7 widths of up to 1152 crossbars.
  std::mt19937 generator(3);
  Layers layers(73);
  for (auto &layer : layers) {
    int64_t unit = 1 + generator() % 144;
    double sensitivity = 1e-4 * static_cast<double>(1 + generator() % 1000);
    for (int bits = 2; bits <= 8; ++bits)
      layer.push_back({unit * bits, sensitivity * std::ldexp(1.0, -2 * bits)});
  }
  PrecisionSearch search(layers), greedy(layers, /*maximumStates=*/1000);
  EXPECT_TRUE(search.isExact());
  EXPECT_FALSE(greedy.isExact());
  int64_t budget = (search.getCheapest().cost + search.getBest().cost) / 2;
  auto best = search.findLeastLoss(budget);
  auto close = greedy.findLeastLoss(budget);
  EXPECT_LE(best->loss, close->loss);
  EXPECT_LE(close->loss, 1.01 * close->bound);
}
