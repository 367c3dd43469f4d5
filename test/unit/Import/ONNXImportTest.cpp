// What the library promises about an import beyond the IR: weights are not
// copied, and the file lives as long as they do.
#include "atleus/Import/ONNXImport.h"

#include "dialects/ONNX/ONNX.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/MemoryBuffer.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace atleus;
using llvm::MemoryBuffer;

namespace {

constexpr llvm::StringLiteral modelPath =
    ATLEUS_SOURCE_DIR "/models/digits-vit/digits-vit.onnx";

std::shared_ptr<const MemoryBuffer> mapModel(MLIRContext &context) {
  return mapModelFile(modelPath, &context);
}

/// The resources of all initializers.
SmallVector<DenseResourceElementsAttr> getResources(ModuleOp module) {
  SmallVector<DenseResourceElementsAttr> resources;
  module.walk([&](onnx::InitializerOp op) {
    if (auto resource = dyn_cast<DenseResourceElementsAttr>(op.getValue()))
      resources.push_back(resource);
  });
  return resources;
}

TEST(ONNXImport, ResourcesAreViewsOfTheFile) {
  MLIRContext context;
  std::shared_ptr<const MemoryBuffer> file = mapModel(context);
  ASSERT_TRUE(file);
  OwningOpRef<ModuleOp> module = importONNX(file, &context);
  ASSERT_TRUE(module);
  SmallVector<DenseResourceElementsAttr> resources = getResources(*module);
  EXPECT_GT(resources.size(), 10u);
  for (DenseResourceElementsAttr resource : resources) {
    ArrayRef<char> data = resource.getRawHandle().getBlob()->getData();
    EXPECT_GE(data.begin(), file->getBufferStart());
    EXPECT_LE(data.end(), file->getBufferEnd());
  }
}

TEST(ONNXImport, AlignmentOfResourcesIsTrue) {
  MLIRContext context;
  OwningOpRef<ModuleOp> module = importONNX(modelPath, &context);
  ASSERT_TRUE(module);
  for (DenseResourceElementsAttr resource : getResources(*module)) {
    AsmResourceBlob *blob = resource.getRawHandle().getBlob();
    auto address = reinterpret_cast<uintptr_t>(blob->getData().data());
    EXPECT_EQ(address % blob->getDataAlignment(), 0u);
    EXPECT_EQ(blob->getDataAlignment(), address % 4 == 0 ? 4u : 1u);
    EXPECT_FALSE(blob->isMutable());
  }
}

TEST(ONNXImport, FileLivesAsLongAsTheContext) {
  std::weak_ptr<const MemoryBuffer> watched;
  {
    MLIRContext context;
    std::shared_ptr<const MemoryBuffer> file = mapModel(context);
    watched = file;
    OwningOpRef<ModuleOp> module = importONNX(std::move(file), &context);
    ASSERT_TRUE(module);
    module = nullptr;
    EXPECT_FALSE(watched.expired());
  }
  EXPECT_TRUE(watched.expired());
}

TEST(ONNXImport, InlineBytesDecideBetweenDenseAndResource) {
  MLIRContext context;
  OwningOpRef<ModuleOp> module =
      importONNX(modelPath, &context, {/*inlineBytes=*/1 << 20});
  ASSERT_TRUE(module);
  EXPECT_TRUE(getResources(*module).empty());
}

TEST(ONNXImport, RefusalIsReportedWhereTheFileIsNamed) {
  MLIRContext context;
  std::string message, location;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    message = diagnostic.str();
    location = cast<NameLoc>(diagnostic.getLocation()).getName().str();
  });
  std::shared_ptr<const MemoryBuffer> file =
      MemoryBuffer::getMemBuffer("text", "a.onnx");
  EXPECT_FALSE(importONNX(file, &context));
  EXPECT_EQ(location, "a.onnx");
  EXPECT_THAT(message, testing::HasSubstr("not an ONNX model"));
}

} // namespace
