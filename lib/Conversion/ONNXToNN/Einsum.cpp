// The rule for Einsum: operands are contracted one after another, each time as
// a product of matrices.
//
// A label names a dimension: a letter of the equation, or a number for one of
// the dimensions that an ellipsis stands for. A dimension of size 1 broadcasts.
#include "Products.h"
#include "Rules.h"

#include "llvm/ADT/StringExtras.h"

#include <map>

using namespace mlir;
using namespace atleus;

namespace {
/// Labels of the dimensions of a value: letters, and for the dimensions of an
/// ellipsis, counted from its end, -1, -2 and so on.
using Labels = SmallVector<int, 6>;

/// A value whose dimensions have names, all different.
struct Term {
  Value value;
  Labels labels;

  bool has(int label) const { return llvm::is_contained(labels, label); }
  int64_t sizeOf(int label) const {
    return shapeOf(value)[llvm::find(labels, label) - labels.begin()];
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// The equation
//===----------------------------------------------------------------------===//

/// The labels of one term of the equation; those of its ellipsis are `ellipsis`
/// many. std::nullopt if it is malformed.
static std::optional<Labels> parseTerm(StringRef text, int64_t ellipsis) {
  Labels labels;
  bool hasEllipsis = false;
  while (!text.empty()) {
    if (text.consume_front("...")) {
      if (hasEllipsis)
        return std::nullopt;
      hasEllipsis = true;
      for (int64_t i = ellipsis; i > 0; --i)
        labels.push_back(static_cast<int>(-i));
      continue;
    }
    if (!llvm::isAlpha(text.front()))
      return std::nullopt;
    labels.push_back(static_cast<unsigned char>(text.front()));
    text = text.drop_front();
  }
  return labels;
}

/// How many dimensions the ellipsis of a term of `rank` dimensions stands for.
static int64_t ellipsisRank(StringRef text, int64_t rank) {
  return text.contains("...") ? rank - static_cast<int64_t>(text.size()) + 3
                              : 0;
}

/// The labels of a result that is not given: those of the ellipsis, then the
/// letters that stand once in the equation, in alphabetical order.
static Labels implicitResult(ArrayRef<Term> terms) {
  std::map<int, int> counts;
  for (const Term &term : terms)
    for (int label : term.labels)
      ++counts[label];
  Labels result;
  for (auto [label, count] : counts)
    if (label < 0 || count == 1)
      result.push_back(label);
  return result;
}

//===----------------------------------------------------------------------===//
// One term
//===----------------------------------------------------------------------===//

/// A term with the dimensions of `order`, of which it may lack some: those get
/// size 1.
static Value arrange(Node &node, const Term &term, ArrayRef<int> order) {
  SmallVector<int64_t> permutation, shape;
  for (int label : order) {
    if (!term.has(label)) {
      shape.push_back(1);
      continue;
    }
    permutation.push_back(llvm::find(term.labels, label) - term.labels.begin());
    shape.push_back(term.sizeOf(label));
  }
  return node.reshape(node.transpose(term.value, permutation), shape);
}

/// The elements of two equally long dimensions that have the same index, as one
/// dimension at the end.
static Value takeDiagonal(Node &node, Value value, int64_t first,
                          int64_t second) {
  SmallVector<int64_t> permutation, shape;
  for (int64_t i = 0, rank = shapeOf(value).size(); i < rank; ++i)
    if (i != first && i != second) {
      permutation.push_back(i);
      shape.push_back(shapeOf(value)[i]);
    }
  permutation.append({first, second});
  int64_t size = shapeOf(value)[first];
  shape.push_back(size * size);
  Value rows = node.reshape(node.transpose(value, permutation), shape);
  if (!rows)
    return {};
  SmallVector<int64_t> offsets(shape.size(), 0), strides(shape.size(), 1);
  shape.back() = size;
  strides.back() = size + 1;
  return node.emit<nn::SliceOp>(rows, offsets, shape, strides);
}

/// Merges dimensions of equal label.
static bool mergeRepeated(Node &node, Term &term) {
  for (size_t i = 0; i < term.labels.size(); ++i)
    for (size_t j = i + 1; j < term.labels.size(); ++j) {
      int label = term.labels[i];
      if (label != term.labels[j])
        continue;
      if (shapeOf(term.value)[i] != shapeOf(term.value)[j]) {
        node.emitError() << "label '" << static_cast<char>(label)
                         << "' stands for dimensions of size "
                         << shapeOf(term.value)[i] << " and "
                         << shapeOf(term.value)[j];
        return false;
      }
      term.value = takeDiagonal(node, term.value, i, j);
      if (!term.value)
        return false;
      term.labels.erase(term.labels.begin() + j);
      term.labels.erase(term.labels.begin() + i);
      term.labels.push_back(label);
      return mergeRepeated(node, term);
    }
  return true;
}

/// Sums over the dimensions whose label is not in `kept`.
static bool sumOthers(Node &node, Term &term, ArrayRef<int> kept) {
  SmallVector<int64_t> axes;
  Labels labels;
  for (auto [i, label] : llvm::enumerate(term.labels)) {
    if (llvm::is_contained(kept, label))
      labels.push_back(label);
    else
      axes.push_back(i);
  }
  if (axes.empty())
    return true;
  term.value = node.emit<nn::ReduceSumOp>(term.value, axes,
                                          /*keep_dimensions=*/false);
  term.labels = labels;
  return static_cast<bool>(term.value);
}

//===----------------------------------------------------------------------===//
// Two terms
//===----------------------------------------------------------------------===//

/// The size that a label has in two terms; a size of 1 gives way.
static int64_t commonSize(const Term &lhs, const Term &rhs, int label) {
  int64_t left = lhs.has(label) ? lhs.sizeOf(label) : 1;
  return left == 1 && rhs.has(label) ? rhs.sizeOf(label) : left;
}

/// Checks that labels in both terms have sizes that go together.
static bool checkSizes(Node &node, const Term &lhs, const Term &rhs) {
  for (int label : lhs.labels) {
    if (!rhs.has(label))
      continue;
    int64_t left = lhs.sizeOf(label), right = rhs.sizeOf(label);
    if (left == right || left == 1 || right == 1)
      continue;
    InFlightDiagnostic error = node.emitError();
    if (label < 0)
      error << "an ellipsis";
    else
      error << "label '" << static_cast<char>(label) << "'";
    error << " stands for dimensions of size " << left << " and " << right;
    return false;
  }
  return true;
}

/// The dimensions of a term in three groups, each merged into one dimension;
/// those of the first and the last are broadcast to common sizes.
static Value mergeGroups(Node &node, const Term &term, const Term &other,
                         ArrayRef<int> batch, ArrayRef<int> own,
                         ArrayRef<int> inner) {
  Labels order(batch);
  llvm::append_range(order, own);
  llvm::append_range(order, inner);
  SmallVector<int64_t> shape;
  for (int label : order)
    shape.push_back(commonSize(term, other, label));
  Value arranged = node.expand(arrange(node, term, order), shape);
  auto sizeOf = [&](size_t begin, size_t count) {
    return llvm::product_of(ArrayRef(shape).slice(begin, count));
  };
  SmallVector<int64_t> merged = {
      sizeOf(0, batch.size()), sizeOf(batch.size(), own.size()),
      sizeOf(batch.size() + own.size(), inner.size())};
  return node.reshape(arranged, merged);
}

/// The product of two terms, summed over the labels of both that are not
/// `kept`. Labels of one term only are all kept.
static bool contract(Node &node, Term &lhs, const Term &rhs,
                     ArrayRef<int> kept) {
  Labels batch, left, right, inner;
  for (int label : lhs.labels) {
    if (!rhs.has(label))
      left.push_back(label);
    else
      (llvm::is_contained(kept, label) ? batch : inner).push_back(label);
  }
  for (int label : rhs.labels)
    if (!lhs.has(label))
      right.push_back(label);
  Labels order(batch);
  llvm::append_range(order, left);
  llvm::append_range(order, right);
  Value product;
  if (inner.empty()) {
    product = node.emit<nn::MulOp>(arrange(node, lhs, order),
                                   arrange(node, rhs, order));
  } else {
    Value rows = mergeGroups(node, lhs, rhs, batch, left, inner);
    Value columns = node.transposeMatrices(
        mergeGroups(node, rhs, lhs, batch, right, inner));
    product = rows && columns ? multiplyMatrices(node, rows, columns) : Value();
  }
  SmallVector<int64_t> shape;
  for (int label : order)
    shape.push_back(commonSize(lhs, rhs, label));
  product = node.reshape(product, shape);
  if (!product)
    return false;
  lhs = {product, order};
  return true;
}

//===----------------------------------------------------------------------===//
// The operator
//===----------------------------------------------------------------------===//

/// The operands with their labels.
static std::optional<SmallVector<Term>> readTerms(Node &node, StringRef text) {
  SmallVector<StringRef> parts;
  text.split(parts, ',');
  ArrayRef<Value> operands = node.getAll();
  if (operands.size() != parts.size()) {
    if (!node.hasFailed())
      node.emitError() << "the equation has " << parts.size()
                       << " terms, but there are " << operands.size()
                       << " inputs";
    return std::nullopt;
  }
  SmallVector<Term> terms;
  for (auto [part, operand] : llvm::zip(parts, operands)) {
    int64_t rank = shapeOf(operand).size();
    int64_t ellipsis = ellipsisRank(part, rank);
    auto labels = parseTerm(part, std::max<int64_t>(0, ellipsis));
    if (!labels || ellipsis < 0 ||
        static_cast<int64_t>(labels->size()) != rank) {
      node.emitError() << "term '" << part << "' does not describe "
                       << operand.getType();
      return std::nullopt;
    }
    terms.push_back({operand, *labels});
  }
  return terms;
}

/// The labels of the result, all different and each of a term.
static std::optional<Labels> readResult(Node &node, StringRef text,
                                        ArrayRef<Term> terms) {
  int64_t ellipsis = 0;
  for (const Term &term : terms)
    for (int label : term.labels)
      ellipsis = std::max<int64_t>(ellipsis, -label);
  auto labels = parseTerm(text, ellipsis);
  bool isValid = labels.has_value();
  for (size_t i = 0; isValid && i < labels->size(); ++i) {
    int label = (*labels)[i];
    isValid =
        llvm::count(*labels, label) == 1 &&
        llvm::any_of(terms, [&](const Term &term) { return term.has(label); });
  }
  if (isValid)
    return labels;
  node.emitError() << "result '" << text
                   << "' must hold labels of the terms, each once";
  return std::nullopt;
}

static Values convertEinsum(Node &node) {
  std::string equation = node.stringAttribute("equation", "").str();
  llvm::erase(equation, ' ');
  auto [left, right] = StringRef(equation).split("->");
  auto terms = readTerms(node, left);
  if (!terms)
    return {};
  auto result = StringRef(equation).contains("->")
                    ? readResult(node, right, *terms)
                    : std::optional(implicitResult(*terms));
  if (!result)
    return {};
  for (Term &term : *terms)
    if (!mergeRepeated(node, term))
      return {};
  Term product = terms->front();
  for (size_t i = 1; i <= terms->size(); ++i) {
    // Labels that are needed after the next term.
    Labels later(*result);
    for (const Term &term :
         ArrayRef(*terms).drop_front(std::min(i + 1, terms->size())))
      llvm::append_range(later, term.labels);
    Labels needed(later);
    if (i < terms->size())
      llvm::append_range(needed, (*terms)[i].labels);
    if (!sumOthers(node, product, needed))
      return {};
    if (i == terms->size())
      break;
    Term next = (*terms)[i];
    Labels others(later);
    llvm::append_range(others, product.labels);
    if (!sumOthers(node, next, others) || !checkSizes(node, product, next) ||
        !contract(node, product, next, later))
      return {};
  }
  return {arrange(node, product, *result)};
}

void atleus::addEinsumRules(Rules &rules) {
  rules.add("Einsum", convertEinsum);
}
