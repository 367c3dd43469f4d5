// Counts brackets without parsing.
#include "atleus/Support/TextNesting.h"

using namespace atleus;
using llvm::StringRef;

/// Moves `position` from the opening quote of a string behind its end.
static void skipString(StringRef text, size_t &position) {
  for (++position; position < text.size() && text[position] != '"'; ++position)
    if (text[position] == '\\')
      ++position;
}

/// Whether the angle bracket is part of an arrow or a comparison.
static bool isOperator(StringRef text, size_t position) {
  char before = position > 0 ? text[position - 1] : '\0';
  char after = position + 1 < text.size() ? text[position + 1] : '\0';
  return text[position] == '>' ? before == '-' || after == '=' : after == '=';
}

int64_t atleus::findDeepNesting(StringRef text) {
  int64_t line = 1;
  unsigned depth = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '\n') {
      ++line;
    } else if (c == '"') {
      size_t start = i;
      skipString(text, i);
      line += text.slice(start, i).count('\n');
    } else if (text.substr(i).starts_with("//")) {
      i = text.find('\n', i);
      if (i == StringRef::npos)
        break;
      ++line;
    } else if (StringRef("([{").contains(c) ||
               (c == '<' && !isOperator(text, i))) {
      if (++depth > maximumTextNesting)
        return line;
    } else if (StringRef(")]}").contains(c) ||
               (c == '>' && !isOperator(text, i))) {
      depth -= depth > 0;
    }
  }
  return 0;
}
