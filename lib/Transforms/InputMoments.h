// Second moments of the inputs of layers on calibration samples.
#ifndef ATLEUS_LIB_TRANSFORMS_INPUTMOMENTS_H
#define ATLEUS_LIB_TRANSFORMS_INPUTMOMENTS_H

#include "Calibration.h"

#include "atleus/Compression/SecondMoments.h"

namespace atleus {

/// Runs `function` on the samples and calls `use` with the second moments of
/// all rows that each of `requests` has, several values of as many features.
/// Requests for the same values are answered together; their indices are
/// handed on. `use` is called on several threads at once and must not change
/// the IR. Moments take 2 GiB at most: if all need more, the samples are run
/// again for the rest. The progress is told of requests that are done with
/// `what`. Samples that do not fit are reported as diagnostics.
llvm::LogicalResult
forEachInputMoments(mlir::func::FuncOp function, const Calibration &calibration,
                    llvm::ArrayRef<ObservedValues> requests, llvm::StringRef what,
                    llvm::function_ref<void(llvm::ArrayRef<size_t> indices,
                                            const SecondMoments &moments)>
                        use);

} // namespace atleus

#endif // ATLEUS_LIB_TRANSFORMS_INPUTMOMENTS_H
