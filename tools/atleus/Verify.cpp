// `atleus verify`: a schedule that was written to a file against its model.
#include "Commands.h"
#include "MappedModelFile.h"
#include "Session.h"

#include "atleus/Report/schedule.pb.h"
#include "atleus/Verification/Verification.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace atleus;
namespace cl = llvm::cl;

static cl::opt<std::string> schedulePath(cl::Positional, cl::Required,
                                         cl::desc("<schedule.pb|.json>"),
                                         cl::sub(getVerifyCommand()));

static cl::opt<bool>
    warnOfBuffers("warn-buffers",
                  cl::desc("A buffer that does not hold what the schedule "
                           "keeps in it is a warning, not an error"),
                  cl::cat(getOptionCategory()), cl::sub(getVerifyCommand()));

/// Options of other commands that are not for this one.
static cl::list<std::string> machine("machine", cl::ReallyHidden,
                                     cl::sub(getVerifyCommand()));
static cl::list<std::string> machineChanges("set", cl::ReallyHidden,
                                            cl::sub(getVerifyCommand()));

/// Reports an option for a machine; returns whether there is one.
static bool reportMachineOptions() {
  if (machine.empty() && machineChanges.empty())
    return false;
  reportError(llvm::Twine(machine.empty() ? "--set" : "--machine") +
              " has no effect: the machine of a schedule is in its --model");
  return true;
}

static void print(const VerifiedCounts &counts) {
  llvm::outs() << llvm::formatv(
      "verified: {0:n} tasks of {1:n} kernels, {2:n} transfers, {3:n} "
      "barriers, {4:n} operand tiles, {5:n} resources, {6:n} crossbar arrays, "
      "{7:n} MACs\n",
      counts.tasks, counts.kernels, counts.transfers, counts.barriers,
      counts.reads, counts.resources, counts.arrays, counts.operations);
}

int atleus::runVerify() {
  Session session;
  if (reportMachineOptions())
    return 1;
  FailureOr<LoadedModel> model = loadMappedModel(session.context());
  if (failed(model))
    return 1;
  std::unique_ptr<schedule::v1::Schedule> schedule =
      readSchedule(schedulePath, session.context());
  if (!schedule)
    return 1;
  VerificationOptions options;
  options.enforceBuffers = !warnOfBuffers;
  FailureOr<VerifiedCounts> counts =
      verifySchedule(*schedule, *model->module,
                     getFileLocation(schedulePath, session.context()), options);
  if (failed(counts))
    return 1;
  print(*counts);
  return 0;
}
