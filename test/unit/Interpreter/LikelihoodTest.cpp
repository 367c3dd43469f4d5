// Tests of log-likelihoods.
#include "atleus/Interpreter/Likelihood.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

using namespace atleus;

static constexpr float infinity = std::numeric_limits<float>::infinity();

TEST(LikelihoodTest, logarithms_of_probabilities) {
  // Probabilities 1/4, 1/2, 1/4; what is added to all logits cancels out.
  for (float shift : {0.0f, 3.0f, -40.0f}) {
    float half = std::log(2.0f) + shift;
    EXPECT_NEAR(negativeLogLikelihood({shift, half, shift}, 0), std::log(4.0),
                1e-5);
    EXPECT_NEAR(negativeLogLikelihood({shift, half, shift}, 1), std::log(2.0),
                1e-5);
  }
}

TEST(LikelihoodTest, equal_logits_are_a_uniform_distribution) {
  for (size_t count : {1, 2, 96})
    EXPECT_NEAR(negativeLogLikelihood(std::vector<float>(count, 5.5f), 0),
                std::log(static_cast<double>(count)), 1e-14);
}

TEST(LikelihoodTest, large_logits_neither_overflow_nor_vanish) {
  EXPECT_EQ(negativeLogLikelihood({1e30f, -1e30f}, 0), 0);
  EXPECT_DOUBLE_EQ(negativeLogLikelihood({1000, 0}, 1), 1000);
  EXPECT_DOUBLE_EQ(negativeLogLikelihood({-1000, -1000}, 1), std::log(2.0));
  float largest = std::numeric_limits<float>::max();
  EXPECT_DOUBLE_EQ(negativeLogLikelihood({largest, -largest}, 1),
                   2 * static_cast<double>(largest));
}

TEST(LikelihoodTest, an_impossible_answer_is_infinitely_unlikely) {
  EXPECT_EQ(negativeLogLikelihood({0, -infinity}, 1), infinity);
  EXPECT_EQ(negativeLogLikelihood({0, -infinity}, 0), 0);
}

TEST(LikelihoodTest, no_softmax_no_likelihood) {
  EXPECT_TRUE(std::isnan(negativeLogLikelihood({0, std::nanf("")}, 0)));
  EXPECT_TRUE(std::isnan(negativeLogLikelihood({0, infinity}, 0)));
  EXPECT_TRUE(std::isnan(negativeLogLikelihood({-infinity, -infinity}, 0)));
}

TEST(LikelihoodTest, probabilities_of_all_answers_sum_to_one) {
  std::mt19937 random(3);
  std::normal_distribution<float> normal(0, 10);
  for (int round = 0; round < 20; ++round) {
    std::vector<float> logits(50);
    for (float &logit : logits)
      logit = normal(random);
    double sum = 0;
    for (size_t answer = 0; answer < logits.size(); ++answer)
      sum += std::exp(-negativeLogLikelihood(logits, answer));
    EXPECT_NEAR(sum, 1, 1e-12);
  }
}
