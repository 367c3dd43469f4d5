#!/usr/bin/env node
// Runs an ONNX model with ONNX Runtime, optimizations disabled, and writes
// each output as an .npy file: the outside reference that tests compare with.

import fs from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';

import {
  arrayClass,
  elementCount,
  readNpy,
  supportedTypes,
  writeNpy
} from './npy.mjs';
import {randomTensor} from './random.mjs';

const HERE = path.dirname(fileURLToPath(import.meta.url));

const USAGE = `usage: node onnxruntime.mjs MODEL --output-dir DIR [options]

Runs MODEL once and writes every output to DIR/OUTPUT.npy. In file names, each
'/' of a tensor's name becomes '_'.

  --input NAME=FILE.npy    the value of one input; repeat for each
  --output-dir DIR         where the outputs go; made if it does not exist
  --random-inputs SEED     make the inputs that no --input gives and write them
                           to DIR/NAME.npy: floats are normal, integers and
                           booleans are 0 or 1
  --range NAME=LOW:HIGH    random integers of this input are LOW to HIGH, both
                           included
  --dimension NAME=SIZE    the size of a dynamic dimension of random inputs
  --per-sample             the first axis of every input counts samples: run
                           once for each with a first axis of 1, and join the
                           outputs along their first axis
  --help                   print this text

Element types: ${supportedTypes.join(', ')}.`;

const OPTIONS = {
  'input': {type: 'string', multiple: true, default: []},
  'output-dir': {type: 'string'},
  'random-inputs': {type: 'string'},
  'range': {type: 'string', multiple: true, default: []},
  'dimension': {type: 'string', multiple: true, default: []},
  'per-sample': {type: 'boolean', default: false},
  'help': {type: 'boolean', default: false},
};

/// Splits each NAME=VALUE at its last '=', since a name may hold one.
function parsePairs(option, texts) {
  const pairs = new Map();
  for (const text of texts) {
    const split = text.lastIndexOf('=');
    if (split < 1)
      throw new Error(`--${option} expects NAME=VALUE, found '${text}'`);
    const name = text.slice(0, split);
    if (pairs.has(name))
      throw new Error(`--${option} is given twice for '${name}'`);
    pairs.set(name, text.slice(split + 1));
  }
  return pairs;
}

function parseInteger(option, text) {
  if (!/^-?\d+$/.test(text))
    throw new Error(`--${option} expects an integer, found '${text}'`);
  return Number(text);
}

function parseRange(text) {
  const match = /^(-?\d+):(-?\d+)$/.exec(text);
  if (!match || Number(match[1]) > Number(match[2]))
    throw new Error(`--range expects NAME=LOW:HIGH, found '${text}'`);
  return {low: Number(match[1]), high: Number(match[2])};
}

function mapValues(map, convert) {
  return new Map([...map].map(([name, value]) => [name, convert(value)]));
}

function parseCommandLine() {
  const {values, positionals} =
      parseArgs({options: OPTIONS, allowPositionals: true});
  if (values.help)
    return {help: true};
  if (positionals.length !== 1)
    throw new Error(`expected one model, found ${positionals.length}`);
  if (values['output-dir'] === undefined)
    throw new Error('--output-dir is missing');
  const seed = values['random-inputs'];
  return {
    model: positionals[0],
    inputs: parsePairs('input', values.input),
    outputDir: values['output-dir'],
    seed: seed === undefined ? undefined : parseInteger('random-inputs', seed),
    ranges: mapValues(parsePairs('range', values.range), parseRange),
    dimensions: mapValues(parsePairs('dimension', values.dimension),
                          text => parseInteger('dimension', text)),
    perSample: values['per-sample'],
  };
}

export async function loadOnnxRuntime() {
  try {
    return (await import('onnxruntime-node')).default;
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND')
      throw error;
    throw new Error('onnxruntime-node is not installed: run ' +
                    `'npm ci --ignore-scripts' in ${HERE}`);
  }
}

export async function openSession(ort, model) {
  if (!fs.existsSync(model))
    throw new Error(`${model}: no such file`);
  return ort.InferenceSession.create(model, {
    graphOptimizationLevel: 'disabled',
    executionMode: 'sequential',
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
}

/// The file that holds the tensor `name` in `folder`.
function tensorPath(folder, name) {
  return path.join(folder, name.replaceAll('/', '_') + '.npy');
}

function checkDistinctFiles(names) {
  const seen = new Map();
  for (const name of names) {
    const file = tensorPath('', name);
    if (seen.has(file))
      throw new Error(`'${seen.get(file)}' and '${name}' would both be ` +
                      `written to ${file}`);
    seen.set(file, name);
  }
}

/// Replaces each dynamic dimension of an input by the size that was given.
function resolveDims(metadata, dimensions) {
  return metadata.shape.map(dim => {
    if (typeof dim === 'number' && dim >= 0)
      return dim;
    if (!dimensions.has(dim))
      throw new Error(`input '${metadata.name}' has the dynamic dimension ` +
                      `'${dim}': give --dimension ${dim}=SIZE`);
    return dimensions.get(dim);
  });
}

/// Reads or makes one input.
function resolveInput(metadata, index, request) {
  const {name, type} = metadata;
  if (request.inputs.has(name)) {
    const tensor = readNpy(request.inputs.get(name));
    if (tensor.type !== type)
      throw new Error(`input '${name}' expects ${type}, but ${
          request.inputs.get(name)} holds ${tensor.type}`);
    return tensor;
  }
  if (request.seed === undefined)
    throw new Error(`input '${name}' has no value: give --input ${
        name}=FILE.npy or --random-inputs SEED`);
  const dims = resolveDims(metadata, request.dimensions);
  const tensor =
      randomTensor(type, dims, request.seed + index, request.ranges.get(name));
  writeNpy(tensorPath(request.outputDir, name), tensor);
  return tensor;
}

function resolveInputs(session, request) {
  for (const option of ['inputs', 'ranges'])
    for (const name of request[option].keys())
      if (!session.inputNames.includes(name))
        throw new Error(`the model has no input '${name}' (its inputs are ${
            session.inputNames.join(', ')})`);
  return session.inputMetadata.map(
      (metadata,
       index) => [metadata.name, resolveInput(metadata, index, request)]);
}

/// Runs the session once on a list of [name, tensor] pairs.
export async function runOnce(ort, session, inputs) {
  const feeds = Object.fromEntries(inputs.map(
      ([name,
        {type, data, dims}]) => [name, new ort.Tensor(type, data, dims)]));
  const results = await session.run(feeds);
  return session.outputNames.map(name => {
    const {type, data, dims} = results[name];
    return [name, {type, data, dims}];
  });
}

/// The part of `tensor` at `index` of its first axis, which becomes 1.
function sampleOf({type, data, dims}, index) {
  const size = elementCount(dims.slice(1));
  return {
    type,
    dims: [1, ...dims.slice(1)],
    data: data.slice(index * size, (index + 1) * size),
  };
}

/// Joins tensors of one type along their first axis.
function concatenate(tensors) {
  const {type, dims} = tensors[0];
  const rows = tensors.reduce((sum, tensor) => sum + tensor.dims[0], 0);
  const joined = [rows, ...dims.slice(1)];
  const data = new (arrayClass(type))(elementCount(joined));
  let offset = 0;
  for (const tensor of tensors) {
    data.set(tensor.data, offset);
    offset += tensor.data.length;
  }
  return {type, dims: joined, data};
}

async function runPerSample(ort, session, inputs) {
  const counts = new Set(inputs.map(([, tensor]) => tensor.dims[0]));
  const [count] = counts;
  if (counts.size !== 1 || !(count > 0))
    throw new Error('--per-sample needs inputs with one first axis, found ' +
                    `sizes ${[...counts].join(', ')}`);
  const runs = [];
  for (let index = 0; index < count; ++index) {
    const sample =
        inputs.map(([name, tensor]) => [name, sampleOf(tensor, index)]);
    runs.push(await runOnce(ort, session, sample));
  }
  return session.outputNames.map(
      (name, output) => [name, concatenate(runs.map(run => run[output][1]))]);
}

async function main() {
  const request = parseCommandLine();
  if (request.help) {
    console.log(USAGE);
    return;
  }
  const ort = await loadOnnxRuntime();
  const session = await openSession(ort, request.model);
  const written = request.seed === undefined
                      ? session.outputNames
                      : [...session.inputNames, ...session.outputNames];
  checkDistinctFiles(written);
  fs.mkdirSync(request.outputDir, {recursive: true});
  const inputs = resolveInputs(session, request);
  const run = request.perSample ? runPerSample : runOnce;
  for (const [name, tensor] of await run(ort, session, inputs))
    writeNpy(tensorPath(request.outputDir, name), tensor);
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  main().catch(error => {
    console.error(`error: ${error.message}`);
    process.exitCode = 1;
  });
