// Reads schedules from files and checks their form.
#include "atleus/Verification/ScheduleFile.h"

#include "TaskLabels.h"

#include "atleus/Report/schedule.pb.h"

#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <google/protobuf/stubs/logging.h>
#include <google/protobuf/util/json_util.h>

#include <limits>

using namespace mlir;
using namespace atleus;
namespace v1 = atleus::schedule::v1;
namespace fs = llvm::sys::fs;

/// The version of the schema that this reader knows.
static constexpr int knownVersion = 1;

/// No time of a schedule reaches this, so that two of them can be added.
static constexpr int64_t endOfTime = int64_t(1) << 62;

/// Coordinates are below this.
static constexpr int64_t maximumCoordinate = 1 << 20;

//===----------------------------------------------------------------------===//
// Files
//===----------------------------------------------------------------------===//

Location atleus::getFileLocation(StringRef path, MLIRContext *context) {
  return NameLoc::get(StringAttr::get(context, path));
}

static bool isJSON(StringRef path) {
  return llvm::sys::path::extension(path) == ".json";
}

bool atleus::isScheduleFile(StringRef path) {
  return isJSON(path) || llvm::sys::path::extension(path) == ".pb";
}

/// The bytes of a file; null if they cannot be read, which has been reported
/// then.
static std::unique_ptr<llvm::MemoryBuffer> readBytes(StringRef path,
                                                     Location location) {
  auto fail = [&](std::error_code error) {
    emitError(location) << "cannot open the schedule: " << error.message();
    return nullptr;
  };
  fs::file_status status;
  if (std::error_code error = fs::status(path, status))
    return fail(error);
  if (status.type() == fs::file_type::directory_file)
    return fail(std::make_error_code(std::errc::is_a_directory));
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer)
    return fail(buffer.getError());
  if ((*buffer)->getBufferSize() > std::numeric_limits<int32_t>::max())
    return fail(std::make_error_code(std::errc::file_too_large));
  return std::move(*buffer);
}

/// What a file that is no message of protobuf could be instead, for the
/// diagnostic.
static StringRef guessContent(StringRef bytes) {
  StringRef text = bytes.ltrim();
  if (text.starts_with("{"))
    return "it looks like JSON: the name of such a file ends in .json";
  if (text.contains("builtin.module") || text.contains("func.func") ||
      bytes.starts_with("ML\xefR"))
    return "it looks like IR: the schedule is beside it, as schedule.pb";
  return "write it anew with 'atleus compile' or 'atleus-translate "
         "--export-schedule'";
}

/// Parses JSON; an error says where it is none of a schedule.
static LogicalResult parseJSON(StringRef text, v1::Schedule &schedule,
                               Location location) {
  auto status = google::protobuf::util::JsonStringToMessage(
      google::protobuf::StringPiece(text.data(), text.size()), &schedule);
  if (status.ok())
    return success();
  return emitError(location)
         << "is not the JSON of a schedule: "
         << StringRef(status.message().data(), status.message().size());
}

std::unique_ptr<v1::Schedule> atleus::readSchedule(StringRef path,
                                                   MLIRContext *context) {
  Location location = getFileLocation(path, context);
  std::unique_ptr<llvm::MemoryBuffer> bytes = readBytes(path, location);
  if (!bytes)
    return nullptr;
  if (bytes->getBufferSize() == 0) {
    emitError(location) << "the schedule is empty: the file has 0 bytes";
    return nullptr;
  }
  // What is wrong is said once, by a diagnostic.
  google::protobuf::LogSilencer silencer;
  auto schedule = std::make_unique<v1::Schedule>();
  if (isJSON(path)) {
    if (failed(parseJSON(bytes->getBuffer(), *schedule, location)))
      return nullptr;
  } else if (!schedule->ParseFromArray(
                 bytes->getBufferStart(),
                 static_cast<int>(bytes->getBufferSize()))) {
    emitError(location) << "is not a schedule, or a part of it is missing: "
                           "protobuf cannot read its "
                        << bytes->getBufferSize() << " bytes; "
                        << guessContent(bytes->getBuffer());
    return nullptr;
  }
  if (failed(checkForm(*schedule, location)))
    return nullptr;
  return schedule;
}

//===----------------------------------------------------------------------===//
// Form
//===----------------------------------------------------------------------===//

namespace {
class FormCheck {
public:
  FormCheck(const v1::Schedule &schedule, Location location)
      : schedule(schedule), location(location) {}

  LogicalResult check();

private:
  InFlightDiagnostic fail(const Twine &subject) {
    return emitError(location) << subject << " ";
  }
  LogicalResult checkNode(const v1::Node *node, const Twine &subject);
  LogicalResult checkResource(int index);
  LogicalResult checkTime(std::optional<int64_t> time, StringRef name,
                          const Twine &subject);
  LogicalResult checkTimes(const v1::Task &task, const std::string &label);
  LogicalResult checkUses(const v1::Task &task, const std::string &label);
  template <typename Message>
  LogicalResult checkRoute(const Message &message, const std::string &label);
  LogicalResult checkTransfer(const v1::Task &task, const std::string &label);
  LogicalResult checkTask(int index);
  LogicalResult checkProgram(int index);

  const v1::Schedule &schedule;
  Location location;
};
} // namespace

LogicalResult FormCheck::checkNode(const v1::Node *node, const Twine &subject) {
  if (!node || !node->has_x() || !node->has_y() || !node->has_z())
    return fail(subject) << "has no node, or one with less than three "
                            "coordinates";
  for (int64_t coordinate : {node->x(), node->y(), node->z()})
    if (coordinate < 0 || coordinate >= maximumCoordinate)
      return fail(subject) << "has a node with the coordinate " << coordinate;
  return success();
}

LogicalResult FormCheck::checkResource(int index) {
  const v1::Resource &resource = schedule.resources(index);
  std::string subject =
      "resource #" + std::to_string(index) + " \"" + resource.name() + "\"";
  if (!v1::Resource::Kind_IsValid(resource.kind()) ||
      resource.kind() == v1::Resource::KIND_UNSPECIFIED)
    return fail(subject) << "is of the unknown kind "
                         << static_cast<int>(resource.kind());
  if (failed(
          checkNode(resource.has_node() ? &resource.node() : nullptr, subject)))
    return failure();
  if (resource.kind() == v1::Resource::UNIT && resource.unit().empty())
    return fail(subject) << "is a unit without a name";
  if (resource.kind() != v1::Resource::LINK)
    return success();
  if (!v1::Direction_IsValid(resource.direction()) ||
      resource.direction() == v1::DIRECTION_UNSPECIFIED)
    return fail(subject) << "is a link of the unknown direction "
                         << static_cast<int>(resource.direction());
  if (resource.direction() != v1::ADDED)
    return success();
  return checkNode(resource.has_target() ? &resource.target() : nullptr,
                   subject);
}

LogicalResult FormCheck::checkTime(std::optional<int64_t> time, StringRef name,
                                   const Twine &subject) {
  if (!time)
    return fail(subject) << "has no " << name;
  if (*time < 0 || *time >= endOfTime)
    return fail(subject) << "has the " << name << " " << *time
                         << ", expected 0 to 2^62 - 1";
  return success();
}

template <typename T>
static std::optional<int64_t> optional(bool has, T value) {
  return has ? std::optional<int64_t>(value) : std::nullopt;
}

LogicalResult FormCheck::checkTimes(const v1::Task &task,
                                    const std::string &label) {
  if (failed(checkTime(optional(task.has_start_ps(), task.start_ps()),
                       "start_ps", label)) ||
      failed(checkTime(task.release_ps(), "release_ps", label)))
    return failure();
  // A barrier takes no time, which it may say.
  bool hasDuration = task.has_duration_ps() || task.kind() == v1::Task::BARRIER;
  return checkTime(optional(hasDuration, task.duration_ps()), "duration_ps",
                   label);
}

LogicalResult FormCheck::checkUses(const v1::Task &task,
                                   const std::string &label) {
  for (const v1::Use &use : task.uses()) {
    if (!use.has_resource())
      return fail(label) << "does not say which of "
                         << schedule.resources_size() << " resources it uses";
    if (use.resource() >= static_cast<uint32_t>(schedule.resources_size()))
      return fail(label) << "uses resource #" << use.resource()
                         << ", but there are " << schedule.resources_size();
    if (failed(checkTime(optional(use.has_offset_ps(), use.offset_ps()),
                         "offset_ps", label)) ||
        failed(checkTime(optional(use.has_length_ps(), use.length_ps()),
                         "length_ps", label)))
      return failure();
    if (use.offset_ps() + use.length_ps() > task.duration_ps())
      return fail(label) << "takes " << task.duration_ps()
                         << " ps, but holds \""
                         << schedule.resources(use.resource()).name()
                         << "\" until " << use.offset_ps() + use.length_ps()
                         << " ps after its start";
  }
  return success();
}

/// Of a transfer or of a branch.
template <typename Message>
LogicalResult FormCheck::checkRoute(const Message &message,
                                    const std::string &label) {
  if (failed(checkNode(message.has_from() ? &message.from() : nullptr, label)))
    return failure();
  int added = 0;
  for (int direction : message.route()) {
    if (!v1::Direction_IsValid(direction) ||
        direction == v1::DIRECTION_UNSPECIFIED)
      return fail(label) << "takes a link of the unknown direction "
                         << direction;
    added += direction == v1::ADDED ? 1 : 0;
  }
  if (added != message.targets_size())
    return fail(label) << "takes " << added << " added links, but names "
                       << message.targets_size() << " of their ends";
  for (const v1::Node &target : message.targets())
    if (failed(checkNode(&target, label)))
      return failure();
  return success();
}

LogicalResult FormCheck::checkTransfer(const v1::Task &task,
                                       const std::string &label) {
  if (!task.has_transfer())
    return fail(label) << "states no transfer";
  const v1::Transfer &transfer = task.transfer();
  if (failed(checkRoute(transfer, label)))
    return failure();
  if (transfer.bits() < 1 || transfer.flits() < 1)
    return fail(label) << "moves " << transfer.bits() << " bits in "
                       << transfer.flits() << " flits";
  for (const v1::Branch &branch : transfer.branches())
    if (failed(checkRoute(branch, label)))
      return failure();
  return success();
}

LogicalResult FormCheck::checkTask(int index) {
  const v1::Task &task = schedule.tasks(index);
  std::string label = getTaskLabel(schedule, index);
  if (!v1::Task::Kind_IsValid(task.kind()) ||
      task.kind() == v1::Task::KIND_UNSPECIFIED)
    return fail(label) << "is of the unknown kind "
                       << static_cast<int>(task.kind());
  if (task.kind() != v1::Task::BARRIER &&
      (!task.has_index() || task.index() < 0))
    return fail(label) << "does not say which part of \"" << task.kernel()
                       << "\" it is";
  if (failed(checkTimes(task, label)) || failed(checkUses(task, label)))
    return failure();
  for (uint32_t before : task.dependences())
    if (before >= static_cast<uint32_t>(index))
      return fail(label) << "waits for task #" << before
                         << ", which does not come before it";
  if (task.kind() == v1::Task::TRANSFER)
    return checkTransfer(task, label);
  if (task.kind() == v1::Task::BARRIER &&
      (task.duration_ps() != 0 || task.uses_size() != 0))
    return fail(label) << "takes " << task.duration_ps() << " ps and "
                       << task.uses_size()
                       << " resources, but a barrier takes nothing";
  bool hasUnit = llvm::any_of(task.uses(), [&](const v1::Use &use) {
    return schedule.resources(use.resource()).kind() == v1::Resource::UNIT;
  });
  if (task.kind() == v1::Task::COMPUTE && !hasUnit)
    return fail(label) << "holds no unit, so that its node is not known";
  return success();
}

LogicalResult FormCheck::checkProgram(int index) {
  const v1::Program &program = schedule.programs(index);
  std::string subject = "program of \"" + program.kernel() + "\"";
  if (program.nodes_size() == 0)
    return fail(subject) << "is at no node";
  for (const v1::Node &node : program.nodes())
    if (failed(checkNode(&node, subject)))
      return failure();
  return success();
}

LogicalResult FormCheck::check() {
  if (schedule.schema_version() != knownVersion)
    return emitError(location)
           << "has schema version " << schedule.schema_version()
           << ", expected " << knownVersion;
  for (int i = 0; i < schedule.resources_size(); ++i)
    if (failed(checkResource(i)))
      return failure();
  for (int i = 0; i < schedule.tasks_size(); ++i)
    if (failed(checkTask(i)))
      return failure();
  for (int i = 0; i < schedule.programs_size(); ++i)
    if (failed(checkProgram(i)))
      return failure();
  return success();
}

LogicalResult atleus::checkForm(const v1::Schedule &schedule,
                                Location location) {
  return FormCheck(schedule, location).check();
}
