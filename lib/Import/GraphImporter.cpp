// Values, scopes and graphs: everything about a graph but its nodes.
#include "GraphImporter.h"

#include "Types.h"
#include "dialects/ONNX/ONNX.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/JSON.h"

using namespace mlir;
using namespace atleus;
using atleus_onnx::GraphProto;
using atleus_onnx::TensorProto;
using atleus_onnx::ValueInfoProto;
using llvm::Twine;

StringRef atleus::normalizeDomain(StringRef domain) {
  return domain == "ai.onnx" ? "" : domain;
}

StringAttr atleus::getText(MLIRContext *context, StringRef text) {
  if (llvm::json::isUTF8(text))
    return StringAttr::get(context, text);
  return StringAttr::get(context, llvm::json::fixUTF8(text));
}

LogicalResult OpsetTable::add(const OpsetList &imports, Location location) {
  for (const auto &import : imports) {
    auto [entry, isNew] = versions.try_emplace(normalizeDomain(import.domain()),
                                               import.version());
    StringRef domain =
        entry->first().empty() ? StringRef("ai.onnx") : entry->first();
    if (import.version() <= 0)
      return emitError(location)
             << "opset_import has version " << import.version()
             << " for domain '" << domain << "'; versions begin at 1";
    if (!isNew && entry->second != import.version())
      return emitError(location)
             << "opset_import has two versions for domain '" << domain
             << "': " << entry->second << " and " << import.version();
  }
  return success();
}

std::optional<int64_t> OpsetTable::lookup(StringRef domain) const {
  auto found = versions.find(normalizeDomain(domain));
  return found == versions.end() ? std::nullopt : std::optional(found->second);
}

DictionaryAttr OpsetTable::getAttribute(MLIRContext *context) const {
  SmallVector<NamedAttribute> entries;
  Builder builder(context);
  for (const auto &entry : versions)
    entries.emplace_back(
        getText(context, entry.first().empty() ? "ai.onnx" : entry.first()),
        builder.getI64IntegerAttr(entry.second));
  return builder.getDictionaryAttr(entries);
}

//===----------------------------------------------------------------------===//
// Names, values and their types
//===----------------------------------------------------------------------===//

Value GraphImporter::Scope::lookup(StringRef name) const {
  for (const Scope *scope = this; scope; scope = scope->parent)
    if (Value value = scope->values.lookup(name))
      return value;
  return {};
}

Location GraphImporter::getLocation(StringRef name) const {
  if (name.empty())
    return fileLocation;
  return NameLoc::get(getText(context, name), fileLocation);
}

/// What has defined the value, for a diagnostic.
static std::string describeDefinition(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op)
    return "as an input";
  if (isa<onnx::InitializerOp>(op))
    return "as an initializer";
  if (auto node = dyn_cast<onnx::NodeOp>(op))
    return "by " + node.describe();
  return "as an absent input";
}

LogicalResult GraphImporter::define(Scope &scope, StringRef name, Value value) {
  if (name.empty())
    return emitError(value.getLoc())
           << "a value that is defined " << describeDefinition(value)
           << " has no name";
  if (Value other = scope.lookup(name))
    return emitError(value.getLoc())
           << "value '" << name
           << "' is defined twice: " << describeDefinition(other) << " and "
           << describeDefinition(value);
  scope.values[name] = value;
  return success();
}

LogicalResult GraphImporter::declareType(Scope &scope, StringRef name,
                                         Type type, Location location) {
  Type &known = scope.types[name];
  Type merged = known ? mergeTypes(known, type) : type;
  if (!merged)
    return emitError(location) << "value '" << name << "' is declared as "
                               << known << " and as " << type;
  known = merged;
  return success();
}

LogicalResult GraphImporter::declareTypes(Scope &scope,
                                          const ValueInfoList &infos,
                                          StringRef role) {
  for (const ValueInfoProto &info : infos) {
    Location location = getLocation(info.name());
    Type type = convertType(info.type(), Twine(role) + " '" + info.name() + "'",
                            location);
    if (!type || failed(declareType(scope, info.name(), type, location)))
      return failure();
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Graphs
//===----------------------------------------------------------------------===//

LogicalResult GraphImporter::importInitializers(const GraphProto &graph,
                                                Scope &scope) {
  for (const auto &sparse : graph.sparse_initializer()) {
    StringRef name = sparse.values().name();
    return emitError(getLocation(name))
           << "initializer '" << name
           << "' is sparse, which is not supported; store it densely";
  }
  for (const TensorProto &tensor : graph.initializer()) {
    StringRef name = tensor.name();
    Location location = getLocation(name);
    if (name.empty())
      return emitError(location) << "an initializer has no name";
    ElementsAttr value = tensors.read(tensor, name, location);
    if (!value)
      return failure();
    if (Type declared = scope.types.lookup(name))
      if (!mergeTypes(declared, value.getType()))
        return emitError(location)
               << "initializer '" << name << "' is " << value.getType()
               << ", but is declared as " << declared;
    auto op = onnx::InitializerOp::create(builder, location, value.getType(),
                                          getText(context, name), value);
    if (failed(define(scope, name, op.getOutput())))
      return failure();
  }
  return success();
}

LogicalResult GraphImporter::importBody(const NodeList &nodes, Scope &scope,
                                        const Environment &environment) {
  // Two definitions of one value would make the order below ambiguous.
  llvm::StringMap<const atleus_onnx::NodeProto *> producers;
  for (const auto &node : nodes)
    for (const std::string &output : node.output()) {
      if (output.empty())
        continue;
      auto [entry, isNew] = producers.try_emplace(output, &node);
      if (!isNew)
        return emitError(getLocation(node, environment))
               << "value '" << output << "' is defined twice: by "
               << describeNode(*entry->second) << " and by "
               << describeNode(node);
    }
  FailureOr<SmallVector<int>> order = orderNodes(nodes, fileLocation);
  if (failed(order))
    return failure();
  for (int index : *order)
    if (failed(importNode(nodes[index], scope, environment)))
      return failure();
  return success();
}

FailureOr<SmallVector<Value>>
GraphImporter::getOutputs(const ValueInfoList &outputs, const Scope &scope,
                          Location location) {
  SmallVector<Value> values;
  for (const ValueInfoProto &output : outputs) {
    Value value = scope.lookup(output.name());
    if (!value)
      return emitError(location)
             << "graph output '" << output.name()
             << "' is neither an input, an initializer nor the result of a "
                "node";
    values.push_back(value);
  }
  return values;
}

LogicalResult GraphImporter::importSubgraph(const GraphProto &graph,
                                            Region &region, const Scope &outer,
                                            const Environment &environment) {
  OpBuilder::InsertionGuard guard(builder);
  Block *block = builder.createBlock(&region);
  Scope scope;
  scope.parent = &outer;
  if (failed(declareTypes(scope, graph.input(), "input")) ||
      failed(declareTypes(scope, graph.value_info(), "value")) ||
      failed(declareTypes(scope, graph.output(), "output")))
    return failure();
  for (const ValueInfoProto &input : graph.input()) {
    Value argument = block->addArgument(scope.types.lookup(input.name()),
                                        getLocation(input.name()));
    if (failed(define(scope, input.name(), argument)))
      return failure();
  }
  if (failed(importInitializers(graph, scope)) ||
      failed(importBody(graph.node(), scope, environment)))
    return failure();
  FailureOr<SmallVector<Value>> results =
      getOutputs(graph.output(), scope, getLocation(graph.name()));
  if (failed(results))
    return failure();
  onnx::YieldOp::create(builder, fileLocation, *results);
  return success();
}
