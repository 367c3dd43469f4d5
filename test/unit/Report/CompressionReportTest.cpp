// Tests of the comparison of schemes of compression.
#include "atleus/Report/CompressionReport.h"

#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <gtest/gtest.h>

using namespace atleus;

namespace {
/// A scheme that was compiled.
SchemeReport compiled(const char *name, std::optional<double> accuracy,
                      int64_t crossbars, int64_t latency, int64_t energy,
                      const char *metric = "top1") {
  SchemeReport scheme;
  scheme.name = name;
  scheme.description = "words";
  Report &report = scheme.report.emplace();
  report.crossbarsUsed = crossbars;
  report.weights = {100, 425};
  report.latency = Picoseconds(latency);
  report.energy = Femtojoules(energy);
  if (accuracy)
    report.accuracy =
        AccuracyReport{metric, "digits.npz", 360, 0.99, *accuracy};
  return scheme;
}

SchemeReport failed(const char *name, const char *error) {
  SchemeReport scheme;
  scheme.name = name;
  scheme.description = "words";
  scheme.error = error;
  return scheme;
}

/// Which of the schemes are on the front.
std::vector<bool> front(std::vector<SchemeReport> schemes) {
  CompressionReport comparison{"model", "machine", std::move(schemes)};
  comparison.markFront();
  std::vector<bool> marks;
  for (const SchemeReport &scheme : comparison.schemes)
    marks.push_back(scheme.isOnFront);
  return marks;
}

using Marks = std::vector<bool>;
} // namespace

TEST(CompressionReportTest, more_accuracy_and_fewer_costs_are_better) {
  EXPECT_EQ(front({compiled("best", 0.9, 10, 10, 10),
                   compiled("less accurate", 0.8, 10, 10, 10)}),
            Marks({true, false}));
  for (SchemeReport dearer : {compiled("crossbars", 0.9, 11, 10, 10),
                              compiled("latency", 0.9, 10, 11, 10),
                              compiled("energy", 0.9, 10, 10, 11)})
    EXPECT_EQ(front({dearer, compiled("best", 0.9, 10, 10, 10)}),
              Marks({false, true}))
        << dearer.name;
}

TEST(CompressionReportTest, of_perplexity_less_is_better) {
  EXPECT_EQ(front({compiled("worse", 5, 10, 10, 10, "perplexity"),
                   compiled("better", 4, 10, 10, 10, "perplexity"),
                   compiled("smaller", 6, 5, 10, 10, "perplexity")}),
            Marks({false, true, true}));
}

TEST(CompressionReportTest, bits_alone_are_no_reason_to_be_on_the_front) {
  SchemeReport narrow = compiled("narrow", 0.8, 10, 10, 10);
  narrow.report->weights.bits = 1;
  EXPECT_EQ(front({narrow, compiled("best", 0.9, 10, 10, 10)}),
            Marks({false, true}));
}

TEST(CompressionReportTest, equal_schemes_are_both_on_the_front) {
  EXPECT_EQ(
      front({compiled("a", 0.9, 10, 10, 10), compiled("b", 0.9, 10, 10, 10)}),
      Marks({true, true}));
}

TEST(CompressionReportTest, what_failed_neither_dominates_nor_is_on_the_front) {
  EXPECT_EQ(front({failed("float", "no"), compiled("a", 0.9, 10, 10, 10)}),
            Marks({false, true}));
  EXPECT_EQ(front({failed("float", "no")}), Marks({false}));
}

TEST(CompressionReportTest, without_a_dataset_costs_decide) {
  EXPECT_EQ(front({compiled("a", std::nullopt, 10, 10, 10),
                   compiled("b", std::nullopt, 9, 10, 10)}),
            Marks({false, true}));
}

TEST(CompressionReportTest, marks_are_found_anew) {
  CompressionReport comparison{
      "model", "machine", {compiled("a", 0.9, 10, 10, 10)}};
  comparison.markFront();
  EXPECT_TRUE(comparison.schemes[0].isOnFront);
  comparison.schemes.push_back(compiled("b", 0.9, 9, 10, 10));
  comparison.markFront();
  EXPECT_FALSE(comparison.schemes[0].isOnFront);
}

TEST(CompressionReportTest, json) {
  CompressionReport comparison{"digits",
                               "atleus",
                               {compiled("int8", 0.5, 45, 2000, 3000),
                                failed("float", "a reason"),
                                compiled("bare", std::nullopt, 1, 2, 3)}};
  comparison.markFront();
  std::string text;
  llvm::raw_string_ostream os(text);
  writeCompressionJSON(comparison, os);
  auto json = llvm::json::parse(text);
  ASSERT_TRUE(static_cast<bool>(json));
  auto expected = llvm::json::parse(R"([
    {"scheme": "int8", "description": "words", "model": "digits", "machine": "atleus",
     "metric": "top1", "samples": 360, "float_accuracy": 0.99,
     "accuracy": 0.5, "crossbars": 45, "weights": 100, "weight_bits": 425,
     "latency_ps": 2000, "energy_fj": 3000, "pareto": false},
    {"scheme": "float", "description": "words", "model": "digits", "machine": "atleus",
     "metric": null, "samples": null, "float_accuracy": null,
     "accuracy": null, "crossbars": null, "weights": null, "weight_bits": null,
     "latency_ps": null, "energy_fj": null, "pareto": false,
     "error": "a reason"},
    {"scheme": "bare", "description": "words", "model": "digits", "machine": "atleus",
     "metric": null, "samples": null, "float_accuracy": null,
     "accuracy": null, "crossbars": 1, "weights": 100, "weight_bits": 425,
     "latency_ps": 2, "energy_fj": 3, "pareto": true}])");
  ASSERT_TRUE(static_cast<bool>(expected));
  EXPECT_EQ(*json, *expected) << text;
}

TEST(CompressionReportTest, table) {
  CompressionReport comparison{
      "digits",
      "atleus",
      {compiled("int8", 0.9917, 45, 2'000'000, 3'000'000),
       failed("float", "a reason")}};
  comparison.markFront();
  std::string text;
  llvm::raw_string_ostream os(text);
  printCompressionTable(comparison, os);
  EXPECT_EQ(text, R"(digits on atleus

scheme  top1     crossbars  bits  latency   energy
-----------------------------------------------------
int8    99.17 %         45  4.25  2.00 us  3.00 nJ  *
float   failed

top1 of 360 samples of digits.npz, in floats 99.00 %; more is better
bits: of a weight on average, with scales and the places of zeros
* Pareto front: no other scheme is as good in accuracy, crossbars, latency and energy and better in one of them
float failed: a reason
)");
}
