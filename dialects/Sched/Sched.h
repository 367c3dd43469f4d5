// The sched dialect: tasks and transfers in time, and the resources that they
// hold.
#ifndef ATLEUS_SCHED_SCHED_H
#define ATLEUS_SCHED_SCHED_H

#include "dialects/NoC/NoC.h"
#include "dialects/Sched/PathTiming.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/RegionKindInterface.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace atleus::sched {

/// Something that serves one task or transfer at a time.
struct Resource {
  enum class Kind : uint8_t { Unit, Link, InjectionPort, EjectionPort };
  Kind kind = Kind::Unit;
  noc::Node node;
  /// The name of a unit; null for links and ports.
  mlir::StringAttr unit;
  /// Where a link leads.
  noc::Hop hop = noc::Direction::XPlus;

  /// Whether it is a part of the network.
  bool isNetwork() const { return kind != Kind::Unit; }
  bool operator==(const Resource &other) const {
    return kind == other.kind && node == other.node && unit == other.unit &&
           hop == other.hop;
  }
};

llvm::hash_code hash_value(const Resource &resource);

/// "unit (0, 0, 1) arrays", "link (0, 0, 1) x+", "injection (0, 0, 1)" or
/// "ejection (0, 0, 1)".
std::string toString(const Resource &resource);

/// The time for which an op holds a resource, from its start on.
struct Reservation {
  Resource resource;
  Picoseconds offset;
  Picoseconds length;
};

} // namespace atleus::sched

#include "dialects/Sched/SchedDialect.h.inc"
#include "dialects/Sched/SchedInterfaces.h.inc"

#define GET_TYPEDEF_CLASSES
#include "dialects/Sched/SchedTypes.h.inc"

#define GET_OP_CLASSES
#include "dialects/Sched/SchedOps.h.inc"

template <>
struct llvm::DenseMapInfo<atleus::sched::Resource> {
  static atleus::sched::Resource getEmptyKey() { return sentinel(-1); }
  static atleus::sched::Resource getTombstoneKey() { return sentinel(-2); }
  static unsigned getHashValue(const atleus::sched::Resource &resource) {
    return static_cast<unsigned>(hash_value(resource));
  }
  static bool isEqual(const atleus::sched::Resource &a,
                      const atleus::sched::Resource &b) {
    return a == b;
  }

private:
  static atleus::sched::Resource sentinel(int64_t coordinate) {
    atleus::sched::Resource resource;
    resource.node.x = coordinate;
    return resource;
  }
};

#endif // ATLEUS_SCHED_SCHED_H
