// Reads strides, dilations and pads, given or automatic.
#include "Windows.h"

using namespace mlir;
using namespace atleus;

std::optional<Shape> atleus::windowAttribute(Node &node, StringRef name,
                                             size_t count, int64_t otherwise) {
  Shape values = node.integersAttribute(name).value_or(Shape(count, otherwise));
  if (values.size() == count)
    return values;
  node.emitError() << "attribute '" << name << "' must have " << count
                   << " numbers, found " << values.size();
  return std::nullopt;
}

/// Pads so that the result has ceil(size / stride) elements.
static Shape samePads(ArrayRef<int64_t> sizes, const Window &window,
                      bool moreAtEnd) {
  size_t count = sizes.size();
  Shape pads(2 * count, 0);
  for (size_t i = 0; i < count; ++i) {
    int64_t steps = (sizes[i] - 1) / window.strides[i];
    int64_t reach = (window.kernel[i] - 1) * window.dilations[i] + 1;
    int64_t total =
        std::max<int64_t>(0, steps * window.strides[i] + reach - sizes[i]);
    pads[i] = moreAtEnd ? total / 2 : (total + 1) / 2;
    pads[count + i] = total - pads[i];
  }
  return pads;
}

static bool setPads(Node &node, ArrayRef<int64_t> sizes, Window &window) {
  StringRef automatic = node.stringAttribute("auto_pad", "NOTSET");
  if (!node.requireChoice("auto_pad", automatic,
                          {"NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER"}))
    return false;
  if (automatic == "NOTSET") {
    auto pads = windowAttribute(node, "pads", 2 * sizes.size(), 0);
    if (pads)
      window.pads = *pads;
    return pads.has_value();
  }
  // Some exporters write pads all the same, which do not count then.
  node.ignoreAttribute("pads");
  if (automatic == "VALID")
    window.pads.assign(2 * sizes.size(), 0);
  else
    window.pads = samePads(sizes, window, automatic == "SAME_UPPER");
  return !node.hasFailed();
}

bool atleus::checkRange(Node &node, StringRef what, ArrayRef<int64_t> numbers,
                        int64_t least) {
  if (llvm::all_of(numbers, [=](int64_t number) {
        return number >= least && number <= int64_t(1) << 30;
      }))
    return true;
  node.emitError() << what << " must be from " << least << " to 2^30, found ["
                   << numbers << "]";
  return false;
}

std::optional<Window> atleus::readWindow(Node &node, ArrayRef<int64_t> sizes,
                                         ArrayRef<int64_t> kernel) {
  Window window;
  window.kernel = Shape(kernel);
  auto strides = windowAttribute(node, "strides", sizes.size(), 1);
  auto dilations = windowAttribute(node, "dilations", sizes.size(), 1);
  if (!strides || !dilations || !checkRange(node, "image sizes", sizes, 0) ||
      !checkRange(node, "kernel sizes", kernel, 1) ||
      !checkRange(node, "strides", *strides, 1) ||
      !checkRange(node, "dilations", *dilations, 1))
    return std::nullopt;
  window.strides = *strides;
  window.dilations = *dilations;
  if (!setPads(node, sizes, window) ||
      !checkRange(node, "pads", window.pads, 0))
    return std::nullopt;
  return window;
}
