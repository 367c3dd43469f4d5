// Collects second moments in as many runs as their size asks for.
#include "InputMoments.h"

#include "llvm/Support/Parallel.h"

#include <mutex>

using namespace mlir;
using namespace atleus;

/// Bytes of the moments that are kept at a time.
static constexpr int64_t maximumBytes = int64_t(2) << 30;

namespace {
/// Requests for the same values.
struct Group {
  ArrayRef<Value> values;
  SmallVector<size_t> requests;

  int64_t numFeatures() const {
    return cast<RankedTensorType>(values.front().getType()).getShape().back();
  }
};
} // namespace

static SmallVector<Group> groupByValues(ArrayRef<ObservedValues> requests) {
  SmallVector<Group> groups;
  llvm::DenseMap<Value, SmallVector<size_t, 1>> byFirst;
  for (auto [index, request] : llvm::enumerate(requests)) {
    ArrayRef<Value> values = request.getArrayRef();
    SmallVector<size_t, 1> &candidates = byFirst[values.front()];
    auto *same = llvm::find_if(candidates, [&](size_t candidate) {
      return groups[candidate].values == values;
    });
    if (same == candidates.end()) {
      candidates.push_back(groups.size());
      groups.push_back({values, {}});
      same = &candidates.back();
    }
    groups[*same].requests.push_back(index);
  }
  return groups;
}

/// As many of the first groups as there is room for the moments of, but one.
static size_t countFitting(ArrayRef<Group> groups) {
  size_t count = 0;
  int64_t bytes = 0;
  while (count < groups.size()) {
    bytes += SecondMoments::numBytes(groups[count].numFeatures());
    if (count > 0 && bytes > maximumBytes)
      break;
    ++count;
  }
  return count;
}

/// The moments of some groups, from one run over the samples.
static FailureOr<std::vector<SecondMoments>>
observe(func::FuncOp function, const Calibration &calibration,
        ArrayRef<Group> groups) {
  std::vector<SecondMoments> moments;
  ObservedValues values;
  llvm::DenseMap<Value, SmallVector<size_t, 1>> observers;
  for (auto [index, group] : llvm::enumerate(groups)) {
    moments.emplace_back(group.numFeatures());
    for (Value value : group.values) {
      values.insert(value);
      observers[value].push_back(index);
    }
  }
  if (failed(observeValues(function, calibration, values,
                           [&](Value value, ArrayRef<float> numbers) {
                             for (size_t index : observers[value])
                               moments[index].add(numbers);
                           })))
    return failure();
  return moments;
}

LogicalResult atleus::forEachInputMoments(
    func::FuncOp function, const Calibration &calibration,
    ArrayRef<ObservedValues> requests, StringRef what,
    llvm::function_ref<void(ArrayRef<size_t>, const SecondMoments &)> use) {
  SmallVector<Group> all = groupByValues(requests);
  std::mutex mutex;
  size_t done = 0;
  auto report = [&](size_t more) {
    done += more;
    if (calibration.progress)
      calibration.progress(what, static_cast<int64_t>(done),
                           static_cast<int64_t>(requests.size()));
  };
  ArrayRef<Group> left = all;
  while (!left.empty()) {
    ArrayRef<Group> groups = left.take_front(countFitting(left));
    FailureOr<std::vector<SecondMoments>> moments =
        observe(function, calibration, groups);
    if (failed(moments))
      return failure();
    report(0);
    llvm::parallelFor(0, groups.size(), [&](size_t index) {
      use(groups[index].requests, (*moments)[index]);
      std::lock_guard<std::mutex> lock(mutex);
      report(groups[index].requests.size());
    });
    left = left.drop_front(groups.size());
  }
  return success();
}
