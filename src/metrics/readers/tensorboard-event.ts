import { PbfReader } from 'pbf';

/** What an event file says of one step. Numbers of fields are those of tensorflow/core/util/event.proto and below. */
export interface TensorBoardEvent {
  step: number;
  scalars: { tag: string; value: number }[];
}

interface Value {
  tag: string;
  plugin: string | undefined;
  simple: number | undefined;
  tensor: number | undefined;
}

/**
 * The scalars in one record of an event file; what is neither a simple_value nor a tensor of one number is left out.
 * @throws Error when the bytes are no event
 */
export function decodeEvent(data: Uint8Array): TensorBoardEvent {
  return new PbfReader(data).readFields(readEvent, { step: 0, scalars: [] });
}

function readEvent(field: number, event: TensorBoardEvent, pbf: PbfReader): void {
  if (field === 2) event.step = pbf.readVarint(true);
  else if (field === 5) pbf.readMessage(readSummary, event);
}

function readSummary(field: number, event: TensorBoardEvent, pbf: PbfReader): void {
  if (field !== 1) return;
  const none: Value = { tag: '', plugin: undefined, simple: undefined, tensor: undefined };
  const { tag, plugin, simple, tensor } = pbf.readMessage(readValue, none);
  const value = simple ?? (plugin === undefined || plugin === 'scalars' ? tensor : undefined);
  if (value !== undefined) event.scalars.push({ tag, value });
}

function readValue(field: number, value: Value, pbf: PbfReader): void {
  if (field === 1) value.tag = pbf.readString();
  else if (field === 2) value.simple = pbf.readFloat();
  else if (field === 8) value.tensor = scalarIn(pbf.readMessage(readTensor, emptyTensor()));
  else if (field === 9) pbf.readMessage(readMetadata, value);
}

function readMetadata(field: number, value: Value, pbf: PbfReader): void {
  if (field === 1) pbf.readMessage(readPlugin, value);
}

function readPlugin(field: number, value: Value, pbf: PbfReader): void {
  if (field === 1) value.plugin = pbf.readString();
}

interface Tensor {
  type: number;
  content: Uint8Array | undefined;
  numbers: number[];
}

function emptyTensor(): Tensor {
  return { type: 0, content: undefined, numbers: [] };
}

/** DataType of tensorflow/core/framework/types.proto. */
const types = { float: 1, double: 2, int32: 3, int64: 9, bfloat16: 14, half: 19 } as const;

function readTensor(field: number, tensor: Tensor, pbf: PbfReader): void {
  if (field === 1) tensor.type = pbf.readVarint();
  else if (field === 4) tensor.content = pbf.readBytes();
  else if (field === 5) pbf.readPackedFloat(tensor.numbers);
  else if (field === 6) pbf.readPackedDouble(tensor.numbers);
  else if (field === 7 || field === 10) pbf.readPackedVarint(tensor.numbers, true);
  else if (field === 13) pbf.readPackedVarint(tensor.numbers);
}

/** The number in a tensor that holds one. */
function scalarIn({ type, content, numbers }: Tensor): number | undefined {
  if (content === undefined || content.length === 0) {
    const [only] = numbers;
    if (only === undefined || numbers.length !== 1) return undefined;
    return type === types.half ? fromHalf(only) : type === types.bfloat16 ? fromBfloat16(only) : only;
  }
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  switch (type) {
    case types.float:
      return content.length === 4 ? view.getFloat32(0, true) : undefined;
    case types.double:
      return content.length === 8 ? view.getFloat64(0, true) : undefined;
    case types.int32:
      return content.length === 4 ? view.getInt32(0, true) : undefined;
    case types.int64:
      return content.length === 8 ? Number(view.getBigInt64(0, true)) : undefined;
    case types.half:
      return content.length === 2 ? fromHalf(view.getUint16(0, true)) : undefined;
    case types.bfloat16:
      return content.length === 2 ? fromBfloat16(view.getUint16(0, true)) : undefined;
    default:
      return undefined;
  }
}

/** IEEE 754 binary16. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** The upper half of a float32. */
function fromBfloat16(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, bits << 16);
  return view.getFloat32(0);
}
