// Cuts lists of places into runs of equal steps: a slice takes no look-up.
#include "SelectedPlaces.h"

using namespace mlir;
using namespace atleus;

namespace {
/// Places that are `step` apart.
struct Run {
  int64_t first, count, step;
};
} // namespace

/// More slices than these cost more than a look-up.
static constexpr size_t maxSlices = 4;

/// How often each place is repeated before the next one, if all are repeated
/// equally often.
static int64_t countRepeats(ArrayRef<int64_t> places) {
  size_t repeats = 1;
  while (repeats < places.size() && places[repeats] == places[0])
    ++repeats;
  if (places.empty() || places.size() % repeats != 0)
    return 1;
  for (size_t i = 0; i < places.size(); ++i)
    if (places[i] != places[i / repeats * repeats])
      return 1;
  return repeats;
}

/// The longest runs that begin where the last one ends; no more than one more
/// than are used.
static SmallVector<Run> findRuns(ArrayRef<int64_t> places) {
  SmallVector<Run> runs;
  while (!places.empty() && runs.size() <= maxSlices) {
    size_t count = 1;
    int64_t step = places.size() > 1 ? places[1] - places[0] : 1;
    while (count < places.size() &&
           places[count] == places[0] + static_cast<int64_t>(count) * step)
      ++count;
    runs.push_back({places[0], static_cast<int64_t>(count), step});
    places = places.drop_front(count);
  }
  return runs;
}

static SmallVector<int64_t> everyNth(ArrayRef<int64_t> places, int64_t n) {
  SmallVector<int64_t> kept;
  for (size_t i = 0; i < places.size(); i += n)
    kept.push_back(places[i]);
  return kept;
}

bool atleus::isFewSlices(ArrayRef<int64_t> places) {
  SmallVector<int64_t> kept = everyNth(places, countRepeats(places));
  return findRuns(kept).size() <= maxSlices;
}

/// The elements of one run.
static Value sliceRun(KernelBuilder &builder, Value data, int64_t axis,
                      const Run &run) {
  SmallVector<int64_t> offsets(shapeOf(data).size(), 0), sizes(shapeOf(data)),
      strides(offsets.size(), 1);
  bool repeats = run.step == 0;
  offsets[axis] = run.first;
  sizes[axis] = repeats ? 1 : run.count;
  strides[axis] = repeats || run.count == 1 ? 1 : run.step;
  Value slice = builder.emit<nn::SliceOp>(data, offsets, sizes, strides);
  sizes[axis] = run.count;
  return builder.expand(slice, sizes);
}

/// Each element of dimension `axis` `count` times.
static Value repeatEach(KernelBuilder &builder, Value data, int64_t axis,
                        int64_t count) {
  if (!data || count == 1)
    return data;
  SmallVector<int64_t> shape(shapeOf(data)), split(shape), repeated(shape);
  split.insert(split.begin() + axis + 1, 1);
  repeated.insert(repeated.begin() + axis + 1, count);
  shape[axis] *= count;
  return builder.reshape(builder.expand(builder.reshape(data, split), repeated),
                         shape);
}

Value atleus::selectPlaces(KernelBuilder &builder, Value data, int64_t axis,
                           ArrayRef<int64_t> places) {
  if (!data)
    return {};
  int64_t repeats = countRepeats(places);
  SmallVector<int64_t> kept = everyNth(places, repeats);
  SmallVector<Run> runs = findRuns(kept);
  if (runs.size() > maxSlices)
    return builder.emit<nn::GatherOp>(data, builder.integers(places), axis);
  if (runs.empty())
    return builder.sliceAxis(data, axis, 0, 0);
  SmallVector<Value> slices;
  for (const Run &run : runs)
    slices.push_back(sliceRun(builder, data, axis, run));
  Value joined = slices.front();
  if (slices.size() > 1)
    joined = builder.emit<nn::ConcatOp>(slices, axis);
  return repeatEach(builder, joined, axis, repeats);
}
