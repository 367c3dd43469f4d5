// The interpreter's side of bench/inference.py: loads a model once, then runs
// it on random inputs each time a line comes in, and prints the seconds that
// the run took. With --to a later phase runs.
#include "atleus/Import/ONNXImport.h"
#include "atleus/Interpreter/Interpreter.h"
#include "atleus/Interpreter/RandomInputs.h"
#include "atleus/Pipelines/Pipeline.h"
#include "atleus/Support/NamedLocations.h"

#include "mlir/IR/MLIRContext.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Parallel.h"
#include "llvm/Support/raw_ostream.h"

#include <chrono>
#include <iostream>
#include <string>

using namespace mlir;
using namespace atleus;
namespace cl = llvm::cl;

static cl::opt<std::string> model(cl::Positional, cl::Required,
                                  cl::desc("<model.onnx>"));
static cl::opt<std::string> phaseName("to", cl::desc("Phase that runs"),
                                      cl::init("nn"));
static cl::list<std::string> dimensions("dim", cl::desc("name=size"));
static cl::list<std::string> shapes("shape", cl::desc("input=1x128"));
static cl::opt<std::string> machine("machine", cl::desc("Default: atleus"),
                                    cl::init("atleus"));
static cl::list<std::string> changes("set", cl::desc("part.number=value"));
static cl::opt<unsigned> threads("run-threads", cl::desc("default: all"),
                                 cl::init(0));
static cl::opt<bool>
    profile("profile",
            cl::desc("Also print seconds for each kind of op, to stderr"));

using Clock = std::chrono::steady_clock;

static double secondsSince(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

static OwningOpRef<ModuleOp> load(MLIRContext &context, Phase phase) {
  OwningOpRef<ModuleOp> module = importONNX(model, &context);
  PipelineOptions options;
  options.dimensions.assign(dimensions.begin(), dimensions.end());
  options.shapes.assign(shapes.begin(), shapes.end());
  options.machine = machine;
  options.machineChanges.assign(changes.begin(), changes.end());
  if (!module || failed(runPipeline(*module, phase, options)))
    return nullptr;
  return module;
}

namespace {
/// Seconds by kind of op: the time between two calls of the observer is that of
/// the op of the second.
class Profile {
public:
  void watch(Interpreter &interpreter) {
    interpreter.setObserver([this](Operation *op, MutableArrayRef<Tensor>) {
      seconds[op->getName().getStringRef()] += secondsSince(last);
      last = Clock::now();
      return success();
    });
  }
  void start() {
    seconds.clear();
    last = Clock::now();
  }
  void print() const {
    for (const auto &[name, time] : seconds)
      llvm::errs() << llvm::format("%9.3f ms  ", time * 1e3) << name << '\n';
  }

private:
  llvm::MapVector<StringRef, double> seconds;
  Clock::time_point last;
};
} // namespace

static int serve(func::FuncOp function) {
  std::vector<Tensor> inputs;
  for (BlockArgument argument : function.getArguments())
    inputs.push_back(
        makeRandomTensor(cast<RankedTensorType>(argument.getType()),
                         argument.getArgNumber(), getDefaultRange(argument)));
  Interpreter interpreter(function);
  Profile times;
  if (profile)
    times.watch(interpreter);
  for (std::string line; std::getline(std::cin, line);) {
    times.start();
    Clock::time_point begin = Clock::now();
    if (failed(interpreter.run(inputs)))
      return 1;
    llvm::outs() << llvm::format("%.6f\n", secondsSince(begin));
    llvm::outs().flush();
    if (profile)
      times.print();
  }
  return 0;
}

int main(int argc, char **argv) {
  llvm::InitLLVM initialize(argc, argv);
  cl::ParseCommandLineOptions(argc, argv, "times runs of the interpreter\n");
  llvm::parallel::strategy = llvm::hardware_concurrency(threads);
  std::optional<Phase> phase = parsePhase(phaseName);
  if (!phase) {
    llvm::errs() << "error: there is no phase '" << phaseName << "'\n";
    return 1;
  }
  DialectRegistry registry;
  registerEverything(registry);
  MLIRContext context(registry);
  NamedLocationHandler handler(&context, llvm::errs());
  OwningOpRef<ModuleOp> module = load(context, *phase);
  return module ? serve(module->lookupSymbol<func::FuncOp>("main")) : 1;
}
