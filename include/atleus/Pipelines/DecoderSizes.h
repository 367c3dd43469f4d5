// Which open dimensions of a model are its tokens and its context, found in the
// shapes of inputs and results, whatever they are called.
//
// A decoder with a cache takes keys and values of the tokens before, and
// returns them with those of the new ones: a result with the shape of an input
// but for one size. That size of the input is the context:
//
//   input_ids: batch x seq          logits: batch x seq x 50257
//   past.0.key: batch x 12 x past x 64
//                                   present.0.key: batch x 12 x total x 64
//
// Here `past` is the context, `seq` are the tokens, `total` is the sum of both,
// and `batch` is none of them.
#ifndef ATLEUS_PIPELINES_DECODERSIZES_H
#define ATLEUS_PIPELINES_DECODERSIZES_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"

#include <optional>
#include <string>
#include <vector>

namespace atleus {

struct DecoderDimensions {
  /// Inputs that look like a cache of keys and values.
  std::vector<std::string> cacheInputs;
  /// Names of dimensions; empty if none is open.
  std::string tokens;
  std::string context;
  /// Of the context and the tokens together, as results have it.
  std::string total;
  /// First dimensions of inputs that are none of them.
  std::vector<std::string> batches;
  /// The context of a cache whose size is fixed.
  std::optional<int64_t> fixedContext;
  /// The tokens of a model whose size is fixed, if all inputs that are no cache
  /// agree.
  std::optional<int64_t> fixedTokens;

  bool hasCache() const { return !cacheInputs.empty(); }

  /// Options `name=size` for `tokenCount` new tokens after `contextSize`
  /// others; what has no open dimension is left out.
  std::vector<std::string> makeSizes(int64_t tokenCount,
                                     int64_t contextSize) const;
};

/// Reads the types and the names of dimensions off a function at phase `onnx`.
DecoderDimensions findDecoderDimensions(mlir::func::FuncOp function);

} // namespace atleus

#endif // ATLEUS_PIPELINES_DECODERSIZES_H
