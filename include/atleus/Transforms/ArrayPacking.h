// Which arrays of which core hold which weight.
//
// A weight takes a grid of arrays: `gridRows` arrays side by side for each
// column of arrays. It lies in one core if there is room, for then its input
// goes to one place; otherwise it is cut along its features into pieces that
// lie in several cores. A weight whose single column of arrays is larger than a
// core is cut along its rows first, and each part along its features: sums of
// one part are added to those of the next. Parts have as many rows of arrays as
// a core has arrays or, if these find no room, as few less as do: fewer parts
// make fewer sums.
//
// ArrayPacker takes weights one after another and never moves what it has
// placed: tier assignment asks it whether the next weight still fits.
// packArrays sees all weights at once and may place the largest first. What an
// ArrayPacker with the policy FirstFit takes in some order, packArrays takes in
// that order with every policy, so that what has been assigned can be placed.
//
// Example: 6 x 24 arrays on cores of 96 arrays become a piece of 6 x 16 arrays
// on core 0 and one of 6 x 8 on core 1, which has 48 arrays left.
#ifndef ATLEUS_TRANSFORMS_ARRAYPACKING_H
#define ATLEUS_TRANSFORMS_ARRAYPACKING_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

#include <cstdint>
#include <optional>

namespace atleus {

/// What one weight asks for. All numbers are positive.
struct ArrayDemand {
  /// Arrays along the rows of the matrix.
  int64_t gridRows = 1;
  /// Columns of the matrix.
  int64_t features = 1;
  /// Columns of an array that hold one column of the matrix.
  int64_t columnsPerFeature = 1;
  /// Columns of an array.
  int64_t columnsPerArray = 1;
  /// Rows of arrays between which the matrix may be cut.
  int64_t gridRowsPerCut = 1;

  /// Arrays that hold `count` of the features.
  int64_t arrays(int64_t count) const;
  int64_t arrays() const { return arrays(features); }
  /// Features that fit into `count` arrays.
  int64_t featuresIn(int64_t count) const;
  /// Rows of arrays of the parts, from the first row on, into which the matrix
  /// is cut for cores of so many arrays: all of them in one part if a core has
  /// as many, or if it has fewer than one cut takes.
  llvm::SmallVector<int64_t> cutRows(int64_t arraysPerCore) const;
  /// Arrays that any part of the matrix takes in cores of so many.
  int64_t leastArrays(int64_t arraysPerCore) const;
};

/// Consecutive features of a weight in one core, in consecutive rows of arrays.
struct ArrayPiece {
  int64_t core = 0;
  int64_t firstFeature = 0;
  int64_t features = 0;
  int64_t arrays = 0;
  int64_t firstGridRow = 0;
  int64_t gridRows = 1;

  bool operator==(const ArrayPiece &other) const {
    return core == other.core && firstFeature == other.firstFeature &&
           features == other.features && arrays == other.arrays &&
           firstGridRow == other.firstGridRow && gridRows == other.gridRows;
  }
};

/// Where a weight goes that several cores have room for. Ties go to the core
/// with the lower number.
enum class FitPolicy {
  NextFit,  ///< the core of the previous weight, or the next one with room
  FirstFit, ///< the first core with room
  BestFit,  ///< the fullest core with room
  WorstFit, ///< the emptiest core: weights spread over the cores
};

class ArrayPacker {
public:
  ArrayPacker(int64_t cores, int64_t arraysPerCore, FitPolicy policy);

  /// Takes the arrays for one more weight and returns its pieces in the order
  /// of their rows, and those of the same rows in the order of their features,
  /// at most one of them for each core. Without room nothing is taken.
  std::optional<llvm::SmallVector<ArrayPiece>> add(const ArrayDemand &demand);

  /// Takes `arrays` of the emptiest core, or with the policy BestFit of the
  /// fullest one that has as many, which is none of `others`, for a replica of
  /// what those hold, and returns that core; without room nothing is taken.
  std::optional<int64_t> addReplica(int64_t arrays,
                                    llvm::ArrayRef<int64_t> others);

  /// Arrays of all cores that hold nothing.
  int64_t freeArrays() const;
  /// Arrays of one core that hold nothing.
  int64_t freeArrays(int64_t core) const { return free[core]; }

private:
  void sortByRoom(llvm::SmallVectorImpl<int64_t> &cores,
                  bool emptiestFirst) const;
  /// Cores in the order in which the policy tries them.
  llvm::SmallVector<int64_t> coresByPreference() const;
  void take(const ArrayPiece &piece);
  /// The same as `add` for a matrix that is not cut along its rows, and for one
  /// that is cut into parts of so many rows of arrays.
  std::optional<llvm::SmallVector<ArrayPiece>>
  addPart(const ArrayDemand &demand);
  std::optional<llvm::SmallVector<ArrayPiece>>
  addRows(const ArrayDemand &demand, llvm::ArrayRef<int64_t> parts);

  llvm::SmallVector<int64_t> free;
  int64_t arraysPerCore;
  FitPolicy policy;
  /// The core of the last piece placed.
  int64_t current = 0;
};

/// The first weight that found no room, and the arrays that were free then.
struct ArrayShortage {
  size_t demand = 0;
  int64_t freeArrays = 0;
};

/// The pieces of every weight, by its place in `demands`. All policies but
/// NextFit place larger weights first, equal ones in the order given; if that
/// leaves a weight without room, FirstFit in the order given is tried. If that
/// fails too the result is empty and `shortage`, if not null, is of that
/// attempt.
std::optional<llvm::SmallVector<llvm::SmallVector<ArrayPiece>>>
packArrays(llvm::ArrayRef<ArrayDemand> demands, int64_t cores,
           int64_t arraysPerCore, FitPolicy policy,
           ArrayShortage *shortage = nullptr);

/// Copies of something that lies in one core, each in a core of its own.
struct CopyDemand {
  int64_t arrays = 1;
  int64_t copies = 1;
};

using CoresOfCopies = llvm::SmallVector<llvm::SmallVector<int64_t>>;

/// Adds cores to those that `cores` has for copies of each demand, which
/// `packer` has taken, until there are as many as are asked for. Copies of
/// large things are placed first, for small ones fill what they leave, but not
/// the other way round. The number of the first demand for which there is no
/// room, if there is one.
std::optional<size_t> packCopies(llvm::ArrayRef<CopyDemand> demands,
                                 ArrayPacker packer, CoresOfCopies &cores);

/// All copies on empty cores: each in the emptiest one, so that copies spread,
/// or, if that leaves one without room, each in the fullest that has room.
std::optional<CoresOfCopies> packCopies(llvm::ArrayRef<CopyDemand> demands,
                                        int64_t cores, int64_t arraysPerCore);

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_ARRAYPACKING_H
