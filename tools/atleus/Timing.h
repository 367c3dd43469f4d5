// `--timing`: where the time of a compilation went.
#ifndef ATLEUS_TOOLS_ATLEUS_TIMING_H
#define ATLEUS_TOOLS_ATLEUS_TIMING_H

#include "mlir/Support/Timing.h"

namespace atleus {

/// Measures from its construction on; prints to standard error when it goes
/// away, if the user asked for that.
class Timing {
public:
  Timing();

  mlir::TimingScope &scope() { return root; }

private:
  mlir::DefaultTimingManager manager;
  mlir::TimingScope root;
};

} // namespace atleus

#endif // ATLEUS_TOOLS_ATLEUS_TIMING_H
