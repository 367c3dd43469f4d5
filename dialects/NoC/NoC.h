// The noc dialect: nodes and routes of a 3D network, and transfers over it.
#ifndef ATLEUS_NOC_NOC_H
#define ATLEUS_NOC_NOC_H

#include "dialects/Interfaces/Interfaces.h"
#include "dialects/NoC/LinkKind.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/Dialect/Quant/IR/Quant.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include <tuple>

namespace atleus::noc {

/// A place in the network: a position within a tier and the tier's level.
struct Node {
  int64_t x = 0;
  int64_t y = 0;
  int64_t z = 0;

  bool operator==(const Node &other) const {
    return x == other.x && y == other.y && z == other.z;
  }
  bool operator!=(const Node &other) const { return !(*this == other); }
  /// By level, then by row, then by column.
  bool operator<(const Node &other) const {
    return std::tie(z, y, x) < std::tie(other.z, other.y, other.x);
  }
};

/// The node that the first three of some coordinates are.
inline Node toNode(llvm::ArrayRef<int64_t> coordinates) {
  return {coordinates[0], coordinates[1], coordinates[2]};
}

inline llvm::hash_code hash_value(const Node &node) {
  return llvm::hash_combine(node.x, node.y, node.z);
}

/// Where a link leads: to a neighbour of the mesh, or to a named node.
enum class Direction : uint8_t {
  XPlus,
  XMinus,
  YPlus,
  YMinus,
  ZPlus,
  ZMinus,
  Added
};

/// One link of a route.
struct Hop {
  Hop(Direction direction) : direction(direction) {}
  /// Over an added link.
  explicit Hop(Node target) : direction(Direction::Added), target(target) {}

  LinkKind kind() const {
    return direction == Direction::Added ? LinkKind::Added
           : direction == Direction::ZPlus || direction == Direction::ZMinus
               ? LinkKind::Vertical
               : LinkKind::Planar;
  }
  bool operator==(const Hop &other) const {
    return direction == other.direction && target == other.target;
  }

  Direction direction;
  /// The node at the end of an added link.
  Node target;
};

inline llvm::hash_code hash_value(const Hop &hop) {
  return llvm::hash_combine(hop.direction, hop.target);
}

/// "x+", "x-", and so on; "-> (3, 2, 1)" for an added link.
std::string toString(const Hop &hop);

/// The node at the end of the link that leaves `node`.
Node advance(Node node, const Hop &hop);

/// The link between two nodes: a direction for neighbours, otherwise added.
Hop hopBetween(Node from, Node to);

/// Writes "(x, y, z)".
llvm::raw_ostream &operator<<(llvm::raw_ostream &stream, const Node &node);
/// The same as a string, for names and diagnostics.
std::string toString(const Node &node);

} // namespace atleus::noc

#include "dialects/NoC/NoCDialect.h.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/NoC/NoCAttributes.h.inc"

#define GET_OP_CLASSES
#include "dialects/NoC/NoCOps.h.inc"

namespace atleus::noc {

/// `(x, y, z)`, for use in the assembly format of ops.
llvm::ParseResult parseNode(mlir::AsmParser &parser, NodeAttr &node);
void printNode(mlir::AsmPrinter &printer, mlir::Operation *op, NodeAttr node);

/// `[(x, y, z), ...]`, for use in the assembly format of ops.
llvm::ParseResult parseNodeList(mlir::AsmParser &parser, NodesAttr &nodes);
void printNodeList(mlir::AsmPrinter &printer, mlir::Operation *op,
                   NodesAttr nodes);

/// `(x, y, z)[x+, y-, ...]`, for use in the assembly format of ops.
llvm::ParseResult parseRoute(mlir::AsmParser &parser, RouteAttr &route);
void printRoute(mlir::AsmPrinter &printer, mlir::Operation *op,
                RouteAttr route);

/// `[(x, y, z)[x+, ...], ...]`, for use in the assembly format of ops.
llvm::ParseResult parseRouteList(mlir::AsmParser &parser,
                                 mlir::ArrayAttr &routes);
void printRouteList(mlir::AsmPrinter &printer, mlir::Operation *op,
                    mlir::ArrayAttr routes);

} // namespace atleus::noc

#endif // ATLEUS_NOC_NOC_H
