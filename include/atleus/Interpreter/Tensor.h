// The value of an SSA value of tensor type while a function is interpreted.
//
// A Tensor is a shape, an element type and a reference to a buffer with the
// elements in row-major order. Copies share the buffer. Writing goes through
// mutableAs(), which first makes a copy of its own if the buffer is shared or
// belongs to someone else (copy on write), so a Tensor behaves like a value and
// a reshape or a mapped weight costs nothing. A Tensor is not a view with
// strides: transposing or slicing copies.
//
// Elements of a quantized type are its storage integers. The scales of a value
// of type `!quant.any`, which are found at run time, travel with the Tensor.
//
// Example:
//   Tensor x({2, 3}, f32);                        // elements not set
//   llvm::fill(x.mutableAs<float>(), 1.0f);
//   Tensor y = x.withShape({3, 2});               // shares the elements
#ifndef ATLEUS_INTERPRETER_TENSOR_H
#define ATLEUS_INTERPRETER_TENSOR_H

#include "atleus/Interpreter/ElementTypes.h"
#include "atleus/Interpreter/ScaleGrid.h"

#include "mlir/IR/BuiltinAttributeInterfaces.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Error.h"

#include <memory>
#include <vector>

namespace atleus {

/// What is prepared from a tensor's elements once, because many ops need it:
/// derived classes hold it, and the tensor's copies share it.
struct PreparedValue {
  virtual ~PreparedValue();
};

using Shape = llvm::SmallVector<int64_t, 4>;

/// Number of elements of a shape, or std::nullopt if a dimension is dynamic or
/// the tensor's bytes, at `elementBytes` each, do not fit in 63 bits.
std::optional<int64_t> checkedNumElements(llvm::ArrayRef<int64_t> shape,
                                          unsigned elementBytes = 8);

/// "2x3" for messages; "scalar" for rank 0.
std::string formatShape(llvm::ArrayRef<int64_t> shape);

class Tensor {
public:
  /// The null tensor, which has no type.
  Tensor() = default;

  /// A tensor whose elements are not set yet. The element type must have an
  /// ElementKind and the shape must pass checkedNumElements.
  Tensor(llvm::ArrayRef<int64_t> shape, mlir::Type elementType);

  /// A tensor whose elements are all zero.
  static Tensor zeros(llvm::ArrayRef<int64_t> shape, mlir::Type elementType);

  /// A tensor with a copy of `values`, one per element.
  template <typename T>
  static Tensor of(llvm::ArrayRef<int64_t> shape, mlir::Type elementType,
                   llvm::ArrayRef<T> values) {
    Tensor result(shape, elementType);
    assert(values.size() == static_cast<size_t>(result.numElements()));
    llvm::copy(values, result.template mutableAs<T>().begin());
    return result;
  }

  /// A tensor over `bytes`, which `owner` keeps alive; without an owner the
  /// bytes must outlive the tensor. Bytes that are not aligned for the element
  /// type are copied.
  static Tensor view(llvm::ArrayRef<int64_t> shape, mlir::Type elementType,
                     llvm::ArrayRef<char> bytes,
                     std::shared_ptr<const void> owner = nullptr);

  /// The value of a dense or dense_resource attribute. Blobs and raw data are
  /// not copied; the attribute's context must outlive the tensor.
  static llvm::Expected<Tensor> fromAttribute(mlir::ElementsAttr attribute);

  /// The elements as an attribute. Quantized elements become integers of the
  /// storage type.
  mlir::DenseElementsAttr toAttribute() const;

  explicit operator bool() const { return static_cast<bool>(elementType); }

  llvm::ArrayRef<int64_t> getShape() const { return shape; }
  int64_t getRank() const { return shape.size(); }
  int64_t getDim(unsigned index) const { return shape[index]; }
  mlir::Type getElementType() const { return elementType; }
  ElementKind getKind() const { return kind; }
  mlir::RankedTensorType getType() const;
  int64_t numElements() const { return count; }
  int64_t numBytes() const { return count * getElementBytes(kind); }

  /// The elements as bytes.
  llvm::ArrayRef<char> bytes() const {
    return {data, static_cast<size_t>(numBytes())};
  }
  llvm::MutableArrayRef<char> mutableBytes();

  /// The elements as values of the C++ type of the tensor's kind.
  template <typename T>
  llvm::ArrayRef<T> as() const {
    assert(sizeof(T) == getElementBytes(kind) && "element size differs");
    return llvm::ArrayRef<T>(reinterpret_cast<const T *>(data), count);
  }
  template <typename T>
  llvm::MutableArrayRef<T> mutableAs() {
    assert(sizeof(T) == getElementBytes(kind) && "element size differs");
    return llvm::MutableArrayRef<T>(
        reinterpret_cast<T *>(mutableBytes().data()), count);
  }

  /// One element, converted. For printing and for small tensors.
  double getFloat(int64_t index) const;
  int64_t getInteger(int64_t index) const;

  /// The same elements, with their scales, in another shape of equal element
  /// count.
  Tensor withShape(llvm::ArrayRef<int64_t> newShape) const;
  /// The same bytes as another element type of the same kind.
  Tensor withElementType(mlir::Type newElementType) const;

  /// The scales and the zero points, found at run time, of a value of type
  /// `!quant.any`, or null.
  const ScaleGrid *getRunTimeScales() const { return runTimeScales.get(); }
  void setRunTimeScales(ScaleGrid scales) {
    runTimeScales = std::make_shared<const ScaleGrid>(std::move(scales));
  }
  /// The one scale of all elements, if there is one, and their zero point.
  std::optional<float> getRunTimeScale() const;
  int64_t getRunTimeZeroPoint() const;
  void setRunTimeScale(float scale, int64_t zeroPoint = 0) {
    setRunTimeScales(ScaleGrid::ofTensor(shape, scale, zeroPoint));
  }
  /// Takes what was found at run time from `other`: its elements were as many
  /// and in the same places.
  void copyRunTimeScales(const Tensor &other) {
    runTimeScales = other.runTimeScales;
    blockScales = other.blockScales;
  }

  /// The scales of the blocks of codes of an `!nn.codebook`, found at run time.
  llvm::ArrayRef<float> getBlockScales() const {
    return blockScales ? llvm::ArrayRef<float>(*blockScales)
                       : llvm::ArrayRef<float>();
  }
  void setBlockScales(std::vector<float> scales) {
    blockScales = std::make_shared<const std::vector<float>>(std::move(scales));
  }

  /// What was prepared from the elements, or null. Writing to the elements
  /// forgets it.
  const PreparedValue *getPrepared() const { return prepared.get(); }
  void setPrepared(std::shared_ptr<const PreparedValue> value) {
    prepared = std::move(value);
  }

private:
  void allocate();

  Shape shape;
  mlir::Type elementType;
  int64_t count = 0;
  const char *data = nullptr;
  /// What keeps `data` alive: a buffer of our own, the owner of a view, or
  /// nothing.
  std::shared_ptr<const void> owner;
  std::shared_ptr<const std::vector<float>> blockScales;
  std::shared_ptr<const PreparedValue> prepared;
  std::shared_ptr<const ScaleGrid> runTimeScales;
  ElementKind kind = ElementKind::Bool;
  /// `owner` is a buffer that the interpreter allocated and may write.
  bool writable = false;
};

/// True if the elements have the same type, shape and bytes.
bool identical(const Tensor &a, const Tensor &b);

} // namespace atleus

#endif // ATLEUS_INTERPRETER_TENSOR_H
