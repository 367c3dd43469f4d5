// The sched dialect, its type, and the resources of schedules.
#include "dialects/Sched/Sched.h"

#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace atleus::sched;

llvm::hash_code atleus::sched::hash_value(const Resource &resource) {
  const noc::Node &node = resource.node, &to = resource.hop.target;
  return llvm::hash_combine(static_cast<unsigned>(resource.kind), node.x,
                            node.y, node.z, to.x, to.y, to.z,
                            static_cast<unsigned>(resource.hop.direction),
                            resource.unit.getAsOpaquePointer());
}

std::string atleus::sched::toString(const Resource &resource) {
  std::string node = noc::toString(resource.node);
  switch (resource.kind) {
  case Resource::Kind::Unit:
    return "unit " + node + " " + resource.unit.str();
  case Resource::Kind::Link:
    return "link " + node + " " + noc::toString(resource.hop);
  case Resource::Kind::InjectionPort:
    return "injection " + node;
  case Resource::Kind::EjectionPort:
    return "ejection " + node;
  }
  llvm_unreachable("unknown kind of resource");
}

#include "dialects/Sched/SchedDialect.cpp.inc"
#include "dialects/Sched/SchedInterfaces.cpp.inc"

#define GET_TYPEDEF_CLASSES
#include "dialects/Sched/SchedTypes.cpp.inc"

void SchedDialect::initialize() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "dialects/Sched/SchedTypes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/Sched/SchedOps.cpp.inc"
      >();
}
