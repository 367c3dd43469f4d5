// Checks the form of options that give sizes.
#include "SizeOptions.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

using namespace atleus;
using llvm::StringRef;

static bool isSize(StringRef text) {
  int64_t size;
  return !text.trim().getAsInteger(10, size) && size > 0;
}

/// Whether `list`, cut at `separator`, consists of what `isElement` accepts.
static bool consistsOf(StringRef list, char separator,
                       llvm::function_ref<bool(StringRef)> isElement) {
  llvm::SmallVector<StringRef> elements;
  list.split(elements, separator);
  return llvm::all_of(elements, isElement);
}

bool DimensionParser::parse(llvm::cl::Option &option, StringRef /*name*/,
                            StringRef text, std::string &value) {
  auto [dimension, sizes] = text.rsplit('=');
  if (dimension.trim().empty() || !consistsOf(sizes, ',', isSize))
    return option.error("expected name=size with a size of 1 or more, found '" +
                        text + "'");
  value = text.str();
  return false;
}

bool ShapeParser::parse(llvm::cl::Option &option, StringRef /*name*/,
                        StringRef text, std::string &value) {
  auto [input, shapes] = text.rsplit('=');
  // An input without dimensions has a shape without sizes.
  auto isShape = [](StringRef shape) {
    return shape.trim().empty() || consistsOf(shape, 'x', isSize);
  };
  if (input.trim().empty() || !text.contains('=') ||
      !consistsOf(shapes, ',', isShape))
    return option.error(
        "expected input=1x128 with sizes of 1 or more, found '" + text + "'");
  value = text.str();
  return false;
}
