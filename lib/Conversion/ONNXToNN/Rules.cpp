// The list of operator families.
#include "Rules.h"

using namespace atleus;

static Rules createRules() {
  Rules rules;
  addElementwiseRules(rules);
  addActivationRules(rules);
  addProductRules(rules);
  addConvolutionRules(rules);
  addContributedRules(rules);
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

const Rules &Rules::get() {
  static const Rules rules = createRules();
  return rules;
}
