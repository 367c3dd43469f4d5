// The cross product of the sizes that options list.
#include "atleus/Pipelines/Sweep.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"

using namespace atleus;
using llvm::ArrayRef;
using llvm::StringRef;

/// More compilations than these are rather a mistake than a wish.
static constexpr size_t maximumPoints = 10'000;

bool atleus::isSweep(ArrayRef<std::string> dimensions,
                     ArrayRef<std::string> shapes) {
  auto isList = [](StringRef option) {
    return option.rsplit('=').second.contains(',');
  };
  return llvm::any_of(dimensions, isList) || llvm::any_of(shapes, isList);
}

/// Reads one option into an axis of `sweep`.
static llvm::Error addAxis(StringRef option, SweepAxis::Kind kind,
                           Sweep &sweep) {
  StringRef flag = kind == SweepAxis::Dimension ? "--dim " : "--shape ";
  auto [name, list] = option.rsplit('=');
  SweepAxis axis{kind, name.trim().str(), {}};
  llvm::SmallVector<StringRef> values;
  list.split(values, ',');
  for (StringRef value : values) {
    value = value.trim();
    if (value.empty())
      return llvm::createStringError(flag + option + " has an empty value");
    if (llvm::is_contained(axis.values, value))
      return llvm::createStringError(flag + option + " has the value " + value +
                                     " twice");
    axis.values.push_back(value.str());
  }
  for (const SweepAxis &other : sweep.axes)
    if (other.kind == kind && other.name == axis.name)
      return llvm::createStringError(
          flag + axis.name + " is given twice; write " + flag + axis.name +
          "=" + llvm::join(other.values, ",") + "," +
          llvm::join(axis.values, ","));
  sweep.axes.push_back(std::move(axis));
  return llvm::Error::success();
}

/// The point whose axis i has the value with index `choice[i]`.
static SweepPoint makePoint(ArrayRef<SweepAxis> axes, ArrayRef<size_t> choice) {
  SweepPoint point;
  for (auto [axis, index] : llvm::zip_equal(axes, choice)) {
    std::string option = axis.name + "=" + axis.values[index];
    if (axis.values.size() > 1)
      point.name += (point.name.empty() ? "" : ",") + option;
    (axis.kind == SweepAxis::Dimension ? point.dimensions : point.shapes)
        .push_back(option);
  }
  return point;
}

llvm::Expected<Sweep> atleus::expandSweep(ArrayRef<std::string> dimensions,
                                          ArrayRef<std::string> shapes) {
  Sweep sweep;
  for (StringRef option : dimensions)
    if (llvm::Error error = addAxis(option, SweepAxis::Dimension, sweep))
      return std::move(error);
  for (StringRef option : shapes)
    if (llvm::Error error = addAxis(option, SweepAxis::Shape, sweep))
      return std::move(error);
  size_t count = 1;
  for (const SweepAxis &axis : sweep.axes) {
    count *= axis.values.size();
    if (count > maximumPoints)
      return llvm::createStringError("the sweep has more than " +
                                     llvm::Twine(maximumPoints) + " points");
  }
  std::vector<size_t> choice(sweep.axes.size());
  for (size_t point = 0; point < count; ++point) {
    for (size_t axis = choice.size(), rest = point; axis-- > 0;) {
      choice[axis] = rest % sweep.axes[axis].values.size();
      rest /= sweep.axes[axis].values.size();
    }
    sweep.points.push_back(makePoint(sweep.axes, choice));
  }
  return sweep;
}
