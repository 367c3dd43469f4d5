// Graphs, nodes and functions of an ONNX model as ops.
#ifndef ATLEUS_LIB_IMPORT_GRAPHIMPORTER_H
#define ATLEUS_LIB_IMPORT_GRAPHIMPORTER_H

#include "NodeOrder.h"
#include "TensorData.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

namespace atleus {

using OpsetList =
    google::protobuf::RepeatedPtrField<atleus_onnx::OperatorSetIdProto>;
using ValueInfoList =
    google::protobuf::RepeatedPtrField<atleus_onnx::ValueInfoProto>;

/// The operator set version that is imported for each domain. The default
/// domain has two names, "" and "ai.onnx"; here it is "".
class OpsetTable {
public:
  /// Adds the imports; reports at `location` when a domain has two versions or
  /// one that is not positive.
  mlir::LogicalResult add(const OpsetList &imports, mlir::Location location);
  std::optional<int64_t> lookup(llvm::StringRef domain) const;
  mlir::DictionaryAttr getAttribute(mlir::MLIRContext *context) const;

private:
  llvm::StringMap<int64_t> versions;
};

/// The domain with one name for the default one.
llvm::StringRef normalizeDomain(llvm::StringRef domain);

/// A string of the file as an attribute; what is not UTF-8 is replaced.
mlir::StringAttr getText(mlir::MLIRContext *context, llvm::StringRef text);

/// Imports the graphs of one model.
///
/// A graph is walked in the order of `orderNodes`, with a scope that maps names
/// to values; the scope of a subgraph looks further in the scope around it. A
/// call of a function of the model is replaced by the function's nodes, whose
/// scope sees the call's inputs and nothing else.
class GraphImporter {
public:
  GraphImporter(TensorReader &tensors, mlir::Location fileLocation)
      : context(fileLocation.getContext()), fileLocation(fileLocation),
        tensors(tensors), builder(context) {}

  /// Makes `func.func @main` in `module`, and sets the module's attributes.
  mlir::LogicalResult importModel(const atleus_onnx::ModelProto &model,
                                  mlir::ModuleOp module);

private:
  /// The values and declared types of one graph or function body.
  struct Scope {
    llvm::StringMap<mlir::Value> values;
    llvm::StringMap<mlir::Type> types;
    const Scope *parent = nullptr;

    mlir::Value lookup(llvm::StringRef name) const;
  };

  /// What the nodes of a body mean: operator versions and, in a function, the
  /// call that is being replaced.
  struct Environment {
    OpsetTable opsets;
    const atleus_onnx::FunctionProto *function = nullptr;
    const atleus_onnx::NodeProto *call = nullptr;
    const Environment *caller = nullptr;
    /// Stands before the names of nodes and values.
    std::string prefix;
  };

  /// What an `onnx.node` needs besides its operands and results.
  struct NodeParts {
    llvm::SmallVector<mlir::NamedAttribute> attributes;
    llvm::SmallVector<llvm::StringRef> graphNames;
    llvm::SmallVector<const atleus_onnx::GraphProto *> graphs;
  };

  mlir::Location getLocation(llvm::StringRef name) const;
  mlir::Location getLocation(const atleus_onnx::NodeProto &node,
                             const Environment &environment) const;
  mlir::LogicalResult define(Scope &scope, llvm::StringRef name,
                             mlir::Value value);
  mlir::LogicalResult declareType(Scope &scope, llvm::StringRef name,
                                  mlir::Type type, mlir::Location location);
  mlir::LogicalResult declareTypes(Scope &scope, const ValueInfoList &infos,
                                   llvm::StringRef role);

  mlir::LogicalResult importMain(const atleus_onnx::GraphProto &graph,
                                 const Environment &environment);
  mlir::LogicalResult addArguments(const atleus_onnx::GraphProto &graph,
                                   const llvm::StringSet<> &initializers,
                                   mlir::Block &block, Scope &scope);
  mlir::LogicalResult finishMain(const atleus_onnx::GraphProto &graph,
                                 const Scope &scope, mlir::Operation *function);
  mlir::LogicalResult importInitializers(const atleus_onnx::GraphProto &graph,
                                         Scope &scope);
  mlir::LogicalResult importBody(const NodeList &nodes, Scope &scope,
                                 const Environment &environment);
  mlir::LogicalResult importSubgraph(const atleus_onnx::GraphProto &graph,
                                     mlir::Region &region, const Scope &scope,
                                     const Environment &environment);
  mlir::LogicalResult importNode(const atleus_onnx::NodeProto &node,
                                 Scope &scope, const Environment &environment);
  mlir::FailureOr<llvm::SmallVector<mlir::Value>>
  getInputs(const atleus_onnx::NodeProto &node, const Scope &scope,
            mlir::Location location);
  mlir::FailureOr<llvm::SmallVector<mlir::Value>>
  getOutputs(const ValueInfoList &outputs, const Scope &scope,
             mlir::Location location);

  mlir::LogicalResult readAttributes(const atleus_onnx::NodeProto &node,
                                     const Environment &environment,
                                     mlir::Location location, NodeParts &parts);
  mlir::LogicalResult
  readAttribute(const atleus_onnx::AttributeProto &attribute,
                llvm::StringRef name, const std::string &owner,
                mlir::Location location, NodeParts &parts);
  const atleus_onnx::AttributeProto *
  resolveReference(const atleus_onnx::AttributeProto &attribute,
                   const Environment &environment) const;

  mlir::LogicalResult addFunctions(const atleus_onnx::ModelProto &model);
  const atleus_onnx::FunctionProto *
  lookupFunction(const atleus_onnx::NodeProto &node) const;
  mlir::LogicalResult
  chargeExpansion(const atleus_onnx::FunctionProto &function,
                  const Environment &environment, mlir::Location location);
  mlir::LogicalResult checkCall(const atleus_onnx::NodeProto &node,
                                const atleus_onnx::FunctionProto &function,
                                const Environment &environment,
                                mlir::Location location) const;
  mlir::LogicalResult importCall(const atleus_onnx::NodeProto &node,
                                 const atleus_onnx::FunctionProto &function,
                                 Scope &scope, const Environment &environment);

  mlir::MLIRContext *context;
  mlir::Location fileLocation;
  TensorReader &tensors;
  mlir::OpBuilder builder;
  llvm::StringMap<const atleus_onnx::FunctionProto *> functions;
  int64_t nodeCount = 0;
  /// Bytes of the bodies of called functions, once for each call, and of the
  /// names that their nodes and values get.
  int64_t expandedBytes = 0;
  llvm::DenseMap<const atleus_onnx::FunctionProto *, int64_t> functionBytes;
};

} // namespace atleus

#endif // ATLEUS_LIB_IMPORT_GRAPHIMPORTER_H
