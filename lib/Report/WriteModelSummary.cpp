// Writes what a model consists of as JSON.
#include "atleus/Report/ModelSummary.h"

#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

using namespace atleus;
using llvm::json::OStream;

static void writeTensors(llvm::StringRef role,
                         const std::vector<TensorSummary> &tensors,
                         OStream &json) {
  json.attributeArray(role, [&] {
    for (const TensorSummary &tensor : tensors)
      json.object([&] {
        json.attribute("name", tensor.name);
        json.attributeArray("shape", [&] {
          for (const std::string &size : tensor.shape) {
            int64_t number = 0;
            if (llvm::StringRef(size).getAsInteger(10, number))
              json.value(size);
            else
              json.value(number);
          }
        });
        json.attribute("element_type", tensor.elementType);
      });
  });
}

static void writeOperators(const ModelSummary &summary, OStream &json) {
  json.attributeArray("operators", [&] {
    for (const OperatorSummary &entry : summary.operators)
      json.object([&] {
        json.attribute("name", entry.name);
        json.attribute("nodes", entry.nodes);
        json.attribute("known", entry.isKnown);
      });
  });
}

static void writeWork(const KernelKindSummary &kind, OStream &json) {
  json.attribute("count", kind.kernels);
  json.attribute("static_macs", kind.staticMacs);
  json.attribute("dynamic_macs", kind.dynamicMacs);
  json.attribute("element_operations", kind.vectorOperations);
  json.attribute("parameter_bytes", kind.parameterBytes);
  json.attribute("activation_bytes", kind.activationBytes);
}

static void writeKernels(const ModelSummary &summary, OStream &json) {
  json.attributeArray("kernels", [&] {
    for (const KernelKindSummary &kind : summary.kinds)
      json.object([&] {
        json.attribute("kind", kind.kind);
        writeWork(kind, json);
      });
  });
  json.attributeObject("total", [&] { writeWork(summary.total(), json); });
}

static void writeConstants(llvm::StringRef name, const ConstantSummary &sum,
                           OStream &json) {
  json.attributeObject(name, [&] {
    json.attribute("elements", sum.elements);
    json.attribute("bytes", sum.bytes);
  });
}

static void writeHost(const ModelSummary &summary, OStream &json) {
  json.attribute("machine", summary.machine);
  json.attributeArray("host", [&] {
    for (const HostSummary &host : summary.host)
      json.object([&] {
        json.attribute("kind", host.kind);
        json.attribute("count", host.kernels);
        json.attribute("macs", host.macs);
        json.attribute("bytes", host.bytes);
        json.attribute("reason", host.reason);
      });
  });
}

void atleus::writeModelSummary(const ModelSummary &summary,
                               llvm::raw_ostream &os) {
  OStream json(os, /*IndentSize=*/2);
  json.object([&] {
    json.attribute("model", summary.name);
    writeTensors("inputs", summary.inputs, json);
    writeTensors("outputs", summary.outputs, json);
    writeOperators(summary, json);
    if (summary.kinds.empty())
      return json.attribute("kernels", nullptr);
    writeKernels(summary, json);
    writeConstants("parameters", summary.parameters, json);
    writeConstants("other_constants", summary.otherConstants, json);
    writeHost(summary, json);
  });
  json.flush();
  os << '\n';
}
