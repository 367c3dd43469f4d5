// Files that are written whole or not at all.
#include "atleus/Support/OutputFile.h"
#include "TemporaryFolder.h"
#include "atleus/Support/ReportedError.h"

#include "gmock/gmock.h"

#include <sys/resource.h>

using namespace atleus;
using testing::ElementsAre;

namespace {

class OutputFileTest : public TemporaryFolderTest {};

/// Limits the size of files for as long as it lives, as a full disk does.
class FileSizeLimit {
public:
  explicit FileSizeLimit(rlim_t bytes) {
    getrlimit(RLIMIT_FSIZE, &before);
    rlimit limit = before;
    limit.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  FileSizeLimit(const FileSizeLimit &) = delete;
  FileSizeLimit &operator=(const FileSizeLimit &) = delete;
  ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &before); }

private:
  rlimit before;
};

} // namespace

static llvm::Error writeMuch(llvm::raw_ostream &os) {
  os << std::string(1 << 20, 'x');
  return llvm::Error::success();
}

static llvm::Error refuse(llvm::raw_ostream &os) {
  os << "half of it";
  return llvm::createStringError("nothing more to say");
}

TEST_F(OutputFileTest, ReplacesTheFile) {
  writeText("a", "before");
  EXPECT_FALSE(
      llvm::errorToBool(writeFileWhole(path("a"), [](llvm::raw_ostream &os) {
        os << "after";
        return llvm::Error::success();
      })));
  EXPECT_EQ(readText("a"), "after");
  EXPECT_THAT(list(), ElementsAre("a"));
}

TEST_F(OutputFileTest, FailedWriteKeepsTheFile) {
  writeText("a", "before");
  EXPECT_EQ(llvm::toString(writeFileWhole(path("a"), refuse)),
            "cannot write '" + path("a") + "': nothing more to say");
  EXPECT_EQ(readText("a"), "before");
  EXPECT_THAT(list(), ElementsAre("a"));
}

TEST_F(OutputFileTest, ReportedErrorIsPassedOn) {
  llvm::Error error = writeFileWhole(
      path("a"), [](llvm::raw_ostream &) { return toError(llvm::failure()); });
  EXPECT_TRUE(error.isA<ReportedError>());
  EXPECT_EQ(takeMessage(std::move(error)), std::nullopt);
  EXPECT_THAT(list(), ElementsAre());
}

TEST_F(OutputFileTest, NoSpace) {
  reportFileSizeLimit();
  writeText("a", "before");
  FileSizeLimit limit(4096);
  EXPECT_EQ(llvm::toString(writeFileWhole(path("a"), writeMuch)),
            "cannot write '" + path("a") + "': File too large");
  EXPECT_EQ(readText("a"), "before");
  EXPECT_THAT(list(), ElementsAre("a"));
}

TEST_F(OutputFileTest, DeviceIsWrittenInPlace) {
  EXPECT_EQ(llvm::toString(writeFileWhole("/dev/full", writeMuch)),
            "cannot write '/dev/full': No space left on device");
  EXPECT_FALSE(llvm::errorToBool(writeFileWhole("/dev/null", writeMuch)));
}

TEST_F(OutputFileTest, LinkStays) {
  writeText("a", "before");
  ASSERT_FALSE(llvm::sys::fs::create_link(path("a"), path("link")));
  EXPECT_FALSE(
      llvm::errorToBool(writeFileWhole(path("link"), [](llvm::raw_ostream &os) {
        os << "after";
        return llvm::Error::success();
      })));
  EXPECT_EQ(readText("a"), "after");
  EXPECT_TRUE(llvm::sys::fs::is_symlink_file(path("link")));
}

TEST_F(OutputFileTest, Folder) {
  EXPECT_EQ(llvm::toString(writeFileWhole(folder, writeMuch)),
            "cannot write '" + folder.str().str() + "': Is a directory");
}
