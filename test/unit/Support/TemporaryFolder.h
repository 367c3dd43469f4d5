// A folder for the files of a test, removed after it.
#ifndef ATLEUS_TEST_UNIT_SUPPORT_TEMPORARYFOLDER_H
#define ATLEUS_TEST_UNIT_SUPPORT_TEMPORARYFOLDER_H

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"

#include <set>
#include <string>

namespace atleus {

class TemporaryFolderTest : public testing::Test {
protected:
  void SetUp() override {
    ASSERT_FALSE(llvm::sys::fs::createUniqueDirectory("atleus", folder));
  }
  void TearDown() override {
    EXPECT_FALSE(llvm::sys::fs::remove_directories(folder));
  }

  std::string path(llvm::StringRef name) const {
    llvm::SmallString<256> joined(folder);
    llvm::sys::path::append(joined, name);
    return joined.str().str();
  }

  void writeText(llvm::StringRef name, llvm::StringRef text) const {
    std::error_code code;
    llvm::raw_fd_ostream os(path(name), code);
    ASSERT_FALSE(code);
    os << text;
  }

  std::string readText(llvm::StringRef name) const {
    auto buffer = llvm::MemoryBuffer::getFile(path(name));
    return buffer ? (*buffer)->getBuffer().str() : "<no file>";
  }

  /// Names of what is in the folder.
  std::set<std::string> list() const {
    std::set<std::string> names;
    std::error_code code;
    for (llvm::sys::fs::directory_iterator entry(folder, code), end;
         !code && entry != end; entry.increment(code))
      names.insert(llvm::sys::path::filename(entry->path()).str());
    return names;
  }

  llvm::SmallString<256> folder;
};

} // namespace atleus

#endif // ATLEUS_TEST_UNIT_SUPPORT_TEMPORARYFOLDER_H
