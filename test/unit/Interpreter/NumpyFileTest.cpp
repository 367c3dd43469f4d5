// Tests of NumPy files: those that NumPy wrote, our own, and broken ones.
#include "TensorFixture.h"

#include "atleus/Interpreter/NumpyFile.h"

#include "llvm/Support/CRC.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace atleus;
using llvm::ArrayRef;
using llvm::StringRef;

namespace {
struct NumpyFileTest : public TensorFixture {
  NumpyFileTest() {
    llvm::sys::fs::createUniqueDirectory("atleus-numpy", folder);
  }
  ~NumpyFileTest() override { llvm::sys::fs::remove_directories(folder); }

  /// Path of a file that NumPy wrote.
  std::string input(StringRef name) {
    return (ATLEUS_SOURCE_DIR "/test/Inputs/numpy/" + name).str();
  }
  /// Path of a new file in a temporary folder.
  std::string temporary(StringRef name) {
    llvm::SmallString<128> path = folder;
    llvm::sys::path::append(path, name);
    return path.str().str();
  }
  std::string write(StringRef name, StringRef bytes) {
    std::string path = temporary(name);
    std::error_code error;
    llvm::raw_fd_ostream(path, error) << bytes;
    return path;
  }
  /// A .npy file with the given header text and elements.
  std::string npy(StringRef header, StringRef elements) {
    std::string bytes = std::string("\x93NUMPY\1\0", 8);
    bytes += static_cast<char>(header.size() & 0xff);
    bytes += static_cast<char>(header.size() >> 8);
    return bytes + header.str() + elements.str();
  }
  std::string messageOfNpy(StringRef bytes) {
    return messageOf(parseNpy(bytes, nullptr, &context));
  }
  std::string messageOfHeader(StringRef header) {
    return messageOfNpy(npy(header, ""));
  }
  std::string messageOfArchive(StringRef bytes) {
    std::string path = write("broken.npz", bytes);
    auto archive = NumpyArchive::open(path, &context);
    std::string message;
    if (archive)
      message = messageOf(archive->read("a"));
    else
      message = llvm::toString(archive.takeError());
    StringRef rest = message;
    EXPECT_TRUE(rest.consume_front("'" + path + "': "));
    return rest.str();
  }
  llvm::SmallString<128> folder;
};

void append16(std::string &bytes, unsigned value) {
  bytes += static_cast<char>(value & 0xff);
  bytes += static_cast<char>(value >> 8);
}
void append32(std::string &bytes, uint32_t value) {
  append16(bytes, value & 0xffff);
  append16(bytes, value >> 16);
}

/// A zip archive of one stored member "a.npy", with fields to break.
struct Archive {
  explicit Archive(std::string data)
      : size(data.size()), packedSize(data.size()),
        checksum(llvm::crc32(ArrayRef<uint8_t>(
            reinterpret_cast<const uint8_t *>(data.data()), data.size()))),
        data(std::move(data)) {}

  std::string build() const {
    std::string bytes = localSignature;
    for (unsigned field : {20u, flags, method, 0u, 0u})
      append16(bytes, field);
    append32(bytes, checksum);
    append32(bytes, packedSize);
    append32(bytes, size);
    append16(bytes, 5);
    append16(bytes, 0);
    bytes += "a.npy" + data;
    uint32_t directory = bytes.size();
    bytes += directorySignature;
    for (unsigned field : {20u, 20u, flags, method, 0u, 0u})
      append16(bytes, field);
    append32(bytes, checksum);
    append32(bytes, packedSize);
    append32(bytes, size);
    for (unsigned field : {5u, 0u, 0u, 0u, 0u, 0u, 0u})
      append16(bytes, field);
    append32(bytes, headerOffset);
    bytes += "a.npy";
    uint32_t directorySize = bytes.size() - directory;
    bytes += "PK\5\6";
    for (unsigned field : {0u, 0u, 1u, count})
      append16(bytes, field);
    append32(bytes, directorySize);
    append32(bytes, directory + directoryShift);
    append16(bytes, 0);
    return bytes;
  }

  std::string localSignature = "PK\3\4", directorySignature = "PK\1\2";
  unsigned flags = 0, method = 0, count = 1;
  uint32_t size, packedSize, checksum, headerOffset = 0, directoryShift = 0;
  std::string data;
};
} // namespace

static constexpr StringRef goodHeader =
    "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }\n";
static constexpr StringRef one("\0\0\x80\x3f", 4);

//===----------------------------------------------------------------------===//
// .npy
//===----------------------------------------------------------------------===//

TEST_F(NumpyFileTest, every_element_type_comes_back) {
  Tensor tensors[] = {
      floats({2, 3}, {1, 2, 3, 4, 5, 6}),
      floats({}, {7}),
      longs({2}, {INT64_MIN, 3}),
      bools({3}, {1, 0, 1}),
      Tensor::of<int8_t>({1}, i8, {-3}),
      Tensor::of<int32_t>({1}, i32, {-3}),
      Tensor::of<int16_t>({1}, integer(16), {-300}),
      Tensor::of<uint8_t>({1}, unsignedInteger(8), {200}),
      Tensor::of<uint16_t>({1}, unsignedInteger(16), {60000}),
      Tensor::of<uint32_t>({1}, unsignedInteger(32), {4000000000u}),
      Tensor::of<uint64_t>({1}, unsignedInteger(64), {1}),
      Tensor::of<double>({1}, f64, {0.1}),
      Tensor::of<Float16>({1}, f16, {Float16(1.5f)}),
      Tensor::zeros({0, 4}, f32),
  };
  std::string path = temporary("x.npy");
  for (const Tensor &tensor : tensors) {
    ASSERT_FALSE(llvm::errorToBool(writeNpy(path, tensor)));
    Tensor back = llvm::cantFail(readNpy(path, &context));
    EXPECT_TRUE(identical(back, tensor)) << formatNpy(tensor);
  }
}

TEST_F(NumpyFileTest, the_bytes_are_those_of_numpy) {
  std::string bytes = formatNpy(floats({1}, {1}));
  std::string expected = std::string("\x93NUMPY\1\0\x76\0", 10) +
                         "{'descr': '<f4', 'fortran_order': False, "
                         "'shape': (1,), }";
  expected.append(127 - expected.size(), ' ');
  expected += '\n';
  EXPECT_EQ(bytes, expected + one.str());
}

TEST_F(NumpyFileTest, types_that_numpy_does_not_have) {
  Tensor brain = Tensor::of<BFloat16>({1}, bf16, {BFloat16(2.0f)});
  std::string bytes = formatNpy(brain);
  EXPECT_TRUE(identical(llvm::cantFail(parseNpy(bytes, nullptr, &context)),
                        floats({1}, {2})));
  auto type = mlir::quant::UniformQuantizedType::get(
      mlir::quant::QuantizationFlags::Signed, i8, f32, 0.5, 0, -128, 127);
  Tensor stored = Tensor::of<int8_t>({1}, type, {-7});
  bytes = formatNpy(stored);
  EXPECT_TRUE(identical(llvm::cantFail(parseNpy(bytes, nullptr, &context)),
                        Tensor::of<int8_t>({1}, i8, {-7})));
}

TEST_F(NumpyFileTest, headers_of_versions_2_and_3) {
  for (char version : {'\2', '\3'}) {
    std::string bytes = std::string("\x93NUMPY") + version + '\0';
    append32(bytes, goodHeader.size());
    bytes += goodHeader.str() + one.str();
    EXPECT_TRUE(identical(llvm::cantFail(parseNpy(bytes, nullptr, &context)),
                          floats({1}, {1})));
  }
}

TEST_F(NumpyFileTest, fortran_order_of_a_vector_is_no_difference) {
  std::string bytes =
      npy("{'descr': '<f4', 'fortran_order': True, 'shape': (1, 1L)}\n", one);
  EXPECT_TRUE(identical(llvm::cantFail(parseNpy(bytes, nullptr, &context)),
                        floats({1, 1}, {1})));
}

TEST_F(NumpyFileTest, files_of_numpy_that_are_refused) {
  std::string fortran = input("fortran.npy");
  EXPECT_EQ(messageOf(readNpy(fortran, &context)),
            "'" + fortran +
                "': not a readable .npy file: elements are in Fortran order; "
                "save numpy.ascontiguousarray(array)");
  auto endOf = [&](StringRef name) {
    std::string message = messageOf(readNpy(input(name), &context));
    return StringRef(message).split("file: ").second.str();
  };
  EXPECT_EQ(endOf("big-endian.npy"),
            "big-endian elements ('>f4') are not supported");
  EXPECT_EQ(endOf("structured.npy"),
            "structured element types are not supported");
  EXPECT_EQ(endOf("complex.npy"), "elements of type '<c8' are not supported");
  std::string missing = temporary("missing.npy");
  EXPECT_EQ(messageOf(readNpy(missing, &context)),
            "cannot read '" + missing + "': No such file or directory");
}

TEST_F(NumpyFileTest, truncated_files) {
  std::string prefix = "not a readable .npy file: ";
  EXPECT_EQ(messageOfNpy(""),
            prefix + "it does not start with NumPy's magic string");
  EXPECT_EQ(messageOfNpy("PK\3\4 and more"),
            prefix + "it does not start with NumPy's magic string");
  std::string bytes = npy(goodHeader, one);
  for (size_t size : {7, 9, 11, 20})
    EXPECT_EQ(messageOfNpy(StringRef(bytes).take_front(size)),
              prefix + "it ends within the header");
  std::string second = std::string("\x93NUMPY\2\0\1\0", 10);
  EXPECT_EQ(messageOfNpy(second), prefix + "it ends within the header");
  EXPECT_EQ(messageOfNpy(StringRef(bytes).drop_back()),
            prefix + "shape 1 of '<f4' takes 4 bytes, found 3");
  EXPECT_EQ(messageOfNpy(bytes + "x"),
            prefix + "shape 1 of '<f4' takes 4 bytes, found 5");
  bytes[6] = 4;
  EXPECT_EQ(messageOfNpy(bytes), prefix + "format version 4 is not supported");
}

TEST_F(NumpyFileTest, broken_headers) {
  std::string prefix = "not a readable .npy file: ";
  struct Case {
    StringRef header, message;
  } cases[] = {
      {"", "header is not a dictionary"},
      {"{", "header is not a dictionary"},
      {"{'descr'", "header is not a dictionary"},
      {"{'descr: '<f4'", "header is not a dictionary"},
      {"{'descr': 4}", "structured element types are not supported"},
      {"{'fortran_order': 1}", "'fortran_order' must be True or False"},
      {"{'shape': [1]}", "'shape' must be a tuple of sizes"},
      {"{'shape': (-1,)}", "'shape' must be a tuple of sizes"},
      {"{'shape': (1 2)}", "'shape' must be a tuple of sizes"},
      {"{'shape': (99999999999999999999,)}",
       "'shape' must be a tuple of sizes"},
      {"{'other': 1}", "unknown header entry 'other'"},
      {"{'descr': '<f4'}", "header needs 'descr', 'fortran_order' and 'shape'"},
      {"{'descr': 'f', 'fortran_order': False, 'shape': ()}",
       "elements of type 'f' are not supported"},
      {"{'descr': '<f16', 'fortran_order': False, 'shape': ()}",
       "elements of type '<f16' are not supported"},
      {"{'descr': '<i3', 'fortran_order': False, 'shape': ()}",
       "elements of type '<i3' are not supported"},
      {"{'descr': '<f8', 'fortran_order': False, "
       "'shape': (4294967296, 4294967296)}",
       "shape 4294967296x4294967296 is too large"},
      {"{'descr': '<f8', 'fortran_order': False, 'shape': (1099511627776,)}",
       "shape 1099511627776 of '<f8' takes 8796093022208 bytes, found 0"},
  };
  for (const Case &c : cases)
    EXPECT_EQ(messageOfHeader(c.header), prefix + c.message.str())
        << c.header.str();
}

TEST_F(NumpyFileTest, a_folder_that_is_not_there) {
  std::string path = temporary("no/x.npy");
  std::string message = llvm::toString(writeNpy(path, floats({1}, {1})));
  EXPECT_TRUE(StringRef(message).starts_with("cannot write '" + path + "': "))
      << message;
}

//===----------------------------------------------------------------------===//
// .npz
//===----------------------------------------------------------------------===//

TEST_F(NumpyFileTest, archives_of_numpy) {
  for (StringRef name : {"stored.npz", "deflated.npz"}) {
    NumpyArchive archive =
        llvm::cantFail(NumpyArchive::open(input(name), &context));
    EXPECT_THAT(archive.getNames(),
                ::testing::ElementsAre("images", "labels", "mask", "half",
                                       "bytes", "scalar", "wide"));
    EXPECT_TRUE(archive.contains("mask"));
    EXPECT_FALSE(archive.contains("mask.npy"));
    auto read = [&](StringRef array) {
      return llvm::cantFail(archive.read(array));
    };
    EXPECT_TRUE(
        identical(read("images"), floats({2, 3}, {0, 0.5f, 1, 1.5f, 2, 2.5f})));
    EXPECT_TRUE(identical(read("labels"), longs({2}, {3, -1})));
    EXPECT_TRUE(identical(read("mask"), bools({2}, {1, 0})));
    EXPECT_EQ(read("half").getFloat(0), 1.5);
    EXPECT_EQ(read("bytes").getInteger(0), 200);
    EXPECT_EQ(read("scalar").getRank(), 0);
    EXPECT_TRUE(identical(read("wide"), longs({2}, {int64_t(1) << 40, -5})));
  }
}

TEST_F(NumpyFileTest, arrays_that_are_not_in_the_archive) {
  std::string path = input("stored.npz");
  NumpyArchive archive = llvm::cantFail(NumpyArchive::open(path, &context));
  EXPECT_EQ(messageOf(archive.read("image")),
            "'" + path +
                "' has no array 'image'; it has: images, labels, mask, half, "
                "bytes, scalar, wide");
  std::string missing = temporary("missing.npz");
  EXPECT_EQ(messageOf(NumpyArchive::open(missing, &context)),
            "cannot read '" + missing + "': No such file or directory");
}

TEST_F(NumpyFileTest, the_archive_of_these_tests_is_readable) {
  std::string path = write("good.npz", Archive(npy(goodHeader, one)).build());
  NumpyArchive archive = llvm::cantFail(NumpyArchive::open(path, &context));
  EXPECT_TRUE(identical(llvm::cantFail(archive.read("a")), floats({1}, {1})));
}

TEST_F(NumpyFileTest, broken_archives) {
  Archive good(npy(goodHeader, one));
  auto broken = [&](auto change) {
    Archive archive = good;
    change(archive);
    return messageOfArchive(archive.build());
  };
  std::string prefix = "not a readable .npz file: ";
  EXPECT_EQ(messageOfArchive(""), prefix + "it has no zip directory");
  std::string bytes = good.build();
  EXPECT_EQ(messageOfArchive(StringRef(bytes).drop_back()),
            prefix + "it has no zip directory");
  EXPECT_EQ(messageOfArchive(StringRef(bytes).drop_front(3)),
            prefix + "its zip directory lies outside of the file");
  EXPECT_EQ(broken([](Archive &a) { a.directoryShift = 1000; }),
            prefix + "its zip directory lies outside of the file");
  EXPECT_EQ(broken([](Archive &a) { a.directorySignature = "PK\1\1"; }),
            prefix + "its zip directory is damaged");
  EXPECT_EQ(broken([](Archive &a) { a.localSignature = "PK\3\3"; }),
            prefix + "'a' has no header");
  EXPECT_EQ(broken([](Archive &a) { a.headerOffset = 0x10000000; }),
            prefix + "'a' has no header");
  EXPECT_EQ(broken([](Archive &a) { a.packedSize = a.size = 100000; }),
            prefix + "'a' ends after the file");
  EXPECT_EQ(broken([](Archive &a) { a.size = 1; }),
            prefix + "'a' states a wrong size, 1 bytes");
  EXPECT_EQ(broken([](Archive &a) { a.checksum ^= 1; }),
            prefix + "'a' has a wrong checksum");
  EXPECT_EQ(broken([](Archive &a) { a.flags = 1; }),
            prefix + "'a' is encrypted");
  EXPECT_EQ(broken([](Archive &a) { a.method = 12; }),
            prefix + "'a' is packed by method 12; only stored and deflated "
                     "arrays are read");
  EXPECT_EQ(broken([](Archive &a) { a.method = 8; }),
            prefix + "'a' cannot be inflated");
  EXPECT_EQ(broken([](Archive &a) {
              a.method = 8;
              a.size = 0x7fffffff;
            }),
            prefix + "'a' states a wrong size, 2147483647 bytes");
  EXPECT_EQ(broken([](Archive &a) { a.size = 0xffffffff; }),
            prefix + "zip64 archives are not supported");
  EXPECT_EQ(broken([](Archive &a) { a.count = 0xffff; }),
            prefix + "zip64 archives are not supported");
  Archive other("no array");
  EXPECT_EQ(messageOfArchive(other.build()),
            prefix + "'a': not a readable .npy file: it does not start with "
                     "NumPy's magic string");
}
