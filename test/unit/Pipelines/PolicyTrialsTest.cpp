// Which policy a model is compiled with when it may be any.
#include "atleus/Pipelines/PolicyTrials.h"
#include "atleus/Transforms/AssignmentPolicy.h"
#include "dialects/Arch/Assignment.h"
#include "dialects/Sched/Sched.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/Parser/Parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

using namespace mlir;
using namespace atleus;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {
/// Picoseconds and femtojoules by the name of the policy.
using Trials = std::map<std::string, std::pair<double, double>>;

class PolicyTrialsTest : public testing::Test {
protected:
  PolicyTrialsTest() {
    DialectRegistry registry;
    registerEverything(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
  }

  /// The policy that is chosen for `text`; `trials` gets what was tried.
  AssignmentPolicy choose(const std::string &text,
                          const PipelineOptions &options) {
    auto module = parseSourceString<ModuleOp>(text, &context);
    EXPECT_TRUE(module);
    EXPECT_TRUE(succeeded(runPipeline(*module, Phase::Compressed, options)));
    ChosenPolicy chosen = choosePolicy(*module, options);
    solved = std::move(chosen.plan);
    trials.clear();
    if (auto entries =
            (*module)->getAttrOfType<DictionaryAttr>(arch::trialsAttribute))
      for (NamedAttribute entry : entries) {
        ArrayRef<int64_t> values = cast<DenseI64ArrayAttr>(entry.getValue());
        // Of what was not scheduled there is an estimate of the latency alone.
        double energy =
            values.size() > 1 ? static_cast<double>(values[1]) : std::nan("");
        trials[entry.getName().str()] = {values[0], energy};
      }
    return chosen.mapping.policy;
  }

  /// Of the schedule that was handed on.
  std::optional<int64_t> getMakespan() {
    auto schedules = solved->getOps<sched::ScheduleOp>();
    return schedules.empty() ? std::nullopt
                             : (*schedules.begin()).getMakespanPs();
  }

  std::vector<std::string> getTried() const {
    std::vector<std::string> names;
    for (const auto &[name, outcome] : trials)
      names.push_back(name);
    return names;
  }

  MLIRContext context;
  Trials trials;
  OwningOpRef<ModuleOp> solved;
};
} // namespace

/// `layers` products, one after the other, of `tokens` by a square weight.
static std::string makeChain(unsigned layers, unsigned tokens,
                             unsigned features) {
  std::string size = std::to_string(features);
  std::string data = "tensor<" + std::to_string(tokens) + "x" + size + "xf32>";
  std::string weight = "tensor<" + size + "x" + size + "xf32>";
  std::string text = "func.func @main(%v0: " + data + ") -> " + data +
                     " {\n%w = nn.constant dense<0.5> : " + weight + "\n";
  for (unsigned i = 0; i < layers; ++i)
    text += "%v" + std::to_string(i + 1) + " = nn.linear %v" +
            std::to_string(i) + ", %w {nn.name = \"layer" + std::to_string(i) +
            "\"} : (" + data + ", " + weight + ") -> " + data + "\n";
  return text + "return %v" + std::to_string(layers) + " : " + data + "\n}";
}

TEST_F(PolicyTrialsTest, OnlyTheDefaultPolicyIsTried) {
  PipelineOptions options;
  EXPECT_TRUE(triesPolicies(Phase::NN, Phase::Estimated, options));
  EXPECT_TRUE(triesPolicies(Phase::Compressed, Phase::Assigned, options));
  EXPECT_FALSE(triesPolicies(Phase::NN, Phase::Compressed, options));
  EXPECT_FALSE(triesPolicies(Phase::Assigned, Phase::Estimated, options));
  options.mapping.policy = AssignmentPolicy::AllSystolic;
  EXPECT_FALSE(triesPolicies(Phase::NN, Phase::Estimated, options));
}

/// For one token and for many, small weights and large ones, and for what else
/// is to be small, no policy that was tried is better.
TEST_F(PolicyTrialsTest, TheLeastIsChosen) {
  const std::tuple<unsigned, unsigned, unsigned> models[] = {
      {1, 1, 768}, {3, 64, 64}, {2, 8, 256}};
  for (auto [layers, tokens, features] : models)
    for (auto objective :
         {AssignmentObjective::Latency, AssignmentObjective::Energy,
          AssignmentObjective::EDP}) {
      PipelineOptions options;
      options.mapping.objective = objective;
      AssignmentPolicy policy =
          choose(makeChain(layers, tokens, features), options);
      EXPECT_THAT(getTried(), ElementsAre("all-crossbar", "all-systolic",
                                          "attention-feedforward", "cost",
                                          "static-dynamic"));
      auto costOf = [&](const std::pair<double, double> &outcome) {
        auto [latency, energy] = outcome;
        return objective == AssignmentObjective::Latency  ? latency
               : objective == AssignmentObjective::Energy ? energy
                                                          : latency * energy;
      };
      double own = costOf(trials[stringify(policy).str()]);
      for (const auto &[name, outcome] : trials)
        EXPECT_LE(own, costOf(outcome)) << name << ", " << layers << " layers";
    }
}

/// The result is the schedule that was tried, with the record of trials.
TEST_F(PolicyTrialsTest, TheBestScheduleIsHandedOn) {
  AssignmentPolicy policy = choose(makeChain(2, 8, 256), {});
  ASSERT_TRUE(solved);
  EXPECT_EQ(getMakespan(), trials[stringify(policy).str()].first);
  EXPECT_TRUE((*solved)->hasAttr(arch::trialsAttribute));
}

/// Trials are scheduled by `list`.
TEST_F(PolicyTrialsTest, OtherSchedulersStartAnew) {
  PipelineOptions options;
  options.scheduler = scheduling::Algorithm::Search;
  choose(makeChain(2, 8, 256), options);
  EXPECT_FALSE(solved);
  EXPECT_FALSE(trials.empty());
}

/// What needs a tier that the machine lacks cannot be tried.
TEST_F(PolicyTrialsTest, MachinesWithoutATierHaveFewerPolicies) {
  PipelineOptions options;
  options.machine = "isaac";
  choose(makeChain(2, 4, 64), options);
  EXPECT_THAT(getTried(), ElementsAre("all-crossbar", "cost"));
  options.machine = "systolic-edge";
  choose(makeChain(2, 4, 64), options);
  EXPECT_THAT(getTried(), ElementsAre("all-systolic", "cost"));
}

/// Where nothing fits, the error of the default policy is the one to show.
TEST_F(PolicyTrialsTest, WhatNeverFitsIsLeftToTheDefault) {
  PipelineOptions options;
  options.machine = "isaac";
  options.machineChanges = {"imas.arrays_per_tile=8", "imas.tiles=1"};
  options.mapping.spill = WeightSpill::None;
  unsigned diagnostics = 0;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &) {
    ++diagnostics;
    return success();
  });
  EXPECT_EQ(choose(makeChain(1, 1, 4096), options), AssignmentPolicy::Cost);
  EXPECT_THAT(getTried(), IsEmpty());
  EXPECT_FALSE(solved);
  EXPECT_EQ(diagnostics, 0u);
}

TEST_F(PolicyTrialsTest, LargeModelsAreLeftToTheDefault) {
  EXPECT_EQ(choose(makeChain(1000, 1, 4), {}), AssignmentPolicy::Cost);
  EXPECT_THAT(getTried(), IsEmpty());
}
