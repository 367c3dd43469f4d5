// Changes single attributes of a machine, as `--set reram.adc_bits=6` does.
#include "atleus/Support/NearestName.h"
#include "atleus/Transforms/MachineLibrary.h"

#include "mlir/AsmParser/AsmParser.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Verifier.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace atleus;

namespace {
/// The pieces of `symbol.attribute=value`.
struct Override {
  StringRef text, symbol, attribute, value;
};
} // namespace

static std::optional<Override> split(StringRef text) {
  auto [left, value] = text.split('=');
  auto [symbol, attribute] = left.split('.');
  Override result{text, symbol.trim().ltrim('@'), attribute.trim(),
                  value.trim()};
  if (result.symbol.empty() || result.attribute.empty() || result.value.empty())
    return std::nullopt;
  return result;
}

/// What an override calls a part: its symbol, or the name of its op if it has
/// none, as "package".
static StringRef getPartName(Operation *part) {
  if (auto symbol = dyn_cast<SymbolOpInterface>(part))
    return symbol.getName();
  return part->getName().stripDialect();
}

/// "'dram', 'host', 'mesh'".
static std::string listSorted(std::vector<std::string> names) {
  llvm::sort(names);
  return "'" + llvm::join(names, "', '") + "'";
}

static Operation *findPart(arch::MachineOp machine, const Override &change) {
  std::vector<std::string> names;
  for (Operation &part : machine.getBody().front()) {
    if (getPartName(&part) == change.symbol)
      return &part;
    names.push_back(getPartName(&part).str());
  }
  emitError(machine.getLoc())
      << "override '" << change.text << "': machine "
      << machine.getSymNameAttr() << " has no part '" << change.symbol
      << "'; nearest: " << listNearest(change.symbol, names, /*most=*/1)
      << "; it has " << listSorted(names);
  return nullptr;
}

/// Checks that the part has such an attribute, set or not.
static LogicalResult checkAttribute(Operation *part, const Override &change) {
  std::vector<std::string> names;
  for (StringAttr name : part->getName().getAttributeNames()) {
    if (name == "sym_name" || name == "sources")
      continue;
    if (name == change.attribute)
      return success();
    names.push_back(name.str());
  }
  return emitError(part->getLoc())
         << "override '" << change.text << "': " << part->getName()
         << " has no '" << change.attribute
         << "'; nearest: " << listNearest(change.attribute, names, 3);
}

/// Reads a number, numbers in brackets, a symbol or a truth value; null if
/// `text` is none of these. True and false stand for a unit attribute that is
/// there or not.
static Attribute readLiteral(StringRef text, MLIRContext *context) {
  Builder builder(context);
  int64_t number;
  if (!text.getAsInteger(0, number))
    return builder.getI64IntegerAttr(number);
  if (text.starts_with("@"))
    return FlatSymbolRefAttr::get(context, text.drop_front());
  if (text == "true" || text == "false")
    return builder.getUnitAttr();
  if (!text.starts_with("[") || !text.ends_with("]"))
    return nullptr;
  SmallVector<StringRef> parts;
  text.drop_front().drop_back().split(parts, ',');
  SmallVector<int64_t> numbers;
  for (StringRef part : parts)
    if (part.trim().getAsInteger(0, numbers.emplace_back()))
      return nullptr;
  return builder.getDenseI64ArrayAttr(numbers);
}

/// Reads a keyword of the enum of which `current` is a value. If it is none,
/// `choices` says what is.
static Attribute readKeyword(StringRef text, Attribute current,
                             std::string &choices) {
  ScopedDiagnosticHandler handler(
      current.getContext(), [&](Diagnostic &diagnostic) {
        std::string text = diagnostic.str();
        auto [before, list] = StringRef(text).split("one of [");
        if (!list.empty())
          choices = list.split(']').first.str();
        return success();
      });
  std::string literal =
      ("#" + current.getAbstractAttribute().getName() + "<" + text + ">").str();
  return parseAttribute(literal, current.getContext());
}

/// What a value of the kind of `attribute` looks like.
static StringRef describe(Attribute attribute) {
  if (isa<IntegerAttr>(attribute))
    return "an integer";
  if (isa<DenseI64ArrayAttr>(attribute))
    return "integers in brackets";
  if (isa<UnitAttr>(attribute))
    return "true or false";
  return "a symbol such as @name";
}

static LogicalResult rejectValue(Operation *part, const Override &change,
                                 const Twine &expected) {
  return emitError(part->getLoc())
         << "override '" << change.text << "': expected " << expected
         << ", found '" << change.value << "'";
}

/// Reads the value for an attribute whose present value is `current`, or null.
static FailureOr<Attribute> readValue(Operation *part, const Override &change,
                                      Attribute current) {
  std::string choices;
  bool isEnum =
      current &&
      !isa<IntegerAttr, DenseI64ArrayAttr, UnitAttr, FlatSymbolRefAttr>(
          current);
  Attribute value = isEnum ? readKeyword(change.value, current, choices)
                           : readLiteral(change.value, part->getContext());
  if (!value && isEnum)
    return rejectValue(part, change, "one of " + Twine(choices));
  if (!value || (current && value.getTypeID() != current.getTypeID()))
    return rejectValue(part, change,
                       current ? describe(current)
                               : "an integer, a symbol, true or false");
  return value;
}

/// How the sources of a part say that a number comes from an override.
static constexpr llvm::StringLiteral overridePrefix = "override ";

/// Says in the part's sources that a number comes from an override.
static void setSource(Operation *part, const Override &change) {
  auto sources = part->getAttrOfType<DictionaryAttr>("sources");
  NamedAttrList entries(sources);
  MLIRContext *context = part->getContext();
  std::string text = (overridePrefix + change.text).str();
  entries.set(
      change.attribute,
      arch::SourceAttr::get(context, arch::Provenance::Estimated, text));
  part->setAttr("sources", entries.getDictionary(context));
}

static LogicalResult applyOverride(arch::MachineOp machine, StringRef text) {
  std::optional<Override> change = split(text);
  if (!change)
    return emitError(machine.getLoc())
           << "override '" << text << "': expected 'part.attribute=value'";
  Operation *part = findPart(machine, *change);
  if (!part || failed(checkAttribute(part, *change)))
    return failure();
  Attribute current = part->getAttr(change->attribute);
  FailureOr<Attribute> value = readValue(part, *change, current);
  if (failed(value))
    return failure();
  if (change->value == "false") {
    part->removeAttr(change->attribute);
    return success();
  }
  part->setAttr(change->attribute, *value);
  // An attribute of another kind than the op's does not take the value.
  if (part->getAttr(change->attribute) != *value)
    return rejectValue(part, *change, "a value of another kind");
  if (arch::isNumeric(*value))
    setSource(part, *change);
  return success();
}

LogicalResult atleus::applyOverrides(arch::MachineOp machine,
                                     ArrayRef<std::string> overrides) {
  for (const std::string &text : overrides)
    if (failed(applyOverride(machine, text)))
      return failure();
  // A limit that an override breaks is reported where the part is declared.
  ScopedDiagnosticHandler handler(
      machine.getContext(), [&](Diagnostic &diagnostic) {
        if (!overrides.empty())
          diagnostic.attachNote(machine.getLoc())
              << "after the overrides " << llvm::join(overrides, ", ");
        return failure();
      });
  return verify(machine);
}

std::vector<std::pair<Operation *, std::string>>
atleus::findOverrides(arch::MachineOp machine) {
  std::vector<std::pair<Operation *, std::string>> found;
  for (Operation &part : machine.getBody().front())
    if (auto sources = part.getAttrOfType<DictionaryAttr>("sources"))
      for (NamedAttribute entry : sources)
        if (auto source = dyn_cast<arch::SourceAttr>(entry.getValue()))
          if (source.getText().starts_with(overridePrefix))
            found.emplace_back(&part, source.getText().str());
  return found;
}
