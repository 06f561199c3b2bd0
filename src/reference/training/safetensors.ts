import { createHash } from 'node:crypto';
import type { SavedTensors } from '../saved-tensors.js';

/** What a safetensors file holds: float32 tensors, and texts about them. */
export interface TensorFile {
  tensors: SavedTensors;
  metadata: Readonly<Record<string, string>>;
}

/** The file is cut off, or its bytes are not those that were written. */
export class DamagedTensorFile extends Error {
  override readonly name = 'DamagedTensorFile';
}

/** The key under which the hash of the data stands; the format has no checksum of its own. */
const hashKey = 'sha256';
const lengthBytes = 8;

/**
 * Encodes tensors as safetensors (https://huggingface.co/docs/safetensors): eight bytes of header length, little endian; the
 * header, JSON that names each tensor with type, shape and place; the data, little endian. The header is padded with
 * spaces so that the data is aligned.
 */
export function encodeTensors({ tensors, metadata }: TensorFile): Uint8Array {
  let end = 0;
  const places = [...tensors].map(([name, { shape, values }]) => {
    const place = { dtype: 'F32', shape, data_offsets: [end, (end += values.byteLength)] };
    return [name, place] as const;
  });
  const data = new DataView(new ArrayBuffer(end));
  let offset = 0;
  for (const { values } of tensors.values()) {
    for (const value of values) {
      data.setFloat32(offset, value, true);
      offset += Float32Array.BYTES_PER_ELEMENT;
    }
  }
  const bytes = new Uint8Array(data.buffer);
  const about = { ...metadata, [hashKey]: hashOf(bytes) };
  const text = JSON.stringify({ __metadata__: about, ...Object.fromEntries(places) });
  const header = Buffer.from(text.padEnd(Math.ceil(text.length / lengthBytes) * lengthBytes));
  const length = Buffer.alloc(lengthBytes);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, bytes]);
}

interface Place {
  dtype: string;
  shape: number[];
  data_offsets: [start: number, end: number];
}

/** @throws DamagedTensorFile when it is cut off, is no safetensors, or its data is not what was written */
export function decodeTensors(file: Uint8Array): TensorFile {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < lengthBytes) throw new DamagedTensorFile('it ends within its header');
  const start = lengthBytes + Number(bytes.readBigUInt64LE());
  if (bytes.length < start) throw new DamagedTensorFile('it ends within its header');
  const { __metadata__: metadata = {}, ...places } = parseHeader(bytes.toString('utf8', lengthBytes, start));
  const data = bytes.subarray(start);
  const { [hashKey]: hash, ...about } = textsOf(metadata);
  if (hash !== undefined && hash !== hashOf(data)) {
    throw new DamagedTensorFile('its data is cut off, or not what was written');
  }
  const tensors = Object.entries(places).map(([name, place]) => [name, tensorAt(name, place, data)] as const);
  return { tensors: new Map(tensors), metadata: about };
}

function parseHeader(text: string): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(text);
    if (typeof header === 'object' && header !== null) return { ...header };
  } catch {
    // Told below, as any other header that is none.
  }
  throw new DamagedTensorFile('its header is no JSON object');
}

function textsOf(metadata: unknown): Record<string, string> {
  if (typeof metadata !== 'object' || metadata === null) return {};
  return Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, String(value)]));
}

function tensorAt(name: string, place: unknown, data: Buffer): { shape: readonly number[]; values: Float32Array } {
  if (!isPlace(place)) throw new DamagedTensorFile(`${name} is not described as a float32 tensor`);
  const [start, end] = place.data_offsets;
  const size = place.shape.reduce((product, length) => product * length, 1);
  if (end > data.length || end - start !== size * Float32Array.BYTES_PER_ELEMENT) {
    throw new DamagedTensorFile(`${name} does not lie within the data`);
  }
  const values = Float32Array.from({ length: size }, (_, i) =>
    data.readFloatLE(start + i * Float32Array.BYTES_PER_ELEMENT),
  );
  return { shape: place.shape, values };
}

function isPlace(place: unknown): place is Place {
  return (
    typeof place === 'object' &&
    place !== null &&
    'dtype' in place &&
    place.dtype === 'F32' &&
    'shape' in place &&
    isListOfCounts(place.shape) &&
    'data_offsets' in place &&
    isListOfCounts(place.data_offsets) &&
    place.data_offsets.length === 2
  );
}

function isListOfCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((each) => Number.isSafeInteger(each) && each >= 0);
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
