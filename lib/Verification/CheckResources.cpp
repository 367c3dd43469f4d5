// One task at a time on every resource, in one inference and in many.
#include "Checks.h"

#include "llvm/ADT/StringMap.h"

#include <algorithm>

using namespace mlir;
using namespace atleus;
namespace v1 = atleus::schedule::v1;

namespace {
/// For how long a task holds a resource.
struct Occupation {
  int64_t begin, end;
  unsigned task;

  bool operator<(const Occupation &other) const {
    return std::tie(begin, end, task) <
           std::tie(other.begin, other.end, other.task);
  }
};
} // namespace

/// Each resource is there once: two entries of one link would let it be held
/// twice.
static void checkEntries(const CheckContext &context) {
  llvm::StringMap<int> known;
  for (int i = 0; i < context.schedule.resources_size(); ++i) {
    const v1::Resource &resource = context.schedule.resources(i);
    std::string name = describe(resource);
    if (resource.name() != name)
      context.violations.report(Rule::Resources)
          << "resource #" << i << " is " << name << ", but its name is \""
          << resource.name() << "\"";
    auto [entry, isNew] = known.try_emplace(name, i);
    if (!isNew)
      context.violations.report(Rule::Resources)
          << "resource #" << i << " is the same as #" << entry->second << ", "
          << name;
  }
}

static void checkOverlaps(const CheckContext &context, StringRef resource,
                          ArrayRef<Occupation> blocks) {
  const TaskTable &tasks = context.tasks;
  // The block that ends last among those before.
  const Occupation *last = nullptr;
  for (const Occupation &block : blocks) {
    if (last && block.begin < last->end)
      context.violations.report(Rule::Resources)
          << tasks.getTimedLabel(block.task) << " holds " << resource
          << " from " << block.begin << " ps on, but "
          << tasks.getTimedLabel(last->task) << " holds it until " << last->end
          << " ps";
    if (!last || last->end < block.end)
      last = &block;
  }
}

/// The blocks of all inferences within one interval: what passes its end comes
/// back at its beginning.
static void checkRepetition(const CheckContext &context, StringRef resource,
                            ArrayRef<Occupation> blocks, int64_t interval) {
  const TaskTable &tasks = context.tasks;
  std::vector<Occupation> folded;
  for (const Occupation &block : blocks) {
    int64_t begin = block.begin % interval;
    int64_t length = block.end - block.begin;
    if (length > interval) {
      context.violations.report(Rule::Resources)
          << tasks.getTimedLabel(block.task) << " holds " << resource << " for "
          << length << " ps, longer than the interval of " << interval
          << " ps after which it holds it again";
      return;
    }
    folded.push_back({begin, std::min(begin + length, interval), block.task});
    if (begin + length > interval)
      folded.push_back({0, begin + length - interval, block.task});
  }
  llvm::sort(folded);
  for (size_t i = 1; i < folded.size(); ++i)
    if (folded[i].begin < folded[i - 1].end)
      context.violations.report(Rule::Resources)
          << "with an inference every " << interval << " ps, "
          << tasks.getTimedLabel(folded[i].task) << " holds " << resource
          << " while " << tasks.getTimedLabel(folded[i - 1].task)
          << " of another inference holds it";
}

void atleus::checkResources(const CheckContext &context) {
  checkEntries(context);
  std::vector<std::vector<Occupation>> blocks(
      context.schedule.resources_size());
  for (unsigned i = 0; i < context.tasks.size(); ++i)
    for (const v1::Use &use : context.tasks.getMessage(i).uses()) {
      int64_t begin = context.tasks[i].start.count() + use.offset_ps();
      if (use.length_ps() > 0)
        blocks[use.resource()].push_back({begin, begin + use.length_ps(), i});
    }
  int64_t interval = context.schedule.interval_ps();
  for (auto [index, list] : llvm::enumerate(blocks)) {
    llvm::sort(list);
    std::string name =
        describe(context.schedule.resources(static_cast<int>(index)));
    unsigned before = context.violations.count();
    checkOverlaps(context, name, list);
    // What overlaps within one inference does so in many.
    if (interval > 0 && context.violations.count() == before)
      checkRepetition(context, name, list, interval);
  }
}
