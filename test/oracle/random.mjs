// Seeded random tensors: the same seed gives the same numbers everywhere.

import {arrayClass, elementCount} from './npy.mjs';

/// The mulberry32 generator: uniform numbers in [0, 1).
function uniformGenerator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/// A normal number from two uniform ones (Box and Muller).
function normal(uniform) {
  const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
  return radius * Math.cos(2 * Math.PI * uniform());
}

/// A tensor of normal floats, or of integers from `range.low` to `range.high`.
export function randomTensor(type, dims, seed, range = {
  low: 0,
  high: 1
}) {
  if (type === 'float16')
    throw new Error('random float16 is not supported: give --input');
  const uniform = uniformGenerator(seed);
  const integer = () =>
      range.low + Math.floor(uniform() * (range.high - range.low + 1));
  const data = new (arrayClass(type))(elementCount(dims));
  for (let index = 0; index < data.length; ++index) {
    if (type === 'float32')
      data[index] = normal(uniform);
    else
      data[index] = type === 'int64' ? BigInt(integer()) : integer();
  }
  return {type, dims, data};
}
