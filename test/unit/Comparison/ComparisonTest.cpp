// Tests of comparing two versions of a function, one of them wrong.
#include "../Interpreter/TensorFixture.h"

#include "atleus/Comparison/ComparisonReport.h"
#include "atleus/Interpreter/EvaluationModels.h"
#include "dialects/Dialects.h"

#include "mlir/Parser/Parser.h"
#include "llvm/Support/JSON.h"

using namespace mlir;
using namespace atleus;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// Three kernels in a row, a view of the last as a second output.
static constexpr StringLiteral model = R"(
  func.func @main(%x: tensor<2x2xf32>)
      -> (tensor<2x2xf32> {nn.name = "first"}, tensor<4xf32>) {
    %a = nn.abs %x {nn.name = "a"} : tensor<2x2xf32>
    %b = nn.add %a, %a {nn.name = "b"}
        : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
    %c = nn.mul %b, %b {nn.name = "c"}
        : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
    %d = nn.reshape %c : tensor<2x2xf32> to tensor<4xf32>
    return %a, %d : tensor<2x2xf32>, tensor<4xf32>
  })";

/// The same with another kernel b.
static constexpr StringLiteral wrongModel = R"(
  func.func @main(%x: tensor<2x2xf32>)
      -> (tensor<2x2xf32> {nn.name = "first"}, tensor<4xf32>) {
    %a = nn.abs %x {nn.name = "a"} : tensor<2x2xf32>
    %b = nn.mul %a, %a {nn.name = "b"}
        : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
    %c = nn.mul %b, %b {nn.name = "c"}
        : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
    %d = nn.reshape %c : tensor<2x2xf32> to tensor<4xf32>
    return %a, %d : tensor<2x2xf32>, tensor<4xf32>
  })";

namespace {
/// Counts how often it is asked, and can keep a value back.
struct CountingReference : public InterpretedReference {
  using InterpretedReference::InterpretedReference;

  FailureOr<std::vector<Tensor>> compute(ArrayRef<NamedValue> values) override {
    ++calls;
    auto result = InterpretedReference::compute(values);
    for (auto [value, tensor] : llvm::zip(values, *result))
      if (!withheld.empty() && value.kernel == withheld)
        tensor = Tensor();
    return result;
  }

  int calls = 0;
  std::string withheld;
};

struct ComparisonTest : public TensorFixture {
  ComparisonTest() {
    DialectRegistry registry;
    registerAllDialects(registry);
    registerEvaluationModels(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
  }

  func::FuncOp parse(StringRef text) {
    modules.push_back(parseSourceString<ModuleOp>(text, &context));
    return *modules.back()->getOps<func::FuncOp>().begin();
  }

  Comparison compare(StringRef found, StringRef expected,
                     ComparisonOptions options = {}) {
    std::vector<Tensor> inputs = {floats({2, 2}, {1, -2, 3, -4})};
    func::FuncOp reference = parse(expected);
    CountingReference values(reference, inputs, "the reference");
    values.withheld = withheld;
    auto result =
        compareValues(parse(found), inputs, reference, values, options);
    calls = values.calls;
    EXPECT_TRUE(succeeded(result));
    return *result;
  }

  /// The names of the values and outputs that are compared.
  static std::vector<std::string> namesOf(const Comparison &comparison) {
    std::vector<std::string> names;
    for (const ComparedValue &value : comparison.values)
      names.push_back(value.pair.found.describe());
    return names;
  }

  std::vector<OwningOpRef<ModuleOp>> modules;
  std::string withheld;
  int calls = 0;
};
} // namespace

TEST_F(ComparisonTest, equal_functions_agree_in_every_value) {
  Comparison comparison = compare(model, model);
  EXPECT_THAT(namesOf(comparison),
              ElementsAre("kernel 'a' (nn.abs)", "kernel 'b' (nn.add)",
                          "kernel 'c' (nn.mul)", "output '1'"));
  EXPECT_EQ(comparison.findFirst(), nullptr);
  EXPECT_EQ(comparison.findWorst().difference.error, 0);
  EXPECT_EQ(comparison.unmatched, 0u);
}

TEST_F(ComparisonTest, the_first_kernel_that_differs_is_found) {
  Comparison comparison = compare(wrongModel, model);
  const ComparedValue *first = comparison.findFirst();
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(first->pair.found.kernel, "b");
  // 4 * 4 instead of 4 + 4.
  EXPECT_DOUBLE_EQ(first->difference.error, 1);
  EXPECT_THAT(first->difference.index, ElementsAre(1, 1));
  auto inputs = comparison.findInputs(*first);
  ASSERT_EQ(inputs.size(), 1u);
  EXPECT_EQ(inputs[0]->pair.found.kernel, "a");
  EXPECT_EQ(inputs[0]->difference.error, 0);
}

TEST_F(ComparisonTest, inputs_are_found_through_views) {
  Comparison comparison = compare(model, model);
  auto inputs = comparison.findInputs(comparison.values.back());
  ASSERT_EQ(inputs.size(), 1u);
  EXPECT_EQ(inputs[0]->pair.found.kernel, "c");
}

TEST_F(ComparisonTest, the_own_error_is_that_of_one_kernel) {
  ComparisonOptions options;
  options.ownErrors = true;
  Comparison comparison = compare(wrongModel, model, options);
  ASSERT_EQ(comparison.values.size(), 4u);
  EXPECT_EQ(comparison.values[0].own->error, 0);
  EXPECT_EQ(comparison.values[1].own->error, 1);
  // Kernel c is right, what it gets is not.
  EXPECT_GT(comparison.values[2].difference.error, 1);
  EXPECT_EQ(comparison.values[2].own->error, 0);
  EXPECT_EQ(comparison.values[3].own->error, 0);
}

TEST_F(ComparisonTest, own_errors_are_computed_on_demand) {
  EXPECT_FALSE(compare(model, model).values[0].own.has_value());
}

TEST_F(ComparisonTest, chunks_hold_few_values_and_change_nothing) {
  ComparisonOptions options;
  EXPECT_EQ(compare(wrongModel, model, options).values.size(), 4u);
  EXPECT_EQ(calls, 1);
  // Two values of 16 bytes.
  options.maximumBytes = 32;
  Comparison comparison = compare(wrongModel, model, options);
  EXPECT_EQ(calls, 2);
  EXPECT_EQ(comparison.findFirst()->pair.found.kernel, "b");
  // A value that is larger than the limit is computed alone.
  options.maximumBytes = 1;
  EXPECT_EQ(compare(wrongModel, model, options).values.size(), 4u);
  EXPECT_EQ(calls, 4);
}

TEST_F(ComparisonTest, a_value_that_cannot_be_had_is_counted) {
  withheld = "b";
  Comparison comparison = compare(wrongModel, model);
  EXPECT_EQ(comparison.unmatched, 1u);
  EXPECT_EQ(comparison.findFirst()->pair.found.kernel, "c");
}

TEST_F(ComparisonTest, kernels_of_another_name_or_shape_are_counted) {
  Comparison comparison = compare(model, R"(
    func.func @main(%x: tensor<2x2xf32>) -> tensor<2x2xf32> {
      %a = nn.abs %x {nn.name = "a"} : tensor<2x2xf32>
      %v = nn.reshape %a : tensor<2x2xf32> to tensor<4xf32>
      %b = nn.add %v, %v {nn.name = "b"}
          : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
      return %a : tensor<2x2xf32>
    })");
  EXPECT_EQ(namesOf(comparison).size(), 1u);
  EXPECT_EQ(comparison.unmatched, 2u);
}

TEST_F(ComparisonTest, a_kernel_with_a_region_is_known_by_what_it_yields) {
  Comparison comparison = compare(R"(
    func.func @main(%x: tensor<2x2xf32>) -> tensor<2x2xf32> {
      %r = nn.host (%x) on @host task_tile [2, 2] {
      ^bb0(%y: tensor<2x2xf32>):
        %0 = nn.abs %y {nn.name = "a"} : tensor<2x2xf32>
        nn.yield %0 : tensor<2x2xf32>
      } {nn.name = "other"} : (tensor<2x2xf32>) -> tensor<2x2xf32>
      return %r : tensor<2x2xf32>
    })",
                                  model);
  EXPECT_THAT(namesOf(comparison), ElementsAre("kernel 'a' (nn.host)"));
}

TEST_F(ComparisonTest, json_holds_every_value_and_the_first_difference) {
  Comparison comparison = compare(wrongModel, model);
  std::string text;
  llvm::raw_string_ostream os(text);
  writeComparisonJSON(
      comparison,
      [](const ComparedValue &) {
        return std::vector<std::string>{"Node 'n'"};
      },
      os);
  auto parsed = llvm::json::parse(text);
  ASSERT_TRUE(static_cast<bool>(parsed));
  const llvm::json::Object &object = *parsed->getAsObject();
  EXPECT_EQ(object.getBoolean("agrees"), false);
  EXPECT_EQ(object.getInteger("first"), 1);
  const llvm::json::Array &values = *object.getArray("values");
  ASSERT_EQ(values.size(), 4u);
  const llvm::json::Object &value = *values[1].getAsObject();
  EXPECT_EQ(value.getString("name"), "b");
  EXPECT_EQ(value.getNumber("error"), 1.0);
  EXPECT_EQ(value.getNumber("found"), 16.0);
  EXPECT_EQ((*value.getArray("nodes"))[0].getAsString(), "Node 'n'");
}

TEST_F(ComparisonTest, the_table_begins_with_the_largest_error) {
  std::string text;
  llvm::raw_string_ostream os(text);
  printTable(compare(wrongModel, model), os);
  SmallVector<StringRef> lines;
  StringRef(text).split(lines, '\n');
  EXPECT_TRUE(lines[0].starts_with("value"));
  EXPECT_TRUE(lines[2].starts_with("c "));
  EXPECT_TRUE(lines[4].starts_with("b "));
  EXPECT_TRUE(lines[5].starts_with("a "));
}
