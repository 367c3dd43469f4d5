// Options that give sizes, checked as the command line is read.
#ifndef ATLEUS_TOOLS_ATLEUS_SIZEOPTIONS_H
#define ATLEUS_TOOLS_ATLEUS_SIZEOPTIONS_H

#include "llvm/Support/CommandLine.h"

#include <string>

namespace atleus {

/// Reads "name=size", or "name=size,size,...".
class DimensionParser : public llvm::cl::parser<std::string> {
public:
  using llvm::cl::parser<std::string>::parser;
  static bool parse(llvm::cl::Option &option, llvm::StringRef name,
                    llvm::StringRef text, std::string &value);
};

/// Reads "name=1x128", or several such shapes with commas.
class ShapeParser : public llvm::cl::parser<std::string> {
public:
  using llvm::cl::parser<std::string>::parser;
  static bool parse(llvm::cl::Option &option, llvm::StringRef name,
                    llvm::StringRef text, std::string &value);
};

} // namespace atleus

#endif // ATLEUS_TOOLS_ATLEUS_SIZEOPTIONS_H
