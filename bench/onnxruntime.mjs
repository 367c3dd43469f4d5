// ONNX Runtime's side of bench/inference.py: loads a model once, then runs it on
// random inputs each time a line comes in, and prints the seconds that the run
// took.
//
// usage: node onnxruntime.mjs MODEL LEVEL THREADS [NAME=SIZE]...
//
// LEVEL is a level of graph optimization: disabled, basic, extended or all.
// NAME=SIZE is a dimension that the model leaves open.

import {createInterface} from 'node:readline';
import {createRequire} from 'node:module';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

import {arrayClass, elementCount} from '../test/oracle/npy.mjs';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const require = createRequire(path.join(HERE, '../test/oracle/index.js'));
const ort = require('onnxruntime-node');

/// Small numbers: integers are valid in every table.
function makeInput({name, type, shape}, sizes) {
  const dims = shape.map(size => typeof size === 'number' ? size
                                                          : sizes.get(size));
  if (dims.includes(undefined))
    throw new Error(`input '${name}' has a dimension without a size`);
  const data = new (arrayClass(type))(elementCount(dims));
  for (let i = 0; i < data.length; ++i)
    data[i] = type === 'float32' ? Math.sin(i) : type === 'int64' ? 1n : 1;
  return new ort.Tensor(type, data, dims);
}

const [model, level, threads, ...dimensions] = process.argv.slice(2);
const sizes = new Map(dimensions.map(text => {
  const [name, size] = text.split('=');
  return [name, Number(size)];
}));
const session = await ort.InferenceSession.create(model, {
  graphOptimizationLevel: level,
  intraOpNumThreads: Number(threads),
  interOpNumThreads: 1,
  executionMode: 'sequential',
  logSeverityLevel: 3,
});
const feeds = Object.fromEntries(session.inputMetadata.map(
    metadata => [metadata.name, makeInput(metadata, sizes)]));
for await (const line of createInterface({input: process.stdin})) {
  const begin = process.hrtime.bigint();
  await session.run(feeds);
  console.log(Number(process.hrtime.bigint() - begin) / 1e9);
}
