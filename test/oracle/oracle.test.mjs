// Tests of the reader, the writer and the runner: node --test
// test/oracle/oracle.test.mjs

import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';

import {encodeNpy, parseNpy, readNpy, writeNpy} from './npy.mjs';
import {randomTensor} from './random.mjs';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const MODEL = path.join(HERE, '..', 'Inputs', 'bert-tiny.onnx');
const HAS_ORT =
    fs.existsSync(path.join(HERE, 'node_modules', 'onnxruntime-node'));
const needsOrt = {
  skip: HAS_ORT ? false : 'needs npm ci in test/oracle'
};

/// Calls `body` with a folder that is removed afterwards.
function withFolder(body) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'oracle-'));
  try {
    body(folder);
  } finally {
    fs.rmSync(folder, {recursive: true});
  }
}

/// An npy file from its header's text and its data.
function npyFile(header, data, version = 1) {
  const length = Buffer.alloc(version === 1 ? 2 : 4);
  length.writeUIntLE(header.length, 0, length.length);
  return Buffer.concat([
    Buffer.from('\x93NUMPY', 'latin1'), Buffer.from([version, 0]), length,
    Buffer.from(header, 'latin1'), data
  ]);
}

function run(...args) {
  const script = path.join(HERE, 'onnxruntime.mjs');
  return spawnSync(process.execPath, [script, ...args], {encoding: 'utf8'});
}

for (const type of ['float32', 'int64', 'int32', 'uint8', 'int8', 'bool'])
  for (const dims of [[], [0], [3], [2, 3]])
    test(`round trip of ${type} [${dims}]`, () => {
      const tensor = randomTensor(type, dims, 1);
      assert.deepEqual(parseNpy(encodeNpy(tensor)), tensor);
    });

test('half-precision floats are kept as bits', () => {
  const tensor = {
    type: 'float16',
    dims: [2],
    data: new Uint16Array([0x3c00, 0xc000]),
  };
  assert.deepEqual(parseNpy(encodeNpy(tensor)), tensor);
  assert.throws(() => randomTensor('float16', [2], 1), /not supported/);
});

test('the header is padded to 64 bytes', () => {
  const bytes = encodeNpy({type: 'uint8', dims: [1], data: [7]});
  assert.equal((bytes.length - 1) % 64, 0);
});

test('version 2 is read', () => {
  const header = `{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }\n`;
  const {type, dims, data} = parseNpy(npyFile(header, Buffer.from([4, 5]), 2));
  assert.deepEqual([type, dims, [...data]], ['uint8', [2], [4, 5]]);
});

const INVALID = [
  ['text', Buffer.from('hello, world'), /not an npy file/],
  ['version 3', npyFile('', Buffer.alloc(0), 3), /version 3 is not supported/],
  [
    'short header',
    encodeNpy({type: 'bool', dims: [1], data: [1]}).subarray(0, 40),
    /the header is cut off/
  ],
  [
    'double',
    npyFile(`{'descr': '<f8', 'fortran_order': False, 'shape': ()}`,
            Buffer.alloc(8)),
    /'<f8' is not supported/
  ],
  [
    'column-major',
    npyFile(`{'descr': '|u1', 'fortran_order': True, 'shape': (2, 2)}`,
            Buffer.alloc(4)),
    /column-major order is not supported/
  ],
  [
    'no shape',
    npyFile(`{'descr': '|u1', 'fortran_order': False}`, Buffer.alloc(1)),
    /no valid 'shape'/
  ],
  [
    'short data',
    npyFile(`{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}`,
            Buffer.alloc(7)),
    /expected 8 bytes of data, found 7/
  ],
];

for (const [name, bytes, message] of INVALID)
  test(`invalid: ${name}`, () => assert.throws(() => parseNpy(bytes), message));

test('a random tensor depends on its seed', () => {
  const [first, again, other] =
      [1, 1, 2].map(seed => randomTensor('float32', [8], seed).data);
  assert.deepEqual(first, again);
  assert.notDeepEqual(first, other);
});

test('random integers stay in their range and reach its ends', () => {
  const {data} = randomTensor('int64', [100], 1, {low: -2, high: 2});
  assert.deepEqual(new Set(data), new Set([-2n, -1n, 0n, 1n, 2n]));
});

test('random inputs give the same outputs when they are read back', needsOrt,
     () => withFolder(folder => {
       const [made, read] =
           ['made', 'read'].map(name => path.join(folder, name));
       const first = run(MODEL, '--random-inputs', '5', '--range',
                         'input_ids=0:99', '--output-dir', made);
       assert.equal(first.status, 0, first.stderr);
       const inputs = ['input_ids', 'attention_mask', 'token_type_ids'].flatMap(
           name => ['--input', `${name}=${path.join(made, name)}.npy`]);
       const second = run(MODEL, ...inputs, '--output-dir', read);
       assert.equal(second.status, 0, second.stderr);
       assert.deepEqual(fs.readdirSync(read).sort(),
                        ['last_hidden_state.npy', 'pooler_output.npy']);
       for (const file of fs.readdirSync(read))
         assert.deepEqual(readNpy(path.join(read, file)),
                          readNpy(path.join(made, file)));
     }));

test('samples run one by one', needsOrt,
     () => withFolder(folder => {
       const inputs =
           ['input_ids', 'attention_mask', 'token_type_ids'].flatMap(name => {
             const file = path.join(folder, `${name}.npy`);
             writeNpy(file, randomTensor('int64', [3, 16], name.length));
             return ['--input', `${name}=${file}`];
           });
       const output = path.join(folder, 'output');
       const result =
           run(MODEL, ...inputs, '--per-sample', '--output-dir', output);
       assert.equal(result.status, 0, result.stderr);
       const {dims} = readNpy(path.join(output, 'pooler_output.npy'));
       assert.deepEqual(dims, [3, 48]);
     }));

const WRONG = [
  [[], /expected one model, found 0/],
  [[MODEL], /--output-dir is missing/],
  [['absent.onnx', '--output-dir', 'x'], /absent.onnx: no such file/],
  [
    [MODEL, '--output-dir', 'x', '--input', 'y'],
    /expects NAME=VALUE, found 'y'/
  ],
  [
    [MODEL, '--output-dir', 'x', '--range', 'a=3:2'],
    /NAME=LOW:HIGH, found '3:2'/
  ],
];

for (const [args, message] of WRONG)
  test(`wrong: ${message.source}`, needsOrt, () => {
    const result = run(...args);
    assert.equal(result.status, 1);
    assert.match(result.stderr, message);
    assert.equal(result.stderr.trim().split('\n').length, 1);
  });

test('wrong: inputs', needsOrt,
     () => withFolder(folder => {
       const file = path.join(folder, 'float.npy');
       writeNpy(file, randomTensor('float32', [1, 16], 1));
       const base = [MODEL, '--output-dir', folder];
       assert.match(run(...base).stderr, /input 'input_ids' has no value/);
       assert.match(
           run(...base, '--input', `absent=${file}`).stderr,
           /the model has no input 'absent' \(its inputs are input_ids/);
       assert.match(run(...base, '--input', `input_ids=${file}`).stderr,
                    /input 'input_ids' expects int64, but .* holds float32/);
     }));
