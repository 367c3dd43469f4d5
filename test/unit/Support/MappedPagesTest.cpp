// Giving back the memory of mapped files.
#include "atleus/Support/MappedPages.h"
#include "TemporaryFolder.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <fstream>

using namespace atleus;

namespace {
class MappedPagesTest : public TemporaryFolderTest {
protected:
  /// A file of letters.
  std::unique_ptr<llvm::MemoryBuffer> makeFile(size_t bytes) const {
    std::string letters;
    for (size_t i = 0; i < bytes; ++i)
      letters.push_back(static_cast<char>('a' + i % 23));
    writeText("letters", letters);
    auto buffer = llvm::MemoryBuffer::getFile(path("letters"), /*IsText=*/false,
                                              /*RequiresNullTerminator=*/false);
    EXPECT_TRUE(buffer);
    return std::move(*buffer);
  }

  /// Kibibytes of the file that this process has in memory, as the kernel says.
  int64_t getResidentKibibytes() const {
    std::ifstream maps("/proc/self/smaps");
    bool isFound = false;
    for (std::string text; std::getline(maps, text);) {
      llvm::StringRef line(text);
      isFound = isFound || line.ends_with(path("letters"));
      int64_t kibibytes = 0;
      if (isFound && line.consume_front("Rss:") &&
          !line.trim().consumeInteger(10, kibibytes))
        return kibibytes;
    }
    return -1;
  }
};
} // namespace

static bool holdsLetters(const llvm::MemoryBuffer &file) {
  return llvm::all_of(llvm::enumerate(file.getBuffer()), [](auto entry) {
    return entry.value() == static_cast<char>('a' + entry.index() % 23);
  });
}

TEST_F(MappedPagesTest, ReleasedPagesAreReadAgain) {
  std::unique_ptr<llvm::MemoryBuffer> file = makeFile(1 << 20);
  ASSERT_EQ(file->getBufferKind(), llvm::MemoryBuffer::MemoryBuffer_MMap);
  EXPECT_TRUE(holdsLetters(*file));
  int64_t before = getResidentKibibytes();
  if (before < 0)
    GTEST_SKIP() << "the kernel does not say what is in memory";
  releasePages(*file);
  EXPECT_LT(getResidentKibibytes(), before);
  EXPECT_TRUE(holdsLetters(*file));
}

/// Small files are read into memory, which would lose them.
TEST_F(MappedPagesTest, WhatIsNotMappedStays) {
  std::unique_ptr<llvm::MemoryBuffer> file = makeFile(100);
  ASSERT_EQ(file->getBufferKind(), llvm::MemoryBuffer::MemoryBuffer_Malloc);
  releasePages(*file);
  EXPECT_TRUE(holdsLetters(*file));
}
