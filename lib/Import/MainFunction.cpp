// The model: its attributes, and the graph as `func.func @main`.
#include "GraphImporter.h"

#include "Types.h"
#include "dialects/ONNX/ONNX.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Diagnostics.h"

using namespace mlir;
using namespace atleus;
using atleus_onnx::GraphProto;
using atleus_onnx::ModelProto;
using atleus_onnx::TensorProto;
using atleus_onnx::ValueInfoProto;

/// The newest IR version that the schema knows. A newer file is imported as far
/// as the schema goes.
static constexpr int64_t newestIRVersion = atleus_onnx::IR_VERSION;

static void setModelAttributes(const ModelProto &model,
                               const OpsetTable &opsets, ModuleOp module) {
  MLIRContext *context = module.getContext();
  Builder builder(context);
  module->setAttr("onnx.ir_version",
                  builder.getI64IntegerAttr(model.ir_version()));
  module->setAttr("onnx.opsets", opsets.getAttribute(context));
  if (!model.producer_name().empty()) {
    std::string producer = model.producer_name();
    if (!model.producer_version().empty())
      producer += " " + model.producer_version();
    module->setAttr("onnx.producer", getText(context, producer));
  }
  if (!model.graph().name().empty())
    module->setAttr("onnx.graph", getText(context, model.graph().name()));
  NamedAttrList metadata;
  for (const auto &entry : model.metadata_props())
    if (!entry.key().empty())
      metadata.set(getText(context, entry.key()),
                   getText(context, entry.value()));
  if (!metadata.empty())
    module->setAttr("onnx.metadata", metadata.getDictionary(context));
}

LogicalResult GraphImporter::importModel(const ModelProto &model,
                                         ModuleOp module) {
  if (model.ir_version() > newestIRVersion)
    emitWarning(fileLocation)
        << "the model has IR version " << model.ir_version() << ", newer than "
        << newestIRVersion << "; what is new in it may be ignored";
  if (model.opset_import_size() == 0)
    return emitError(fileLocation)
           << "the model has no opset_import, so the meaning of its operators "
              "is not known";
  if (model.training_info_size() > 0)
    return emitError(fileLocation)
           << "the model has training_info, which is not supported";
  Environment environment;
  if (failed(environment.opsets.add(model.opset_import(), fileLocation)) ||
      failed(addFunctions(model)))
    return failure();
  setModelAttributes(model, environment.opsets, module);
  builder.setInsertionPointToEnd(module.getBody());
  return importMain(model.graph(), environment);
}

/// Whether a dimension's name says which one it is: exporters also write some
/// that stand for any size.
static bool isDimName(StringRef name) {
  return !name.empty() && name != "?" && name != "-1" && name != "None";
}

/// The names of the dimensions of a graph input or output, or null when none
/// has one.
static ArrayAttr getDimNames(const ValueInfoProto &info, Builder &builder) {
  if (!info.type().has_tensor_type())
    return {};
  SmallVector<Attribute> names;
  bool any = false;
  for (const auto &dim : info.type().tensor_type().shape().dim()) {
    bool isNamed = isDimName(dim.dim_param());
    names.push_back(
        getText(builder.getContext(), isNamed ? dim.dim_param() : ""));
    any |= isNamed;
  }
  return any ? builder.getArrayAttr(names) : ArrayAttr();
}

LogicalResult GraphImporter::addArguments(const GraphProto &graph,
                                          const llvm::StringSet<> &initializers,
                                          Block &block, Scope &scope) {
  auto function = cast<func::FuncOp>(block.getParentOp());
  SmallVector<Type> types;
  SmallVector<DictionaryAttr> attributes;
  for (const ValueInfoProto &input : graph.input()) {
    if (initializers.contains(input.name()))
      continue;
    Location location = getLocation(input.name());
    Type type = scope.types.lookup(input.name());
    if (isa<onnx::UnknownType>(type))
      return emitError(location)
             << "graph input '" << input.name()
             << "' must be a tensor of a known element type, but declares "
             << (input.type().has_tensor_type() ? "a tensor of unknown elements"
                                                : getTypeKind(input.type()));
    NamedAttrList named;
    named.set("onnx.name", getText(context, input.name()));
    if (ArrayAttr dims = getDimNames(input, builder))
      named.set("onnx.dims", dims);
    types.push_back(type);
    attributes.push_back(named.getDictionary(context));
    if (failed(define(scope, input.name(), block.addArgument(type, location))))
      return failure();
  }
  function.setType(builder.getFunctionType(types, {}));
  function.setAllArgAttrs(attributes);
  return success();
}

LogicalResult GraphImporter::importMain(const GraphProto &graph,
                                        const Environment &environment) {
  auto function = func::FuncOp::create(builder, getLocation(graph.name()),
                                       "main", builder.getFunctionType({}, {}));
  Block *block = builder.createBlock(&function.getBody());
  Scope scope;
  if (failed(declareTypes(scope, graph.input(), "graph input")) ||
      failed(declareTypes(scope, graph.value_info(), "value")) ||
      failed(declareTypes(scope, graph.output(), "graph output")))
    return failure();
  llvm::StringSet<> initializers;
  for (const TensorProto &tensor : graph.initializer())
    initializers.insert(tensor.name());
  if (failed(addArguments(graph, initializers, *block, scope)) ||
      failed(importInitializers(graph, scope)) ||
      failed(importBody(graph.node(), scope, environment)))
    return failure();
  return finishMain(graph, scope, function);
}

LogicalResult GraphImporter::finishMain(const GraphProto &graph,
                                        const Scope &scope,
                                        Operation *function) {
  auto main = cast<func::FuncOp>(function);
  if (graph.output_size() == 0)
    return emitError(fileLocation) << "the graph has no outputs";
  FailureOr<SmallVector<Value>> results =
      getOutputs(graph.output(), scope, fileLocation);
  if (failed(results))
    return failure();
  func::ReturnOp::create(builder, main.getLoc(), *results);
  main.setType(builder.getFunctionType(main.getArgumentTypes(),
                                       ValueRange(*results).getTypes()));
  SmallVector<DictionaryAttr> attributes;
  for (auto [output, value] : llvm::zip_equal(graph.output(), *results)) {
    NamedAttrList named;
    named.set("onnx.name", getText(context, output.name()));
    auto type = dyn_cast<RankedTensorType>(value.getType());
    if (ArrayAttr dims = getDimNames(output, builder))
      if (type && type.getRank() == static_cast<int64_t>(dims.size()))
        named.set("onnx.dims", dims);
    attributes.push_back(named.getDictionary(context));
  }
  main.setAllResultAttrs(attributes);
  return success();
}
