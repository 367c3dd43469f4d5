// How full the buffers of nodes are over time: a sweep over what stays there.
#include "atleus/Scheduling/BufferOccupancy.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <limits>

using namespace atleus;
using namespace atleus::scheduling;

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

unsigned BufferProblem::addStep(llvm::ArrayRef<Deposit> deposits,
                                std::optional<Reading> reading,
                                llvm::ArrayRef<unsigned> after, StepKind kind) {
  llvm::append_range(depositList, deposits);
  llvm::append_range(afterList, after);
  steps.push_back({reading, kind, depositList.size(), afterList.size()});
  return steps.size() - 1;
}

unsigned BufferProblem::addBarrier(llvm::ArrayRef<unsigned> after) {
  return addStep({}, std::nullopt, after, StepKind::Barrier);
}

llvm::ArrayRef<Deposit> BufferProblem::deposits(unsigned step) const {
  size_t begin = step == 0 ? 0 : steps[step - 1].depositEnd;
  return llvm::ArrayRef(depositList)
      .slice(begin, steps[step].depositEnd - begin);
}

llvm::ArrayRef<unsigned> BufferProblem::after(unsigned step) const {
  size_t begin = step == 0 ? 0 : steps[step - 1].afterEnd;
  return llvm::ArrayRef(afterList).slice(begin, steps[step].afterEnd - begin);
}

//===----------------------------------------------------------------------===//
// Stays
//===----------------------------------------------------------------------===//

namespace {
/// The last readings of what a step leaves or passes on, one for each buffer
/// and each kind of reader.
class LastReadings {
public:
  void add(const Reading &reading) {
    for (Reading &entry : entries)
      if (entry.buffer == reading.buffer && entry.byCore == reading.byCore) {
        entry.until = std::max(entry.until, reading.until);
        return;
      }
    entries.push_back(reading);
  }

  void add(const LastReadings &others) {
    for (const Reading &reading : others.entries)
      add(reading);
  }

  /// The end of the last reading for which `deposit` is kept, if there is one.
  std::optional<Picoseconds> find(const Deposit &deposit) const {
    std::optional<Picoseconds> last;
    for (const Reading &entry : entries)
      if (entry.buffer == deposit.buffer &&
          isKeptFor(deposit.keep, entry.byCore))
        last = std::max(last.value_or(entry.until), entry.until);
    return last;
  }

private:
  llvm::SmallVector<Reading, 1> entries;
};
} // namespace

std::vector<Stay> scheduling::findStays(const BufferProblem &problem,
                                        llvm::ArrayRef<Picoseconds> starts) {
  std::vector<LastReadings> readings(problem.numSteps());
  // Every reader comes after what it reads, so that backwards all readers of a
  // step are known when it is reached.
  for (unsigned step = problem.numSteps(); step-- > 0;)
    for (unsigned before : problem.after(step))
      if (const std::optional<Reading> &reading = problem.reading(step))
        readings[before].add(
            {reading->buffer, starts[step] + reading->until, reading->byCore});
      else if (problem.isBarrier(step))
        readings[before].add(readings[step]);
  std::vector<Stay> stays;
  for (unsigned step = 0; step < problem.numSteps(); ++step)
    for (const Deposit &deposit : problem.deposits(step)) {
      if (deposit.size <= Bits(0))
        continue;
      Picoseconds begin = starts[step] + deposit.begin, end = begin;
      if (deposit.keep != Keep::ForCore)
        end = std::max(end, starts[step] + deposit.end);
      if (std::optional<Picoseconds> last = readings[step].find(deposit))
        end = std::max(end, *last);
      if (begin < end)
        stays.push_back(
            {step, deposit.buffer, deposit.size, begin, end, deposit.keep});
    }
  return stays;
}

//===----------------------------------------------------------------------===//
// Levels
//===----------------------------------------------------------------------===//

/// Sums of sizes of many inferences may exceed 64 bits.
using Sum = __int128;

static Bits toBits(Sum sum) {
  constexpr Sum largest = std::numeric_limits<int64_t>::max();
  return Bits(static_cast<int64_t>(std::min(sum, largest)));
}

namespace {
/// A stay in one period of many. Its data lies there `whole` times all the
/// time, and once more from `begin` to `end`, which may lie in the next period.
struct FoldedStay {
  int64_t whole;
  int64_t begin, end;

  FoldedStay(const Stay &stay, Picoseconds period) {
    int64_t length = (stay.end - stay.begin).count();
    whole = length / period.count();
    begin = stay.begin.count() % period.count();
    end = begin + length % period.count();
  }

  /// How many times the data lies there at `time`.
  int64_t countAt(Picoseconds time, Picoseconds period) const {
    int64_t now = time.count(), later = now + period.count();
    bool here = (begin <= now && now < end) || (begin <= later && later < end);
    return whole + (here ? 1 : 0);
  }
};

/// A change of a buffer's level.
struct Change {
  int64_t time;
  Sum size;
};

/// The changes of one buffer.
struct Changes {
  /// The level at time 0.
  Sum first = 0;
  std::vector<Change> list;
};
} // namespace

static std::vector<Changes> findChanges(llvm::ArrayRef<Stay> stays,
                                        unsigned numBuffers,
                                        Picoseconds period) {
  std::vector<Changes> changes(numBuffers);
  for (const Stay &stay : stays) {
    Changes &buffer = changes[stay.buffer];
    FoldedStay folded(stay, period);
    Sum size = stay.size.count();
    buffer.first += size * folded.countAt(Picoseconds(0), period);
    if (folded.begin == folded.end)
      continue;
    if (folded.begin > 0)
      buffer.list.push_back({folded.begin, size});
    if (int64_t end = folded.end % period.count(); end > 0)
      buffer.list.push_back({end, -size});
  }
  for (Changes &buffer : changes)
    llvm::sort(buffer.list, [](const Change &a, const Change &b) {
      return a.time < b.time;
    });
  return changes;
}

std::vector<std::vector<Level>>
scheduling::findLevels(llvm::ArrayRef<Stay> stays, unsigned numBuffers,
                       Picoseconds period) {
  std::vector<std::vector<Level>> levels;
  for (const Changes &buffer : findChanges(stays, numBuffers, period)) {
    std::vector<Level> &level = levels.emplace_back();
    Sum sum = buffer.first;
    level.push_back({Picoseconds(0), toBits(sum)});
    // What ends makes room for what begins at the same time.
    for (size_t i = 0; i < buffer.list.size();) {
      int64_t time = buffer.list[i].time;
      for (; i < buffer.list.size() && buffer.list[i].time == time; ++i)
        sum += buffer.list[i].size;
      if (toBits(sum) != level.back().size)
        level.push_back({Picoseconds(time), toBits(sum)});
    }
  }
  return levels;
}

std::vector<Peak> scheduling::findPeaks(llvm::ArrayRef<Stay> stays,
                                        unsigned numBuffers,
                                        Picoseconds period) {
  std::vector<Peak> peaks;
  for (const std::vector<Level> &levels :
       findLevels(stays, numBuffers, period)) {
    // The first of several: max_element keeps it.
    auto highest = llvm::max_element(
        levels, [](const Level &a, const Level &b) { return a.size < b.size; });
    peaks.push_back({highest->size, highest->time});
  }
  return peaks;
}

bool scheduling::fitsBuffers(llvm::ArrayRef<Stay> stays,
                             llvm::ArrayRef<Bits> capacities,
                             Picoseconds period) {
  std::vector<Stay> limited;
  llvm::copy_if(stays, std::back_inserter(limited), [&](const Stay &stay) {
    return stay.buffer < capacities.size();
  });
  std::vector<Peak> peaks = findPeaks(limited, capacities.size(), period);
  return llvm::all_of(llvm::zip_equal(peaks, capacities), [](auto pair) {
    return std::get<0>(pair).size <= std::get<1>(pair);
  });
}

std::vector<Occupant> scheduling::findOccupants(llvm::ArrayRef<Stay> stays,
                                                unsigned buffer,
                                                Picoseconds time,
                                                Picoseconds period) {
  std::vector<Occupant> occupants;
  for (const Stay &stay : stays) {
    if (stay.buffer != buffer)
      continue;
    int64_t count = FoldedStay(stay, period).countAt(time, period);
    if (count > 0)
      occupants.push_back(
          {stay.step, toBits(static_cast<Sum>(stay.size.count()) * count)});
  }
  llvm::sort(occupants, [](const Occupant &a, const Occupant &b) {
    return a.size != b.size ? b.size < a.size : a.step < b.step;
  });
  return occupants;
}
