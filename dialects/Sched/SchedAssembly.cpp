// The text of tasks and transfers. A schedule has tens of thousands of them, so
// their numbers and names go straight to the stream: what is generated from an
// assembly format makes and sorts a dictionary of all attributes of an op to
// print the two or three that it has beside its properties, and MLIR prints
// every op twice, the first time to see which attributes get aliases.
#include "dialects/Sched/Sched.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::sched;

//===----------------------------------------------------------------------===//
// Parts of both
//===----------------------------------------------------------------------===//

static ParseResult parseName(OpAsmParser &parser, StringAttr &name) {
  return parser.parseCustomAttributeWithFallback(
      name, parser.getBuilder().getNoneType());
}

static void printName(OpAsmPrinter &printer, StringAttr name) {
  llvm::raw_ostream &os = printer.getStream();
  os << '"';
  llvm::printEscapedString(name, os);
  os << '"';
}

static ParseResult parseCount(OpAsmParser &parser, IntegerAttr &count) {
  return parser.parseCustomAttributeWithFallback(
      count, parser.getBuilder().getI64Type());
}

static ParseResult parseCount(OpAsmParser &parser, StringRef keyword,
                              IntegerAttr &count) {
  return failure(parser.parseKeyword(keyword) || parseCount(parser, count));
}

static ParseResult parseOptionalCount(OpAsmParser &parser, StringRef keyword,
                                      IntegerAttr &count) {
  if (failed(parser.parseOptionalKeyword(keyword)))
    return success();
  return parseCount(parser, count);
}

/// Prints a keyword and its number, or nothing if there is none.
static void printCount(OpAsmPrinter &printer, StringRef keyword,
                       IntegerAttr count) {
  if (count)
    printer.getStream() << ' ' << keyword << ' ' << count.getInt();
}

/// "query"[3]
static ParseResult parseLabel(OpAsmParser &parser, StringAttr &kernel,
                              IntegerAttr &index) {
  return failure(parseName(parser, kernel) || parser.parseLSquare() ||
                 parseCount(parser, index) || parser.parseRSquare());
}

static void printLabel(OpAsmPrinter &printer, StringAttr kernel,
                       IntegerAttr index) {
  printer.getStream() << ' ';
  printName(printer, kernel);
  printer.getStream() << '[' << index.getInt() << ']';
}

/// after(%0, %1) release 1 start 2 duration 3 energy 4
template <typename Properties>
static ParseResult parseTimes(OpAsmParser &parser, OperationState &result,
                              Properties &properties) {
  auto event = parser.getBuilder().getType<EventType>();
  SmallVector<OpAsmParser::UnresolvedOperand, 4> after;
  llvm::SMLoc location = parser.getCurrentLocation();
  if (succeeded(parser.parseOptionalKeyword("after"))) {
    location = parser.getCurrentLocation();
    if (parser.parseOperandList(after, OpAsmParser::Delimiter::Paren))
      return failure();
  }
  result.addTypes(event);
  return failure(
      parser.resolveOperands(after, event, location, result.operands) ||
      parseOptionalCount(parser, "release", properties.release_ps) ||
      parseOptionalCount(parser, "start", properties.start_ps) ||
      parseCount(parser, "duration", properties.duration_ps) ||
      parseOptionalCount(parser, "energy", properties.energy_fj));
}

template <typename Op>
static void printTimes(OpAsmPrinter &printer, Op op) {
  llvm::raw_ostream &os = printer.getStream();
  if (!op.getAfter().empty()) {
    os << " after(";
    printer.printOperands(op.getAfter());
    os << ')';
  }
  printCount(printer, "release", op.getReleasePsAttr());
  printCount(printer, "start", op.getStartPsAttr());
  printCount(printer, "duration", op.getDurationPsAttr());
  printCount(printer, "energy", op.getEnergyFjAttr());
}

/// Attributes beside those that the text has words for.
template <typename Op>
static ParseResult parseOthers(OpAsmParser &parser, OperationState &result) {
  llvm::SMLoc location = parser.getCurrentLocation();
  if (parser.parseOptionalAttrDict(result.attributes))
    return failure();
  return Op::verifyInherentAttrs(result.name, result.attributes, [&] {
    return parser.emitError(location)
           << "'" << result.name.getStringRef() << "' op ";
  });
}

static void printOthers(OpAsmPrinter &printer, Operation *op) {
  printer.printOptionalAttrDict(op->getDiscardableAttrDictionary().getValue());
}

//===----------------------------------------------------------------------===//
// TaskOp
//===----------------------------------------------------------------------===//

static ParseResult parseStream(OpAsmParser &parser,
                               TaskOp::Properties &properties) {
  if (failed(parser.parseOptionalKeyword("streams")))
    return success();
  return failure(parseName(parser, properties.memory) ||
                 noc::parseNode(parser, properties.memory_node) ||
                 parseCount(parser, "for", properties.stream_ps));
}

ParseResult TaskOp::parse(OpAsmParser &parser, OperationState &result) {
  auto &properties = result.getOrAddProperties<Properties>();
  return failure(
      parseLabel(parser, properties.kernel, properties.index) ||
      parser.parseKeyword("on") || noc::parseNode(parser, properties.node) ||
      parseName(parser, properties.unit) || parseStream(parser, properties) ||
      parseTimes(parser, result, properties) ||
      parseOptionalCount(parser, "bytes", properties.bytes) ||
      parseOptionalCount(parser, "result_bits", properties.result_bits) ||
      parseOthers<TaskOp>(parser, result));
}

void TaskOp::print(OpAsmPrinter &printer) {
  llvm::raw_ostream &os = printer.getStream();
  printLabel(printer, getKernelAttr(), getIndexAttr());
  os << " on " << getNodeAttr().getNode() << ' ';
  printName(printer, getUnitAttr());
  if (getMemoryAttr()) {
    os << " streams ";
    printName(printer, getMemoryAttr());
    os << ' ' << getMemoryNodeAttr().getNode();
    printCount(printer, "for", getStreamPsAttr());
  }
  printTimes(printer, *this);
  printCount(printer, "bytes", getBytesAttr());
  printCount(printer, "result_bits", getResultBitsAttr());
  printOthers(printer, *this);
}

//===----------------------------------------------------------------------===//
// TransferOp
//===----------------------------------------------------------------------===//

static ParseResult parseBranches(OpAsmParser &parser, ArrayAttr &branches) {
  if (failed(parser.parseOptionalKeyword("branches")))
    return success();
  return noc::parseRouteList(parser, branches);
}

ParseResult TransferOp::parse(OpAsmParser &parser, OperationState &result) {
  auto &properties = result.getOrAddProperties<Properties>();
  return failure(
      parseLabel(parser, properties.kernel, properties.index) ||
      parser.parseKeyword("along") ||
      noc::parseRoute(parser, properties.route) ||
      parseBranches(parser, properties.branches) ||
      parseCount(parser, "bits", properties.bits) ||
      parseCount(parser, "flits", properties.flits) ||
      parseCount(parser, "flit_ps", properties.flit_ps) ||
      parseOptionalCount(parser, "held_ps", properties.held_ps) ||
      parseCount(parser, "hop_ps", properties.hop_ps) ||
      parseOptionalCount(parser, "vertical_hop_ps",
                         properties.vertical_hop_ps) ||
      parseOptionalCount(parser, "added_hop_ps", properties.added_hop_ps) ||
      parseTimes(parser, result, properties) ||
      parseOthers<TransferOp>(parser, result));
}

void TransferOp::print(OpAsmPrinter &printer) {
  llvm::raw_ostream &os = printer.getStream();
  printLabel(printer, getKernelAttr(), getIndexAttr());
  os << " along ";
  noc::printRoute(printer, *this, getRouteAttr());
  if (getBranchesAttr()) {
    os << " branches ";
    noc::printRouteList(printer, *this, getBranchesAttr());
  }
  printCount(printer, "bits", getBitsAttr());
  printCount(printer, "flits", getFlitsAttr());
  printCount(printer, "flit_ps", getFlitPsAttr());
  printCount(printer, "held_ps", getHeldPsAttr());
  printCount(printer, "hop_ps", getHopPsAttr());
  printCount(printer, "vertical_hop_ps", getVerticalHopPsAttr());
  printCount(printer, "added_hop_ps", getAddedHopPsAttr());
  printTimes(printer, *this);
  printOthers(printer, *this);
}
