// Tasks that bring weights to where they are multiplied.
#include "WeightTasks.h"

#include "dialects/NN/NN.h"

using namespace mlir;
using namespace atleus;

//===----------------------------------------------------------------------===//
// Loads
//===----------------------------------------------------------------------===//

Value WeightLoads::add(KernelOpInterface kernel, int64_t index, noc::Node node,
                       arch::SystolicOp core, const ParameterLoad &load) {
  int64_t room = getPrefetchRoom(core.getBufferBytes());
  Buffer &buffer =
      buffers.try_emplace(node, Buffer{PrefetchWindow(room), {}, {}})
          .first->second;
  SmallVector<Value> after;
  if (buffer.last)
    after.push_back(buffer.last);
  for (unsigned leaving = buffer.window.add(load.bytes); leaving > 0;
       --leaving) {
    after.push_back(buffer.uses.front());
    buffer.uses.pop_front();
  }
  OpBuilder &builder = tasks.builder;
  sched::TaskOp task =
      tasks.addTask(kernel->getLoc(),
                    builder.getStringAttr("load:" + nn::getKernelName(kernel)),
                    index, node, builder.getStringAttr("loader"),
                    tasks.join(kernel->getLoc(), after), load.price);
  arch::MemoryOp memory = core.getMemoryOp();
  setStream(task, memory.getSymNameAttr(), noc::toNode(memory.getNode()),
            load.price.stream);
  task.setBytes(load.bytes);
  task.setResultBits(load.bytes * 8);
  return buffer.last = task;
}

void WeightLoads::setUse(noc::Node node, Value task) {
  buffers.at(node).uses.push_back(task);
}

//===----------------------------------------------------------------------===//
// Slots
//===----------------------------------------------------------------------===//

std::string atleus::getArraysUnit(pim::ProgramOp program, StringRef kernel) {
  return ("arrays " + (program ? program.getSlot().value_or(kernel) : kernel))
      .str();
}

LogicalResult SlotWrites::write(pim::ProgramOp program, pim::MVMOp product) {
  Slot &slot = slots[getKey(program)];
  if (slot.holds == program)
    return success();
  if (!written.insert(program).second) {
    InFlightDiagnostic error =
        product.emitOpError()
        << "multiplies by a weight that is no longer in slot "
        << program.getSlotAttr() << ": expected all products with it before "
        << "those with the weight that is written after it";
    error.attachNote(slot.holds.getLoc()) << "weight written after it";
    return error;
  }
  slot.holds = program;
  slot.written.clear();
  Price price = priceRewrite(program, machine, outer.op);
  OpBuilder &builder = tasks.builder;
  Location location = program.getLoc();
  ArrayRef<int64_t> rest = *program.getNodes();
  for (int64_t replica = 0; !rest.empty(); rest = rest.drop_front(3)) {
    noc::Node node = noc::toNode(rest);
    SmallVector<Value> &uses = slot.uses[node];
    sched::TaskOp task = tasks.addTask(
        location, builder.getStringAttr("write:" + nn::getKernelName(program)),
        replica++, node, builder.getStringAttr(getArraysUnit(program, "")),
        tasks.join(location, uses), price);
    setStream(task, outer.symbol, outer.node, price.stream);
    task.setBytes(countWrittenBytes(program));
    slot.written[node] = task;
    uses.clear();
  }
  return success();
}

Value SlotWrites::getWritten(pim::ProgramOp program, noc::Node node) const {
  const Slot &slot = slots.find(getKey(program))->second;
  auto found = slot.written.find(node);
  return found == slot.written.end() ? Value() : found->second;
}

void SlotWrites::addUse(pim::ProgramOp program, noc::Node node, Value task) {
  slots[getKey(program)].uses[node].push_back(task);
}
