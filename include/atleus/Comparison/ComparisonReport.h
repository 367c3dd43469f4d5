// What a comparison found, for people and for tools.
#ifndef ATLEUS_COMPARISON_COMPARISONREPORT_H
#define ATLEUS_COMPARISON_COMPARISONREPORT_H

#include "atleus/Comparison/Comparison.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace atleus {

/// The nodes of the model that a value comes from, since the values that were
/// compared before it; none if they are not known.
using NodesOf =
    llvm::function_ref<std::vector<std::string>(const ComparedValue &)>;

/// Reports the first value that differs as an error at its kernel, with its
/// nodes, both numbers and the errors of its inputs. Fails if there is one.
llvm::LogicalResult reportFirstDifference(const Comparison &comparison,
                                          NodesOf nodesOf);

/// One line: how many values agree, and the largest error.
void printAgreement(const Comparison &comparison, llvm::raw_ostream &os);

/// A table of all values, the largest error first.
void printTable(const Comparison &comparison, llvm::raw_ostream &os);

/// Everything as one JSON object: values in the order of the computation,
/// `first` as an index into them or null. Errors that are not finite are null.
void writeComparisonJSON(const Comparison &comparison, NodesOf nodesOf,
                         llvm::raw_ostream &os);

} // namespace atleus

#endif // ATLEUS_COMPARISON_COMPARISONREPORT_H
