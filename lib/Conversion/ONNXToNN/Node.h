// One ONNX node while it is converted.
//
// A rule reads the node's operands, which are nn values with static types, and
// its attributes, and builds nn ops through the KernelBuilder. What it cannot
// read is reported; the node has failed then and the rule's result is not used.
// What it did not read is an error too: the result would not depend on it.
#ifndef ATLEUS_CONVERSION_ONNXTONN_NODE_H
#define ATLEUS_CONVERSION_ONNXTONN_NODE_H

#include "KernelBuilder.h"

#include "dialects/ONNX/ONNX.h"

#include "llvm/ADT/SmallBitVector.h"
#include "llvm/ADT/StringSet.h"

namespace atleus {

/// The results of a rule. Fewer than the node has, if the others are not used.
using Values = llvm::SmallVector<mlir::Value, 2>;

class Node : public KernelBuilder {
public:
  Node(onnx::NodeOp op, llvm::ArrayRef<mlir::Value> operands,
       mlir::OpBuilder &builder, ConstantFolding &folding);

  llvm::StringRef getType() { return op.getOpType(); }
  /// The version of the operator set of the node's domain.
  int64_t getOpset() { return op.getOpset(); }
  unsigned getNumOutputs() { return op.getOutputs().size(); }
  bool isOutputUsed(unsigned index) {
    return index < getNumOutputs() && !op.getOutputs()[index].use_empty();
  }

  //===--------------------------------------------------------------------===//
  // Operands
  //===--------------------------------------------------------------------===//

  unsigned getNumOperands() const { return operands.size(); }
  bool has(unsigned index) {
    markRead(index);
    return index < operands.size() && operands[index];
  }
  /// An operand that may be left out; null then.
  mlir::Value getOptional(unsigned index) {
    return has(index) ? operands[index] : mlir::Value();
  }
  /// Says that an operand that the rule does not read does not change the
  /// result.
  void ignoreInput(unsigned index) { markRead(index); }
  /// An operand that must be there; `name` is what the standard calls it.
  mlir::Value get(unsigned index, llvm::StringRef name);
  /// All operands, none of which may be left out, and at least one.
  llvm::ArrayRef<mlir::Value> getAll();

  /// The elements of an operand that must be computable when compiling.
  std::optional<Tensor> getConstant(unsigned index, llvm::StringRef name);
  /// The same as integers, for a list or a scalar.
  std::optional<Shape> getIntegers(unsigned index, llvm::StringRef name);
  std::optional<int64_t> getInteger(unsigned index, llvm::StringRef name);
  std::optional<double> getFloat(unsigned index, llvm::StringRef name);

  //===--------------------------------------------------------------------===//
  // Attributes
  //===--------------------------------------------------------------------===//

  bool hasAttribute(llvm::StringRef name) {
    return static_cast<bool>(attribute(name));
  }
  int64_t integerAttribute(llvm::StringRef name, int64_t otherwise);
  double floatAttribute(llvm::StringRef name, double otherwise);
  llvm::StringRef stringAttribute(llvm::StringRef name,
                                  llvm::StringRef otherwise);
  /// An attribute that is a list of integers; std::nullopt if it is absent.
  std::optional<Shape> integersAttribute(llvm::StringRef name);
  std::optional<llvm::SmallVector<float>> floatsAttribute(llvm::StringRef name);
  /// An attribute that is a tensor; null if it is absent.
  mlir::ElementsAttr tensorAttribute(llvm::StringRef name);

  /// The element type that the ONNX number of `attribute` means.
  mlir::Type elementTypeAttribute(llvm::StringRef name,
                                  std::optional<int64_t> otherwise = {});

  /// `axis` counted from the front; negative axes count from the end.
  std::optional<int64_t> normalizeAxis(int64_t axis, int64_t rank);
  /// The same for a list, sorted; an axis that stands twice is an error.
  std::optional<Shape> normalizeAxes(llvm::ArrayRef<int64_t> axes,
                                     int64_t rank);
  /// The attribute `name` as an axis of a tensor of `rank` dimensions.
  std::optional<int64_t> axisAttribute(int64_t otherwise, int64_t rank,
                                       llvm::StringRef name = "axis");

  /// A constant that is a parameter of the model: it bears the node's name.
  mlir::Value parameter(mlir::ElementsAttr elements);

  /// Fails unless `value` is of rank `rank`.
  bool requireRank(mlir::Value value, int64_t rank, llvm::StringRef name);

  /// Says that an attribute that the rule does not read does not change the
  /// result.
  void ignoreAttribute(llvm::StringRef name) { readAttributes.insert(name); }

  /// Fails if there are attributes or operands that the rule has neither read
  /// nor ignored. To be called when it is done.
  bool requireAllRead();

  /// Fails unless `value`, that of the attribute `name`, is one of `choices`.
  bool requireChoice(llvm::StringRef name, llvm::StringRef value,
                     llvm::ArrayRef<llvm::StringRef> choices);

private:
  void markRead(unsigned index) {
    if (index < readOperands.size())
      readOperands.set(index);
  }
  mlir::Attribute attribute(llvm::StringRef name) {
    readAttributes.insert(name);
    return op.getNodeAttributes().get(name);
  }
  /// The attribute `name` if it is of type `T`; another type is an error.
  template <typename T>
  T typedAttribute(llvm::StringRef name, llvm::StringRef kind);
  void reportComputed(unsigned index, llvm::StringRef name);

  onnx::NodeOp op;
  llvm::ArrayRef<mlir::Value> operands;
  /// What the rule has asked for or ignores; attributes need not be there.
  llvm::StringSet<> readAttributes;
  llvm::SmallBitVector readOperands;
};

/// The location of what is built for `op`: it holds the node's name.
mlir::Location getNodeLocation(onnx::NodeOp op);

/// The element type that a number of ONNX' TensorProto.DataType means, or null.
mlir::Type getONNXElementType(mlir::MLIRContext *context, int64_t number);

} // namespace atleus

#endif // ATLEUS_CONVERSION_ONNXTONN_NODE_H
