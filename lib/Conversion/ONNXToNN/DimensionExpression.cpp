// Reads and solves sums of dimensions.
#include "DimensionExpression.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace atleus;

namespace atleus {

/// Recursive descent over the text.
class DimensionExpressionParser {
public:
  explicit DimensionExpressionParser(StringRef text) : rest(text.trim()) {}

  std::optional<DimensionExpression> parseAll() {
    std::optional<DimensionExpression> sum = parseSum(0);
    return rest.empty() ? sum : std::nullopt;
  }

private:
  using Result = std::optional<DimensionExpression>;

  /// Names come from files of others; so deep is no formula.
  static constexpr unsigned maximumDepth = 32;

  bool consume(char symbol) {
    rest = rest.ltrim();
    bool found = rest.consume_front(StringRef(&symbol, 1));
    rest = rest.ltrim();
    return found;
  }

  Result parseSum(unsigned depth) {
    Result sum = parseProduct(depth);
    while (sum && !rest.empty()) {
      int64_t sign = consume('+') ? 1 : consume('-') ? -1 : 0;
      if (sign == 0)
        break;
      Result next = parseProduct(depth);
      if (!next || !sum->add(*next, sign))
        return std::nullopt;
    }
    return sum;
  }

  Result parseProduct(unsigned depth) {
    Result product = parseFactor(depth);
    while (product && consume('*')) {
      Result next = parseFactor(depth);
      if (!next)
        return std::nullopt;
      if (!next->factors.empty())
        std::swap(*product, *next);
      // Now `next` must be the number.
      DimensionExpression scaled;
      if (!next->factors.empty() || !scaled.add(*product, next->constant))
        return std::nullopt;
      product = std::move(scaled);
    }
    return product;
  }

  Result parseFactor(unsigned depth) {
    if (depth > maximumDepth)
      return std::nullopt;
    if (consume('(')) {
      Result inner = parseSum(depth + 1);
      return consume(')') ? inner : std::nullopt;
    }
    StringRef word = rest.take_while(
        [](char c) { return llvm::isAlnum(c) || c == '_' || c == '.'; });
    rest = rest.drop_front(word.size()).ltrim();
    DimensionExpression result;
    if (word.empty())
      return std::nullopt;
    if (!llvm::isDigit(word.front()))
      result.factors[word.str()] = 1;
    else if (word.getAsInteger(10, result.constant))
      return std::nullopt;
    return result;
  }

  StringRef rest;
};

} // namespace atleus

std::optional<DimensionExpression> DimensionExpression::parse(StringRef text) {
  std::optional<DimensionExpression> parsed =
      DimensionExpressionParser(text).parseAll();
  if (parsed && parsed->constant == 0 && parsed->factors.size() == 1 &&
      parsed->factors.begin()->second == 1)
    return std::nullopt;
  return parsed;
}

bool DimensionExpression::add(const DimensionExpression &other,
                              int64_t factor) {
  auto addProduct = [&](int64_t &sum, int64_t value) {
    int64_t product;
    return !llvm::MulOverflow(value, factor, product) &&
           !llvm::AddOverflow(sum, product, sum);
  };
  for (const auto &[name, multiple] : other.factors)
    if (!addProduct(factors[name], multiple))
      return false;
  return addProduct(constant, other.constant);
}

std::optional<int64_t> DimensionExpression::evaluate(Lookup lookup) const {
  int64_t sum = constant;
  for (const auto &[name, factor] : factors) {
    std::optional<int64_t> value = lookup(name);
    int64_t product;
    if (!value || llvm::MulOverflow(factor, *value, product) ||
        llvm::AddOverflow(sum, product, sum))
      return std::nullopt;
  }
  return sum;
}

std::optional<std::pair<std::string, int64_t>>
DimensionExpression::solve(int64_t value, Lookup lookup) const {
  std::optional<std::string> unknown;
  for (const auto &[name, factor] : factors) {
    if (lookup(name))
      continue;
    if (unknown)
      return std::nullopt;
    unknown = name;
  }
  if (!unknown)
    return std::nullopt;
  std::optional<int64_t> others = evaluate([&](StringRef name) {
    return name == *unknown ? std::optional<int64_t>(0) : lookup(name);
  });
  int64_t factor = factors.at(*unknown), remainder;
  if (!others || factor == 0 || llvm::SubOverflow(value, *others, remainder))
    return std::nullopt;
  // Only sizes are looked for, so signs can be compared before dividing.
  if ((remainder < 0) != (factor < 0) && remainder != 0)
    return std::nullopt;
  if (factor == -1)
    return std::pair(*unknown, -(remainder + 1) + 1);
  if (remainder % factor != 0)
    return std::nullopt;
  return std::pair(*unknown, remainder / factor);
}

SmallVector<StringRef> DimensionExpression::getNames() const {
  SmallVector<StringRef> names;
  for (const auto &[name, factor] : factors)
    names.push_back(name);
  return names;
}
