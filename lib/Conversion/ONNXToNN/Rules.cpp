// The list of operator families.
#include "Rules.h"

#include "atleus/Conversion/Passes.h"

using namespace atleus;

static Rules createRules() {
  Rules rules;
  addElementwiseRules(rules);
  addActivationRules(rules);
  addProductRules(rules);
  addQuantizationRules(rules);
  addQuantizedProductRules(rules);
  addConvolutionRules(rules);
  addContributedRules(rules);
  addAttentionRules(rules);
  addContributedAttentionRules(rules);
  addRotaryEmbeddingRules(rules);
  addNormalizationRules(rules);
  addReductionRules(rules);
  addPoolingRules(rules);
  addResizingRules(rules);
  addMovementRules(rules);
  addSelectionRules(rules);
  addPaddingRules(rules);
  addIndexingRules(rules);
  addEinsumRules(rules);
  addLossRules(rules);
  addOptimizerRules(rules);
  addShapeArithmeticRules(rules);
  return rules;
}

bool atleus::isKnownOperator(llvm::StringRef domain, llvm::StringRef type) {
  return Rules::get().find(domain, type) != nullptr;
}

const Rules &Rules::get() {
  static const Rules rules = createRules();
  return rules;
}
