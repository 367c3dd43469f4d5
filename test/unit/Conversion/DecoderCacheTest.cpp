// A decoder that reads a character at a time, with a cache of keys and values,
// finds the logits of the decoder that reads them all at once.
#include "atleus/Conversion/Passes.h"
#include "atleus/Import/ONNXImport.h"
#include "atleus/Interpreter/Dataset.h"
#include "atleus/Interpreter/EvaluationModels.h"
#include "atleus/Interpreter/Interpreter.h"
#include "dialects/Dialects.h"

#include "mlir/Pass/PassManager.h"

#include <gtest/gtest.h>

using namespace mlir;
using namespace atleus;

static constexpr llvm::StringLiteral folder =
    ATLEUS_SOURCE_DIR "/models/jargon-gpt/jargon-gpt";

namespace {
class DecoderCache : public testing::Test {
protected:
  DecoderCache() {
    DialectRegistry registry;
    registerAllDialects(registry);
    registerEvaluationModels(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
    whole = load("");
    step = load("-step");
  }

  OwningOpRef<ModuleOp> load(StringRef suffix) {
    auto module = importONNX((folder + suffix + ".onnx").str(), &context);
    PassManager manager(&context);
    manager.addPass(createConvertONNXToNN());
    if (module && failed(manager.run(*module)))
      return nullptr;
    return module;
  }

  static func::FuncOp functionOf(OwningOpRef<ModuleOp> &module) {
    return *module->getOps<func::FuncOp>().begin();
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> whole, step;
};
} // namespace

/// The inputs of a step with an empty cache.
static std::vector<Tensor> makeInputs(func::FuncOp step) {
  std::vector<Tensor> inputs;
  for (Type type : step.getArgumentTypes()) {
    auto tensor = cast<RankedTensorType>(type);
    inputs.push_back(Tensor::zeros(tensor.getShape(), tensor.getElementType()));
  }
  return inputs;
}

/// Drops the first of the tokens [1, heads, tokens, size] of `present` into
/// `past`, which has one less.
static void moveCache(const Tensor &present, Tensor &past) {
  int64_t size = present.getDim(3), tokens = present.getDim(2);
  for (int64_t head = 0; head < present.getDim(1); ++head)
    llvm::copy(present.as<float>().slice((head * tokens + 1) * size,
                                         (tokens - 1) * size),
               past.mutableAs<float>().begin() + head * (tokens - 1) * size);
}

TEST_F(DecoderCache, LogitsOfEachCharacterAreThoseOfTheWindow) {
  ASSERT_TRUE(whole && step);
  auto dataset = Dataset::open(functionOf(whole), (folder + ".npz").str());
  ASSERT_TRUE(succeeded(dataset));
  std::vector<Tensor> window = dataset->getSample(1);
  auto expected = Interpreter(functionOf(whole)).run(window);
  ASSERT_TRUE(succeeded(expected));
  ArrayRef<float> logits = expected->front().as<float>();
  float largest = 0;
  for (float logit : logits)
    largest = std::max(largest, std::abs(logit));

  // Characters, positions, mask, then a key and a value for each layer.
  std::vector<Tensor> inputs = makeInputs(functionOf(step));
  ASSERT_EQ(inputs.size(), 9u);
  Interpreter interpreter(functionOf(step));
  int64_t length = window.front().numElements();
  ASSERT_EQ(inputs[2].numElements(), length);
  for (int64_t i = 0; i < length; ++i) {
    inputs[0].mutableAs<int64_t>()[0] = window.front().getInteger(i);
    inputs[1].mutableAs<int64_t>()[0] = i;
    inputs[2].mutableAs<int64_t>()[length - 1 - i] = 1;
    auto results = interpreter.run(inputs);
    ASSERT_TRUE(succeeded(results));
    ArrayRef<float> found = results->front().as<float>();
    for (auto [a, b] :
         llvm::zip_equal(found, logits.slice(i * found.size(), found.size())))
      ASSERT_NEAR(a, b, 1e-5 * largest) << "character " << i;
    for (size_t part = 3; part < inputs.size(); ++part)
      moveCache((*results)[part - 2], inputs[part]);
  }
}
