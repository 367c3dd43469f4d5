// Which zeros of weights a core leaves out.
#ifndef ATLEUS_ARCH_SKIPPEDZEROS_H
#define ATLEUS_ARCH_SKIPPEDZEROS_H

#include "dialects/Arch/ArchEnums.h"
#include "dialects/Interfaces/Work.h"

#include <string>

namespace atleus::arch {

/// Whether a core with that skill makes use of lines that blocks of a weight
/// leave out, and of groups that are balanced.
bool usesLines(Sparsity skill, const WeightSparsity &sparsity);
bool usesGroups(Sparsity skill, const WeightSparsity &sparsity);

/// Why a core with that skill computes the zeros of the product's weight, as in
/// "skips nothing"; empty if it skips them or a part of them. The weight has
/// zeros to skip.
std::string explainComputedZeros(arch::Sparsity skill,
                                 const MatrixProduct &product);

/// Whether a core with that skill skips zeros of the product's weight.
bool skipsZeros(arch::Sparsity skill, const MatrixProduct &product);

} // namespace atleus::arch

#endif // ATLEUS_ARCH_SKIPPEDZEROS_H
