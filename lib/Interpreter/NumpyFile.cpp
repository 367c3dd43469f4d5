// Reads and writes .npy files: a magic string, a header that is a Python
// dictionary, and the elements.
#include "atleus/Interpreter/NumpyFile.h"
#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Support/OutputFile.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace atleus;

static constexpr StringLiteral magic = "\x93NUMPY";

static llvm::Error malformed(const llvm::Twine &what) {
  return llvm::createStringError("not a readable .npy file: " + what);
}

namespace {
/// What the header says.
struct Header {
  std::string description;
  bool fortranOrder = false;
  Shape shape;
};

/// Reads the header's dictionary: keys are strings; values are strings, True,
/// False, or tuples of integers.
class HeaderParser {
public:
  explicit HeaderParser(StringRef text) : rest(text) {}

  llvm::Expected<Header> parse() {
    bool hasDescription = false, hasOrder = false, hasShape = false;
    Header header;
    if (!consume("{"))
      return malformed("header is not a dictionary");
    while (!consume("}")) {
      std::optional<StringRef> key = parseString();
      if (!key || !consume(":"))
        return malformed("header is not a dictionary");
      if (*key == "descr") {
        std::optional<StringRef> value = parseString();
        if (!value)
          return malformed("structured element types are not supported");
        header.description = value->str();
        hasDescription = true;
      } else if (*key == "fortran_order") {
        header.fortranOrder = consume("True");
        if (!header.fortranOrder && !consume("False"))
          return malformed("'fortran_order' must be True or False");
        hasOrder = true;
      } else if (*key == "shape") {
        if (!parseShape(header.shape))
          return malformed("'shape' must be a tuple of sizes");
        hasShape = true;
      } else {
        return malformed("unknown header entry '" + *key + "'");
      }
      consume(",");
    }
    if (!hasDescription || !hasOrder || !hasShape)
      return malformed("header needs 'descr', 'fortran_order' and 'shape'");
    return header;
  }

private:
  bool consume(StringRef token) {
    rest = rest.ltrim();
    return rest.consume_front(token);
  }

  std::optional<StringRef> parseString() {
    rest = rest.ltrim();
    if (rest.empty() || (rest[0] != '\'' && rest[0] != '"'))
      return std::nullopt;
    size_t end = rest.find(rest[0], 1);
    if (end == StringRef::npos)
      return std::nullopt;
    StringRef value = rest.substr(1, end - 1);
    rest = rest.drop_front(end + 1);
    return value;
  }

  bool parseShape(Shape &shape) {
    if (!consume("("))
      return false;
    while (!consume(")")) {
      rest = rest.ltrim();
      int64_t size;
      // Python 2 wrote an L after large numbers.
      if (rest.consumeInteger(10, size) || size < 0)
        return false;
      consume("L");
      shape.push_back(size);
      if (!consume(",") && !rest.ltrim().starts_with(")"))
        return false;
    }
    return true;
  }

  StringRef rest;
};
} // namespace

/// The element type of a description such as "<f4".
static llvm::Expected<Type> elementTypeOf(StringRef description,
                                          MLIRContext *context) {
  StringRef code = description;
  if (code.consume_front(">"))
    return malformed("big-endian elements ('" + description +
                     "') are not supported");
  (void)(code.consume_front("<") || code.consume_front("|") ||
         code.consume_front("="));
  unsigned bytes;
  if (code.size() >= 2 && !code.drop_front().getAsInteger(10, bytes)) {
    bool isInteger = bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8;
    if (code[0] == 'f' && bytes == 2)
      return Float16Type::get(context);
    if (code[0] == 'f' && bytes == 4)
      return Float32Type::get(context);
    if (code[0] == 'f' && bytes == 8)
      return Float64Type::get(context);
    if (code == "b1")
      return IntegerType::get(context, 1);
    if (code[0] == 'i' && isInteger)
      return IntegerType::get(context, 8 * bytes);
    if (code[0] == 'u' && isInteger)
      return IntegerType::get(context, 8 * bytes, IntegerType::Unsigned);
  }
  return malformed("elements of type '" + description + "' are not supported");
}

/// Splits a file into its header and its elements.
static llvm::Error splitFile(StringRef bytes, StringRef &header,
                             StringRef &elements) {
  if (!bytes.starts_with(magic))
    return malformed("it does not start with NumPy's magic string");
  if (bytes.size() < 10)
    return malformed("it ends within the header");
  unsigned version = static_cast<unsigned char>(bytes[6]);
  if (version < 1 || version > 3)
    return malformed("format version " + llvm::Twine(version) +
                     " is not supported");
  size_t sizeBytes = version == 1 ? 2 : 4;
  if (bytes.size() < 8 + sizeBytes)
    return malformed("it ends within the header");
  size_t size = version == 1
                    ? llvm::support::endian::read16le(bytes.data() + 8)
                    : llvm::support::endian::read32le(bytes.data() + 8);
  if (bytes.size() - 8 - sizeBytes < size)
    return malformed("it ends within the header");
  header = bytes.substr(8 + sizeBytes, size);
  elements = bytes.drop_front(8 + sizeBytes + size);
  return llvm::Error::success();
}

llvm::Expected<Tensor> atleus::parseNpy(StringRef bytes,
                                        std::shared_ptr<const void> owner,
                                        MLIRContext *context) {
  StringRef headerText, elements;
  if (llvm::Error error = splitFile(bytes, headerText, elements))
    return error;
  llvm::Expected<Header> header = HeaderParser(headerText).parse();
  if (!header)
    return header.takeError();
  llvm::Expected<Type> type = elementTypeOf(header->description, context);
  if (!type)
    return type.takeError();
  // With one dimension that is not 1, both orders are the same.
  auto isLong = [](int64_t size) { return size != 1; };
  if (header->fortranOrder && llvm::count_if(header->shape, isLong) > 1)
    return malformed("elements are in Fortran order; save "
                     "numpy.ascontiguousarray(array)");
  unsigned width = getElementBytes(*getElementKind(*type));
  std::optional<int64_t> count = checkedNumElements(header->shape, width);
  if (!count)
    return malformed("shape " + formatShape(header->shape) + " is too large");
  if (elements.size() != static_cast<size_t>(*count * width))
    return malformed("shape " + formatShape(header->shape) + " of '" +
                     header->description + "' takes " +
                     llvm::Twine(*count * width) + " bytes, found " +
                     llvm::Twine(elements.size()));
  ArrayRef<char> data(elements.data(), elements.size());
  if (!type->isInteger(1))
    return Tensor::view(header->shape, *type, data, std::move(owner));
  Tensor result(header->shape, *type);
  llvm::transform(data, result.mutableAs<bool>().begin(),
                  [](char byte) { return byte != 0; });
  return result;
}

/// A file's error with its name in front.
static llvm::Error withPath(StringRef path, llvm::Error error) {
  return llvm::createStringError("'" + path +
                                 "': " + llvm::toString(std::move(error)));
}

llvm::Expected<Tensor> atleus::readNpy(StringRef path, MLIRContext *context) {
  auto file = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                          /*RequiresNullTerminator=*/false);
  if (!file)
    return llvm::createStringError("cannot read '" + path +
                                   "': " + file.getError().message());
  std::shared_ptr<llvm::MemoryBuffer> buffer = std::move(*file);
  llvm::Expected<Tensor> tensor =
      parseNpy(buffer->getBuffer(), buffer, context);
  if (!tensor)
    return withPath(path, tensor.takeError());
  return tensor;
}

Tensor atleus::fromNumpy(const Tensor &array, Type elementType) {
  if (!elementType.isBF16() || !array.getElementType().isF32())
    return array;
  return kernels::convert(array, elementType);
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

static std::string describe(ElementKind kind) {
  switch (kind) {
  case ElementKind::Bool:
    return "|b1";
  case ElementKind::Int8:
    return "|i1";
  case ElementKind::UInt8:
    return "|u1";
  case ElementKind::BFloat16:
    llvm_unreachable("NumPy has no bfloat16");
  default:
    break;
  }
  bool isUnsigned = kind == ElementKind::UInt16 ||
                    kind == ElementKind::UInt32 || kind == ElementKind::UInt64;
  char letter = isFloat(kind) ? 'f' : (isUnsigned ? 'u' : 'i');
  return std::string("<") + letter + std::to_string(getElementBytes(kind));
}

std::string atleus::formatNpy(const Tensor &tensor) {
  if (tensor.getKind() == ElementKind::BFloat16)
    return formatNpy(kernels::convert(
        tensor, Float32Type::get(tensor.getElementType().getContext())));
  std::string header;
  llvm::raw_string_ostream os(header);
  os << "{'descr': '" << describe(tensor.getKind())
     << "', 'fortran_order': False, 'shape': (";
  llvm::interleave(tensor.getShape(), os, ", ");
  os << (tensor.getRank() == 1 ? ",), }" : "), }");
  // The elements begin at a multiple of 64 bytes; a line feed ends the header.
  constexpr size_t preamble = 10;
  header.append(63 - (preamble + header.size()) % 64, ' ');
  header += '\n';
  std::string bytes = magic.str();
  bytes += '\1';
  bytes += '\0';
  bytes += static_cast<char>(header.size() & 0xff);
  bytes += static_cast<char>(header.size() >> 8);
  bytes += header;
  bytes.append(tensor.bytes().begin(), tensor.bytes().end());
  return bytes;
}

llvm::Error atleus::writeNpy(StringRef path, const Tensor &tensor) {
  std::string bytes = formatNpy(tensor);
  return writeFileWhole(path, [&](llvm::raw_ostream &os) {
    os << bytes;
    return llvm::Error::success();
  });
}
