//===- NNOps.td - all ops of the nn dialect -------------------------------===//
//
// What TableGen reads to make the dialect.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_NN_NNOPS_TD
#define ATLEUS_NN_NNOPS_TD

include "dialects/NN/NNBase.td"
include "dialects/NN/NNCompression.td"
include "dialects/NN/NNData.td"
include "dialects/NN/NNElementwise.td"
include "dialects/NN/NNIndexing.td"
include "dialects/NN/NNKernels.td"
include "dialects/NN/NNPooling.td"
include "dialects/NN/NNQuantization.td"

#endif // ATLEUS_NN_NNOPS_TD
