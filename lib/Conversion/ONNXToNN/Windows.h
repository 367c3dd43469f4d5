// Attributes of a window that slides over the dimensions behind batch and
// channels: what convolutions and pooling have in common.
#ifndef ATLEUS_CONVERSION_ONNXTONN_WINDOWS_H
#define ATLEUS_CONVERSION_ONNXTONN_WINDOWS_H

#include "Node.h"

namespace atleus {

/// A number for each spatial dimension.
struct Window {
  Shape kernel, strides, dilations;
  /// All begins, then all ends.
  Shape pads;
};

/// The attribute `name`, which has `count` numbers; without it as many of
/// `otherwise`.
std::optional<Shape> windowAttribute(Node &node, llvm::StringRef name,
                                     size_t count, int64_t otherwise);

/// Fails unless all numbers are from `least` to 2^30, so that no product of two
/// of them overflows.
bool checkRange(Node &node, llvm::StringRef what,
                llvm::ArrayRef<int64_t> numbers, int64_t least);

/// The window with that kernel over dimensions of these sizes, whose strides,
/// dilations and pads are the node's attributes.
std::optional<Window> readWindow(Node &node, llvm::ArrayRef<int64_t> sizes,
                                 llvm::ArrayRef<int64_t> kernel);

} // namespace atleus

#endif // ATLEUS_CONVERSION_ONNXTONN_WINDOWS_H
