// Which data has to have left a buffer before other data comes.
#include "atleus/Scheduling/RoomDependences.h"
#include "atleus/Scheduling/DispatchScheduler.h"
#include "atleus/Scheduling/Justification.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <tuple>

using namespace atleus;
using namespace atleus::scheduling;

namespace {
class RoomDependences {
public:
  RoomDependences(const Problem &problem, const BufferProblem &buffers,
                  llvm::ArrayRef<Bits> capacities,
                  llvm::ArrayRef<Picoseconds> starts)
      : buffers(buffers), capacities(capacities), starts(starts),
        extended(problem), readers(buffers.numSteps()),
        data(capacities.size()) {}

  Problem run() &&;

private:
  /// What has ended when all have read data of a step, or what the step passes
  /// on, in one buffer.
  struct Readers {
    unsigned buffer;
    bool byCore;
    llvm::SmallVector<unsigned, 2> tasks;
  };
  /// A deposit that takes its place in a buffer.
  struct Data {
    unsigned step;
    Bits size;
    Picoseconds begin, end;
    /// The tasks after which it is not there any more.
    llvm::SmallVector<unsigned, 4> last;
  };

  unsigned addMoment(llvm::ArrayRef<unsigned> after);
  void addReader(unsigned step, unsigned buffer, bool byCore, unsigned task);
  void findReaders();
  void findData();
  void addDependences(std::vector<Data> &data, Bits capacity);

  const BufferProblem &buffers;
  llvm::ArrayRef<Bits> capacities;
  llvm::ArrayRef<Picoseconds> starts;
  Problem extended;
  /// By step.
  std::vector<llvm::SmallVector<Readers, 1>> readers;
  /// By buffer.
  std::vector<std::vector<Data>> data;
};
} // namespace

/// A task that ends when `after` have ended.
unsigned RoomDependences::addMoment(llvm::ArrayRef<unsigned> after) {
  unsigned moment = extended.addTask("", Picoseconds());
  for (unsigned task : after)
    extended.addDependence(task, moment);
  return moment;
}

void RoomDependences::addReader(unsigned step, unsigned buffer, bool byCore,
                                unsigned task) {
  auto *found = llvm::find_if(readers[step], [&](const Readers &known) {
    return known.buffer == buffer && known.byCore == byCore;
  });
  if (found == readers[step].end())
    readers[step].push_back({buffer, byCore, {task}});
  else
    found->tasks.push_back(task);
}

void RoomDependences::findReaders() {
  // Every reader comes after what it reads, so that backwards all that is
  // behind a barrier is known when the barrier is reached.
  for (unsigned step = buffers.numSteps(); step-- > 0;) {
    if (const std::optional<Reading> &reading = buffers.reading(step)) {
      if (reading->buffer < capacities.size())
        for (unsigned before : buffers.after(step))
          addReader(before, reading->buffer, reading->byCore, step);
    } else if (buffers.isBarrier(step)) {
      for (const Readers &known : readers[step]) {
        unsigned moment = addMoment(known.tasks);
        for (unsigned before : buffers.after(step))
          addReader(before, known.buffer, known.byCore, moment);
      }
    }
  }
}

void RoomDependences::findData() {
  for (const Stay &stay : findStays(buffers, starts)) {
    if (stay.buffer >= capacities.size())
      continue;
    Data entry = {stay.step, stay.size, stay.begin, stay.end, {stay.step}};
    for (const Readers &known : readers[stay.step])
      if (known.buffer == stay.buffer && isKeptFor(stay.keep, known.byCore))
        llvm::append_range(entry.last, known.tasks);
    data[stay.buffer].push_back(std::move(entry));
  }
}

void RoomDependences::addDependences(std::vector<Data> &coming, Bits capacity) {
  std::vector<const Data *> leaving;
  leaving.reserve(coming.size());
  llvm::sort(coming, [](const Data &a, const Data &b) {
    return std::tie(a.begin, a.step, a.end) < std::tie(b.begin, b.step, b.end);
  });
  for (const Data &entry : coming)
    leaving.push_back(&entry);
  llvm::sort(leaving, [](const Data *a, const Data *b) {
    return std::tie(a->end, a->begin, a->step) <
           std::tie(b->end, b->begin, b->step);
  });
  Bits level;
  size_t numLeft = 0;
  std::optional<unsigned> moment;
  llvm::SmallVector<unsigned> after;
  for (const Data &entry : coming) {
    level += entry.size;
    for (; capacity < level && numLeft < leaving.size(); ++numLeft) {
      level -= leaving[numLeft]->size;
      llvm::append_range(after, leaving[numLeft]->last);
    }
    // What a step leaves for itself may leave before other data of it comes;
    // the next step waits for that.
    bool waitsForItself = llvm::is_contained(after, entry.step);
    llvm::erase(after, entry.step);
    if (!after.empty()) {
      if (moment)
        after.push_back(*moment);
      moment = addMoment(after);
      after.clear();
    }
    if (waitsForItself)
      after.push_back(entry.step);
    if (moment)
      extended.addDependence(*moment, entry.step);
  }
}

Problem RoomDependences::run() && {
  findReaders();
  findData();
  for (auto [entries, capacity] : llvm::zip_equal(data, capacities))
    addDependences(entries, capacity);
  return std::move(extended);
}

Problem scheduling::addRoomDependences(const Problem &problem,
                                       const BufferProblem &buffers,
                                       llvm::ArrayRef<Bits> capacities,
                                       llvm::ArrayRef<Picoseconds> starts) {
  return RoomDependences(problem, buffers, capacities, starts).run();
}

/// A schedule that keeps the order in which data leaves buffers; none where
/// that order cannot be stated by dependences.
static std::optional<Starts> scheduleAnew(const Problem &problem,
                                          const BufferProblem &buffers,
                                          llvm::ArrayRef<Bits> capacities,
                                          const Starts &starts) {
  Problem extended = addRoomDependences(problem, buffers, capacities, starts);
  llvm::Expected<DependenceGraph> graph = DependenceGraph::build(extended);
  if (!graph) {
    llvm::consumeError(graph.takeError());
    return std::nullopt;
  }
  Starts found = Justification(extended, *graph)
                     .improve(scheduleByDispatch(extended, *graph), 1);
  found.resize(problem.numTasks());
  return found;
}

/// Each time begins with the order of the time before. The first gains most,
/// and after one that gains less than a hundredth there is no other.
static constexpr unsigned mostTimes = 3;

Starts scheduling::shortenInBuffers(const Problem &problem,
                                    const BufferProblem &buffers,
                                    llvm::ArrayRef<Bits> capacities,
                                    Starts starts) {
  for (unsigned time = 0; time < mostTimes; ++time) {
    std::optional<Starts> found =
        scheduleAnew(problem, buffers, capacities, starts);
    if (!found)
      break;
    Picoseconds length = makespan(problem, *found);
    Picoseconds gained = makespan(problem, starts) - length;
    if (gained <= Picoseconds() ||
        !fitsBuffers(findStays(buffers, *found), capacities, length))
      break;
    starts = std::move(*found);
    if (gained.count() < length.count() / 100)
      break;
  }
  return starts;
}
