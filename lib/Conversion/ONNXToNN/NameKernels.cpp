// Derives the names of kernels from the names in the model file.
#include "NameKernels.h"

#include "Rules.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace atleus;

/// The name that a location holds, or an empty string.
static StringRef nameIn(Location location) {
  if (auto named = dyn_cast<NameLoc>(location))
    return named.getName();
  if (auto fused = dyn_cast<FusedLoc>(location))
    for (Location part : fused.getLocations())
      if (StringRef name = nameIn(part); !name.empty())
        return name;
  return "";
}

/// Whether `part` is the name of an operator, perhaps with a number behind it.
static bool namesOperator(StringRef part) {
  auto [type, number] = part.rsplit('_');
  if (!number.empty() && llvm::all_of(number, llvm::isDigit))
    part = type;
  for (StringRef domain : {"", "com.microsoft"})
    if (Rules::get().find(domain, part))
      return true;
  return false;
}

/// Components of a path as one word with dots between them.
static std::string joinPath(ArrayRef<StringRef> parts) {
  return llvm::join(llvm::make_filter_range(
                        parts, [](StringRef part) { return !part.empty(); }),
                    ".");
}

/// "/encoder/layer.0/query/MatMul_1" -> "encoder.layer.0.query". Empty if
/// nothing but the operator is named.
static std::string scopeOf(StringRef nodeName) {
  nodeName.consume_back("_output_0");
  SmallVector<StringRef> parts;
  nodeName.split(parts, '/');
  if (namesOperator(parts.back()))
    parts.pop_back();
  std::string scope = joinPath(parts);
  bool isNumber = llvm::all_of(scope, llvm::isDigit);
  return isNumber ? std::string() : scope;
}

/// The module that a parameter belongs to: "fc.weight" -> "fc". Empty for a
/// name that the exporter made up.
static std::string ownerOf(Value parameter) {
  while (parameter && !parameter.getDefiningOp<nn::ConstantOp>()) {
    Operation *op = parameter.getDefiningOp();
    if (!op || op->getNumOperands() != 1)
      return "";
    parameter = op->getOperand(0);
  }
  if (!parameter)
    return "";
  StringRef name = nameIn(parameter.getLoc());
  if (name.contains("::") || name.contains('/') ||
      llvm::all_of(name, llvm::isDigit))
    return "";
  for (StringRef suffix : {".weight", ".bias", "_weight", "_bias"})
    if (name.consume_back(suffix))
      return name.str();
  return name.str();
}

/// The name of the module of a kernel with parameters: its node's scope, unless
/// the parameter is more specific.
static std::string parameterizedName(Operation *op) {
  std::string scope = scopeOf(nameIn(op->getLoc()));
  for (Value parameter : llvm::drop_begin(op->getOperands())) {
    std::string owner = ownerOf(parameter);
    if (owner.empty())
      continue;
    if (scope.empty() || StringRef(owner).starts_with(scope + "."))
      return owner;
  }
  return scope;
}

/// The op's name without its dialect.
static StringRef kindOf(Operation *op) { return op->getName().stripDialect(); }

/// Whether a module's name says what kind of kernel it is.
static bool tellsKind(Operation *op, StringRef scope) {
  if (isa<nn::LinearOp, nn::ConvOp, nn::EmbeddingOp>(op))
    return true;
  StringRef last = scope.rsplit('.').second;
  std::string word = (last.empty() ? scope : last).lower();
  if (isa<nn::AttentionOp>(op))
    return StringRef(word).contains("att") || word == "self";
  if (isa<nn::LayerNormOp, nn::RMSNormOp>(op))
    return StringRef(word).contains("norm") ||
           StringRef(word).starts_with("ln");
  return StringRef(word).contains(kindOf(op));
}

static std::string wantedName(Operation *op) {
  bool hasParameter =
      isa<nn::LinearOp, nn::ConvOp, nn::LayerNormOp, nn::RMSNormOp>(op);
  std::string scope;
  if (isa<nn::EmbeddingOp>(op))
    scope = ownerOf(op->getOperand(0));
  if (scope.empty())
    scope =
        hasParameter ? parameterizedName(op) : scopeOf(nameIn(op->getLoc()));
  if (scope.empty())
    return kindOf(op).str();
  return tellsKind(op, scope) ? scope : scope + "." + kindOf(op).str();
}

static bool isNamed(Operation *op) {
  return op->getDialect() &&
         op->getName().getDialectNamespace() ==
             nn::NNDialect::getDialectNamespace() &&
         op->getNumResults() != 0 && !op->hasTrait<nn::LayoutOnly>() &&
         !isa<nn::ConstantOp>(op);
}

void atleus::nameKernels(func::FuncOp function) {
  llvm::StringSet<> taken;
  for (Operation &op : function.front())
    if (isNamed(&op))
      taken.insert(nn::getKernelName(&op));
  for (Operation &op : function.front()) {
    if (!isNamed(&op) || !nn::getKernelName(&op).empty())
      continue;
    std::string wanted = wantedName(&op), name = wanted;
    for (unsigned count = 2; !taken.insert(name).second; ++count)
      name = wanted + "_" + std::to_string(count);
    op.setAttr(nn::nameAttribute, StringAttr::get(op.getContext(), name));
  }
}
