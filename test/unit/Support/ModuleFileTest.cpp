// The limit of weights in text.
#include "atleus/Support/ModuleFile.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace atleus;

/// A module with weights of 12 bytes.
static constexpr const char *source = R"mlir(
  module attributes {test.weights = dense_resource<w> : tensor<3xf32>} {}
  {-#
    dialect_resources: {builtin: {w: "0x040000000000803F0000004000004040"}}
  #-})mlir";

static LogicalResult write(ModuleOp module, ModuleFormat format, int64_t limit,
                           std::string &text) {
  llvm::raw_string_ostream os(text);
  return writeModule(module, os, format, limit);
}

TEST(ModuleFileTest, TextEndsAtALimit) {
  MLIRContext context;
  context.allowUnregisteredDialects();
  auto module = parseSourceString<ModuleOp>(source, &context);
  ASSERT_TRUE(module);
  std::string message, text;
  ScopedDiagnosticHandler handler(
      &context, [&](Diagnostic &diagnostic) { message = diagnostic.str(); });
  EXPECT_TRUE(succeeded(write(*module, ModuleFormat::Text, 12, text)));
  EXPECT_NE(text.find("dense_resource<w>"), std::string::npos);
  EXPECT_EQ(message, "");
  text.clear();
  EXPECT_TRUE(failed(write(*module, ModuleFormat::Text, 11, text)));
  EXPECT_EQ(text, "");
  EXPECT_EQ(message,
            "weights of 12 bytes are not written as text, whose limit is 11; "
            "write bytecode to a file that ends in .mlirbc");
  EXPECT_TRUE(succeeded(write(*module, ModuleFormat::Bytecode, 11, text)));
}
