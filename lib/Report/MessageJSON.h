// Protobuf messages in their canonical JSON mapping.
#ifndef ATLEUS_LIB_REPORT_MESSAGEJSON_H
#define ATLEUS_LIB_REPORT_MESSAGEJSON_H

#include "llvm/Support/raw_ostream.h"

namespace google::protobuf {
class Message;
} // namespace google::protobuf

namespace atleus {

/// Writes the fields that are set, in the order of their numbers and with a
/// line each: the text of protobuf's MessageToJsonString with whitespace, which
/// takes four times as long. Fields are integers, strings, enumerations and
/// messages; schemas with others are none of this project's.
void writeJSON(const google::protobuf::Message &message, llvm::raw_ostream &os);

} // namespace atleus

#endif // ATLEUS_LIB_REPORT_MESSAGEJSON_H
