// Schedules parsed from text, for tests of exports.
#ifndef ATLEUS_TEST_UNIT_REPORT_SCHEDULEFIXTURE_H
#define ATLEUS_TEST_UNIT_REPORT_SCHEDULEFIXTURE_H

#include "dialects/Dialects.h"
#include "dialects/Sched/Sched.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace atleus {

class ScheduleFixture : public testing::Test {
protected:
  ScheduleFixture() {
    mlir::DialectRegistry registry;
    registerAllDialects(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
  }

  /// The schedule in `text`, which lives until the next call.
  sched::ScheduleOp parse(llvm::StringRef text) {
    module = mlir::parseSourceString<mlir::ModuleOp>(text, &context);
    return module ? *module->getOps<sched::ScheduleOp>().begin()
                  : sched::ScheduleOp();
  }

  mlir::MLIRContext context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

} // namespace atleus

#endif // ATLEUS_TEST_UNIT_REPORT_SCHEDULEFIXTURE_H
