// Tests of what pruning does to outputs.
#include "atleus/Compression/PruningLoss.h"

#include <gtest/gtest.h>

#include <random>

using namespace atleus;

constexpr int64_t vectors = 40, inputs = 24, features = 10;

namespace {
/// Random weights and inputs, whose first half is larger.
struct Sample {
  Sample() : moments(inputs) {
    std::mt19937 engine(3);
    std::normal_distribution<float> normal;
    for (int64_t i = 0; i < vectors * inputs; ++i)
      x.push_back(normal(engine) * (i % inputs < inputs / 2 ? 5.0f : 0.1f));
    for (int64_t i = 0; i < inputs * features; ++i)
      w.push_back(normal(engine));
    moments.add(x);
  }

  /// The square of the outputs of the weights that `pruned` names.
  double outputOf(llvm::ArrayRef<uint8_t> pruned) const {
    double sum = 0;
    for (int64_t v = 0; v < vectors; ++v)
      for (int64_t f = 0; f < features; ++f) {
        double output = 0;
        for (int64_t i = 0; i < inputs; ++i)
          if (pruned[i * features + f])
            output += static_cast<double>(x[v * inputs + i]) *
                      static_cast<double>(w[i * features + f]);
        sum += output * output;
      }
    return sum;
  }

  std::vector<float> x, w;
  SecondMoments moments;
};
} // namespace

static PruningRequest requestOf(PruningKind kind) {
  PruningRequest request;
  request.kind = kind;
  request.blockRows = 8, request.blockColumns = 5;
  return request;
}

TEST(PruningLoss, MatchesTheOutputs) {
  Sample sample;
  std::vector<uint8_t> pruned(inputs * features);
  for (size_t i = 0; i < pruned.size(); ++i)
    pruned[i] = i % 3 == 0;
  double expected = sample.outputOf(pruned);
  WeightSample weight{{inputs, features, false}, sample.w, &sample.moments};
  EXPECT_NEAR(weight.outputOf(pruned), expected, 1e-4 * expected);
  // The same weight, stored as [n, k].
  std::vector<float> stored =
      transposeMatrix<float>(sample.w, inputs, features);
  WeightSample other{{inputs, features, true}, stored, &sample.moments};
  EXPECT_NEAR(
      other.outputOf(transposeMatrix<uint8_t>(pruned, inputs, features)),
      expected, 1e-4 * expected);
}

TEST(PruningLoss, GrowsWithTheSparsity) {
  Sample sample;
  WeightSample weight{{inputs, features, false}, sample.w, &sample.moments};
  for (PruningKind kind :
       {PruningKind::Unstructured, PruningKind::Block, PruningKind::NOfM,
        PruningKind::BankBalanced, PruningKind::Hierarchical}) {
    PrunedLayer layer = measureLosses(requestOf(kind), weight, 9);
    EXPECT_EQ(layer.weights, inputs * features);
    ASSERT_GE(layer.losses.size(), 3u);
    EXPECT_EQ(layer.losses.front().sparsity, 0);
    EXPECT_EQ(layer.losses.front().loss, 0);
    for (size_t i = 1; i < layer.losses.size(); ++i)
      EXPECT_GT(layer.losses[i].sparsity, layer.losses[i - 1].sparsity);
    EXPECT_GT(layer.losses.back().loss, layer.losses[1].loss);
    EXPECT_LT(layer.losses.back().loss, 1.5);
  }
}

TEST(PruningLoss, InputsThatAreSmallArePrunedFirst) {
  // Half of the inputs are 50 times smaller: without them little is lost.
  Sample sample;
  WeightSample weight{{inputs, features, false}, sample.w, &sample.moments};
  PrunedLayer layer =
      measureLosses(requestOf(PruningKind::Unstructured), weight, 1);
  ASSERT_EQ(layer.losses.size(), 2u);
  EXPECT_EQ(layer.losses[1].sparsity, 0.5);
  EXPECT_LT(layer.losses[1].loss, 0.01);
}

TEST(PruningLoss, ZerosLoseNothing) {
  Sample sample;
  std::vector<float> zeros(inputs * features, 0.0f);
  WeightSample weight{{inputs, features, false}, zeros, &sample.moments};
  for (const SparsityLoss &loss :
       measureLosses(requestOf(PruningKind::Unstructured), weight, 3).losses)
    EXPECT_EQ(loss.loss, 0);
}
