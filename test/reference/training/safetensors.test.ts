import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DamagedTensorFile, decodeTensors, encodeTensors } from '../../../src/reference/training/safetensors.js';

const tensors = new Map([
  ['a', { shape: [2, 3], values: Float32Array.of(1, -0, 3.5, Number.NaN, Infinity, 1e-45) }],
  ['b', { shape: [], values: Float32Array.of(7) }],
]);
const file = { tensors, metadata: { state: '{"step":3}' } };

describe('a file of tensors', () => {
  it('holds every bit', () => {
    expect(decodeTensors(encodeTensors(file))).toEqual(file);
  });

  it('follows the format', () => {
    const bytes = Buffer.from(encodeTensors(file));
    const length = Number(bytes.readBigUInt64LE());
    expect(length % 8).toBe(0);
    expect(JSON.parse(bytes.toString('utf8', 8, 8 + length))).toMatchObject({
      __metadata__: { state: '{"step":3}' },
      a: { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] },
      b: { dtype: 'F32', shape: [], data_offsets: [24, 28] },
    });
    expect(bytes.readFloatLE(8 + length + 8)).toBe(3.5);
    expect(bytes.length).toBe(8 + length + 28);
  });

  it('is read wherever in a buffer it lies', () => {
    const shifted = Buffer.concat([Buffer.from('x'), encodeTensors(file)]).subarray(1);
    expect(decodeTensors(shifted)).toEqual(file);
  });

  it('is refused when it is cut off anywhere, or a byte of its data is another', () => {
    const bytes = encodeTensors(file);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (end) => {
        expect(() => decodeTensors(bytes.subarray(0, end))).toThrow(DamagedTensorFile);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 255 }), (fromEnd, change) => {
        const flipped = Uint8Array.from(bytes, (byte, at) => (at === bytes.length - fromEnd ? byte ^ change : byte));
        expect(() => decodeTensors(flipped)).toThrow(DamagedTensorFile);
      }),
    );
  });

  it.each([
    ['a type that is not float32', { a: { dtype: 'F16', shape: [1], data_offsets: [0, 4] } }],
    ['a place outside of the data', { a: { dtype: 'F32', shape: [1], data_offsets: [8, 12] } }],
    ['a shape that is not its size', { a: { dtype: 'F32', shape: [3], data_offsets: [0, 4] } }],
    ['a header that is no object', 7],
  ])('is refused with %s', (_, header) => {
    const text = Buffer.from(JSON.stringify(header));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(text.length));
    expect(() => decodeTensors(Buffer.concat([length, text, Buffer.alloc(4)]))).toThrow(DamagedTensorFile);
  });
});
