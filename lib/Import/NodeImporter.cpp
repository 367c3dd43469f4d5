// Nodes with their attributes, and calls of the model's own functions.
#include "GraphImporter.h"

#include "Types.h"
#include "dialects/ONNX/ONNX.h"
#include "mlir/IR/Diagnostics.h"

using namespace mlir;
using namespace atleus;
using atleus_onnx::AttributeProto;
using atleus_onnx::FunctionProto;
using atleus_onnx::GraphProto;
using atleus_onnx::NodeProto;
using atleus_onnx::TensorProto;

/// Functions that call functions can multiply; a model that grows beyond this
/// many nodes is refused.
static constexpr int64_t maximumNodes = 250'000;
/// The same for the bytes of these nodes.
static constexpr int64_t maximumExpandedBytes = int64_t{1} << 28;

Location GraphImporter::getLocation(const NodeProto &node,
                                    const Environment &environment) const {
  StringRef name = node.name();
  for (const std::string &output : node.output())
    if (name.empty())
      name = output;
  return getLocation(environment.prefix + name.str());
}

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

/// The kind of the attribute; files of IR version 1 do not state it.
static AttributeProto::AttributeType getKind(const AttributeProto &attribute) {
  if (attribute.type() != AttributeProto::UNDEFINED)
    return attribute.type();
  if (attribute.has_f())
    return AttributeProto::FLOAT;
  if (attribute.has_i())
    return AttributeProto::INT;
  if (attribute.has_s())
    return AttributeProto::STRING;
  if (attribute.has_t())
    return AttributeProto::TENSOR;
  if (attribute.has_g())
    return AttributeProto::GRAPH;
  if (attribute.floats_size() > 0)
    return AttributeProto::FLOATS;
  if (attribute.ints_size() > 0)
    return AttributeProto::INTS;
  if (attribute.strings_size() > 0)
    return AttributeProto::STRINGS;
  if (attribute.tensors_size() > 0)
    return AttributeProto::TENSORS;
  if (attribute.graphs_size() > 0)
    return AttributeProto::GRAPHS;
  return AttributeProto::UNDEFINED;
}

/// Attributes of the kinds that are numbers and strings; null for others.
static Attribute convertPlain(const AttributeProto &attribute,
                              Builder &builder) {
  switch (getKind(attribute)) {
  case AttributeProto::FLOAT:
    return builder.getF32FloatAttr(attribute.f());
  case AttributeProto::INT:
    return builder.getI64IntegerAttr(attribute.i());
  case AttributeProto::STRING:
    return builder.getStringAttr(attribute.s());
  case AttributeProto::FLOATS:
    return builder.getDenseF32ArrayAttr(
        {attribute.floats().data(),
         static_cast<size_t>(attribute.floats_size())});
  case AttributeProto::INTS:
    return builder.getDenseI64ArrayAttr(
        {attribute.ints().data(), static_cast<size_t>(attribute.ints_size())});
  case AttributeProto::STRINGS:
    return builder.getArrayAttr(llvm::map_to_vector(
        attribute.strings(), [&](const std::string &text) -> Attribute {
          return builder.getStringAttr(text);
        }));
  default:
    return {};
  }
}

LogicalResult GraphImporter::readAttribute(const AttributeProto &attribute,
                                           StringRef name,
                                           const std::string &owner,
                                           Location location,
                                           NodeParts &parts) {
  auto add = [&](Attribute value) {
    if (value)
      parts.attributes.emplace_back(getText(context, name), value);
    return success(value != nullptr);
  };
  auto addGraph = [&](const GraphProto &graph) {
    parts.graphNames.push_back(name);
    parts.graphs.push_back(&graph);
  };
  switch (getKind(attribute)) {
  case AttributeProto::TENSOR:
    return add(tensors.read(attribute.t(), owner, location));
  case AttributeProto::TENSORS: {
    SmallVector<Attribute> values;
    for (const TensorProto &tensor : attribute.tensors()) {
      values.push_back(tensors.read(tensor, owner, location));
      if (!values.back())
        return failure();
    }
    return add(builder.getArrayAttr(values));
  }
  case AttributeProto::GRAPH:
    addGraph(attribute.g());
    return success();
  case AttributeProto::GRAPHS:
    llvm::for_each(attribute.graphs(), addGraph);
    return success();
  case AttributeProto::TYPE_PROTO:
    if (Type type =
            convertType(attribute.tp(), "attribute '" + name + "'", location))
      return add(TypeAttr::get(type));
    return failure();
  default:
    if (Attribute value = convertPlain(attribute, builder))
      return add(value);
    return emitError(location)
           << "attribute '" << name << "' of '" << owner
           << "' has the unsupported kind "
           << StringRef(AttributeProto::AttributeType_Name(getKind(attribute)))
                  .lower();
  }
}

/// The attribute to which a reference in a function's body leads: that of the
/// call, which may be a reference itself, or the function's default. Null when
/// the call leaves the attribute out.
const AttributeProto *
GraphImporter::resolveReference(const AttributeProto &attribute,
                                const Environment &environment) const {
  if (attribute.ref_attr_name().empty())
    return &attribute;
  if (!environment.call)
    return nullptr;
  for (const AttributeProto &given : environment.call->attribute())
    if (given.name() == attribute.ref_attr_name())
      return resolveReference(given, *environment.caller);
  for (const AttributeProto &fallback : environment.function->attribute_proto())
    if (fallback.name() == attribute.ref_attr_name())
      return &fallback;
  return nullptr;
}

LogicalResult GraphImporter::readAttributes(const NodeProto &node,
                                            const Environment &environment,
                                            Location location,
                                            NodeParts &parts) {
  std::string owner = environment.prefix +
                      (node.output_size() > 0 ? node.output(0) : node.name());
  llvm::StringSet<> seen;
  for (const AttributeProto &attribute : node.attribute()) {
    if (attribute.name().empty())
      return emitError(location)
             << describeNode(node) << " has an attribute without a name";
    if (!seen.insert(attribute.name()).second)
      return emitError(location)
             << describeNode(node) << " has two attributes '"
             << attribute.name() << "'";
    const AttributeProto *resolved = resolveReference(attribute, environment);
    if (!resolved) {
      if (environment.call)
        continue;
      return emitError(location) << "attribute '" << attribute.name() << "' of "
                                 << describeNode(node) << " refers to '"
                                 << attribute.ref_attr_name()
                                 << "', but the node is not in a function";
    }
    bool isGraph = resolved->has_g() || resolved->graphs_size() > 0;
    if (isGraph && resolved != &attribute)
      return emitError(location)
             << "attribute '" << attribute.name() << "' of "
             << describeNode(node)
             << " is a graph that is passed to a function, which is not "
                "supported";
    if (failed(
            readAttribute(*resolved, attribute.name(), owner, location, parts)))
      return failure();
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Nodes
//===----------------------------------------------------------------------===//

FailureOr<SmallVector<Value>> GraphImporter::getInputs(const NodeProto &node,
                                                       const Scope &scope,
                                                       Location location) {
  SmallVector<Value> inputs;
  for (const std::string &name : node.input()) {
    Value value = name.empty() ? onnx::NoneOp::create(builder, location,
                                                      builder.getNoneType())
                                     .getOutput()
                               : scope.lookup(name);
    if (!value)
      return emitError(location)
             << describeNode(node) << " uses '" << name
             << "', which is neither an input, an initializer nor the result "
                "of a node";
    inputs.push_back(value);
  }
  return inputs;
}

LogicalResult GraphImporter::importNode(const NodeProto &node, Scope &scope,
                                        const Environment &environment) {
  Location location = getLocation(node, environment);
  if (++nodeCount > maximumNodes)
    return emitError(location) << "the model has more than " << maximumNodes
                               << " nodes after its functions are expanded";
  if (node.op_type().empty())
    return emitError(location) << describeNode(node) << " has no operator";
  if (const FunctionProto *function = lookupFunction(node))
    return importCall(node, *function, scope, environment);
  std::optional<int64_t> opset = environment.opsets.lookup(node.domain());
  if (!opset)
    return emitError(location)
           << describeNode(node) << " is of domain '"
           << (node.domain().empty() ? "ai.onnx" : node.domain())
           << "', for which opset_import has no version";
  FailureOr<SmallVector<Value>> inputs = getInputs(node, scope, location);
  NodeParts parts;
  if (failed(inputs) ||
      failed(readAttributes(node, environment, location, parts)))
    return failure();

  SmallVector<Type> types;
  SmallVector<Attribute> outputNames;
  for (const std::string &output : node.output()) {
    Type declared = scope.types.lookup(output);
    types.push_back(output.empty() ? builder.getNoneType()
                    : declared     ? declared
                                   : onnx::UnknownType::get(context));
    outputNames.push_back(
        getText(context, output.empty() ? "" : environment.prefix + output));
  }
  auto op = onnx::NodeOp::create(
      builder, location, types, getText(context, node.op_type()), *inputs,
      getText(context, normalizeDomain(node.domain())),
      builder.getI64IntegerAttr(*opset),
      builder.getDictionaryAttr(parts.attributes),
      parts.graphs.empty() ? ArrayAttr()
                           : builder.getStrArrayAttr(parts.graphNames),
      node.name().empty() ? StringAttr()
                          : getText(context, environment.prefix + node.name()),
      outputNames.empty() ? ArrayAttr() : builder.getArrayAttr(outputNames),
      parts.graphs.size());
  for (auto [graph, region] : llvm::zip(parts.graphs, op.getGraphs()))
    if (failed(importSubgraph(*graph, region, scope, environment)))
      return failure();
  for (auto [name, value] : llvm::zip(node.output(), op.getOutputs()))
    if (!name.empty() && failed(define(scope, name, value)))
      return failure();
  return success();
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

static std::string getFunctionKey(StringRef domain, StringRef name,
                                  StringRef overload) {
  return (normalizeDomain(domain) + "::" + name + "::" + overload).str();
}

LogicalResult
GraphImporter::addFunctions(const atleus_onnx::ModelProto &model) {
  for (const FunctionProto &function : model.functions()) {
    bool isNew =
        functions
            .try_emplace(getFunctionKey(function.domain(), function.name(),
                                        function.overload()),
                         &function)
            .second;
    if (!isNew)
      return emitError(getLocation(function.name()))
             << "function '" << function.name() << "' of domain '"
             << function.domain() << "' is defined twice";
  }
  return success();
}

const FunctionProto *
GraphImporter::lookupFunction(const NodeProto &node) const {
  if (functions.empty())
    return nullptr;
  return functions.lookup(
      getFunctionKey(node.domain(), node.op_type(), node.overload()));
}

/// Whether the node can be a call of the function: its values have places
/// there, and the function is not being expanded already.
LogicalResult GraphImporter::checkCall(const NodeProto &node,
                                       const FunctionProto &function,
                                       const Environment &environment,
                                       Location location) const {
  unsigned depth = 1;
  for (const Environment *caller = &environment; caller->call;
       caller = caller->caller, ++depth)
    if (caller->function == &function || depth == maximumGraphDepth)
      return emitError(location)
             << "function '" << function.name()
             << (caller->function == &function
                     ? "' calls itself"
                     : "' is called too deeply inside other functions");
  if (node.input_size() > function.input_size() ||
      node.output_size() > function.output_size())
    return emitError(location)
           << describeNode(node) << " has " << node.input_size()
           << " inputs and " << node.output_size() << " outputs, but function '"
           << function.name() << "' has " << function.input_size() << " and "
           << function.output_size();
  return success();
}

LogicalResult GraphImporter::chargeExpansion(const FunctionProto &function,
                                             const Environment &environment,
                                             Location location) {
  auto [bytes, isNew] = functionBytes.try_emplace(&function, 0);
  if (isNew)
    bytes->second = static_cast<int64_t>(function.ByteSizeLong());
  int64_t names = 0;
  for (const NodeProto &node : function.node())
    names += 1 + node.output_size();
  expandedBytes +=
      bytes->second + names * static_cast<int64_t>(environment.prefix.size());
  if (expandedBytes > maximumExpandedBytes)
    return emitError(location)
           << "the model has more than " << maximumExpandedBytes
           << " bytes of nodes after its functions are expanded";
  return success();
}

LogicalResult GraphImporter::importCall(const NodeProto &node,
                                        const FunctionProto &function,
                                        Scope &scope,
                                        const Environment &environment) {
  Location location = getLocation(node, environment);
  if (failed(checkCall(node, function, environment, location)))
    return failure();
  Environment inner;
  inner.function = &function;
  inner.call = &node;
  inner.caller = &environment;
  StringRef name = node.name();
  if (name.empty() && node.output_size() > 0)
    name = node.output(0);
  inner.prefix = environment.prefix + name.str() + "/";
  if (failed(chargeExpansion(function, inner, location)))
    return failure();
  FailureOr<SmallVector<Value>> inputs = getInputs(node, scope, location);
  if (failed(inputs) ||
      failed(inner.opsets.add(function.opset_import(), location)))
    return failure();
  Scope body;
  if (failed(declareTypes(body, function.value_info(), "value")))
    return failure();
  while (inputs->size() < static_cast<size_t>(function.input_size()))
    inputs->push_back(
        onnx::NoneOp::create(builder, location, builder.getNoneType()));
  for (auto [parameter, value] : llvm::zip(function.input(), *inputs))
    if (failed(define(body, parameter, value)))
      return failure();
  for (auto [result, output] : llvm::zip(function.output(), node.output()))
    if (Type declared = scope.types.lookup(output))
      if (failed(declareType(body, result, declared, location)))
        return failure();
  if (failed(importBody(function.node(), body, inner)))
    return failure();
  for (auto [result, output] : llvm::zip(function.output(), node.output())) {
    Value value = body.lookup(result);
    if (!value)
      return emitError(location)
             << "function '" << function.name() << "' does not define its "
             << "output '" << result << "'";
    if (!output.empty() && failed(define(scope, output, value)))
      return failure();
  }
  return success();
}
