// The registry: from an operator to the rule that converts its nodes.
#ifndef ATLEUS_CONVERSION_ONNXTONN_RULES_H
#define ATLEUS_CONVERSION_ONNXTONN_RULES_H

#include "Node.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"

namespace atleus {

/// Builds what a node computes. Empty or null values stand for a failure that
/// has been reported. One rule serves all versions of its operator.
using Rule = Values (*)(Node &);

/// The oldest version of the default operator set that the rules were written
/// for, but for operators that have not changed since they were introduced.
constexpr int64_t oldestOpset = 6;
/// The newest version of it. A newer one may mean something else by the same
/// node.
constexpr int64_t newestOpset = 24;

/// The domain of the operators that ONNX Runtime adds.
constexpr llvm::StringLiteral microsoft = "com.microsoft";

class Rules {
public:
  /// All rules. The default domain is the empty string.
  static const Rules &get();

  void add(llvm::StringRef type, Rule rule, llvm::StringRef domain = "") {
    entries[(domain + ":" + type).str()] = {rule, oldestOpset};
  }

  /// Adds an operator of the default domain that means in all versions what it
  /// means today.
  void addSinceFirst(llvm::StringRef type, Rule rule) {
    entries[(":" + type).str()] = {rule, 1};
  }

  /// The rule for an operator, or null if the operator is not known.
  Rule find(llvm::StringRef domain, llvm::StringRef type) const {
    return lookup(domain, type).rule;
  }

  /// The oldest version of the operator set for which the rule holds.
  int64_t getOldestOpset(llvm::StringRef domain, llvm::StringRef type) const {
    return lookup(domain, type).oldest;
  }

private:
  struct Entry {
    Rule rule;
    int64_t oldest;
  };

  Entry lookup(llvm::StringRef domain, llvm::StringRef type) const {
    if (domain == "ai.onnx")
      domain = "";
    return entries.lookup((domain + ":" + type).str());
  }

  llvm::StringMap<Entry> entries;
};

// One function for each family, in the file of that name.
void addElementwiseRules(Rules &rules);
void addActivationRules(Rules &rules);
void addProductRules(Rules &rules);
void addQuantizationRules(Rules &rules);
void addQuantizedProductRules(Rules &rules);
void addConvolutionRules(Rules &rules);
void addContributedRules(Rules &rules);
void addAttentionRules(Rules &rules);
void addContributedAttentionRules(Rules &rules);
void addRotaryEmbeddingRules(Rules &rules);
void addNormalizationRules(Rules &rules);
void addReductionRules(Rules &rules);
void addPoolingRules(Rules &rules);
void addResizingRules(Rules &rules);
void addMovementRules(Rules &rules);
void addSelectionRules(Rules &rules);
void addPaddingRules(Rules &rules);
void addIndexingRules(Rules &rules);
void addEinsumRules(Rules &rules);
void addLossRules(Rules &rules);
void addOptimizerRules(Rules &rules);
void addShapeArithmeticRules(Rules &rules);

} // namespace atleus

#endif // ATLEUS_CONVERSION_ONNXTONN_RULES_H
