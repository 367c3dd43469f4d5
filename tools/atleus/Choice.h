// Options whose value is one of several words.
#ifndef ATLEUS_TOOLS_ATLEUS_CHOICE_H
#define ATLEUS_TOOLS_ATLEUS_CHOICE_H

#include "atleus/Support/NearestName.h"

#include "llvm/Support/CommandLine.h"

#include <string>
#include <vector>

namespace atleus {

/// Reads a word as LLVM's parser does, but answers another one with those that
/// there are, the nearest first.
template <typename T>
class ChoiceParser : public llvm::cl::parser<T> {
public:
  using llvm::cl::parser<T>::parser;

  bool parse(llvm::cl::Option &option, llvm::StringRef /*name*/,
             llvm::StringRef text, T &value) {
    std::vector<std::string> names;
    for (const auto &choice : this->Values) {
      if (choice.Name == text) {
        value = choice.V.getValue();
        return false;
      }
      names.push_back(choice.Name.str());
    }
    return option.error("expected one of " +
                        listNearest(text, names, names.size()) + ", found '" +
                        text + "'");
  }
};

/// An option that takes one of the words given by llvm::cl::values.
template <typename T>
using Choice = llvm::cl::opt<T, false, ChoiceParser<T>>;

/// The word that stands for the value of a choice.
template <typename T>
std::string wordOf(const Choice<T> &option, T value) {
  const llvm::cl::generic_parser_base &parser =
      const_cast<Choice<T> &>(option).getParser();
  for (unsigned i = 0; i < parser.getNumOptions(); ++i) {
    const auto &known =
        static_cast<const llvm::cl::OptionValue<T> &>(parser.getOptionValue(i));
    if (known.hasValue() && known.getValue() == value)
      return parser.getOption(i).str();
  }
  llvm_unreachable("every value has a word");
}

} // namespace atleus

#endif // ATLEUS_TOOLS_ATLEUS_CHOICE_H
