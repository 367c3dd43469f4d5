// Schedules as messages, and in protobuf's wire format.
#include "atleus/Report/ScheduleExport.h"

#include "atleus/Report/schedule.pb.h"
#include "atleus/Support/ReportedError.h"
#include "dialects/Sched/TransferPath.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

using namespace mlir;
using namespace atleus;
namespace v1 = atleus::schedule::v1;

static constexpr int schemaVersion = 1;

static void exportNode(const noc::Node &node, v1::Node &message) {
  message.set_x(node.x);
  message.set_y(node.y);
  message.set_z(node.z);
}

static v1::Direction exportDirection(noc::Direction direction) {
  switch (direction) {
  case noc::Direction::XPlus:
    return v1::X_PLUS;
  case noc::Direction::XMinus:
    return v1::X_MINUS;
  case noc::Direction::YPlus:
    return v1::Y_PLUS;
  case noc::Direction::YMinus:
    return v1::Y_MINUS;
  case noc::Direction::ZPlus:
    return v1::Z_PLUS;
  case noc::Direction::ZMinus:
    return v1::Z_MINUS;
  case noc::Direction::Added:
    return v1::ADDED;
  }
  llvm_unreachable("unknown direction");
}

static v1::Resource::Kind exportKind(sched::Resource::Kind kind) {
  switch (kind) {
  case sched::Resource::Kind::Unit:
    return v1::Resource::UNIT;
  case sched::Resource::Kind::Link:
    return v1::Resource::LINK;
  case sched::Resource::Kind::InjectionPort:
    return v1::Resource::INJECTION_PORT;
  case sched::Resource::Kind::EjectionPort:
    return v1::Resource::EJECTION_PORT;
  }
  llvm_unreachable("unknown kind of resource");
}

static void exportResource(const sched::Resource &resource,
                           v1::Resource &message) {
  message.set_name(sched::toString(resource));
  message.set_kind(exportKind(resource.kind));
  exportNode(resource.node, *message.mutable_node());
  if (resource.unit)
    message.set_unit(resource.unit.str());
  if (resource.kind != sched::Resource::Kind::Link)
    return;
  message.set_direction(exportDirection(resource.hop.direction));
  if (resource.hop.kind() == LinkKind::Added)
    exportNode(resource.hop.target, *message.mutable_target());
}

/// The links of a transfer or of a branch.
template <typename Message>
static void exportRoute(noc::RouteAttr route, Message &message) {
  exportNode(route.getStart(), *message.mutable_from());
  for (const noc::Hop &hop : route.getHops()) {
    message.add_route(exportDirection(hop.direction));
    if (hop.kind() == LinkKind::Added)
      exportNode(hop.target, *message.add_targets());
  }
}

static void exportTransfer(sched::TransferOp transfer, v1::Transfer &message) {
  exportRoute(transfer.getRoute(), message);
  if (transfer.getBranches())
    for (auto branch : transfer.getBranches()->getAsRange<noc::RouteAttr>())
      exportRoute(branch, *message.add_branches());
  if (auto further =
          transfer->getAttrOfType<DenseI64ArrayAttr>(sched::gathersAttribute))
    message.mutable_gathers()->Add(further.asArrayRef().begin(),
                                   further.asArrayRef().end());
  message.set_bits(transfer.getBits());
  message.set_flits(transfer.getFlits());
}

/// What tasks and transfers have in common beyond their times.
template <typename Op>
static void exportIdentity(Op op, v1::Task &message) {
  message.set_kernel(op.getKernel().str());
  message.set_index(op.getIndex());
  if (std::optional<int64_t> energy = op.getEnergyFj())
    message.set_energy_fj(*energy);
}

static void exportKind(sched::TimedOpInterface op, v1::Task &message) {
  if (auto task = dyn_cast<sched::TaskOp>(*op)) {
    message.set_kind(v1::Task::COMPUTE);
    exportIdentity(task, message);
    if (std::optional<int64_t> bits = task.getResultBits())
      message.set_result_bits(*bits);
    if (auto bits =
            task->getAttrOfType<IntegerAttr>(scheduling::localBitsAttribute))
      message.set_local_bits(bits.getInt());
    if (auto bits =
            task->getAttrOfType<IntegerAttr>(scheduling::readBitsAttribute))
      message.set_read_bits(bits.getInt());
  } else if (auto transfer = dyn_cast<sched::TransferOp>(*op)) {
    message.set_kind(v1::Task::TRANSFER);
    exportIdentity(transfer, message);
    exportTransfer(transfer, *message.mutable_transfer());
  } else {
    message.set_kind(v1::Task::BARRIER);
  }
}

static void exportTasks(const LoadedSchedule &schedule, v1::Schedule &message) {
  const scheduling::LoadedProblem &loaded = schedule.loaded;
  for (size_t i = 0; i < loaded.tasks.size(); ++i) {
    sched::TimedOpInterface op = loaded.tasks[i];
    v1::Task &task = *message.add_tasks();
    exportKind(op, task);
    task.set_release_ps(op.getRelease().count());
    task.set_start_ps(schedule.starts[i].count());
    task.set_duration_ps(op.getDuration().count());
    for (const scheduling::Use &use : loaded.problem.uses(i)) {
      v1::Use &useMessage = *task.add_uses();
      useMessage.set_resource(use.resource);
      useMessage.set_offset_ps(use.offset.count());
      useMessage.set_length_ps(use.length.count());
    }
  }
  for (auto [predecessor, task] : loaded.problem.dependences())
    message.mutable_tasks(task)->add_dependences(predecessor);
}

static void exportProgram(sched::ProgramOp program, v1::Program &message) {
  message.set_kernel(program.getKernel().str());
  for (const noc::Node &node : program.getNodes().getNodes())
    exportNode(node, *message.add_nodes());
  message.set_arrays(program.getArrays());
  message.set_duration_ps(program.getDurationPs());
  if (std::optional<int64_t> energy = program.getEnergyFj())
    message.set_energy_fj(*energy);
}

static void exportSummary(sched::SummaryOp summary, v1::Summary &message) {
  message.set_critical_path_ps(summary.getCriticalPathPs());
  message.set_busiest_resource_ps(summary.getBusiestResourcePs());
  message.set_busiest_resource(summary.getBusiestResource().str());
  message.set_bandwidth_ps(summary.getBandwidthPs());
  if (std::optional<int64_t> bound = summary.getLowerBoundPs())
    message.set_lower_bound_ps(*bound);
  DictionaryAttr energies = summary.getEnergyFjAttr();
  if (!energies)
    return;
  for (NamedAttribute entry : energies) {
    v1::ComponentEnergy &energy = *message.add_energy();
    energy.set_component(entry.getName().str());
    energy.set_energy_fj(cast<IntegerAttr>(entry.getValue()).getInt());
  }
}

llvm::Error atleus::exportSchedule(sched::ScheduleOp schedule,
                                   v1::Schedule &message) {
  FailureOr<LoadedSchedule> loaded = loadSchedule(schedule);
  if (failed(loaded))
    return toError(failure());
  return exportSchedule(*loaded, message);
}

llvm::Error atleus::exportSchedule(const LoadedSchedule &loaded,
                                   v1::Schedule &message) {
  sched::ScheduleOp schedule = loaded.op;
  message.set_schema_version(schemaVersion);
  message.set_name(schedule.getSymName().str());
  message.set_model(schedule.getModel().value_or("").str());
  message.set_machine(schedule.getMachine().str());
  if (std::optional<int64_t> makespan = schedule.getMakespanPs())
    message.set_makespan_ps(*makespan);
  if (std::optional<int64_t> interval = schedule.getIntervalPs())
    message.set_interval_ps(*interval);
  message.set_exceeds_buffers(
      schedule->hasAttr(scheduling::exceedsBuffersAttribute));
  for (const sched::Resource &resource : loaded.loaded.resources)
    exportResource(resource, *message.add_resources());
  for (auto program : schedule.getOps<sched::ProgramOp>())
    exportProgram(program, *message.add_programs());
  if (sched::SummaryOp summary = schedule.getSummary())
    exportSummary(summary, *message.mutable_summary());
  exportTasks(loaded, message);
  return checkMessageSize(message);
}

llvm::Error atleus::checkMessageSize(const v1::Schedule &message,
                                     size_t maximumBytes) {
  size_t bytes = message.ByteSizeLong();
  if (bytes <= maximumBytes)
    return llvm::Error::success();
  return llvm::createStringError(
      "the schedule of " + llvm::Twine(message.tasks_size()) + " tasks takes " +
      llvm::Twine(bytes) + " bytes, but a protobuf message ends at " +
      llvm::Twine(maximumBytes) +
      "; compile with a larger --granularity for fewer tasks");
}

void atleus::writeMessage(const v1::Schedule &message, llvm::raw_ostream &os) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializeToCodedStream(&coded);
  }
  os << bytes;
}

llvm::Error atleus::writeSchedule(sched::ScheduleOp schedule,
                                  llvm::raw_ostream &os) {
  v1::Schedule message;
  if (llvm::Error error = exportSchedule(schedule, message))
    return error;
  writeMessage(message, os);
  return llvm::Error::success();
}

llvm::Error atleus::writeScheduleJSON(sched::ScheduleOp schedule,
                                      llvm::raw_ostream &os) {
  v1::Schedule message;
  if (llvm::Error error = exportSchedule(schedule, message))
    return error;
  writeMessageJSON(message, os);
  return llvm::Error::success();
}
