// Loads one of Atleus' dialects from outside its source tree.
#include "dialects/NN/NN.h"

#include "mlir/IR/MLIRContext.h"

int main() {
  mlir::MLIRContext context;
  return context.getOrLoadDialect<atleus::nn::NNDialect>() ? 0 : 1;
}
