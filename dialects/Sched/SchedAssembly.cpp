// The text of tasks and transfers. A schedule has tens of thousands of them, so
// their numbers and names go straight to the stream: what is generated from an
// assembly format makes and sorts a dictionary of all attributes of an op to
// print the two or three that it has beside its properties, and MLIR prints
// every op twice, the first time to see which attributes get aliases.
#include "dialects/Sched/Sched.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"

#include <charconv>

using namespace mlir;
using namespace atleus;
using namespace atleus::sched;

//===----------------------------------------------------------------------===//
// Parts of both
//===----------------------------------------------------------------------===//

namespace {
/// A part of the text of an op, printed in one piece: streams take ten times as
/// long for a number.
class LineText {
public:
  void append(StringRef part) { text.append(part); }
  void append(int64_t number) {
    char digits[24];
    append(StringRef(
        digits, std::to_chars(digits, std::end(digits), number).ptr - digits));
  }

  /// Quoted as MLIR quotes strings.
  void appendName(StringAttr name) {
    append("\"");
    auto isPlain = [](char c) {
      return llvm::isPrint(c) && c != '"' && c != '\\';
    };
    if (llvm::all_of(name.getValue(), isPlain)) {
      append(name);
    } else {
      llvm::raw_svector_ostream os(text);
      llvm::printEscapedString(name, os);
    }
    append("\"");
  }

  void appendNode(noc::NodeAttr node) {
    llvm::raw_svector_ostream(text) << node.getNode();
  }

  /// A number behind its keyword, or nothing if there is none.
  void appendCount(StringRef keyword, IntegerAttr count) {
    if (!count)
      return;
    append(keyword);
    append(count.getInt());
  }

  /// "query"[3]
  void appendLabel(StringAttr kernel, IntegerAttr index) {
    append(" ");
    appendName(kernel);
    append("[");
    append(index.getInt());
    append("]");
  }

  /// Prints what there is and begins anew.
  void print(OpAsmPrinter &printer) {
    printer.getStream() << text;
    text.clear();
  }

private:
  SmallString<256> text;
};
} // namespace

static ParseResult parseName(OpAsmParser &parser, StringAttr &name) {
  return parser.parseCustomAttributeWithFallback(
      name, parser.getBuilder().getNoneType());
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

/// "query"[3]
static ParseResult parseLabel(OpAsmParser &parser, StringAttr &kernel,
                              IntegerAttr &index) {
  return failure(parseName(parser, kernel) || parser.parseLSquare() ||
                 parseCount(parser, index) || parser.parseRSquare());
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
static void printTimes(OpAsmPrinter &printer, Op op, LineText &text) {
  if (!op.getAfter().empty()) {
    text.append(" after(");
    text.print(printer);
    printer.printOperands(op.getAfter());
    text.append(")");
  }
  text.appendCount(" release ", op.getReleasePsAttr());
  text.appendCount(" start ", op.getStartPsAttr());
  text.appendCount(" duration ", op.getDurationPsAttr());
  text.appendCount(" energy ", op.getEnergyFjAttr());
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

/// Ends the text of an op.
static void printOthers(OpAsmPrinter &printer, Operation *op, LineText &text) {
  text.print(printer);
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
  LineText text;
  text.appendLabel(getKernelAttr(), getIndexAttr());
  text.append(" on ");
  text.appendNode(getNodeAttr());
  text.append(" ");
  text.appendName(getUnitAttr());
  if (getMemoryAttr()) {
    text.append(" streams ");
    text.appendName(getMemoryAttr());
    text.append(" ");
    text.appendNode(getMemoryNodeAttr());
    text.appendCount(" for ", getStreamPsAttr());
  }
  printTimes(printer, *this, text);
  text.appendCount(" bytes ", getBytesAttr());
  text.appendCount(" result_bits ", getResultBitsAttr());
  printOthers(printer, *this, text);
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
  LineText text;
  text.appendLabel(getKernelAttr(), getIndexAttr());
  text.append(" along ");
  text.print(printer);
  noc::printRoute(printer, *this, getRouteAttr());
  if (getBranchesAttr()) {
    printer << " branches ";
    noc::printRouteList(printer, *this, getBranchesAttr());
  }
  text.appendCount(" bits ", getBitsAttr());
  text.appendCount(" flits ", getFlitsAttr());
  text.appendCount(" flit_ps ", getFlitPsAttr());
  text.appendCount(" held_ps ", getHeldPsAttr());
  text.appendCount(" hop_ps ", getHopPsAttr());
  text.appendCount(" vertical_hop_ps ", getVerticalHopPsAttr());
  text.appendCount(" added_hop_ps ", getAddedHopPsAttr());
  printTimes(printer, *this, text);
  printOthers(printer, *this, text);
}
