// What the tests of work and access share: a context with all dialects, and
// functions of one op.
#ifndef ATLEUS_TEST_UNIT_NN_OPFIXTURE_H
#define ATLEUS_TEST_UNIT_NN_OPFIXTURE_H

#include "atleus/Interpreter/EvaluationModels.h"
#include "dialects/Dialects.h"
#include "dialects/Interfaces/Interfaces.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace atleus {

/// `Base` is a fixture of GoogleTest.
template <typename Base>
struct OpFixtureOf : public Base {
  OpFixtureOf() {
    mlir::DialectRegistry registry;
    registerAllDialects(registry);
    registerEvaluationModels(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
  }

  /// Makes the function `signature`, such as "(%a: tensor<4xf32>) ->
  /// tensor<4xf32>", which returns the result of the last op of `body`; returns
  /// null if it is not valid. `body` calls that result %y.
  mlir::func::FuncOp parse(llvm::StringRef signature, llvm::StringRef body) {
    auto [arguments, result] = signature.rsplit("-> ");
    std::string text = ("func.func @main" + signature + " {\n" + body +
                        "\nreturn %y : " + result + "\n}")
                           .str();
    module = mlir::parseSourceString<mlir::ModuleOp>(text, &context);
    return module ? *module->getOps<mlir::func::FuncOp>().begin()
                  : mlir::func::FuncOp();
  }

  /// The op that makes what the function returns.
  static mlir::Operation *resultOp(mlir::func::FuncOp function) {
    mlir::Operation *end = function.getBody().front().getTerminator();
    return end->getOperand(0).getDefiningOp();
  }

  mlir::MLIRContext context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

using OpFixture = OpFixtureOf<::testing::Test>;

} // namespace atleus

#endif // ATLEUS_TEST_UNIT_NN_OPFIXTURE_H
