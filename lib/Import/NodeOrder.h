// The order in which the nodes of a graph can be imported.
#ifndef ATLEUS_LIB_IMPORT_NODEORDER_H
#define ATLEUS_LIB_IMPORT_NODEORDER_H

#include "mlir/IR/Location.h"
#include "mlir/Support/LLVM.h"
#include "onnx.pb.h"
#include "llvm/ADT/SmallVector.h"
#include <string>

namespace atleus {

/// How a diagnostic names a node: by its name and operator, or by its operator
/// and first output when it has no name.
std::string describeNode(const atleus_onnx::NodeProto &node);

using NodeList = google::protobuf::RepeatedPtrField<atleus_onnx::NodeProto>;

/// Indices of the nodes such that each comes after those whose results it, or a
/// graph inside it, uses. The file's order is kept where it is one; otherwise
/// the result is the one that is first by index. A cycle is reported at
/// `location` with the nodes on it. No two nodes may define the same value.
mlir::FailureOr<llvm::SmallVector<int>> orderNodes(const NodeList &nodes,
                                                   mlir::Location location);

} // namespace atleus

#endif // ATLEUS_LIB_IMPORT_NODEORDER_H
