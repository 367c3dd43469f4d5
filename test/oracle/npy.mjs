// Reads and writes .npy files (versions 1 and 2) of the element types that the
// tests use. Strict: anything unexpected is an error, never a guess.

import fs from 'node:fs';

const MAGIC = Buffer.from('\x93NUMPY', 'latin1');
const ALIGNMENT = 64;

/// Element types by ONNX Runtime's name. `descr` is what the header says.
/// A half-precision float is an integer with its bits.
const ELEMENT_TYPES = {
  float16: {descr: '<f2', array: Uint16Array},
  float32: {descr: '<f4', array: Float32Array},
  int64: {descr: '<i8', array: BigInt64Array},
  int32: {descr: '<i4', array: Int32Array},
  uint8: {descr: '|u1', array: Uint8Array},
  int8: {descr: '|i1', array: Int8Array},
  bool: {descr: '|b1', array: Uint8Array},
};

export const supportedTypes = Object.keys(ELEMENT_TYPES);

/// The typed array class that holds elements of `type`.
export function arrayClass(type) {
  const entry = ELEMENT_TYPES[type];
  if (!entry)
    throw new Error(`element type ${type} is not supported (expected one of ` +
                    `${supportedTypes.join(', ')})`);
  return entry.array;
}

/// The number of elements of a tensor with dimensions `dims`.
export function elementCount(dims) {
  return dims.reduce((product, dim) => product * dim, 1);
}

function typeOfDescr(descr) {
  for (const [type, entry] of Object.entries(ELEMENT_TYPES))
    if (entry.descr === descr)
      return type;
  throw new Error(`element type '${descr}' is not supported`);
}

/// Splits the file into its header text and the offset of the data.
function readHeader(bytes) {
  if (bytes.length < 10 || !bytes.subarray(0, 6).equals(MAGIC))
    throw new Error('not an npy file');
  const version = bytes[6];
  if (version !== 1 && version !== 2)
    throw new Error(`npy version ${version} is not supported`);
  const start = version === 1 ? 10 : 12;
  if (bytes.length < start)
    throw new Error('the header is cut off');
  const length = version === 1 ? bytes.readUInt16LE(8) : bytes.readUInt32LE(8);
  const end = start + length;
  if (end > bytes.length)
    throw new Error('the header is cut off');
  return {text: bytes.toString('latin1', start, end), end};
}

const HEADER_FIELDS = {
  descr: /'descr':\s*'([^']*)'/,
  fortran_order: /'fortran_order':\s*(True|False)/,
  shape: /'shape':\s*\(([0-9,\s]*)\)/,
};

function headerField(text, name) {
  const match = HEADER_FIELDS[name].exec(text);
  if (!match)
    throw new Error(`the header has no valid '${name}'`);
  return match[1];
}

/// Parses the bytes of an npy file into {type, dims, data}.
export function parseNpy(bytes) {
  const {text, end} = readHeader(bytes);
  const type = typeOfDescr(headerField(text, 'descr'));
  const dims = headerField(text, 'shape')
                   .split(',')
                   .map(dim => dim.trim())
                   .filter(dim => dim !== '')
                   .map(Number);
  const isFortran = headerField(text, 'fortran_order') === 'True';
  if (isFortran && dims.length > 1)
    throw new Error('column-major order is not supported');

  const Elements = arrayClass(type);
  const expected = elementCount(dims) * Elements.BYTES_PER_ELEMENT;
  const found = bytes.length - end;
  if (found !== expected)
    throw new Error(`expected ${expected} bytes of data, found ${found}`);
  const buffer = new ArrayBuffer(expected);
  new Uint8Array(buffer).set(bytes.subarray(end));
  return {type, dims, data: new Elements(buffer)};
}

/// Encodes a tensor {type, dims, data} as the bytes of an npy file.
export function encodeNpy({type, dims, data}) {
  const Elements = arrayClass(type);
  if (data.length !== elementCount(dims))
    throw new Error(`expected ${elementCount(dims)} elements for shape [${
        dims}], found ${data.length}`);
  const shape = dims.length === 1 ? `${dims[0]},` : dims.join(', ');
  let header = `{'descr': '${ELEMENT_TYPES[type].descr}', ` +
               `'fortran_order': False, 'shape': (${shape}), }`;
  const unpadded = MAGIC.length + 4 + header.length + 1;
  header += ' '.repeat((ALIGNMENT - unpadded % ALIGNMENT) % ALIGNMENT) + '\n';

  const prefix = Buffer.alloc(10);
  MAGIC.copy(prefix);
  prefix[6] = 1;
  prefix.writeUInt16LE(header.length, 8);
  const elements = Elements.from(data);
  const body =
      Buffer.from(elements.buffer, elements.byteOffset, elements.byteLength);
  return Buffer.concat([prefix, Buffer.from(header, 'latin1'), body]);
}

/// Reads the npy file at `path`; errors name the file.
export function readNpy(path) {
  try {
    return parseNpy(fs.readFileSync(path));
  } catch (error) {
    throw new Error(`${path}: ${error.message}`);
  }
}

/// Writes `tensor` to `path`, whole or not at all.
export function writeNpy(path, tensor) {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    fs.writeFileSync(temporary, encodeNpy(tensor));
    fs.renameSync(temporary, path);
  } catch (error) {
    fs.rmSync(temporary, {force: true});
    throw new Error(`${path}: ${error.message}`);
  }
}
