// Schedules as protobuf messages: both encodings hold the same.
#include "atleus/Report/ScheduleExport.h"
#include "ScheduleFixture.h"
#include "atleus/Report/schedule.pb.h"

#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>

using namespace atleus;
using google::protobuf::util::MessageDifferencer;
using testing::ElementsAre;

namespace {
class ScheduleExportTest : public ScheduleFixture {
protected:
  sched::ScheduleOp makeSchedule() {
    return parse(R"mlir(
      sched.schedule @main of "tiny" on @m makespan_ps(150) interval_ps(100) {
        sched.program "a" on [(0, 0, 1)] arrays 4 duration 70 energy 5
        %0 = sched.task "a"[0] on (0, 0, 1) "array" start 0 duration 100
        %1 = sched.transfer "a"[0] along (0, 0, 1)[z-] bits 8 flits 1
          flit_ps 20 hop_ps 10 after(%0) start 100 duration 50 energy 3
        sched.summary makespan_ps 150 critical_path_ps 150
          busiest_resource_ps 100 "unit (0, 0, 1) array" bandwidth_ps 20
          energy_fj {link = 3}
      })mlir");
  }

  template <typename Writer>
  static std::string print(Writer write, sched::ScheduleOp schedule) {
    std::string text;
    llvm::raw_string_ostream os(text);
    llvm::cantFail(write(schedule, os));
    return text;
  }
};
} // namespace

TEST_F(ScheduleExportTest, MessageHoldsTheSchedule) {
  schedule::v1::Schedule message;
  llvm::cantFail(exportSchedule(makeSchedule(), message));
  EXPECT_EQ(message.schema_version(), 1);
  EXPECT_EQ(message.model(), "tiny");
  EXPECT_EQ(message.makespan_ps(), 150);
  ASSERT_EQ(message.tasks_size(), 2);
  const schedule::v1::Task &transfer = message.tasks(1);
  EXPECT_EQ(transfer.kind(), schedule::v1::Task::TRANSFER);
  EXPECT_THAT(transfer.dependences(), ElementsAre(0));
  EXPECT_EQ(transfer.uses_size(), 3);
  EXPECT_EQ(message.resources(transfer.uses(2).resource()).kind(),
            schedule::v1::Resource::EJECTION_PORT);
  EXPECT_EQ(message.resources_size(), 4);
  EXPECT_FALSE(message.tasks(0).has_energy_fj());
  EXPECT_EQ(message.programs(0).arrays(), 4);
  EXPECT_EQ(message.summary().energy(0).component(), "link");
}

TEST_F(ScheduleExportTest, BothEncodingsHoldTheSameMessage) {
  sched::ScheduleOp op = makeSchedule();
  schedule::v1::Schedule message, fromJSON, fromBinary;
  llvm::cantFail(exportSchedule(op, message));
  std::string json = print(writeScheduleJSON, op);
  EXPECT_TRUE(
      google::protobuf::util::JsonStringToMessage(json, &fromJSON).ok());
  EXPECT_TRUE(fromBinary.ParseFromString(print(writeSchedule, op)));
  EXPECT_TRUE(MessageDifferencer::Equals(message, fromJSON));
  EXPECT_TRUE(MessageDifferencer::Equals(message, fromBinary));
}

/// What is written is protobuf's own text but for the ends of lines, which
/// names in JSON do not have.
static void expectCanonicalText(const schedule::v1::Schedule &message) {
  std::string expected, text;
  ASSERT_TRUE(
      google::protobuf::util::MessageToJsonString(message, &expected).ok());
  llvm::raw_string_ostream os(text);
  writeMessageJSON(message, os);
  llvm::erase(text, '\n');
  EXPECT_EQ(text, expected);
}

/// The text is protobuf's own, whatever characters names have.
TEST_F(ScheduleExportTest, TextIsTheCanonicalMapping) {
  schedule::v1::Schedule message;
  llvm::cantFail(exportSchedule(makeSchedule(), message));
  message.set_model("a\"b\\c<d>\n\t\x01\x7f\u00e9/");
  message.add_tasks();
  expectCanonicalText(message);
}

/// Sets all fields of a message and of those in it, lists to two elements.
static void fill(google::protobuf::Message &message, int64_t &number) {
  using google::protobuf::FieldDescriptor;
  const google::protobuf::Reflection &reflection = *message.GetReflection();
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor *field = message.GetDescriptor()->field(i);
    for (int element = 0; element < (field->is_repeated() ? 2 : 1); ++element) {
      auto set = [&](auto single, auto repeated, const auto &value) {
        if (field->is_repeated())
          (reflection.*repeated)(&message, field, value);
        else
          (reflection.*single)(&message, field, value);
      };
      using google::protobuf::Reflection;
      ++number;
      switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT32:
        set(&Reflection::SetInt32, &Reflection::AddInt32, number);
        break;
      case FieldDescriptor::CPPTYPE_UINT32:
        set(&Reflection::SetUInt32, &Reflection::AddUInt32, number);
        break;
      case FieldDescriptor::CPPTYPE_INT64:
        set(&Reflection::SetInt64, &Reflection::AddInt64, number << 40);
        break;
      case FieldDescriptor::CPPTYPE_BOOL:
        set(&Reflection::SetBool, &Reflection::AddBool, true);
        break;
      case FieldDescriptor::CPPTYPE_STRING:
        set(&Reflection::SetString, &Reflection::AddString,
            "name " + std::to_string(number));
        break;
      case FieldDescriptor::CPPTYPE_ENUM:
        set(&Reflection::SetEnum, &Reflection::AddEnum,
            field->enum_type()->value(1 + element));
        break;
      case FieldDescriptor::CPPTYPE_MESSAGE:
        fill(field->is_repeated() ? *reflection.AddMessage(&message, field)
                                  : *reflection.MutableMessage(&message, field),
             number);
        break;
      default:
        FAIL() << "a field of another type: " << field->full_name();
      }
    }
  }
}

/// No field of the schema is left out.
TEST_F(ScheduleExportTest, TextHasAllFields) {
  schedule::v1::Schedule message;
  int64_t number = 0;
  fill(message, number);
  expectCanonicalText(message);
}

/// A message without fields, and one with lists that are empty.
TEST_F(ScheduleExportTest, TextOfAnEmptyMessage) {
  schedule::v1::Schedule message;
  std::string text;
  llvm::raw_string_ostream os(text);
  writeMessageJSON(message, os);
  EXPECT_EQ(text, "{}\n");
  text.clear();
  message.mutable_summary();
  writeMessageJSON(message, os);
  EXPECT_EQ(text, "{\"summary\":{}}\n");
}

/// Text beyond the buffer, in one piece and in many.
TEST_F(ScheduleExportTest, TextOfALargeMessage) {
  schedule::v1::Schedule message, fromJSON;
  message.set_model(std::string(1 << 20, 'm'));
  for (int i = 0; i < 20'000; ++i) {
    schedule::v1::Task &task = *message.add_tasks();
    task.set_kernel("layer." + std::to_string(i));
    task.set_start_ps(-int64_t(i) * 1'000'000'007);
  }
  std::string text;
  llvm::raw_string_ostream os(text);
  writeMessageJSON(message, os);
  ASSERT_TRUE(
      google::protobuf::util::JsonStringToMessage(text, &fromJSON).ok());
  EXPECT_TRUE(MessageDifferencer::Equals(message, fromJSON));
}

TEST_F(ScheduleExportTest, SameBytesEveryTime) {
  sched::ScheduleOp op = makeSchedule();
  std::string binary = print(writeSchedule, op);
  std::string json = print(writeScheduleJSON, op);
  op = makeSchedule();
  EXPECT_EQ(binary, print(writeSchedule, op));
  EXPECT_EQ(json, print(writeScheduleJSON, op));
}

TEST_F(ScheduleExportTest, MessageThatIsTooLarge) {
  schedule::v1::Schedule message;
  llvm::cantFail(exportSchedule(makeSchedule(), message));
  size_t bytes = message.ByteSizeLong();
  EXPECT_FALSE(llvm::errorToBool(checkMessageSize(message)));
  EXPECT_FALSE(llvm::errorToBool(checkMessageSize(message, bytes)));
  EXPECT_EQ(llvm::toString(checkMessageSize(message, bytes - 1)),
            "the schedule of 2 tasks takes " + std::to_string(bytes) +
                " bytes, but a protobuf message ends at " +
                std::to_string(bytes - 1) +
                "; compile with a larger --granularity for fewer tasks");
}

TEST_F(ScheduleExportTest, TaskWithoutStart) {
  sched::ScheduleOp op = parse(R"mlir(
    sched.schedule @main on @m {
      %0 = sched.task "a"[7] on (0, 0, 1) "array" duration 100
    })mlir");
  std::string text;
  llvm::raw_string_ostream os(text);
  std::string said;
  mlir::ScopedDiagnosticHandler handler(
      &context,
      [&](mlir::Diagnostic &diagnostic) { said += diagnostic.str(); });
  EXPECT_TRUE(llvm::errorToBool(writeSchedule(op, os)));
  EXPECT_EQ(said, "'sched.task' op has no start: schedule it first");
  EXPECT_TRUE(llvm::errorToBool(writeScheduleJSON(op, os)));
  EXPECT_TRUE(text.empty());
}
