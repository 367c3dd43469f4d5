// The tasks of a schedule, each with the part of the model that it executes.
#ifndef ATLEUS_LIB_VERIFICATION_TASKTABLE_H
#define ATLEUS_LIB_VERIFICATION_TASKTABLE_H

#include "MappedModel.h"
#include "Violations.h"

#include "atleus/Report/schedule.pb.h"

#include <array>

namespace atleus {

/// What a task is a part of.
struct Part {
  enum class Kind : uint8_t { Unknown, Kernel, Input, Output, Load, Write };
  Kind kind = Kind::Unknown;
  /// Of the kernel (also of a load), the argument, the result or the weight
  /// that is written.
  unsigned number = 0;
  int64_t index = 0;
};

/// Bits that the task of a part leaves behind; none of an output.
int64_t getResultBits(const MappedModel &model, const Part &part);

/// A task, transfer or barrier of a schedule.
struct ScheduledTask {
  schedule::v1::Task::Kind kind = schedule::v1::Task::BARRIER;
  /// What is computed or, of a transfer, what is moved.
  Part part;
  /// Of a transfer, the indices of further parts of the same kernel that it
  /// moves.
  llvm::SmallVector<int64_t, 0> gathers;
  Picoseconds start, end;
  /// That of the first unit which it holds or, of a transfer, at which its
  /// route ends.
  noc::Node node;
  /// Where it leaves its results: at its node and, of a transfer with branches,
  /// at the ends of these.
  llvm::SmallVector<noc::Node, 1> places;

  bool isCompute() const { return kind == schedule::v1::Task::COMPUTE; }
  bool isTransfer() const { return kind == schedule::v1::Task::TRANSFER; }
  bool isBarrier() const { return kind == schedule::v1::Task::BARRIER; }
};

noc::Node toNode(const schedule::v1::Node &node);

/// A number that is different for different nodes of a network, and not -1.
int64_t toNumber(noc::Node node);

/// The nodes that a transfer visits, from the first to the last: on its route,
/// then on each of its branches.
std::vector<std::vector<noc::Node>>
getPaths(const schedule::v1::Transfer &transfer);

/// "unit (0, 0, 1) arrays", "link (0, 0, 1) x+": what a resource is, which its
/// name must say.
std::string describe(const schedule::v1::Resource &resource);

class TaskTable {
public:
  /// The schedule has passed checkForm. Reports tasks that the model does not
  /// have, has twice or misses.
  TaskTable(const schedule::v1::Schedule &schedule, const MappedModel &model,
            Violations &violations);

  unsigned size() const { return tasks.size(); }
  const ScheduledTask &operator[](unsigned index) const { return tasks[index]; }
  const schedule::v1::Task &getMessage(unsigned index) const {
    return schedule.tasks(static_cast<int>(index));
  }
  std::string getLabel(unsigned index) const;
  /// The same with its time: `task #3 "query"[0] (900 to 1800 ps)`.
  std::string getTimedLabel(unsigned index) const;

  /// The task that executes a part; none if it is missing.
  std::optional<unsigned> find(Part part) const;
  /// The tasks whose results a transfer moves, without those that are missing.
  llvm::SmallVector<unsigned, 1> findMakers(unsigned transfer) const;
  /// The task that makes a piece.
  std::optional<unsigned> findMaker(const Piece &piece) const;

private:
  void identifyParts(Violations &violations);
  Part findPart(llvm::StringRef kernel, int64_t index) const;
  int64_t countParts(const Part &part) const;
  bool hasPart(unsigned index, const Part &part, Violations &violations) const;
  void enterGathers(unsigned index, Violations &violations);
  void enterPart(unsigned index, Violations &violations);
  void reportMissing(Part::Kind kind, unsigned number, llvm::StringRef name,
                     Violations &violations) const;
  std::vector<std::vector<int>> &executors(Part::Kind kind) {
    return executorsOf[static_cast<unsigned>(kind)];
  }
  const std::vector<std::vector<int>> &executors(Part::Kind kind) const {
    return executorsOf[static_cast<unsigned>(kind)];
  }

  const schedule::v1::Schedule &schedule;
  const MappedModel &model;
  llvm::StringMap<Part> outerParts;
  std::vector<ScheduledTask> tasks;
  /// By kind, number and index of the part, the task that executes it, or -1.
  std::array<std::vector<std::vector<int>>, 6> executorsOf;
};

} // namespace atleus

#endif // ATLEUS_LIB_VERIFICATION_TASKTABLE_H
