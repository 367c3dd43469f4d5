// Measures what layers lose, asks for the best widths, and checks them.
#include "AutomaticPrecision.h"
#include "PrecisionSensitivity.h"
#include "WeightTypes.h"

#include "atleus/Compression/PrecisionRule.h"
#include "atleus/Compression/PrecisionSearch.h"
#include "atleus/Cost/MachineConstants.h"
#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Support/NumberText.h"
#include "atleus/Transforms/ArrayPacking.h"
#include "atleus/Transforms/CrossbarBlocks.h"
#include "dialects/NN/NN.h"

#include "llvm/Support/FormatVariadic.h"

#include <cmath>
#include <map>

using namespace mlir;
using namespace atleus;
using namespace atleus::nn;

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

/// The integers in which a weight is stored already, with views or not; null if
/// it is not.
static Value findIntegers(Value weight) {
  Operation *op = weight.getDefiningOp();
  while (op && op->hasTrait<LayoutOnly>() && op->getNumOperands() == 1)
    op = op->getOperand(0).getDefiningOp();
  return isa_and_nonnull<DequantizeOp>(op) ? op->getOperand(0) : Value();
}

/// The constants of the first of the machine's crossbars.
static CrossbarConstants findCrossbar(arch::MachineOp machine) {
  for (arch::TierOp tier : machine.getTiers())
    if (auto crossbar = dyn_cast<arch::CrossbarOp>(tier.getCoreOp()))
      return getConstants(crossbar);
  llvm_unreachable("a machine with crossbars");
}

/// The function that samples run; null if there is none.
static func::FuncOp findFunction(ModuleOp module) {
  auto functions = module.getOps<func::FuncOp>();
  return functions.empty() ? func::FuncOp() : *functions.begin();
}

static SmallVector<LinearOp> findLayers(ModuleOp module) {
  SmallVector<LinearOp> layers;
  func::FuncOp function = findFunction(module);
  if (!function)
    return layers;
  function.walk([&](LinearOp layer) {
    if (isStatic(layer.getWeight()) && !isStatic(layer.getResult()))
      layers.push_back(layer);
  });
  return layers;
}

static std::string formatName(LinearOp layer) {
  StringRef name = getKernelName(layer);
  return ("'" + (name.empty() ? layer->getName().getStringRef() : name) + "'")
      .str();
}

namespace {
/// A layer and the widths of which it gets one.
struct Layer {
  LinearOp op;
  /// None if its width is given.
  SmallVector<unsigned> widths;
  /// Arrays that it takes in each of its widths, the fewest first; as it is
  /// given, if there are none.
  SmallVector<int64_t> arrays;
  /// In each of its widths.
  std::vector<OutputLoss> losses;
};
} // namespace

static int64_t countArrays(const CrossbarConstants &crossbar, LinearOp layer,
                           unsigned bits) {
  if (bits == floatBits)
    return 0;
  ArrayDemand demand = {static_cast<int64_t>(llvm::divideCeil(
                            layer.getInnerSize(), crossbar.rows)),
                        layer.getFeatures(), columnsPerWeight(crossbar, bits),
                        crossbar.columns};
  return demand.arrays();
}

/// The bits that the weight of a layer has in crossbars if they are given:
/// those in which it is stored, or those that its precision states. Floats
/// where the layer is in no crossbar.
static std::optional<unsigned> findGivenBits(LinearOp op) {
  auto stated = op->getAttrOfType<PrecisionAttr>(precisionAttribute);
  if (stated && stated.getActivations() == floatBits)
    return floatBits;
  if (Value integers = findIntegers(op.getWeight()))
    return getElementBits(getElementTypeOrSelf(integers.getType()));
  Type element = getElementTypeOrSelf(op.getWeight().getType());
  if (!isa<FloatType>(element))
    return isCoded(element) ? floatBits : getElementBits(element);
  if (stated)
    return static_cast<unsigned>(stated.getWeights());
  return std::nullopt;
}

/// A width that takes as many arrays as the next one is not worth its loss.
static Layer makeLayer(const CrossbarConstants &crossbar, LinearOp op) {
  Layer layer{op, {}, {}, {}};
  if (std::optional<unsigned> bits = findGivenBits(op)) {
    layer.arrays.push_back(countArrays(crossbar, op, *bits));
    return layer;
  }
  constexpr unsigned least = 2, most = 8;
  for (unsigned bits = least; bits <= most; ++bits) {
    int64_t arrays = countArrays(crossbar, op, bits);
    if (bits < most && arrays >= countArrays(crossbar, op, bits + 1))
      continue;
    layer.widths.push_back(bits);
    layer.arrays.push_back(arrays);
  }
  return layer;
}

//===----------------------------------------------------------------------===//
// Quantized copies
//===----------------------------------------------------------------------===//

static void setPrecision(Operation *product, unsigned weights,
                         unsigned activations) {
  product->setAttr(precisionAttribute,
                   PrecisionAttr::get(product->getContext(), weights,
                                      activations, WeightCode::Uniform));
}

/// What is remarked about a copy is remarked when the module is quantized.
static LogicalResult quantizeQuietly(ModuleOp copy,
                                     const PrecisionQuestion &question) {
  ScopedDiagnosticHandler handler(
      copy.getContext(), [](Diagnostic &diagnostic) {
        return success(diagnostic.getSeverity() != DiagnosticSeverity::Error);
      });
  return question.quantize(copy);
}

namespace {
/// Copies of the module in which the weights of all layers are rounded to one
/// width, and everything else stays in floats.
class RoundedCopies {
public:
  RoundedCopies(ModuleOp module, const PrecisionQuestion &question)
      : module(module), question(question) {}

  LogicalResult add(unsigned bits);
  /// The floats that a layer's weight in `bits` stands for.
  Tensor getWeight(size_t layer, unsigned bits) const;

private:
  struct Copy {
    OwningOpRef<ModuleOp> module;
    SmallVector<LinearOp> layers;
  };
  ModuleOp module;
  const PrecisionQuestion &question;
  std::map<unsigned, Copy> copies;
};
} // namespace

LogicalResult RoundedCopies::add(unsigned bits) {
  if (copies.count(bits) > 0)
    return success();
  OwningOpRef<ModuleOp> copy = cast<ModuleOp>(module->clone());
  copy->walk([&](Operation *op) {
    if (isa<MatMulOp, AttentionOp, LinearOp>(op))
      setPrecision(op, floatBits, floatBits);
  });
  for (LinearOp layer : findLayers(*copy))
    setPrecision(layer, bits, floatBits);
  if (failed(quantizeQuietly(*copy, question)))
    return failure();
  SmallVector<LinearOp> layers = findLayers(*copy);
  copies[bits] = {std::move(copy), std::move(layers)};
  return success();
}

Tensor RoundedCopies::getWeight(size_t layer, unsigned bits) const {
  LinearOp op = copies.find(bits)->second.layers[layer];
  // It was evaluated when its scales were found.
  Tensor weight = *evaluateStatic(op.getWeight());
  return kernels::convert(weight, Float32Type::get(op.getContext()));
}

//===----------------------------------------------------------------------===//
// The choice
//===----------------------------------------------------------------------===//

namespace {
class Choice {
public:
  Choice(ModuleOp module, const PrecisionQuestion &question,
         std::vector<Layer> layers)
      : module(module), question(question), layers(std::move(layers)) {}

  LogicalResult run();

private:
  LogicalResult measure(func::FuncOp function);
  PrecisionSearch makeSearch() const;
  FailureOr<double> measurePoints(ArrayRef<unsigned> choices);
  int64_t getArrayLimit() const;
  LogicalResult checkArrays();
  FailureOr<PrecisionSelection> keepAnswers(const PrecisionSearch &search);
  void apply(ArrayRef<unsigned> choices, ArrayRef<LinearOp> ops) const;
  LogicalResult report(const PrecisionSelection &selection);

  ModuleOp module;
  const PrecisionQuestion &question;
  std::vector<Layer> layers;
  /// The first output of each sample in floats.
  std::vector<Tensor> expected;
};
} // namespace

/// Measures what each layer loses in each of its widths.
LogicalResult Choice::measure(func::FuncOp function) {
  RoundedCopies copies(module, question);
  std::vector<WeightVariants> variants;
  for (auto [index, layer] : llvm::enumerate(layers)) {
    for (unsigned bits : layer.widths)
      if (failed(copies.add(bits)))
        return failure();
    variants.push_back(
        {layer.op, layer.widths.size(), [&, index = index](size_t width) {
           return copies.getWeight(index, layers[index].widths[width]);
         }});
  }
  constexpr int64_t mostSamples = 32;
  Calibration some = question.calibration;
  some.mostSamples = mostSamples;
  auto losses = measureSensitivity(function, some, variants);
  auto outputs = computeOutputs(function, question.calibration);
  if (failed(losses) || failed(outputs))
    return failure();
  for (auto [layer, found] : llvm::zip_equal(layers, *losses))
    layer.losses = std::move(found);
  expected = std::move(*outputs);
  return success();
}

PrecisionSearch Choice::makeSearch() const {
  std::vector<PrecisionSearch::Layer> choices;
  for (const Layer &layer : layers) {
    PrecisionSearch::Layer prices;
    for (auto [arrays, loss] : llvm::zip(layer.arrays, layer.losses))
      prices.push_back({arrays, loss.relativeError()});
    if (layer.widths.empty())
      prices.push_back({layer.arrays.front(), 0});
    choices.push_back(std::move(prices));
  }
  return PrecisionSearch(std::move(choices));
}

void Choice::apply(ArrayRef<unsigned> choices, ArrayRef<LinearOp> ops) const {
  for (auto [layer, choice, op] : llvm::zip_equal(layers, choices, ops))
    if (!layer.widths.empty())
      setPrecision(op, layer.widths[choice], question.activationBits);
}

/// Points of the answers that change when the model is quantized so.
FailureOr<double> Choice::measurePoints(ArrayRef<unsigned> choices) {
  OwningOpRef<ModuleOp> copy = module.clone();
  apply(choices, findLayers(*copy));
  if (failed(quantizeQuietly(*copy, question)))
    return failure();
  auto outputs = computeOutputs(findFunction(*copy), question.calibration);
  if (failed(outputs))
    return failure();
  OutputLoss loss;
  for (auto [right, given] : llvm::zip_equal(expected, *outputs))
    loss.add(right, given);
  return loss.changedPoints();
}

//===----------------------------------------------------------------------===//
// Budgets
//===----------------------------------------------------------------------===//

/// The crossbars that the budget allows.
int64_t Choice::getArrayLimit() const {
  double amount = question.budget.amount;
  if (question.budget.kind == PrecisionBudget::Kind::Crossbars)
    return static_cast<int64_t>(amount);
  CrossbarConstants crossbar = findCrossbar(question.machine);
  int64_t usual = 0;
  for (const Layer &layer : layers)
    usual += layer.widths.empty()
                 ? layer.arrays.front()
                 : countArrays(crossbar, layer.op, question.weightBits);
  // Any share is allowed, and no sum of arrays reaches this.
  constexpr double most = 0x1p62;
  return static_cast<int64_t>(
      std::min(most, amount / 100 * static_cast<double>(usual)));
}

/// Reports that the fewest crossbars are too many, and which layers take most.
LogicalResult Choice::checkArrays() {
  int64_t limit = getArrayLimit(), fewest = 0;
  std::vector<std::pair<int64_t, size_t>> largest;
  for (auto [index, layer] : llvm::enumerate(layers)) {
    fewest += layer.arrays.front();
    largest.emplace_back(-layer.arrays.front(), index);
  }
  if (fewest <= limit)
    return success();
  llvm::sort(largest);
  InFlightDiagnostic error =
      emitError(module->getLoc())
      << "precision budget '" << question.text << "' cannot be kept: it allows "
      << formatCount(limit) << " crossbars, and the fewest are "
      << formatCount(fewest);
  constexpr size_t mostNotes = 3;
  for (auto [arrays, index] : ArrayRef(largest).take_front(mostNotes)) {
    const Layer &layer = layers[index];
    LinearOp op = layer.op;
    Diagnostic &note = error.attachNote(op.getLoc());
    note << formatName(op) << " takes " << formatCount(-arrays);
    if (layer.widths.empty())
      note << ", which its precision states";
    else
      note << " with weights of " << layer.widths.front() << " bits";
  }
  return error;
}

/// The fewest crossbars at which no more answers change than the budget allows.
/// What the layers may lose together is bisected, in ratios.
FailureOr<PrecisionSelection>
Choice::keepAnswers(const PrecisionSearch &search) {
  PrecisionSelection found = search.getBest();
  PrecisionSelection cheapest = search.getCheapest();
  FailureOr<double> points = measurePoints(found.choices);
  if (failed(points))
    return failure();
  double limit = question.budget.amount;
  if (*points > limit)
    return emitError(module->getLoc())
           << "precision budget '" << question.text
           << "' cannot be kept: with the most bits in all layers "
           << llvm::formatv("{0:f2}", *points).str()
           << " of 100 answers change on the samples";
  points = measurePoints(cheapest.choices);
  if (failed(points))
    return failure();
  if (*points <= limit)
    return cheapest;
  constexpr unsigned mostSteps = 12;
  constexpr double leastRatio = 1.02;
  double high = cheapest.loss, low = std::max(found.loss, 1e-9 * high);
  for (unsigned step = 0; step < mostSteps && high > leastRatio * low; ++step) {
    double middle = std::sqrt(low * high);
    auto selection = search.findLeastCost(middle);
    if (!selection || selection->cost >= found.cost) {
      low = middle;
      continue;
    }
    points = measurePoints(selection->choices);
    if (failed(points))
      return failure();
    if (*points <= limit) {
      found = *selection;
      low = middle;
    } else {
      high = std::min(middle, selection->loss);
    }
  }
  return found;
}

LogicalResult Choice::report(const PrecisionSelection &selection) {
  for (auto [layer, choice] : llvm::zip_equal(layers, selection.choices)) {
    LinearOp op = layer.op;
    if (!layer.widths.empty())
      emitRemark(op.getLoc())
          << formatName(op) << " gets weights of " << layer.widths[choice]
          << " bits: " << formatCount(layer.arrays[choice])
          << " crossbars, relative error "
          << llvm::formatv("{0:e2}", layer.losses[choice].relativeError())
                 .str();
  }
  FailureOr<double> points = measurePoints(selection.choices);
  if (failed(points))
    return failure();
  emitRemark(module->getLoc())
      << "precision budget '" << question.text
      << "': " << formatCount(selection.cost) << " crossbars, "
      << llvm::formatv("{0:f2}", *points).str()
      << " of 100 answers change on the samples";
  return success();
}

LogicalResult Choice::run() {
  bool isOpen = llvm::any_of(
      layers, [](const Layer &layer) { return !layer.widths.empty(); });
  if (!isOpen)
    return emitError(module->getLoc())
           << "precision budget '" << question.text
           << "' finds no layer whose weights are floats and whose precision "
              "is not stated";
  bool byAnswers = question.budget.kind == PrecisionBudget::Kind::Loss;
  if ((!byAnswers && failed(checkArrays())) ||
      failed(measure(findFunction(module))))
    return failure();
  PrecisionSearch search = makeSearch();
  FailureOr<PrecisionSelection> selection =
      byAnswers ? keepAnswers(search) : *search.findLeastLoss(getArrayLimit());
  if (failed(selection))
    return failure();
  SmallVector<LinearOp> ops;
  for (const Layer &layer : layers)
    ops.push_back(layer.op);
  apply(selection->choices, ops);
  return report(*selection);
}

LogicalResult atleus::choosePrecisions(ModuleOp module,
                                       const PrecisionQuestion &question) {
  if (failed(findCrossbarBlocks(
          question.machine, "a precision budget counts arrays of one size")))
    return failure();
  CrossbarConstants crossbar = findCrossbar(question.machine);
  std::vector<Layer> layers;
  for (LinearOp op : findLayers(module))
    layers.push_back(makeLayer(crossbar, op));
  return Choice(module, question, std::move(layers)).run();
}
