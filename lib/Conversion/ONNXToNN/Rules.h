// The registry: from an operator to the rule that converts its nodes.
#ifndef ATLEUS_CONVERSION_ONNXTONN_RULES_H
#define ATLEUS_CONVERSION_ONNXTONN_RULES_H

#include "Node.h"

#include "llvm/ADT/StringMap.h"

namespace atleus {

/// Builds what a node computes. Empty or null values stand for a failure that
/// has been reported. One rule serves all versions of its operator.
using Rule = Values (*)(Node &);

class Rules {
public:
  /// All rules. The default domain is the empty string.
  static const Rules &get();

  void add(llvm::StringRef type, Rule rule, llvm::StringRef domain = "") {
    rules[(domain + ":" + type).str()] = rule;
  }

  /// The rule for an operator, or null if the operator is not known.
  Rule find(llvm::StringRef domain, llvm::StringRef type) const {
    if (domain == "ai.onnx")
      domain = "";
    return rules.lookup((domain + ":" + type).str());
  }

private:
  llvm::StringMap<Rule> rules;
};

/// The newest version of the default operator set that the rules were written
/// for. A newer one may mean something else by the same node.
constexpr int64_t newestOpset = 24;

// One function for each family, in the file of that name.
void addElementwiseRules(Rules &rules);
void addActivationRules(Rules &rules);
void addProductRules(Rules &rules);
void addConvolutionRules(Rules &rules);
void addContributedRules(Rules &rules);
void addAttentionRules(Rules &rules);
void addContributedAttentionRules(Rules &rules);
void addRotaryEmbeddingRules(Rules &rules);
void addNormalizationRules(Rules &rules);
void addReductionRules(Rules &rules);
void addMovementRules(Rules &rules);
void addSelectionRules(Rules &rules);
void addShapeArithmeticRules(Rules &rules);

} // namespace atleus

#endif // ATLEUS_CONVERSION_ONNXTONN_RULES_H
