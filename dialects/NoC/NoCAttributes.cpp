// Nodes and routes: syntax, checks, construction.
#include "dialects/NoC/NoC.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/TypeSwitch.h"

#include <charconv>

using namespace mlir;
using namespace atleus::noc;

//===----------------------------------------------------------------------===//
// Nodes and hops
//===----------------------------------------------------------------------===//

static constexpr std::array<llvm::StringLiteral, 6> hopNames = {
    "x+", "x-", "y+", "y-", "z+", "z-"};

Node atleus::noc::advance(Node node, const Hop &hop) {
  switch (hop.direction) {
  case Direction::XPlus:
    return {node.x + 1, node.y, node.z};
  case Direction::XMinus:
    return {node.x - 1, node.y, node.z};
  case Direction::YPlus:
    return {node.x, node.y + 1, node.z};
  case Direction::YMinus:
    return {node.x, node.y - 1, node.z};
  case Direction::ZPlus:
    return {node.x, node.y, node.z + 1};
  case Direction::ZMinus:
    return {node.x, node.y, node.z - 1};
  case Direction::Added:
    return hop.target;
  }
  llvm_unreachable("unknown direction");
}

Hop atleus::noc::hopBetween(Node from, Node to) {
  for (Direction direction :
       {Direction::XPlus, Direction::XMinus, Direction::YPlus,
        Direction::YMinus, Direction::ZPlus, Direction::ZMinus})
    if (advance(from, direction) == to)
      return direction;
  return Hop(to);
}

llvm::raw_ostream &atleus::noc::operator<<(llvm::raw_ostream &stream,
                                           const Node &node) {
  // One of the most frequent texts of schedules: streams are slow with numbers.
  char text[80];
  char *next = text;
  for (auto [separator, coordinate] :
       {std::pair{"(", node.x}, {", ", node.y}, {", ", node.z}}) {
    next = llvm::copy(StringRef(separator), next);
    next = std::to_chars(next, std::end(text), coordinate).ptr;
  }
  *next++ = ')';
  return stream << StringRef(text, next - text);
}

std::string atleus::noc::toString(const Node &node) {
  std::string text;
  llvm::raw_string_ostream(text) << node;
  return text;
}

std::string atleus::noc::toString(const Hop &hop) {
  if (hop.direction == Direction::Added)
    return "-> " + toString(hop.target);
  return hopNames[static_cast<unsigned>(hop.direction)].str();
}

/// Whether all coordinates lie in the network.
static bool isInside(const Node &node) {
  return node.x >= 0 && node.y >= 0 && node.z >= 0;
}

static ParseResult parseNode(AsmParser &parser, Node &node) {
  return failure(parser.parseLParen() || parser.parseInteger(node.x) ||
                 parser.parseComma() || parser.parseInteger(node.y) ||
                 parser.parseComma() || parser.parseInteger(node.z) ||
                 parser.parseRParen());
}

static ParseResult parseHop(AsmParser &parser, SmallVectorImpl<Hop> &hops) {
  if (succeeded(parser.parseOptionalArrow())) {
    Node target;
    if (parseNode(parser, target))
      return failure();
    hops.push_back(Hop(target));
    return success();
  }
  SMLoc location = parser.getCurrentLocation();
  StringRef axis;
  if (parser.parseKeyword(&axis))
    return failure();
  bool plus = succeeded(parser.parseOptionalPlus());
  if (!plus && failed(parser.parseOptionalMinus()))
    return parser.emitError(parser.getCurrentLocation(),
                            "expected '+' or '-' after '")
           << axis << "'";
  std::string name = (axis + (plus ? "+" : "-")).str();
  const auto *found = llvm::find(hopNames, name);
  if (found == hopNames.end())
    return parser.emitError(location, "expected x, y or z, found '")
           << axis << "'";
  hops.push_back(static_cast<Direction>(found - hopNames.begin()));
  return success();
}

//===----------------------------------------------------------------------===//
// NodeAttr
//===----------------------------------------------------------------------===//

LogicalResult NodeAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                               Node node) {
  if (!isInside(node)) // (C1)
    return emitError() << "node " << toString(node)
                       << " has a negative coordinate";
  return success();
}

ParseResult atleus::noc::parseNode(AsmParser &parser, NodeAttr &result) {
  SMLoc location = parser.getCurrentLocation();
  Node node;
  if (::parseNode(parser, node))
    return failure();
  result = NodeAttr::getChecked([&] { return parser.emitError(location); },
                                parser.getContext(), node);
  return success(static_cast<bool>(result));
}

void atleus::noc::printNode(AsmPrinter &printer, Operation *, NodeAttr node) {
  printer.getStream() << node.getNode();
}

void NodeAttr::print(AsmPrinter &printer) const {
  printer.getStream() << '<' << getNode() << '>';
}

Attribute NodeAttr::parse(AsmParser &parser, Type) {
  NodeAttr result;
  if (parser.parseLess() || parseNode(parser, result) || parser.parseGreater())
    return {};
  return result;
}

//===----------------------------------------------------------------------===//
// NodesAttr
//===----------------------------------------------------------------------===//

LogicalResult NodesAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                ArrayRef<Node> nodes) {
  if (nodes.empty()) // (C1)
    return emitError() << "expected at least one node";
  for (const Node &node : nodes)
    if (!isInside(node)) // (C2)
      return emitError() << "node " << toString(node)
                         << " has a negative coordinate";
  return success();
}

NodesAttr NodesAttr::fromCoordinates(MLIRContext *context,
                                     ArrayRef<int64_t> coordinates) {
  assert(coordinates.size() % 3 == 0 && "expected triples");
  SmallVector<Node> nodes;
  for (size_t i = 0; i < coordinates.size(); i += 3)
    nodes.push_back({coordinates[i], coordinates[i + 1], coordinates[i + 2]});
  return get(context, nodes);
}

static void printSequence(AsmPrinter &printer, ArrayRef<Node> nodes) {
  llvm::interleaveComma(nodes, printer.getStream());
}

static ParseResult parseSequence(AsmParser &parser,
                                 AsmParser::Delimiter delimiter,
                                 NodesAttr &result) {
  SMLoc location = parser.getCurrentLocation();
  SmallVector<Node> nodes;
  if (parser.parseCommaSeparatedList(
          delimiter, [&] { return ::parseNode(parser, nodes.emplace_back()); }))
    return failure();
  result = NodesAttr::getChecked([&] { return parser.emitError(location); },
                                 parser.getContext(), nodes);
  return success(static_cast<bool>(result));
}

void NodesAttr::print(AsmPrinter &printer) const {
  printer << '<';
  printSequence(printer, getNodes());
  printer << '>';
}

Attribute NodesAttr::parse(AsmParser &parser, Type) {
  NodesAttr result;
  if (parseSequence(parser, AsmParser::Delimiter::LessGreater, result))
    return {};
  return result;
}

ParseResult atleus::noc::parseNodeList(AsmParser &parser, NodesAttr &nodes) {
  return parseSequence(parser, AsmParser::Delimiter::Square, nodes);
}

void atleus::noc::printNodeList(AsmPrinter &printer, Operation *,
                                NodesAttr nodes) {
  printer << '[';
  printSequence(printer, nodes.getNodes());
  printer << ']';
}

//===----------------------------------------------------------------------===//
// RouteAttr
//===----------------------------------------------------------------------===//

LogicalResult RouteAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                Node start, ArrayRef<Hop> hops) {
  SmallVector<Node, 8> visited;
  Node node = start;
  for (size_t i = 0;; node = advance(node, hops[i++])) {
    if (!isInside(node)) // (C1)
      return emitError() << "route leaves the network at " << toString(node);
    if (llvm::is_contained(visited, node)) // (C2)
      return emitError() << "route visits " << toString(node) << " twice";
    visited.push_back(node);
    if (i == hops.size())
      return success();
    const Hop &hop = hops[i];
    if (hop.kind() == LinkKind::Added && isInside(hop.target) &&
        hopBetween(node, hop.target).kind() != LinkKind::Added) // (C3)
      return emitError() << "route takes an added link from " << toString(node)
                         << " to its neighbour " << toString(hop.target)
                         << ": expected a direction";
  }
}

RouteAttr RouteAttr::getOver(MLIRContext *context, ArrayRef<Node> nodes) {
  SmallVector<Hop, 8> hops;
  for (size_t i = 1; i < nodes.size(); ++i)
    hops.push_back(hopBetween(nodes[i - 1], nodes[i]));
  return get(context, nodes.front(), hops);
}

Node RouteAttr::getEnd() const {
  Node node = getStart();
  for (const Hop &hop : getHops())
    node = advance(node, hop);
  return node;
}

SmallVector<Node> RouteAttr::getNodes() const {
  SmallVector<Node> nodes = {getStart()};
  for (const Hop &hop : getHops())
    nodes.push_back(advance(nodes.back(), hop));
  return nodes;
}

ParseResult atleus::noc::parseRoute(AsmParser &parser, RouteAttr &route) {
  SMLoc location = parser.getCurrentLocation();
  Node start;
  SmallVector<Hop> hops;
  if (::parseNode(parser, start) ||
      parser.parseCommaSeparatedList(AsmParser::Delimiter::Square,
                                     [&] { return parseHop(parser, hops); }))
    return failure();
  route = RouteAttr::getChecked([&] { return parser.emitError(location); },
                                parser.getContext(), start, hops);
  return success(static_cast<bool>(route));
}

void atleus::noc::printRoute(AsmPrinter &printer, Operation *,
                             RouteAttr route) {
  llvm::raw_ostream &stream = printer.getStream();
  stream << route.getStart() << '[';
  llvm::interleaveComma(route.getHops(), stream, [&](const Hop &hop) {
    if (hop.direction == Direction::Added)
      stream << toString(hop);
    else
      stream << hopNames[static_cast<unsigned>(hop.direction)];
  });
  stream << ']';
}

ParseResult atleus::noc::parseRouteList(AsmParser &parser, ArrayAttr &routes) {
  SmallVector<Attribute> list;
  auto parseElement = [&]() -> ParseResult {
    RouteAttr route;
    if (parseRoute(parser, route))
      return failure();
    list.push_back(route);
    return success();
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square,
                                     parseElement))
    return failure();
  routes = parser.getBuilder().getArrayAttr(list);
  return success();
}

void atleus::noc::printRouteList(AsmPrinter &printer, Operation *op,
                                 ArrayAttr routes) {
  printer << '[';
  llvm::interleaveComma(
      routes.getAsRange<RouteAttr>(), printer.getStream(),
      [&](RouteAttr route) { printRoute(printer, op, route); });
  printer << ']';
}

void RouteAttr::print(AsmPrinter &printer) const {
  printer << '<';
  printRoute(printer, nullptr, *this);
  printer << '>';
}

Attribute RouteAttr::parse(AsmParser &parser, Type) {
  RouteAttr route;
  if (parser.parseLess() || parseRoute(parser, route) || parser.parseGreater())
    return {};
  return route;
}

//===----------------------------------------------------------------------===//
// Registration
//===----------------------------------------------------------------------===//

#define GET_ATTRDEF_CLASSES
#include "dialects/NoC/NoCAttributes.cpp.inc"

void NoCDialect::registerAttributes() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialects/NoC/NoCAttributes.cpp.inc"
      >();
}
