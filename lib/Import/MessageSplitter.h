// Takes the bytes of tensors out of a serialized ONNX model.
//
// Parsing with protobuf copies every bytes field. A model is nearly all
// `TensorProto.raw_data`, so the file is first walked along the schema: what is
// not raw data goes into a small copy, the structure, and raw data stays where
// it is, in the mapped file. In the structure, `raw_data` holds four bytes: the
// index of the payload that stood there.
#ifndef ATLEUS_LIB_IMPORT_MESSAGESPLITTER_H
#define ATLEUS_LIB_IMPORT_MESSAGESPLITTER_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace atleus {

/// How many graphs may stand inside each other. It keeps the structure within
/// the nesting that protobuf parses.
constexpr unsigned maximumGraphDepth = 24;

/// A model in two parts.
struct SplitModel {
  /// A serialized ModelProto with payload indices for raw data.
  std::string structure;
  /// Views of the file.
  std::vector<llvm::StringRef> payloads;

  /// The payload whose index stands in `rawData`, a field of the structure.
  llvm::StringRef getPayload(llvm::StringRef rawData) const;
};

/// Splits a serialized ModelProto. The error says at which byte the file is
/// truncated or malformed, or that graphs are nested too deeply.
llvm::Expected<SplitModel> splitModel(llvm::StringRef file);

} // namespace atleus

#endif // ATLEUS_LIB_IMPORT_MESSAGESPLITTER_H
