// Elements of a dimension at places that are known when compiling.
#ifndef ATLEUS_CONVERSION_ONNXTONN_SELECTEDPLACES_H
#define ATLEUS_CONVERSION_ONNXTONN_SELECTEDPLACES_H

#include "KernelBuilder.h"

namespace atleus {

/// Whether a few slices, perhaps with each element repeated, hold the elements
/// at `places` in their order.
bool isFewSlices(llvm::ArrayRef<int64_t> places);

/// The elements at `places` of dimension `axis`, all of which lie in it: slices
/// if a few are enough, otherwise a gather.
mlir::Value selectPlaces(KernelBuilder &builder, mlir::Value data, int64_t axis,
                         llvm::ArrayRef<int64_t> places);

} // namespace atleus

#endif // ATLEUS_CONVERSION_ONNXTONN_SELECTEDPLACES_H
