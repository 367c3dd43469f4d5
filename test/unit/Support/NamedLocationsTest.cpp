// How locations read at the beginning of a message.
#include "atleus/Support/NamedLocations.h"

#include "mlir/IR/Location.h"
#include "mlir/IR/MLIRContext.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace atleus;

namespace {

class NamedLocations : public testing::Test {
protected:
  Location name(StringRef text, Location child) {
    return NameLoc::get(StringAttr::get(&context, text), child);
  }
  Location node(StringRef text) { return name(text, file); }

  MLIRContext context;
  Location unknown = UnknownLoc::get(&context);
  Location file = name("bert.onnx", unknown);
};

TEST_F(NamedLocations, File) { EXPECT_EQ(formatLocation(file), "bert.onnx"); }

TEST_F(NamedLocations, NodeOfFile) {
  EXPECT_EQ(formatLocation(node("/fc")), "bert.onnx: /fc");
}

TEST_F(NamedLocations, FusedNodesNameTheirFileOnce) {
  Location fused = FusedLoc::get(&context, {node("a"), node("b"), node("a")});
  EXPECT_EQ(formatLocation(fused), "bert.onnx: a, b");
}

TEST_F(NamedLocations, CallIsWhatIsCalled) {
  EXPECT_EQ(formatLocation(CallSiteLoc::get(node("a"), node("b"))),
            "bert.onnx: a");
}

TEST_F(NamedLocations, LinesGoFirst) {
  Location line = FileLineColLoc::get(&context, "m.mlir", 3, 7);
  EXPECT_EQ(formatLocation(name("x", line)), "m.mlir:3:7");
}

TEST_F(NamedLocations, NothingIsKnown) {
  EXPECT_EQ(formatLocation(unknown), "");
}

TEST_F(NamedLocations, HandlerPrintsErrorsAndNotes) {
  std::string text;
  llvm::raw_string_ostream output(text);
  {
    NamedLocationHandler handler(&context, output);
    emitError(node("/fc"), "too wide").attachNote(unknown) << "limit";
    emitWarning(unknown, "old");
    emitRemark(file, "read");
  }
  EXPECT_EQ(text, "bert.onnx: /fc: error: too wide\n"
                  "note: limit\n"
                  "warning: old\n"
                  "bert.onnx: remark: read\n");
}

TEST_F(NamedLocations, HandlerLeavesLinesToOthers) {
  std::string text;
  llvm::raw_string_ostream output(text);
  unsigned others = 0;
  ScopedDiagnosticHandler other(&context, [&](Diagnostic &) { ++others; });
  NamedLocationHandler handler(&context, output);
  emitError(FileLineColLoc::get(&context, "m.mlir", 3, 7), "here");
  EXPECT_EQ(text, "");
  EXPECT_EQ(others, 1u);
}

} // namespace
