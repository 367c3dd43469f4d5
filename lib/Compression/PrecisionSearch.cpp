// Dynamic programming over sums of costs, and convex hulls beyond its reach.
#include "atleus/Compression/PrecisionSearch.h"

#include "llvm/ADT/STLExtras.h"

#include <tuple>

using namespace atleus;

PrecisionSearch::PrecisionSearch(std::vector<Layer> layers,
                                 size_t maximumStates)
    : layers(std::move(layers)) {
  exact = buildStates(maximumStates);
  if (exact)
    return;
  states.clear();
  buildSteps();
}

/// Adds up from the first layer on, as the states do.
PrecisionSelection PrecisionSearch::sum(std::vector<unsigned> choices) const {
  PrecisionSelection selection;
  for (auto [layer, choice] : llvm::zip_equal(layers, choices)) {
    selection.cost += layer[choice].cost;
    selection.loss += layer[choice].loss;
  }
  selection.choices = std::move(choices);
  return selection;
}

/// The choice of each layer that comes first in an order.
template <typename Order>
static std::vector<unsigned>
chooseFirst(llvm::ArrayRef<std::vector<PrecisionChoice>> layers, Order before) {
  std::vector<unsigned> choices;
  choices.reserve(layers.size());
  for (const std::vector<PrecisionChoice> &layer : layers)
    choices.push_back(llvm::min_element(layer, before) - layer.begin());
  return choices;
}

PrecisionSelection PrecisionSearch::getCheapest() const {
  PrecisionSelection selection = sum(chooseFirst(
      layers, [](const PrecisionChoice &a, const PrecisionChoice &b) {
        return std::tie(a.cost, a.loss) < std::tie(b.cost, b.loss);
      }));
  selection.bound = static_cast<double>(selection.cost);
  return selection;
}

PrecisionSelection PrecisionSearch::getBest() const {
  PrecisionSelection selection = sum(chooseFirst(
      layers, [](const PrecisionChoice &a, const PrecisionChoice &b) {
        return std::tie(a.loss, a.cost) < std::tie(b.loss, b.cost);
      }));
  selection.bound = selection.loss;
  return selection;
}

//===----------------------------------------------------------------------===//
// Exact
//===----------------------------------------------------------------------===//

/// Adds `current` with `choice` of the next layer to the states in `merged`.
/// Both are by increasing cost and decreasing loss, and so is the result.
static std::vector<PrecisionSearch::State>
mergeChoice(llvm::ArrayRef<PrecisionSearch::State> merged,
            llvm::ArrayRef<PrecisionSearch::State> current,
            PrecisionChoice price, uint32_t choice) {
  std::vector<PrecisionSearch::State> result;
  result.reserve(merged.size() + current.size());
  size_t index = 0;
  auto add = [&](const PrecisionSearch::State &state) {
    if (result.empty() || state.loss < result.back().loss)
      result.push_back(state);
  };
  for (size_t previous = 0; previous < current.size(); ++previous) {
    PrecisionSearch::State state = {current[previous].cost + price.cost,
                                    current[previous].loss + price.loss,
                                    static_cast<uint32_t>(previous), choice};
    // Earlier choices come first among equals.
    while (index < merged.size() &&
           std::tie(merged[index].cost, merged[index].loss) <=
               std::tie(state.cost, state.loss))
      add(merged[index++]);
    add(state);
  }
  for (; index < merged.size(); ++index)
    add(merged[index]);
  return result;
}

bool PrecisionSearch::buildStates(size_t maximumStates) {
  std::vector<State> current = {{0, 0, 0, 0}};
  size_t total = 0;
  for (const Layer &layer : layers) {
    std::vector<State> next;
    for (auto [choice, price] : llvm::enumerate(layer)) {
      next = mergeChoice(next, current, price, choice);
      if (next.size() > maximumStates - total)
        return false;
    }
    current = std::move(next);
    total += current.size();
    states.push_back(current);
  }
  return true;
}

PrecisionSelection PrecisionSearch::select(size_t state) const {
  std::vector<unsigned> choices(layers.size());
  for (size_t layer = layers.size(); layer-- > 0;) {
    choices[layer] = states[layer][state].choice;
    state = states[layer][state].previous;
  }
  return sum(std::move(choices));
}

//===----------------------------------------------------------------------===//
// Beyond
//===----------------------------------------------------------------------===//

/// The corners of the lower convex hull of a layer's choices, from the cheapest
/// to the best.
static std::vector<unsigned> findHull(const PrecisionSearch::Layer &layer) {
  std::vector<unsigned> order(layer.size());
  for (auto [index, choice] : llvm::enumerate(order))
    choice = index;
  llvm::sort(order, [&](unsigned a, unsigned b) {
    return std::tie(layer[a].cost, layer[a].loss, a) <
           std::tie(layer[b].cost, layer[b].loss, b);
  });
  std::vector<unsigned> hull;
  auto gain = [&](unsigned from, unsigned to) {
    return (layer[from].loss - layer[to].loss) /
           static_cast<double>(layer[to].cost - layer[from].cost);
  };
  for (unsigned choice : order) {
    if (!hull.empty() && layer[choice].loss >= layer[hull.back()].loss)
      continue;
    while (hull.size() > 1 && gain(hull[hull.size() - 2], hull.back()) <=
                                  gain(hull.back(), choice))
      hull.pop_back();
    hull.push_back(choice);
  }
  return hull;
}

void PrecisionSearch::buildSteps() {
  for (auto [index, layer] : llvm::enumerate(layers)) {
    std::vector<unsigned> hull = findHull(layer);
    for (auto [from, to] : llvm::zip(hull, llvm::drop_begin(hull)))
      steps.push_back({index, to, layer[to].cost - layer[from].cost,
                       layer[from].loss - layer[to].loss});
  }
  // Steps of one layer stay in order, for their ratios fall.
  auto ratio = [](const Step &step) {
    return step.gain / static_cast<double>(step.cost);
  };
  llvm::sort(steps, [&](const Step &a, const Step &b) {
    double first = ratio(a), second = ratio(b);
    int64_t costA = layers[a.layer][a.choice].cost;
    int64_t costB = layers[b.layer][b.choice].cost;
    return std::tie(second, a.layer, costA) < std::tie(first, b.layer, costB);
  });
}

/// Takes single changes, those that gain most first, as long as they fit.
void PrecisionSearch::fill(PrecisionSelection &selection, int64_t cost) const {
  for (;;) {
    double bestGain = 0;
    std::pair<size_t, unsigned> best;
    for (auto [index, layer] : llvm::enumerate(layers))
      for (auto [choice, price] : llvm::enumerate(layer)) {
        const PrecisionChoice &now = layer[selection.choices[index]];
        if (now.loss - price.loss > bestGain &&
            price.cost - now.cost <= cost - selection.cost) {
          bestGain = now.loss - price.loss;
          best = {index, static_cast<unsigned>(choice)};
        }
      }
    if (bestGain == 0)
      return;
    selection.choices[best.first] = best.second;
    selection = sum(std::move(selection.choices));
  }
}

/// Takes single changes, those that save most first, as long as they fit.
void PrecisionSearch::trim(PrecisionSelection &selection, double loss) const {
  for (;;) {
    int64_t bestSaving = 0;
    std::pair<size_t, unsigned> best;
    for (auto [index, layer] : llvm::enumerate(layers))
      for (auto [choice, price] : llvm::enumerate(layer)) {
        const PrecisionChoice &now = layer[selection.choices[index]];
        if (now.cost - price.cost > bestSaving &&
            selection.loss + (price.loss - now.loss) <= loss) {
          bestSaving = now.cost - price.cost;
          best = {index, static_cast<unsigned>(choice)};
        }
      }
    if (bestSaving == 0)
      return;
    std::vector<unsigned> choices = selection.choices;
    choices[best.first] = best.second;
    PrecisionSelection changed = sum(std::move(choices));
    // Sums are rounded.
    if (changed.loss > loss)
      return;
    selection = std::move(changed);
  }
}

//===----------------------------------------------------------------------===//
// Answers
//===----------------------------------------------------------------------===//

std::optional<PrecisionSelection>
PrecisionSearch::findLeastLoss(int64_t cost) const {
  PrecisionSelection selection = getCheapest();
  if (selection.cost > cost)
    return std::nullopt;
  if (exact && !layers.empty()) {
    auto end = llvm::partition_point(
        states.back(), [&](const State &state) { return state.cost <= cost; });
    selection = select(end - states.back().begin() - 1);
    selection.bound = selection.loss;
    return selection;
  }
  double bound = selection.loss;
  for (const Step &step : steps) {
    int64_t left = cost - selection.cost;
    if (step.cost > left) {
      bound = selection.loss - step.gain * static_cast<double>(left) /
                                   static_cast<double>(step.cost);
      break;
    }
    selection.choices[step.layer] = step.choice;
    selection = sum(std::move(selection.choices));
    bound = selection.loss;
  }
  fill(selection, cost);
  selection.bound = std::min(bound, selection.loss);
  return selection;
}

std::optional<PrecisionSelection>
PrecisionSearch::findLeastCost(double loss) const {
  if (getBest().loss > loss)
    return std::nullopt;
  PrecisionSelection selection = getCheapest();
  if (exact && !layers.empty()) {
    auto state = llvm::partition_point(
        states.back(), [&](const State &state) { return state.loss > loss; });
    selection = select(state - states.back().begin());
    selection.bound = static_cast<double>(selection.cost);
    return selection;
  }
  double bound = static_cast<double>(selection.cost);
  for (const Step &step : steps) {
    if (selection.loss <= loss)
      break;
    bound = static_cast<double>(selection.cost) +
            static_cast<double>(step.cost) *
                std::min(1.0, (selection.loss - loss) / step.gain);
    selection.choices[step.layer] = step.choice;
    selection = sum(std::move(selection.choices));
  }
  trim(selection, loss);
  selection.bound = std::min(bound, static_cast<double>(selection.cost));
  return selection;
}
