// One of NeuroSim's arrays as a crossbar of ours.
#ifndef ATLEUS_LIB_VALIDATION_NEUROSIMARRAY_H
#define ATLEUS_LIB_VALIDATION_NEUROSIMARRAY_H

#include "atleus/Cost/CrossbarComponents.h"
#include "atleus/Validation/TableFile.h"

namespace atleus {

/// An array whose components take what a row of `neurosim_subarray` says, and
/// which is read as the row says: asynchronously or clocked.
struct NeuroSimArray {
  explicit NeuroSimArray(const TableRow &row);

  CrossbarConstants core;
  CrossbarComponents components;
};

} // namespace atleus

#endif // ATLEUS_LIB_VALIDATION_NEUROSIMARRAY_H
