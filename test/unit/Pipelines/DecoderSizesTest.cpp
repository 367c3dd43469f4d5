// Tokens and contexts by the shapes of inputs and results.
#include "atleus/Pipelines/DecoderSizes.h"

#include "dialects/Dialects.h"

#include "mlir/Parser/Parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace atleus;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {
class DecoderSizesTest : public testing::Test {
protected:
  DecoderSizesTest() {
    mlir::DialectRegistry registry;
    registerAllDialects(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
  }

  /// Of a function with the given arguments and results.
  DecoderDimensions find(const std::string &arguments,
                         const std::string &results) {
    std::string text =
        "func.func private @main(" + arguments + ") -> (" + results + ")";
    module = mlir::parseSourceString<mlir::ModuleOp>(text, &context);
    EXPECT_TRUE(module);
    return findDecoderDimensions(*module->getOps<mlir::func::FuncOp>().begin());
  }

  mlir::MLIRContext context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
};
} // namespace

/// An argument or result: its type, the names of its dimensions, its own name.
static std::string tensor(const std::string &type, const std::string &dims,
                          const std::string &name) {
  return "tensor<" + type + "> {onnx.dims = [" + dims + "], onnx.name = \"" +
         name + "\"}";
}

TEST_F(DecoderSizesTest, NamesDoNotMatter) {
  DecoderDimensions found =
      find("%a: " + tensor("?x?xi64", R"("b", "n")", "x") +
               ", %b: " + tensor("?x?xi64", R"("b", "t")", "y") +
               ", %c: " + tensor("?x2x?x8xf32", R"("b", "", "c", "")", "k") +
               ", %d: " + tensor("?x2x?x8xf32", R"("b", "", "c", "")", "v"),
           tensor("?x?x50xf32", R"("b", "n", "")", "z") + ", " +
               tensor("?x2x?x8xf32", R"("b", "", "t", "")", "kk") + ", " +
               tensor("?x2x?x8xf32", R"("b", "", "t", "")", "vv"));
  EXPECT_THAT(found.cacheInputs, ElementsAre("k", "v"));
  EXPECT_EQ(found.tokens, "n");
  EXPECT_EQ(found.context, "c");
  EXPECT_EQ(found.total, "t");
  EXPECT_THAT(found.batches, ElementsAre("b"));
  EXPECT_FALSE(found.fixedContext);
  EXPECT_THAT(found.makeSizes(1, 16), ElementsAre("n=1", "c=16", "t=17"));
}

TEST_F(DecoderSizesTest, ResultsNeedNoNames) {
  DecoderDimensions found =
      find("%a: " + tensor("?x?xi64", R"("b", "n")", "x") +
               ", %c: " + tensor("?x2x?x8xf32", R"("b", "", "c", "")", "k"),
           tensor("?x?x50xf32", R"("", "", "")", "z") + ", " +
               tensor("?x2x?x8xf32", R"("", "", "", "")", "kk"));
  EXPECT_THAT(found.cacheInputs, ElementsAre("k"));
  EXPECT_EQ(found.tokens, "n");
  EXPECT_EQ(found.context, "c");
  EXPECT_EQ(found.total, "");
  EXPECT_THAT(found.makeSizes(4, 0), ElementsAre("n=4", "c=0"));
}

TEST_F(DecoderSizesTest, FixedSizes) {
  DecoderDimensions found =
      find("%a: tensor<1x1xi64>, %m: tensor<1x64xi64>, %c: "
           "tensor<1x4x63x24xf32>, %d: tensor<1x4x63x24xf32>",
           "tensor<1x1x96xf32>, tensor<1x4x64x24xf32>, tensor<1x4x64x24xf32>");
  EXPECT_TRUE(found.hasCache());
  EXPECT_EQ(found.fixedContext, 63);
  EXPECT_EQ(found.fixedTokens, 1);
  EXPECT_EQ(found.context, "");
  EXPECT_THAT(found.makeSizes(1, 63), IsEmpty());
}

TEST_F(DecoderSizesTest, WiderResultsAreNoCaches) {
  EXPECT_FALSE(
      find("%a: tensor<1x50x80xf32>", "tensor<1x50x512xf32>").hasCache());
  // Of equal size, as parameters before and after a step of training.
  EXPECT_FALSE(find("%a: tensor<4x8x8xf32>, %b: tensor<4x8x8xf32>",
                    "tensor<4x8x8xf32>, tensor<4x8x8xf32>")
                   .hasCache());
  EXPECT_FALSE(find("%a: " + tensor("?x?x80xf32", R"("b", "n", "")", "x"),
                    tensor("?x?x512xf32", R"("b", "m", "")", "y"))
                   .hasCache());
}

TEST_F(DecoderSizesTest, ModelsWithoutCacheHaveTokens) {
  DecoderDimensions found = find("%a: " + tensor("?x?xi64", R"("b", "n")", "x"),
                                 tensor("?x?x50xf32", R"("b", "n", "")", "z"));
  EXPECT_FALSE(found.hasCache());
  EXPECT_EQ(found.tokens, "n");
  EXPECT_THAT(found.makeSizes(9, 0), ElementsAre("n=9"));
  EXPECT_EQ(find("%a: tensor<1x128xi64>", "tensor<1x128x50xf32>").fixedTokens,
            128);
}

TEST_F(DecoderSizesTest, NothingIsFoundInNothing) {
  DecoderDimensions found = find("", "");
  EXPECT_FALSE(found.hasCache());
  EXPECT_EQ(found.tokens, "");
  EXPECT_FALSE(found.fixedTokens);
}
