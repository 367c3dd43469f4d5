// The syntax that the parts of a machine share: `{name = value from source,
// ...} from source`, where the last source is that of all numbers without their
// own.
#include "ArchSyntax.h"

#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace atleus::arch;

/// Parses a number, numbers in brackets, or any other attribute.
static ParseResult parseValue(OpAsmParser &parser, Attribute &value) {
  Builder &builder = parser.getBuilder();
  int64_t number;
  OptionalParseResult integer = parser.parseOptionalInteger(number);
  if (integer.has_value()) {
    value = builder.getI64IntegerAttr(number);
    return *integer;
  }
  if (failed(parser.parseOptionalLSquare()))
    return parser.parseAttribute(value);
  SmallVector<int64_t> numbers;
  if (failed(parser.parseOptionalRSquare())) {
    auto parseNumber = [&] {
      return parser.parseInteger(numbers.emplace_back());
    };
    if (parser.parseCommaSeparatedList(parseNumber) || parser.parseRSquare())
      return failure();
  }
  value = builder.getDenseI64ArrayAttr(numbers);
  return success();
}

/// Parses `from source` if it is there.
static ParseResult parseOptionalSource(OpAsmParser &parser, Attribute &source) {
  if (failed(parser.parseOptionalKeyword("from")))
    return success();
  SMLoc location = parser.getCurrentLocation();
  if (parser.parseAttribute(source))
    return failure();
  if (!isa<SourceAttr>(source))
    return parser.emitError(location, "expected #arch.source after 'from'");
  return success();
}

/// Parses one `name`, `name = value` or `name = value from source`.
static ParseResult parseEntry(OpAsmParser &parser, NamedAttrList &attributes,
                              NamedAttrList &sources) {
  std::string name;
  SMLoc location = parser.getCurrentLocation();
  if (parser.parseKeywordOrString(&name))
    return failure();
  if (attributes.get(name))
    return parser.emitError(location, "'") << name << "' is stated twice";
  if (failed(parser.parseOptionalEqual())) {
    attributes.append(name, parser.getBuilder().getUnitAttr());
    return success();
  }
  Attribute value, source;
  if (parseValue(parser, value) || parseOptionalSource(parser, source))
    return failure();
  attributes.append(name, value);
  if (source)
    sources.append(name, source);
  return success();
}

ParseResult atleus::arch::parseDescription(OpAsmParser &parser,
                                           NamedAttrList &attributes) {
  NamedAttrList sources;
  Attribute common;
  auto parseOne = [&] { return parseEntry(parser, attributes, sources); };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Braces, parseOne) ||
      parseOptionalSource(parser, common))
    return failure();
  if (common)
    for (NamedAttribute entry : attributes)
      if (isNumeric(entry.getValue()) && !sources.get(entry.getName()))
        sources.append(entry.getName(), common);
  if (!sources.empty())
    attributes.append("sources", sources.getDictionary(parser.getContext()));
  return success();
}

static void printValue(OpAsmPrinter &printer, Attribute value) {
  if (auto number = dyn_cast<IntegerAttr>(value);
      number && number.getType().isSignlessInteger(64)) {
    printer << number.getInt();
  } else if (auto numbers = dyn_cast<DenseI64ArrayAttr>(value)) {
    printer << '[';
    llvm::interleaveComma(numbers.asArrayRef(), printer);
    printer << ']';
  } else {
    printer.printAttribute(value);
  }
}

/// The source that most of an op's numbers have, or null.
static Attribute getCommonSource(DictionaryAttr sources) {
  llvm::MapVector<Attribute, unsigned> count;
  if (sources)
    for (NamedAttribute entry : sources)
      ++count[entry.getValue()];
  auto *largest = llvm::max_element(
      count, [](auto &a, auto &b) { return a.second < b.second; });
  return largest == count.end() ? nullptr : largest->first;
}

void atleus::arch::printDescription(OpAsmPrinter &printer, Operation *op,
                                    DictionaryAttr attributes) {
  auto sources = attributes.getAs<DictionaryAttr>("sources");
  Attribute common = getCommonSource(sources);
  bool first = true;
  auto printEntry = [&](StringAttr name, Attribute value) {
    if (!value || name == "sym_name" || name == "sources" ||
        (isa<TierOp>(op) && name == "core") ||
        (isa<LayerOp>(op) && name == "name"))
      return;
    printer << (first ? "" : ", ");
    first = false;
    printer.printKeywordOrString(name);
    if (isa<UnitAttr>(value))
      return;
    printer << " = ";
    printValue(printer, value);
    Attribute source = sources ? sources.get(name) : nullptr;
    if (source && source != common)
      printer << " from " << source;
  };
  printer << '{';
  for (StringAttr name : op->getName().getAttributeNames())
    printEntry(name, attributes.get(name));
  for (NamedAttribute entry : op->getDiscardableAttrs())
    printEntry(entry.getName(), entry.getValue());
  printer << '}';
  if (common)
    printer << " from " << common;
}
