// The pass that turns an imported model into kernels.
#include "GraphConverter.h"
#include "NameKernels.h"
#include "Recognition.h"

#include "atleus/Conversion/Passes.h"
#include "atleus/Interpreter/EvaluationModels.h"

#include "mlir/IR/Dominance.h"
#include "mlir/Transforms/CSE.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "llvm/Support/MathExtras.h"

namespace atleus {
#define GEN_PASS_DEF_CONVERTONNXTONN
#include "atleus/Conversion/Passes.h.inc"
} // namespace atleus

using namespace mlir;
using namespace atleus;

/// Puts kernels together and removes what is not used.
static LogicalResult recognizeKernels(func::FuncOp function,
                                      const FrozenRewritePatternSet &patterns,
                                      RewriterBase::Listener *listener) {
  IRRewriter rewriter(function.getContext(), listener);
  DominanceInfo dominance(function);
  eliminateCommonSubExpressions(rewriter, dominance, function);
  GreedyRewriteConfig config;
  config.setUseTopDownTraversal(true);
  config.enableConstantCSE(false);
  config.setListener(listener);
  // Every pattern leaves less to do: the end is reached.
  config.setMaxIterations(GreedyRewriteConfig::kNoLimit);
  return applyPatternsGreedily(function, patterns, config);
}

/// The bytes that the values of the file take in it, or would take if they were
/// read: what has only equal elements is next to nothing.
static uint64_t countParameterBytes(Operation *root) {
  uint64_t bytes = 0;
  auto add = [&](Attribute attribute) {
    if (auto resource = dyn_cast<DenseResourceElementsAttr>(attribute))
      bytes = llvm::SaturatingAdd<uint64_t>(
          bytes, onnx::getStoredBytes(resource.getType()).value_or(0));
  };
  root->walk([&](Operation *op) {
    if (auto initializer = dyn_cast<onnx::InitializerOp>(op))
      add(initializer.getValue());
    if (auto node = dyn_cast<onnx::NodeOp>(op))
      for (NamedAttribute attribute : node.getNodeAttributes())
        add(attribute.getValue());
  });
  return bytes;
}

/// The types of the results that follow from the arguments whose types are
/// known, found on a copy of the function.
static TensorTypes inferResults(func::FuncOp function,
                                const TensorTypes &arguments) {
  OwningOpRef<func::FuncOp> copy = function.clone();
  ConstantFolding folding(countParameterBytes(function));
  RecordedValues unused;
  return GraphConverter(*copy, folding, unused).inferResults(arguments);
}

/// Replaces the attributes of the file by what later phases read.
static void convertModuleAttributes(ModuleOp module) {
  auto graph = module->getAttrOfType<StringAttr>("onnx.graph");
  if (graph && !graph.empty())
    module->setAttr(nn::nameAttribute, graph);
  SmallVector<StringAttr> names;
  for (NamedAttribute attribute : module->getDiscardableAttrs())
    if (attribute.getName().strref().starts_with("onnx."))
      names.push_back(attribute.getName());
  for (StringAttr name : names)
    module->removeDiscardableAttr(name);
}

namespace {
struct ConvertONNXToNN : atleus::impl::ConvertONNXToNNBase<ConvertONNXToNN> {
  using ConvertONNXToNNBase::ConvertONNXToNNBase;

  void getDependentDialects(DialectRegistry &registry) const override {
    ConvertONNXToNNBase::getDependentDialects(registry);
    registerEvaluationModels(registry);
  }

  LogicalResult initialize(MLIRContext *context) override {
    RewritePatternSet set(context);
    addSimplificationPatterns(set);
    addLinearPatterns(set);
    addQuantizedPatterns(set);
    addActivationPatterns(set);
    addNormalizationPatterns(set);
    addRotaryPatterns(set);
    addAttentionPatterns(set);
    patterns = std::move(set);
    return success();
  }

  void runOnOperation() override {
    ModuleOp module = getOperation();
    InputShapes inputShapes;
    if (failed(checkOperators(module)) ||
        failed(inputShapes.parse(module, dims, shapes)))
      return signalPassFailure();
    ConstantFolding folding(countParameterBytes(module));
    for (func::FuncOp function : module.getOps<func::FuncOp>()) {
      if (function.isExternal())
        continue;
      FailureOr<TensorTypes> arguments =
          inputShapes.resolve(function, [&](const TensorTypes &known) {
            return inferResults(function, known);
          });
      RecordedValues recorded;
      if (failed(arguments) ||
          failed(GraphConverter(function, folding, recorded).run(*arguments)) ||
          failed(recognizeKernels(function, patterns, &recorded)) ||
          failed(folding.foldRemaining(function, &recorded)) ||
          failed(recognizeKernels(function, patterns, &recorded)))
        return signalPassFailure();
      nameKernels(function);
      if (recordValues)
        recorded.annotate(function);
      countKernels(function);
    }
    convertModuleAttributes(module);
    numFolded += folding.getNumFolded();
  }

  void countKernels(func::FuncOp function) {
    function.walk([&](Operation *op) {
      llvm::TypeSwitch<Operation *>(op)
          .Case<nn::LinearOp>([&](auto) { ++numLinear; })
          .Case<nn::MatMulOp>([&](auto) { ++numMatMul; })
          .Case<nn::ConvOp>([&](auto) { ++numConv; })
          .Case<nn::EmbeddingOp>([&](auto) { ++numEmbedding; })
          .Case<nn::AttentionOp>([&](auto) { ++numAttention; })
          .Case<nn::LayerNormOp>([&](auto) { ++numLayerNorm; })
          .Case<nn::RMSNormOp>([&](auto) { ++numRMSNorm; })
          .Case<nn::GeluOp>([&](auto) { ++numGelu; })
          .Case<nn::SiluOp>([&](auto) { ++numSilu; })
          .Case<nn::SwiGLUOp>([&](auto) { ++numSwiGLU; })
          .Case<nn::RotaryEmbeddingOp>([&](auto) { ++numRotary; });
    });
  }

  FrozenRewritePatternSet patterns;
};
} // namespace
