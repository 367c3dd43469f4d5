// How many tokens a task computes.
//
// A segment of kernels, through which blocks of tokens stream, takes about as
// long as its busiest resource works for all blocks but one, plus the time in
// which one block passes through all stages. Small blocks pass sooner. But
// every task pays for what does not depend on its tokens, such as the pipeline
// of a crossbar, the fill of a systolic array and the headers of packets, so
// that small blocks keep resources busy for longer. Heads are blocks of their
// own: a kernel of many heads keeps all nodes busy with larger blocks than one
// that is cut by tokens alone, so that each segment has two sizes.
//
// The sizes are powers of two, and all pairs of them are compared in this
// model. Then kernels take larger blocks one after another, those with the most
// entries of the schedule first, as long as the segment takes no more than a
// percent above its best pair: a kernel whose results are awaited as a whole,
// or whose producer gives all tokens at once, gains nothing from small blocks.
// For a compiler's time and memory grow with the entries. If there are too many
// in the whole model, all segments may take longer until there are not.
//
// The model does not know what a scheduler makes of it: tasks that wait for
// units, links and ports which other tasks hold.
#ifndef ATLEUS_MAPPING_GRANULARITY_H
#define ATLEUS_MAPPING_GRANULARITY_H

#include "atleus/Support/Units.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

#include <cstdint>
#include <vector>

namespace atleus {

/// A kernel cut into tasks of one size.
struct TaskSize {
  /// At least 1.
  int64_t tasks = 1;
  /// Time from one task to the next on the same node.
  Picoseconds interval;
  /// Time from a task's start until its results are at the next node.
  Picoseconds latency;
  /// Tasks that make parts of the same tokens, as blocks of columns do: the
  /// next kernel waits for all of them.
  int64_t parts = 1;
};

struct GranularKernel {
  unsigned segment = 0;
  /// What its tasks keep busy: the number of a kind of unit.
  unsigned resource = 0;
  /// Units of this kind that take tasks at once; at least 1.
  int64_t units = 1;
  /// Whether tasks are of heads, or others that are apart, and of tokens.
  bool hasHeads = false;
  /// Transfers that the result of a task takes, about.
  int64_t transfers = 1;
  /// Kernels of the same segment, each before this one, that it reads.
  llvm::SmallVector<unsigned, 2> producers;
  /// By the logarithm of the tokens of a task; larger blocks are as the last.
  llvm::SmallVector<TaskSize> sizes;

  const TaskSize &getSize(unsigned logarithm) const {
    return sizes[logarithm < sizes.size() ? logarithm : sizes.size() - 1];
  }
};

/// By kernel, the logarithm of the tokens of a task. Tasks and transfers are
/// `maxEntries` at most, if blocks can be so large.
std::vector<unsigned> chooseGranularity(llvm::ArrayRef<GranularKernel> kernels,
                                        int64_t maxEntries);

/// The time of one segment, whose kernels are `members`. `logarithms` are of
/// the tokens of the tasks of each of `kernels`.
Picoseconds estimateSegment(llvm::ArrayRef<GranularKernel> kernels,
                            llvm::ArrayRef<unsigned> members,
                            llvm::ArrayRef<unsigned> logarithms);

} // namespace atleus

#endif // ATLEUS_MAPPING_GRANULARITY_H
