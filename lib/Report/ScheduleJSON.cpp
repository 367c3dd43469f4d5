// Schedules in protobuf's JSON mapping, field by field in the order of their
// numbers. Protobuf's own writer, or any that asks messages for their fields by
// reflection, takes ten times as long. A test fills all fields that there are
// and compares with protobuf's text.
#include "JSONText.h"

#include "atleus/Report/ScheduleExport.h"
#include "atleus/Report/schedule.pb.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace atleus;
using llvm::StringRef;
namespace v1 = atleus::schedule::v1;

static bool isPlain(char c) {
  auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte != 0x7f && c != '"' && c != '\\' && c != '<' &&
         c != '>';
}

/// Protobuf escapes angle brackets too, so that text can stand in HTML.
static void writeEscaped(StringRef value, JSONText &text) {
  for (char c : value) {
    if (isPlain(c))
      text << c;
    else if (c == '"' || c == '\\')
      text << '\\' << c;
    else if (size_t at = StringRef("\b\f\n\r\t").find(c); at != StringRef::npos)
      text << '\\' << "bfnrt"[at];
    else
      text << "\\u00" << llvm::toHex(StringRef(&c, 1), /*LowerCase=*/true);
  }
}

static void writeString(StringRef value, JSONText &text) {
  text << '"';
  if (llvm::all_of(value, isPlain))
    text << value;
  else
    writeEscaped(value, text);
  text << '"';
}

namespace {
/// The fields of a message. Their names are literals. Behind each comma is a
/// line break, or nothing.
class Object {
public:
  explicit Object(JSONText &text, bool breaksLines = false)
      : text(text), breaksLines(breaksLines) {
    text << '{';
  }
  Object(const Object &) = delete;
  Object &operator=(const Object &) = delete;
  ~Object() { text << '}'; }

  /// Begins a field.
  template <size_t N>
  void key(const char (&name)[N]) {
    if (!isFirst)
      separate();
    isFirst = false;
    text.put(N + 2, [&](char *at) {
      *at++ = '"';
      at = std::copy_n(name, N - 1, at);
      *at++ = '"';
      *at++ = ':';
      return at;
    });
  }

  template <size_t N>
  void add(const char (&name)[N], int32_t value) {
    key(name);
    text << value;
  }
  template <size_t N>
  void add(const char (&name)[N], uint32_t value) {
    key(name);
    text << value;
  }
  /// A string, because JavaScript rounds large numbers.
  template <size_t N>
  void add(const char (&name)[N], int64_t value) {
    key(name);
    text.put(JSONText::maximumDigits + 2, [&](char *at) {
      *at++ = '"';
      at = std::to_chars(at, at + JSONText::maximumDigits, value).ptr;
      *at++ = '"';
      return at;
    });
  }
  template <size_t N>
  void add(const char (&name)[N], StringRef value) {
    key(name);
    writeString(value, text);
  }

  /// Fields that are absent if they have the value that fields begin with.
  template <size_t N>
  void addUnlessZero(const char (&name)[N], int64_t value) {
    if (value != 0)
      add(name, value);
  }
  template <size_t N>
  void addUnlessEmpty(const char (&name)[N], StringRef value) {
    if (!value.empty())
      add(name, value);
  }

  /// A list, if it is not empty, whose elements `write` writes.
  template <size_t N, typename Elements, typename Write>
  void addList(const char (&name)[N], const Elements &elements, Write write) {
    if (elements.empty())
      return;
    key(name);
    text << '[';
    if (breaksLines)
      text << '\n';
    bool isFirstElement = true;
    for (const auto &element : elements) {
      if (!isFirstElement)
        separate();
      isFirstElement = false;
      write(element);
    }
    text << ']';
  }

private:
  void separate() {
    text << ',';
    if (breaksLines)
      text << '\n';
  }

  JSONText &text;
  bool breaksLines;
  bool isFirst = true;
};
} // namespace

static void write(const v1::Node &node, JSONText &text) {
  Object object(text);
  if (node.has_x())
    object.add("x", node.x());
  if (node.has_y())
    object.add("y", node.y());
  if (node.has_z())
    object.add("z", node.z());
}

static void write(const v1::Resource &resource, JSONText &text) {
  Object object(text);
  object.addUnlessEmpty("name", resource.name());
  if (resource.kind() != v1::Resource::KIND_UNSPECIFIED)
    object.add("kind", v1::Resource::Kind_Name(resource.kind()));
  if (resource.has_node()) {
    object.key("node");
    write(resource.node(), text);
  }
  object.addUnlessEmpty("unit", resource.unit());
  if (resource.direction() != v1::DIRECTION_UNSPECIFIED)
    object.add("direction", v1::Direction_Name(resource.direction()));
  if (resource.has_target()) {
    object.key("target");
    write(resource.target(), text);
  }
}

static void write(const v1::Use &use, JSONText &text) {
  Object object(text);
  if (use.has_resource())
    object.add("resource", use.resource());
  if (use.has_offset_ps())
    object.add("offsetPs", use.offset_ps());
  if (use.has_length_ps())
    object.add("lengthPs", use.length_ps());
}

template <typename Part>
static void addStart(const Part &part, Object &object, JSONText &text) {
  if (part.has_from()) {
    object.key("from");
    write(part.from(), text);
  }
  object.addList("route", part.route(), [&](int direction) {
    text << '"' << v1::Direction_Name(static_cast<v1::Direction>(direction))
         << '"';
  });
}

static void write(const v1::Branch &branch, JSONText &text) {
  Object object(text);
  addStart(branch, object, text);
  object.addList("targets", branch.targets(),
                 [&](const v1::Node &node) { write(node, text); });
}

static void write(const v1::Transfer &transfer, JSONText &text) {
  Object object(text);
  addStart(transfer, object, text);
  object.addUnlessZero("bits", transfer.bits());
  object.addUnlessZero("flits", transfer.flits());
  object.addList("targets", transfer.targets(),
                 [&](const v1::Node &node) { write(node, text); });
  object.addList("branches", transfer.branches(),
                 [&](const v1::Branch &branch) { write(branch, text); });
  object.addList("gathers", transfer.gathers(),
                 [&](int64_t task) { text << '"' << task << '"'; });
}

static void write(const v1::Task &task, JSONText &text) {
  Object object(text);
  if (task.kind() != v1::Task::KIND_UNSPECIFIED)
    object.add("kind", v1::Task::Kind_Name(task.kind()));
  object.addUnlessEmpty("kernel", task.kernel());
  if (task.has_index())
    object.add("index", task.index());
  object.addUnlessZero("releasePs", task.release_ps());
  if (task.has_start_ps())
    object.add("startPs", task.start_ps());
  if (task.has_duration_ps())
    object.add("durationPs", task.duration_ps());
  if (task.has_energy_fj())
    object.add("energyFj", task.energy_fj());
  object.addList("dependences", task.dependences(),
                 [&](uint32_t dependence) { text << dependence; });
  object.addList("uses", task.uses(),
                 [&](const v1::Use &use) { write(use, text); });
  if (task.has_transfer()) {
    object.key("transfer");
    write(task.transfer(), text);
  }
  if (task.has_result_bits())
    object.add("resultBits", task.result_bits());
  if (task.has_local_bits())
    object.add("localBits", task.local_bits());
  if (task.has_read_bits())
    object.add("readBits", task.read_bits());
}

static void write(const v1::Program &program, JSONText &text) {
  Object object(text);
  object.addUnlessEmpty("kernel", program.kernel());
  object.addList("nodes", program.nodes(),
                 [&](const v1::Node &node) { write(node, text); });
  if (program.has_arrays())
    object.add("arrays", program.arrays());
  if (program.has_duration_ps())
    object.add("durationPs", program.duration_ps());
  if (program.has_energy_fj())
    object.add("energyFj", program.energy_fj());
}

static void write(const v1::ComponentEnergy &energy, JSONText &text) {
  Object object(text);
  object.addUnlessEmpty("component", energy.component());
  if (energy.has_energy_fj())
    object.add("energyFj", energy.energy_fj());
}

static void write(const v1::Summary &summary, JSONText &text) {
  Object object(text);
  if (summary.has_critical_path_ps())
    object.add("criticalPathPs", summary.critical_path_ps());
  if (summary.has_busiest_resource_ps())
    object.add("busiestResourcePs", summary.busiest_resource_ps());
  object.addUnlessEmpty("busiestResource", summary.busiest_resource());
  if (summary.has_bandwidth_ps())
    object.add("bandwidthPs", summary.bandwidth_ps());
  object.addList(
      "energy", summary.energy(),
      [&](const v1::ComponentEnergy &energy) { write(energy, text); });
  if (summary.has_lower_bound_ps())
    object.add("lowerBoundPs", summary.lower_bound_ps());
}

static void write(const v1::Schedule &schedule, JSONText &text) {
  Object object(text, /*breaksLines=*/true);
  if (schedule.schema_version() != 0)
    object.add("schemaVersion", schedule.schema_version());
  object.addUnlessEmpty("name", schedule.name());
  object.addUnlessEmpty("model", schedule.model());
  object.addUnlessEmpty("machine", schedule.machine());
  if (schedule.has_makespan_ps())
    object.add("makespanPs", schedule.makespan_ps());
  if (schedule.has_interval_ps())
    object.add("intervalPs", schedule.interval_ps());
  auto writeElement = [&](const auto &element) { write(element, text); };
  object.addList("resources", schedule.resources(), writeElement);
  object.addList("tasks", schedule.tasks(), writeElement);
  object.addList("programs", schedule.programs(), writeElement);
  if (schedule.has_summary()) {
    object.key("summary");
    write(schedule.summary(), text);
  }
  if (schedule.exceeds_buffers()) {
    object.key("exceedsBuffers");
    text << "true";
  }
}

void atleus::writeMessageJSON(const v1::Schedule &message,
                              llvm::raw_ostream &os) {
  JSONText text(os);
  write(message, text);
  text << '\n';
}
