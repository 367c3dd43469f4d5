// How fast crossbars are simulated bit by bit: products of BERT-base's layers
// in ISAAC-like arrays, and the same products of floats.
#include "lib/Interpreter/CellSums.h"

#include "atleus/Interpreter/CrossbarNumerics.h"
#include "atleus/Interpreter/MatrixProduct.h"

#include "mlir/IR/Builders.h"
#include "llvm/Support/MathExtras.h"

#include <benchmark/benchmark.h>

#include <random>

using namespace atleus;

namespace {
/// Vectors and a weight. The arguments of a benchmark are the number of vectors
/// and the size of the weight, k by n.
struct Product {
  explicit Product(const benchmark::State &state)
      : vectors(state.range(0)), k(state.range(1)), n(state.range(2)) {}

  Tensor integers(llvm::ArrayRef<int64_t> shape) {
    Tensor result(shape, mlir::IntegerType::get(&context, 8));
    std::uniform_int_distribution<int> distribution(-128, 127);
    for (int8_t &value : result.mutableAs<int8_t>())
      value = static_cast<int8_t>(distribution(generator));
    return result;
  }
  Tensor floats(llvm::ArrayRef<int64_t> shape) {
    Tensor result(shape, mlir::Float32Type::get(&context));
    std::uniform_real_distribution<float> distribution(-1, 1);
    for (float &value : result.mutableAs<float>())
      value = distribution(generator);
    return result;
  }

  mlir::MLIRContext context;
  std::mt19937 generator{1};
  int64_t vectors, k, n;
};
} // namespace

/// Arrays of ISAAC with an ADC of one bit less than is lossless.
static CrossbarConfiguration makeConfiguration() {
  CrossbarConfiguration configuration;
  configuration.adcBits = 7;
  return configuration;
}

/// One read is one pass of one array with one group of wordlines.
static void countReads(benchmark::State &state, const Product &product,
                       const CrossbarConfiguration &configuration) {
  constexpr int64_t columns = 128;
  int64_t groups = llvm::divideCeil(product.k, configuration.activeRows);
  int64_t arrayColumns =
      llvm::divideCeil(product.n * configuration.cellsPerWeight(), columns);
  state.counters["reads"] = benchmark::Counter(
      static_cast<double>(product.vectors * groups * arrayColumns *
                          configuration.passes()),
      benchmark::Counter::kIsIterationInvariantRate);
}

static void simulateCrossbar(benchmark::State &state) {
  Product product(state);
  CrossbarConfiguration configuration = makeConfiguration();
  CrossbarWeight weight(product.integers({product.k, product.n}), product.k, {},
                        configuration);
  Tensor input = product.integers({product.vectors, product.k});
  for (auto _ : state)
    benchmark::DoNotOptimize(weight.multiply(input, 8, 0, 0));
  countReads(state, product, configuration);
}

static void multiplyFloats(benchmark::State &state) {
  Product product(state);
  Tensor weight = product.floats({product.k, product.n});
  Tensor input = product.floats({product.vectors, product.k});
  for (auto _ : state)
    benchmark::DoNotOptimize(kernels::matmul(input, weight));
}

static void writeCells(benchmark::State &state) {
  Product product(state);
  CrossbarConfiguration configuration = makeConfiguration();
  Tensor weight = product.integers({product.k, product.n});
  for (auto _ : state)
    benchmark::DoNotOptimize(
        ProgrammedCells(weight.as<int8_t>(), product.n,
                        formWordlineGroups(product.k, product.k, configuration),
                        configuration));
}

/// One column of 128 rows for 128 vectors, which stay in the cache, as often as
/// there are columns in a layer. A lookup is a byte shuffle of a register.
static void readColumns(benchmark::State &state,
                        const CellSumKernels &kernels) {
  if (!kernels.isSupported())
    return state.SkipWithError("not supported by this CPU");
  constexpr int64_t words = 32, bits = 8, vectors = 128;
  struct alignas(64) Line {
    uint8_t bytes[64];
  };
  std::vector<Line> patterns(words * bits * vectors / 64);
  for (size_t i = 0; i < patterns.size(); ++i)
    patterns[i].bytes[i % 64] = i % 16;
  uint8_t cells[words] = {};
  for (int64_t i = 0; i < words; ++i)
    cells[i] = 7 * i;
  ColumnConversion conversion = {bits, 1, true, 1, 127, 192};
  std::vector<int64_t> totals(vectors);
  ReadColumn read = kernels.read64   ? kernels.read64
                    : kernels.read32 ? kernels.read32
                                     : kernels.read16;
  int64_t lanes = kernels.read64 ? 64 : kernels.read32 ? 32 : 16;
  for (auto _ : state)
    for (int64_t lane = 0; lane < vectors; lane += lanes) {
      read({cells, words, 1, 4}, conversion,
           patterns.data()->bytes + lane * words * bits, totals.data() + lane);
      benchmark::DoNotOptimize(totals.data());
    }
  state.counters["lookups"] =
      benchmark::Counter(static_cast<double>(words * bits * vectors) / lanes,
                         benchmark::Counter::kIsIterationInvariantRate);
  state.counters["bits"] =
      benchmark::Counter(words * 4 * 2 * bits * vectors,
                         benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK_CAPTURE(readColumns, portable, portableCellSums);
#ifdef ATLEUS_X86_KERNELS
BENCHMARK_CAPTURE(readColumns, avx2, avx2CellSums);
BENCHMARK_CAPTURE(readColumns, avx512, avx512CellSums);
#endif

static void useLayers(benchmark::internal::Benchmark *benchmark) {
  for (int64_t vectors : {1, 16, 128})
    for (auto [k, n] : {std::pair(768, 768), {768, 3072}, {3072, 768}})
      benchmark->Args({vectors, k, n});
  benchmark->ArgNames({"vectors", "k", "n"})
      ->Unit(benchmark::kMillisecond)
      ->UseRealTime();
}
BENCHMARK(simulateCrossbar)->Apply(useLayers);
BENCHMARK(multiplyFloats)->Apply(useLayers);
BENCHMARK(writeCells)
    ->Args({1, 768, 3072})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

BENCHMARK_MAIN();
