// The pass that turns an imported model into kernels.
#include "GraphConverter.h"
#include "NameKernels.h"
#include "Recognition.h"

#include "atleus/Conversion/Passes.h"
#include "atleus/Interpreter/EvaluationModels.h"

#include "mlir/IR/Dominance.h"
#include "mlir/Transforms/CSE.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

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
    addActivationPatterns(set);
    addNormalizationPatterns(set);
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
    ConstantFolding folding;
    for (func::FuncOp function : module.getOps<func::FuncOp>()) {
      if (function.isExternal())
        continue;
      RecordedValues recorded;
      if (failed(
              GraphConverter(function, inputShapes, folding, recorded).run()) ||
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
          .Case<nn::SiluOp>([&](auto) { ++numSilu; });
    });
  }

  FrozenRewritePatternSet patterns;
};
} // namespace
