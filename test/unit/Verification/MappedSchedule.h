// A model that has been compiled, and its schedule as a file holds it.
#ifndef ATLEUS_TEST_UNIT_VERIFICATION_MAPPEDSCHEDULE_H
#define ATLEUS_TEST_UNIT_VERIFICATION_MAPPEDSCHEDULE_H

#include "atleus/Report/schedule.pb.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"

#include <memory>
#include <string>
#include <vector>

namespace atleus {

struct MappedSchedule {
  /// For messages of tests: "digits-vit on atleus".
  std::string name;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  schedule::v1::Schedule schedule;

  /// Compiles `model`, an ONNX file or text of IR; null if that fails. With
  /// `sharesSlots` weights of equal shape on a crossbar tier take turns in two
  /// slots.
  static std::unique_ptr<MappedSchedule> compile(mlir::MLIRContext &context,
                                                 llvm::StringRef model,
                                                 llvm::StringRef machine,
                                                 unsigned tokensPerTask,
                                                 bool sharesSlots = false);
};

/// A context that knows everything.
std::unique_ptr<mlir::MLIRContext> makeContext();

/// Models of several kinds, a classifier of images, a product whose weights
/// stream, causal attention with scales found at run time and a quantized layer
/// in small tasks, on a machine of crossbars and on one without.
const std::vector<std::unique_ptr<MappedSchedule>> &getMappedSchedules();

/// What `verifySchedule` says about a schedule, notes behind errors; empty if
/// there is nothing.
std::vector<std::string> getViolations(const schedule::v1::Schedule &schedule,
                                       mlir::ModuleOp module);

} // namespace atleus

#endif // ATLEUS_TEST_UNIT_VERIFICATION_MAPPEDSCHEDULE_H
