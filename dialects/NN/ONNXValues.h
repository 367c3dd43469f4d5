// How an op says which values of an ONNX graph its results equal.
#ifndef ATLEUS_NN_ONNXVALUES_H
#define ATLEUS_NN_ONNXVALUES_H

#include "llvm/ADT/StringRef.h"

namespace atleus::nn {

/// The attribute that holds, for each result of an op, the name of the ONNX
/// value that it equals; an empty string where none is known.
constexpr llvm::StringLiteral onnxValuesAttribute = "nn.onnx_values";

} // namespace atleus::nn

#endif // ATLEUS_NN_ONNXVALUES_H
