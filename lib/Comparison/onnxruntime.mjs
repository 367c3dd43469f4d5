// Computes values of an ONNX model with ONNX Runtime, for `atleus run
// --compare=onnxruntime`.
//
// usage: node onnxruntime.mjs FOLDER
//
// FOLDER holds request.json:
//   packages  folders from which `onnxruntime-node` may be found, in order
//   model     path of the model
//   inputs    [{name, type, dims, file}], files in FOLDER with raw elements
//   values    names of values of the graph
// Each value is written to a file in FOLDER with raw elements, and result.json
// says for each {type, dims, file}, or null if the graph has no such value.

import fs from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';

// Numbers of fields in onnx.proto.
const MODEL_GRAPH = 7;
const GRAPH_NODE = 1;
const GRAPH_OUTPUT = 12;
const NODE_OUTPUT = 2;
const VALUE_NAME = 1;

//
// The wire format of protobuf
//

function encodeVarint(number) {
  const bytes = [];
  for (; number > 127; number = Math.floor(number / 128))
    bytes.push((number % 128) | 128);
  bytes.push(number);
  return Buffer.from(bytes);
}

/// A field whose payload has a length: a string or a message.
function encodeField(number, payload) {
  return Buffer.concat(
      [encodeVarint(number * 8 + 2), encodeVarint(payload.length), payload]);
}

/// The fields of a message that have a length; others are skipped.
function* decodeFields(bytes) {
  let offset = 0;
  const varint = () => {
    let value = 0;
    for (let factor = 1;; factor *= 128) {
      if (offset >= bytes.length)
        throw new Error('the model is not a valid protobuf message');
      const byte = bytes[offset++];
      value += (byte & 127) * factor;
      if (byte < 128)
        return value;
    }
  };
  while (offset < bytes.length) {
    const key = varint();
    const kind = key % 8;
    if (kind === 2) {
      const length = varint();
      yield [Math.floor(key / 8), bytes.subarray(offset, offset + length)];
      offset += length;
    } else if (kind === 0) {
      varint();
    } else if (kind === 1 || kind === 5) {
      offset += kind === 1 ? 8 : 4;
    } else {
      throw new Error('the model is not a valid protobuf message');
    }
  }
}

function* fieldsOf(bytes, wanted) {
  for (const [number, payload] of decodeFields(bytes))
    if (number === wanted)
      yield payload;
}

/// What the nodes of the graph compute, without those of subgraphs, and what
/// the graph returns.
function namesInGraph(model) {
  const computed = new Set(), returned = new Set();
  for (const graph of fieldsOf(model, MODEL_GRAPH)) {
    for (const node of fieldsOf(graph, GRAPH_NODE))
      for (const name of fieldsOf(node, NODE_OUTPUT))
        computed.add(name.toString());
    for (const output of fieldsOf(graph, GRAPH_OUTPUT))
      for (const name of fieldsOf(output, VALUE_NAME))
        returned.add(name.toString());
  }
  return {computed, returned};
}

/// A message that, appended to a model, gives its graph more outputs.
function encodeOutputs(names) {
  const outputs = names.map(
      name => encodeField(GRAPH_OUTPUT,
                          encodeField(VALUE_NAME, Buffer.from(name))));
  return encodeField(MODEL_GRAPH, Buffer.concat(outputs));
}

/// The file's bytes, with room for more behind them: weights are large, and
/// this is their only copy here.
function readWithRoom(file, room) {
  const descriptor = fs.openSync(file);
  const {size} = fs.fstatSync(descriptor);
  const bytes = Buffer.allocUnsafe(size + room);
  for (let offset = 0; offset < size;) {
    const count = fs.readSync(descriptor, bytes, offset, size - offset);
    if (count === 0)
      throw new Error(`${file} became shorter while it was read`);
    offset += count;
  }
  fs.closeSync(descriptor);
  return {size, bytes};
}

/// The model with those of `names` as outputs that its graph computes, which
/// are returned with it.
function extendModel(file, names) {
  const {size, bytes} = readWithRoom(file, encodeOutputs(names).length);
  const {computed, returned} = namesInGraph(bytes.subarray(0, size));
  const known = names.filter(name => computed.has(name) || returned.has(name));
  const more = encodeOutputs(known.filter(name => !returned.has(name)));
  more.copy(bytes, size);
  return {model: bytes.subarray(0, size + more.length), known};
}

//
// ONNX Runtime
//

function loadONNXRuntime(packages) {
  for (const folder of packages) {
    const require = createRequire(path.resolve(folder, 'index.js'));
    let found;
    try {
      found = require.resolve('onnxruntime-node');
    } catch {
      continue;
    }
    return require(found);
  }
  throw new Error(
      'onnxruntime-node is not installed: run \'npm install --ignore-scripts ' +
      'onnxruntime-node@1.30.0\' in a folder and name that folder by ' +
      '--onnxruntime or in ATLEUS_ONNXRUNTIME');
}

/// The typed array that holds elements of each type; floats of 16 bits travel
/// as integers.
const ARRAYS = {
  float32: Float32Array,
  float64: Float64Array,
  float16: Uint16Array,
  bool: Uint8Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
};

function readTensor(ort, folder, {name, type, dims, file}) {
  const bytes = fs.readFileSync(path.join(folder, file));
  if (!ARRAYS[type])
    throw new Error(`input '${name}' of type ${type} cannot be handed over`);
  const buffer = bytes.buffer.slice(bytes.byteOffset,
                                    bytes.byteOffset + bytes.byteLength);
  return new ort.Tensor(type, new ARRAYS[type](buffer), dims);
}

function writeTensor(folder, file, {type, dims, data}) {
  fs.writeFileSync(path.join(folder, file),
                   Buffer.from(data.buffer, data.byteOffset, data.byteLength));
  return {type, dims, file};
}

async function main(folder) {
  const request =
      JSON.parse(fs.readFileSync(path.join(folder, 'request.json')));
  const ort = loadONNXRuntime(request.packages);
  const {model, known} =
      extendModel(request.model, [...new Set(request.values)]);
  const session = await ort.InferenceSession.create(model, {
    graphOptimizationLevel: 'disabled',
    logSeverityLevel: 3,
    extra: {
      session: {
        model_external_initializers_file_folder_path:
            path.dirname(path.resolve(request.model)),
      },
    },
  });
  const feeds = {};
  for (const input of request.inputs)
    if (session.inputNames.includes(input.name))
      feeds[input.name] = readTensor(ort, folder, input);
  const results = known.length > 0 ? await session.run(feeds, known) : {};
  const values = request.values.map(
      (name, i) => results[name]
                       ? writeTensor(folder, `value${i}.bin`, results[name])
                       : null);
  fs.writeFileSync(path.join(folder, 'result.json'), JSON.stringify({values}));
}

main(process.argv[2]).catch(error => {
  console.error(error.message);
  process.exitCode = 1;
});
