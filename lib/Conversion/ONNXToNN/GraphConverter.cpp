// Walks the nodes of a graph in order and applies their rules.
#include "GraphConverter.h"

#include "Rules.h"

#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace atleus;

//===----------------------------------------------------------------------===//
// Operators that are not known
//===----------------------------------------------------------------------===//

/// Nodes that a note names before it says how many more there are.
static constexpr size_t namedNodes = 3;

static bool isDefaultDomain(StringRef domain) {
  return domain.empty() || domain == "ai.onnx";
}

/// "Foo", or "com.example.Foo" for an operator of another domain.
static StringAttr operatorName(onnx::NodeOp op) {
  if (isDefaultDomain(op.getDomain()))
    return op.getOpTypeAttr();
  return StringAttr::get(op.getContext(),
                         op.getDomain() + "." + op.getOpType());
}

/// The node's name, or that of its first output.
static std::string nodeName(onnx::NodeOp op) {
  if (auto name = dyn_cast<NameLoc>(getNodeLocation(op)))
    return ("'" + name.getName().getValue() + "'").str();
  return "a node without a name";
}

using NodesByOperator = llvm::MapVector<StringAttr, SmallVector<onnx::NodeOp>>;

static LogicalResult reportUnknown(ModuleOp module,
                                   const NodesByOperator &unknown) {
  InFlightDiagnostic diagnostic = module.emitError();
  diagnostic << unknown.size()
             << (unknown.size() == 1 ? " operator is" : " operators are")
             << " not known: ";
  llvm::interleave(
      unknown,
      [&](const auto &entry) {
        diagnostic << entry.first.getValue() << " (" << entry.second.size()
                   << (entry.second.size() == 1 ? " node)" : " nodes)");
      },
      [&] { diagnostic << ", "; });
  for (const auto &[name, nodes] : unknown) {
    onnx::NodeOp first = nodes.front();
    Diagnostic &note = diagnostic.attachNote(first.getLoc());
    note << name.getValue() << ": ";
    llvm::interleave(
        ArrayRef(nodes).take_front(namedNodes),
        [&](onnx::NodeOp node) { note << nodeName(node); },
        [&] { note << ", "; });
    if (nodes.size() > namedNodes)
      note << " and " << nodes.size() - namedNodes << " more";
  }
  return diagnostic;
}

LogicalResult atleus::checkOperators(ModuleOp module) {
  NodesByOperator unknown;
  WalkResult versions = module.walk([&](onnx::NodeOp op) {
    if (!Rules::get().find(op.getDomain(), op.getOpType())) {
      unknown[operatorName(op)].push_back(op);
      return WalkResult::advance();
    }
    int64_t opset = op.getOpset();
    int64_t oldest =
        Rules::get().getOldestOpset(op.getDomain(), op.getOpType());
    if (!isDefaultDomain(op.getDomain()) ||
        (opset >= oldest && opset <= newestOpset))
      return WalkResult::advance();
    module.emitError() << "opset must be from " << oldest << " to "
                       << newestOpset << ", found " << opset;
    return WalkResult::interrupt();
  });
  if (versions.wasInterrupted())
    return failure();
  return unknown.empty() ? success() : reportUnknown(module, unknown);
}

//===----------------------------------------------------------------------===//
// Conversion
//===----------------------------------------------------------------------===//

void GraphConverter::convertArguments(const TensorTypes &arguments) {
  for (BlockArgument argument : function.getArguments()) {
    unsigned index = argument.getArgNumber();
    if (!arguments[index])
      continue;
    argument.setType(arguments[index]);
    converted[argument] = argument;
    if (Attribute name = function.removeArgAttr(index, "onnx.name"))
      function.setArgAttr(index, nn::nameAttribute, name);
    function.removeArgAttr(index, "onnx.dims");
  }
}

LogicalResult GraphConverter::convertInitializer(onnx::InitializerOp op) {
  auto type = cast<RankedTensorType>(op.getOutput().getType());
  if (!getElementKind(type.getElementType()))
    return op.emitError() << "element type " << type.getElementType()
                          << " of initializer '" << op.getName()
                          << "' is not supported";
  if (!nn::countElements(type.getShape()))
    return op.emitError() << "initializer '" << op.getName() << "' of type "
                          << type << " is too large: limit is "
                          << nn::maxElements << " elements";
  OpBuilder builder(op);
  Location location = NameLoc::get(op.getNameAttr(), op.getLoc());
  auto constant = nn::ConstantOp::create(builder, location, op.getValue());
  // The name also keeps parameters of equal value apart.
  constant->setAttr(nn::nameAttribute, op.getNameAttr());
  converted[op.getOutput()] = constant;
  return success();
}

LogicalResult GraphConverter::checkResult(Node &node, onnx::NodeOp op,
                                          unsigned index, Value value) {
  auto found = cast<RankedTensorType>(value.getType());
  Type declared = op.getOutputs()[index].getType();
  auto tensor = dyn_cast<TensorType>(declared);
  if (!tensor)
    return success();
  if (tensor.getElementType() != found.getElementType())
    return node.emitError() << "output " << index << " is declared as "
                            << declared << ", but it is " << found;
  if (failed(verifyCompatibleShape(tensor, found)))
    op.emitWarning() << op.describe() << ": output " << index
                     << " is declared as " << declared << ", but it is "
                     << found;
  return success();
}

LogicalResult GraphConverter::convertNode(onnx::NodeOp op) {
  SmallVector<Value> operands;
  for (Value input : op.getInputs())
    operands.push_back(converted.lookup(input));
  OpBuilder builder(op);
  Node node(op, operands, builder, folding);
  Rule rule = Rules::get().find(op.getDomain(), op.getOpType());
  Values results = rule(node);
  bool isComplete = !results.empty() && llvm::all_of(results, [](Value value) {
    return static_cast<bool>(value);
  });
  if (node.hasFailed() || !isComplete || !node.requireAllRead())
    return failure();
  for (auto [i, output] : llvm::enumerate(op.getOutputs())) {
    if (i < results.size()) {
      if (failed(checkResult(node, op, i, results[i])))
        return failure();
      converted[output] = results[i];
      if (ArrayAttr names = op.getOutputNamesAttr())
        recorded.record(results[i], cast<StringAttr>(names[i]));
    } else if (!output.use_empty()) {
      return node.emitError() << "output " << i << " is not supported";
    }
  }
  return success();
}

LogicalResult GraphConverter::convertReturn(func::ReturnOp op) {
  for (OpOperand &operand : op->getOpOperands())
    if (Value value = converted.lookup(operand.get()))
      operand.set(value);
  function.setType(FunctionType::get(op.getContext(),
                                     function.front().getArgumentTypes(),
                                     op.getOperandTypes()));
  for (unsigned i = 0; i < op.getNumOperands(); ++i) {
    if (Attribute name = function.removeResultAttr(
            i, StringAttr::get(op.getContext(), "onnx.name")))
      function.setResultAttr(i, nn::nameAttribute, name);
    function.removeResultAttr(i, StringAttr::get(op.getContext(), "onnx.dims"));
  }
  return success();
}

LogicalResult GraphConverter::convertBodyOp(Operation &op) {
  if (auto initializer = dyn_cast<onnx::InitializerOp>(op))
    return convertInitializer(initializer);
  if (auto node = dyn_cast<onnx::NodeOp>(op))
    return convertNode(node);
  if (!isa<onnx::NoneOp>(op))
    for (Value value : op.getResults())
      converted[value] = value;
  return success();
}

LogicalResult GraphConverter::run(const TensorTypes &arguments) {
  convertArguments(arguments);
  SmallVector<Operation *> replaced;
  for (Operation &op : llvm::make_early_inc_range(function.front())) {
    auto end = dyn_cast<func::ReturnOp>(op);
    if (failed(end ? convertReturn(end) : convertBodyOp(op)))
      return failure();
    if (isa<onnx::InitializerOp, onnx::NodeOp, onnx::NoneOp>(op))
      replaced.push_back(&op);
  }
  for (Operation *op : llvm::reverse(replaced))
    op->erase();
  return success();
}

bool GraphConverter::hasAllOperands(onnx::NodeOp op) const {
  return llvm::all_of(op.getInputs(), [&](Value input) {
    return input.getDefiningOp<onnx::NoneOp>() || converted.contains(input);
  });
}

TensorTypes GraphConverter::inferResults(const TensorTypes &arguments) {
  ScopedDiagnosticHandler silence(function.getContext(),
                                  [](Diagnostic &) { return success(); });
  convertArguments(arguments);
  TensorTypes types;
  for (Operation &op : llvm::make_early_inc_range(function.front())) {
    if (auto end = dyn_cast<func::ReturnOp>(op)) {
      for (Value value : end.getOperands()) {
        Value found = converted.lookup(value);
        types.push_back(found ? dyn_cast<RankedTensorType>(found.getType())
                              : nullptr);
      }
      break;
    }
    // What fails here is reported when all is known.
    if (auto node = dyn_cast<onnx::NodeOp>(op); !node || hasAllOperands(node))
      (void)convertBodyOp(op);
  }
  return types;
}
