// Folders whose files are all written, or none.
#include "atleus/Support/OutputFolder.h"
#include "TemporaryFolder.h"

#include "gmock/gmock.h"

using namespace atleus;
using testing::ElementsAre;

namespace {

class OutputFolderTest : public TemporaryFolderTest {};
} // namespace

static OutputFile file(std::string name, const std::string &text) {
  return {std::move(name), [text](llvm::raw_ostream &os) {
            os << text;
            return llvm::Error::success();
          }};
}

static OutputFile brokenFile(std::string name) {
  return {std::move(name), [](llvm::raw_ostream &os) {
            os << "half of it";
            return llvm::createStringError("nothing more to say");
          }};
}

TEST_F(OutputFolderTest, WritesAllFiles) {
  writeText("a", "before");
  EXPECT_FALSE(llvm::errorToBool(
      writeFolderWhole(folder, {file("a", "one"), file("b", "two")})));
  EXPECT_EQ(readText("a"), "one");
  EXPECT_EQ(readText("b"), "two");
  EXPECT_THAT(list(), ElementsAre("a", "b"));
}

TEST_F(OutputFolderTest, MakesTheFolder) {
  EXPECT_FALSE(llvm::errorToBool(
      writeFolderWhole(path("new/deep/"), {file("a", "one")})));
  EXPECT_EQ(readText("new/deep/a"), "one");
}

TEST_F(OutputFolderTest, FailedWriteKeepsAllFiles) {
  writeText("a", "before");
  EXPECT_EQ(llvm::toString(
                writeFolderWhole(folder, {file("a", "one"), brokenFile("b")})),
            "cannot write '" + path("b") + "': nothing more to say");
  EXPECT_EQ(readText("a"), "before");
  EXPECT_THAT(list(), ElementsAre("a"));
}

TEST_F(OutputFolderTest, FailedWriteLeavesNoFolder) {
  EXPECT_TRUE(llvm::errorToBool(
      writeFolderWhole(path("new/deep/"), {brokenFile("a")})));
  EXPECT_THAT(list(), ElementsAre());
}

TEST_F(OutputFolderTest, FolderInTheWayKeepsAllFiles) {
  writeText("a", "before");
  ASSERT_FALSE(llvm::sys::fs::create_directory(path("c")));
  EXPECT_EQ(llvm::toString(writeFolderWhole(
                folder, {file("a", "one"), file("b", "two"), file("c", "")})),
            "cannot write '" + path("c") + "': Is a directory");
  EXPECT_EQ(readText("a"), "before");
  EXPECT_TRUE(llvm::sys::fs::is_directory(path("c")));
  EXPECT_THAT(list(), ElementsAre("a", "c"));
}

TEST_F(OutputFolderTest, CheckBeforehand) {
  writeText("a", "");
  EXPECT_FALSE(llvm::errorToBool(checkOutputFolder(folder)));
  EXPECT_FALSE(llvm::errorToBool(checkOutputFolder(path("new/deep"))));
  EXPECT_FALSE(llvm::errorToBool(checkOutputFolder("new")));
  EXPECT_EQ(llvm::toString(checkOutputFolder(path("a"))),
            "cannot write to '" + path("a") + "': '" + path("a") +
                "' is not a folder");
  EXPECT_EQ(llvm::toString(checkOutputFolder(path("a/b/c"))),
            "cannot write to '" + path("a/b/c") + "': '" + path("a") +
                "' is not a folder");
}
