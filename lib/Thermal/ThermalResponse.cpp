// The temperatures of blocks as a matrix times their powers.
#include "atleus/Thermal/ThermalResponse.h"

#include "atleus/Thermal/SteadyState.h"

using namespace atleus;

ThermalResponse::ThermalResponse(const ThermalNetwork &network,
                                 const BlockMap &blocks)
    : responses(blocks.getNumBlocks(), blocks.getNumBlocks()) {
  SteadyStateFactorization factors(network);
  for (int64_t block = 0; block < blocks.getNumBlocks(); ++block)
    responses.col(block) = blocks.average(factors.solve(
        blocks.spread(Eigen::VectorXd::Unit(blocks.getNumBlocks(), block))));
}
