// Writes SCALE-Sim's configuration and topology files.
#include "atleus/Report/ScaleSimExport.h"

#include "atleus/Cost/Arithmetic.h"
#include "atleus/Cost/MachineConstants.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/Dialects.h"
#include "dialects/Interfaces/Interfaces.h"
#include "dialects/NN/NN.h"

#include "mlir/Tools/mlir-translate/Translation.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"

using namespace mlir;
using namespace atleus;

namespace {
/// A product that a core computes `count` times.
struct Layer {
  std::string name;
  int64_t m, k, n;
  int64_t count = 0;
};

/// The layers of each core, in the order of the module.
using CoreLayers = llvm::MapVector<arch::SystolicOp, std::vector<Layer>>;
} // namespace

/// A name without what separates fields.
static std::string cleanName(StringRef name) {
  std::string clean = name.empty() ? "kernel" : name.str();
  for (char &c : clean)
    if (!llvm::isAlnum(c) && c != '.' && c != '-')
      c = '_';
  return clean;
}

/// Adds `count` products to the layer of the same kernel and size.
static void addLayer(std::vector<Layer> &layers, StringRef name, int64_t m,
                     int64_t k, int64_t n, int64_t count) {
  for (Layer &layer : llvm::reverse(layers))
    if (layer.name == name && layer.m == m && layer.k == k && layer.n == n) {
      layer.count += count;
      return;
    }
  layers.push_back({name.str(), m, k, n, count});
}

static void addKernel(KernelOpInterface kernel, arch::SystolicOp core,
                      std::vector<Layer> &layers) {
  SystolicConstants array = getConstants(core);
  std::string name = cleanName(nn::getKernelName(kernel));
  for (int64_t task = 0, end = kernel.getNumTasks(); task < end; ++task) {
    Work work = kernel.getTileWork(kernel.getTaskResult(task));
    for (const MatrixProduct &product : work.products) {
      if (product.macs() == 0)
        continue;
      // Blocks of rows with scales of their own are products of their own.
      int64_t k = product.rowsPerScale ? product.rowsPerScale : product.k;
      int64_t count = product.batch * ceilDivide(product.k, k) *
                      systolicPasses(array, product.lhsBits, product.rhsBits);
      addLayer(layers, name, product.m, k, product.n, count);
    }
  }
}

static FailureOr<CoreLayers> findLayers(ModuleOp module) {
  FailureOr<arch::MachineOp> machine = arch::findMachine(module);
  if (failed(machine))
    return failure();
  CoreLayers cores;
  WalkResult walk = module.walk([&](KernelOpInterface kernel) {
    FailureOr<Operation *> place = arch::findPlace(*machine, kernel);
    if (failed(place))
      return WalkResult::interrupt();
    if (auto core = dyn_cast<arch::SystolicOp>(arch::getPricedOp(*place)))
      addKernel(kernel, core, cores[core]);
    return WalkResult::advance();
  });
  if (walk.wasInterrupted())
    return failure();
  cores.remove_if([](const auto &core) { return core.second.empty(); });
  if (cores.empty())
    return module.emitError("has no product on a systolic core: map a model "
                            "onto a machine with one before it is exported");
  return cores;
}

/// The topology: a line per layer.
static std::string writeTopology(ArrayRef<Layer> layers) {
  std::string text = "Layer,M,N,K,\n";
  llvm::raw_string_ostream os(text);
  for (const Layer &layer : layers) {
    os << layer.name;
    if (layer.count > 1)
      os << "_x" << layer.count;
    os << ',' << layer.m << ',' << layer.n << ',' << layer.k << ",\n";
  }
  return text;
}

/// The configuration. SCALE-Sim's words have a byte. Without operand buffers
/// the tool computes the bandwidth that causes no stall.
static std::string writeConfiguration(arch::SystolicOp core) {
  std::optional<int64_t> buffer = core.getOperandBufferBytes();
  int64_t kilobytes = ceilDivide(buffer.value_or(core.getBufferBytes()), 1024);
  int64_t bandwidth = core.getBufferBytesPerCycle();
  std::string text;
  llvm::raw_string_ostream os(text);
  os << "[general]\nrun_name = " << core.getSymName()
     << "\n\n[architecture_presets]\nArrayHeight : " << core.getRows()
     << "\nArrayWidth : " << core.getColumns();
  for (StringRef operand : {"Ifmap", "Filter", "Ofmap"})
    os << '\n' << operand << "SramSzkB : " << kilobytes;
  os << "\nIfmapOffset : 0\nFilterOffset : 10000000\nOfmapOffset : 20000000"
     << "\nBandwidth : " << bandwidth
     << "\nDataflow : " << stringifyDataflow(core.getDataflow())
     << "\nMemoryBanks : 1\nReadRequestBuffer : 512"
     << "\nWriteRequestBuffer : 512\n\n[layout]";
  for (StringRef operand : {"Ifmap", "Filter"})
    os << '\n'
       << operand << "CustomLayout : False\n"
       << operand << "SRAMBankBandwidth : " << bandwidth << '\n'
       << operand << "SRAMBankNum : 1\n"
       << operand << "SRAMBankPort : 2";
  os << "\n\n[sparsity]\nSparsitySupport : false\nSparseRep : ellpack_block"
     << "\nOptimizedMapping : false\nBlockSize : 8"
     << "\nRandomNumberGeneratorSeed : 40\n\n[run_presets]"
     << "\nInterfaceBandwidth : " << (buffer ? "USER" : "CALC")
     << "\nUseRamulatorTrace : False\n";
  return text;
}

FailureOr<std::vector<OutputFile>> atleus::makeScaleSimFiles(ModuleOp module) {
  FailureOr<CoreLayers> cores = findLayers(module);
  if (failed(cores))
    return failure();
  std::vector<OutputFile> files;
  auto add = [&](const Twine &name, std::string text) {
    files.push_back(makeTextFile(name.str(), std::move(text)));
  };
  for (auto &[core, layers] : *cores) {
    add(core.getSymName() + ".cfg", writeConfiguration(core));
    add(core.getSymName() + ".csv", writeTopology(layers));
    // The tool reads a file of layouts even if there are none.
    add(core.getSymName() + ".layout", "Layer name,\n");
  }
  return files;
}

void atleus::registerScaleSimExport(llvm::cl::OptionCategory &category) {
  static llvm::cl::opt<std::string> folder(
      "scalesim-folder",
      llvm::cl::desc("Folder for the files of --export-scalesim (default: "
                     "scalesim)"),
      llvm::cl::value_desc("path"), llvm::cl::init("scalesim"),
      llvm::cl::cat(category));
  TranslateFromMLIRRegistration registration(
      "export-scalesim",
      "Write the products of systolic cores as input of SCALE-Sim",
      [](ModuleOp module, llvm::raw_ostream &os) -> LogicalResult {
        FailureOr<std::vector<OutputFile>> files = makeScaleSimFiles(module);
        if (failed(files))
          return failure();
        if (llvm::Error error = writeFolderWhole(folder, *files))
          return module.emitError() << llvm::toString(std::move(error));
        for (const OutputFile &file : *files)
          if (StringRef core = file.name; core.consume_back(".csv"))
            os << "cd " << folder
               << " && python3 -m scalesim.scale -i gemm -s N"
               << " -c " << core << ".cfg -t " << core << ".csv -l " << core
               << ".layout -p .\n";
        return success();
      },
      [](DialectRegistry &registry) { registerAllDialects(registry); });
}
