// OpenBLAS, loaded when the first product is computed.
//
// It is not linked, because it chooses its kernels by a table of CPU models
// while it is loaded: one that is newer than the table gets those of the oldest
// CPU, several times slower. Loading it late leaves time to tell it what the
// CPU can do. Without the library products are computed in plain loops.
#ifndef ATLEUS_LIB_INTERPRETER_MATRIXLIBRARY_H
#define ATLEUS_LIB_INTERPRETER_MATRIXLIBRARY_H

#include <cblas.h>

namespace atleus {

/// The functions of the library that are used, with its own signatures.
struct MatrixLibrary {
  decltype(&cblas_sgemm) multiplyFloats;
  decltype(&cblas_dgemm) multiplyDoubles;

  static const MatrixLibrary &get();
};

} // namespace atleus

#endif // ATLEUS_LIB_INTERPRETER_MATRIXLIBRARY_H
