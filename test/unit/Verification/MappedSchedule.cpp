// Compiles the models of the tests of schedules.
#include "MappedSchedule.h"

#include "atleus/Import/ONNXImport.h"
#include "atleus/Pipelines/Pipeline.h"
#include "atleus/Report/ScheduleExport.h"
#include "atleus/Verification/Verification.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/NN/NN.h"

#include "mlir/Parser/Parser.h"

#include <fstream>
#include <sstream>

using namespace mlir;
using namespace atleus;

static const std::string sources = ATLEUS_SOURCE_DIR;

std::unique_ptr<MLIRContext> atleus::makeContext() {
  DialectRegistry registry;
  registerEverything(registry);
  auto context = std::make_unique<MLIRContext>(registry);
  context->loadAllAvailableDialects();
  context->printOpOnDiagnostic(false);
  return context;
}

/// Puts layers of equal shape on one crossbar tier into two slots by turns.
static void shareSlots(ModuleOp module) {
  std::map<std::pair<std::string, std::string>, unsigned> counts;
  Builder builder(module.getContext());
  module.walk([&](nn::LinearOp op) {
    auto tier = op->getAttrOfType<FlatSymbolRefAttr>(arch::tierAttribute);
    if (!tier || !tier.getValue().starts_with("reram"))
      return;
    std::string shape;
    for (int64_t size : op.getWeight().getType().getShape())
      shape += "x" + std::to_string(size);
    unsigned count = counts[{tier.getValue().str(), shape}]++;
    op->setAttr("arch.slot", builder.getStringAttr(
                                 "slot" + std::to_string(count % 2) + shape));
  });
}

std::unique_ptr<MappedSchedule>
MappedSchedule::compile(MLIRContext &context, StringRef model,
                        StringRef machine, unsigned tokensPerTask,
                        bool sharesSlots,
                        const std::vector<std::string> &machineChanges) {
  PipelineOptions options;
  options.machine = machine.str();
  options.machineChanges = machineChanges;
  // By cost, weights this small stream wherever they can.
  options.mapping.policy = machine == "atleus" ? AssignmentPolicy::StaticDynamic
                                               : AssignmentPolicy::AllSystolic;
  options.mapping.tokensPerTask = tokensPerTask;
  auto result = std::make_unique<MappedSchedule>();
  if (model.ends_with(".onnx")) {
    options.calibration =
        (model.drop_back(strlen(".onnx")) + ".calibration.npz").str();
    result->module = importONNX(model, &context);
  } else {
    result->module = parseSourceString<ModuleOp>(model, &context);
  }
  if (!result->module ||
      failed(runPipeline(*result->module, Phase::Assigned, options)))
    return nullptr;
  if (sharesSlots)
    shareSlots(*result->module);
  if (failed(runPipeline(*result->module, Phase::Estimated, options)))
    return nullptr;
  auto schedule = *result->module->getOps<sched::ScheduleOp>().begin();
  llvm::cantFail(exportSchedule(schedule, result->schedule));
  return result;
}

static std::string readText(const std::string &path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// A product with streamed weights, in tasks of rows.
static constexpr llvm::StringLiteral product = R"mlir(
  func.func @main(%x: tensor<1x24x64xf32> {nn.name = "x"})
      -> (tensor<1x24x96xf32> {nn.name = "y"}) {
    %w = nn.constant dense<0.5> : tensor<64x96xf32>
    %y = nn.linear %x, %w {nn.name = "product"}
        : (tensor<1x24x64xf32>, tensor<64x96xf32>) -> tensor<1x24x96xf32>
    %z = nn.relu %y {nn.name = "activation"} : tensor<1x24x96xf32>
    return %z : tensor<1x24x96xf32>
  })mlir";

/// A product with so many columns in a small buffer that transfers take the
/// results of several tasks each.
static constexpr llvm::StringLiteral columns = R"mlir(
  func.func @main(%x: tensor<1x4x512xf32> {nn.name = "x"})
      -> (tensor<1x4x2048xf32> {nn.name = "y"}) {
    %w = nn.constant dense<0.5> : tensor<512x2048xf32>
    %y = nn.linear %x, %w {nn.name = "columns"}
        : (tensor<1x4x512xf32>, tensor<512x2048xf32>) -> tensor<1x4x2048xf32>
    %z = nn.relu %y {nn.name = "activation"} : tensor<1x4x2048xf32>
    return %z : tensor<1x4x2048xf32>
  })mlir";

/// Causal attention, whose tasks read the keys of all those before.
static constexpr llvm::StringLiteral attention = R"mlir(
  func.func @main(%x: tensor<1x32x16xf32> {nn.name = "hidden"})
      -> (tensor<1x32x16xf32> {nn.name = "output"}) {
    %w = nn.constant dense<0.5> : tensor<16x16xf32>
    %q = nn.linear %x, %w {nn.name = "query"}
        : (tensor<1x32x16xf32>, tensor<16x16xf32>) -> tensor<1x32x16xf32>
    %k = nn.linear %x, %w {nn.name = "key"}
        : (tensor<1x32x16xf32>, tensor<16x16xf32>) -> tensor<1x32x16xf32>
    %v = nn.linear %x, %w {nn.name = "value"}
        : (tensor<1x32x16xf32>, tensor<16x16xf32>) -> tensor<1x32x16xf32>
    %a = nn.attention %q, %k, %v heads 2 kv_heads 2 scale 0.25
        {causal, nn.name = "attention"}
        : (tensor<1x32x16xf32>, tensor<1x32x16xf32>, tensor<1x32x16xf32>)
        -> tensor<1x32x16xf32>
    %y = nn.add %x, %a {nn.name = "residual"}
        : (tensor<1x32x16xf32>, tensor<1x32x16xf32>) -> tensor<1x32x16xf32>
    return %y : tensor<1x32x16xf32>
  })mlir";

/// A step of a decoder, whose results continue its caches.
static constexpr llvm::StringLiteral step = R"mlir(
  func.func @main(%x: tensor<1x2x16xf32> {nn.name = "hidden"},
                  %pk: tensor<1x6x16xf32> {nn.name = "past_key"},
                  %pv: tensor<1x6x16xf32> {nn.name = "past_value"})
      -> (tensor<1x2x16xf32> {nn.name = "output"},
          tensor<1x8x16xf32> {nn.name = "present_key"},
          tensor<1x8x16xf32> {nn.name = "present_value"}) {
    %w = nn.constant dense<0.5> : tensor<16x16xf32>
    %q = nn.linear %x, %w {nn.name = "query"}
        : (tensor<1x2x16xf32>, tensor<16x16xf32>) -> tensor<1x2x16xf32>
    %k = nn.linear %x, %w {nn.name = "key"}
        : (tensor<1x2x16xf32>, tensor<16x16xf32>) -> tensor<1x2x16xf32>
    %v = nn.linear %x, %w {nn.name = "value"}
        : (tensor<1x2x16xf32>, tensor<16x16xf32>) -> tensor<1x2x16xf32>
    %keys = nn.concat %pk, %k axis 1
        : (tensor<1x6x16xf32>, tensor<1x2x16xf32>) -> tensor<1x8x16xf32>
    %values = nn.concat %pv, %v axis 1
        : (tensor<1x6x16xf32>, tensor<1x2x16xf32>) -> tensor<1x8x16xf32>
    %a = nn.attention %q, %keys, %values heads 2 kv_heads 2 scale 0.25
        {nn.name = "attention"}
        : (tensor<1x2x16xf32>, tensor<1x8x16xf32>, tensor<1x8x16xf32>)
        -> tensor<1x2x16xf32>
    return %a, %keys, %values
        : tensor<1x2x16xf32>, tensor<1x8x16xf32>, tensor<1x8x16xf32>
  })mlir";

const std::vector<std::unique_ptr<MappedSchedule>> &
atleus::getMappedSchedules() {
  static std::unique_ptr<MLIRContext> context = makeContext();
  static const std::vector<std::unique_ptr<MappedSchedule>> schedules = [] {
    const std::string digits = sources + "/models/digits-vit/digits-vit.onnx";
    const std::string layer =
        readText(sources + "/test/Inputs/transformer-layer.mlir");
    const std::tuple<StringRef, StringRef, unsigned> models[] = {
        {"digits-vit", digits, 16},
        {"product", product, 8},
        {"attention", attention, 4},
        {"layer", layer, 3},
        {"step", step, 1}};
    std::vector<std::unique_ptr<MappedSchedule>> result;
    for (auto [name, model, tokens] : models)
      for (StringRef machine : {"atleus", "systolic-edge"}) {
        result.push_back(
            MappedSchedule::compile(*context, model, machine, tokens));
        if (result.back())
          result.back()->name = (name + " on " + machine).str();
      }
    result.push_back(MappedSchedule::compile(
        *context, columns, "systolic-edge", /*tokensPerTask=*/1,
        /*sharesSlots=*/false, {"pe.buffer_bytes=32768"}));
    if (result.back())
      result.back()->name = "columns on systolic-edge";
    // Cores with one array of eight rows, and weights in slots.
    const std::vector<std::string> small = {
        "reram.rows=8", "reram.active_rows=8", "reram.tiles=1",
        "reram.arrays_per_tile=1"};
    for (bool sharesSlots : {false, true})
      for (auto [name, model, tokens] : {models[2], models[3]}) {
        result.push_back(MappedSchedule::compile(
            *context, model, "atleus", tokens, sharesSlots,
            sharesSlots ? std::vector<std::string>() : small));
        if (result.back())
          result.back()->name =
              (name + (sharesSlots ? " in slots" : " cut along rows")).str();
      }
    return result;
  }();
  return schedules;
}

std::vector<std::string>
atleus::getViolations(const schedule::v1::Schedule &schedule, ModuleOp module) {
  MLIRContext *context = module.getContext();
  std::vector<std::string> texts;
  ScopedDiagnosticHandler handler(context, [&](Diagnostic &diagnostic) {
    texts.push_back(diagnostic.str());
    for (Diagnostic &note : diagnostic.getNotes())
      texts.push_back("note: " + note.str());
    return success();
  });
  Location location = getFileLocation("schedule.pb", context);
  if (failed(checkForm(schedule, location)))
    return texts;
  FailureOr<VerifiedCounts> counts = verifySchedule(schedule, module, location);
  if (failed(counts) && texts.empty())
    texts.emplace_back("failed without a word");
  return texts;
}
