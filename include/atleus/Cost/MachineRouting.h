// The routing of a machine's network.
#ifndef ATLEUS_COST_MACHINEROUTING_H
#define ATLEUS_COST_MACHINEROUTING_H

#include "atleus/Cost/NoCRouting.h"
#include "dialects/Arch/Arch.h"

namespace atleus {

/// The routing of a network. Reports an error if a node cannot reach another,
/// or if packets can wait for each other for ever; it then names the channels.
llvm::FailureOr<NoCRouting> getRouting(arch::NoCOp noc);

} // namespace atleus

#endif // ATLEUS_COST_MACHINEROUTING_H
