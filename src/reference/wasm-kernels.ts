import {
  type BatchMatMulAttrs,
  type SliceAttrs,
  type SplitVAttrs,
  type TensorInfo,
  backend_util,
  engine,
  getKernel,
  registerKernel,
  slice_util,
  unregisterKernel,
  util,
} from '#tensorflow';
import { BackendWasm } from '#tensorflow-backends';

/**
 * Kernels of our own in the place of those that the wasm backend brings and that are slow at the sizes trained here
 * (docs/adr/0046-kernels-of-our-own-on-wasm.md). They compute the same; no formula knows of them. wasm has to be open.
 */
export function replaceWasmKernels(): void {
  const { backend } = engine();
  if (!(backend instanceof BackendWasm)) throw new Error('the backend that is open is not wasm');
  replace('Identity', ({ x }: Unary) => shared(backend, x));
  replace('Slice', ({ x }: Unary, attrs: SliceAttrs) => slice(backend, x, attrs));
  replace('SplitV', ({ x }: Unary, attrs: SplitVAttrs) => split(backend, x, attrs));
  replace('BatchMatMul', batchMatMul(backend));
}

interface Unary {
  x: TensorInfo;
}
interface Operands {
  a: TensorInfo;
  b: TensorInfo;
}

function replace<I, A>(kernelName: string, kernel: (inputs: I, attrs: A) => TensorInfo | TensorInfo[]): void {
  unregisterKernel(kernelName, 'wasm');
  registerKernel({
    kernelName,
    backendName: 'wasm',
    // The registry does not know that it calls a kernel with the inputs and attributes of its operation.
    kernelFunc: ({ inputs, attrs }) => kernel(inputs as unknown as I, attrs as unknown as A),
  });
}

/** The same numbers once more. They never change, so they are not copied: the gradients save hundreds of tensors a step. */
function shared(backend: BackendWasm, x: TensorInfo): TensorInfo {
  backend.incRef(x.dataId);
  return { ...x };
}

const transposeKernel = getKernel('Transpose', 'wasm').kernelFunc;

/** The last two axes swapped. */
function swapped(backend: BackendWasm, x: TensorInfo): TensorInfo {
  const rank = x.shape.length;
  const perm = [...x.shape.keys()].with(rank - 2, rank - 1).with(rank - 1, rank - 2);
  const [result = x] = [transposeKernel({ inputs: { x }, attrs: { perm }, backend })].flat();
  return result;
}

/** x[.., from : from + length, ..] on an axis. The stock kernels copy all of x first, for each part that is cut from it. */
function part(backend: BackendWasm, x: TensorInfo, axis: number, from: number, length: number): TensorInfo {
  const out = backend.makeOutput(x.shape.with(axis, length), x.dtype);
  const bytes = util.sizeFromShape(x.shape.slice(axis + 1)) * util.bytesPerElement(x.dtype);
  const stride = (x.shape[axis] ?? 1) * bytes;
  const rows = util.sizeFromShape(x.shape.slice(0, axis));
  const source = backend.getMemoryOffset(x.dataId) + from * bytes;
  const target = backend.getMemoryOffset(out.dataId);
  for (let row = 0; row < rows; row++) {
    const start = source + row * stride;
    backend.wasm.HEAPU8.copyWithin(target + row * length * bytes, start, start + length * bytes);
  }
  return out;
}

function slice(backend: BackendWasm, x: TensorInfo, { begin, size }: SliceAttrs): TensorInfo {
  const [from = [], lengths = []] = slice_util.parseSliceParams(x, begin, size);
  return lengths.reduce((rest, length, axis) => {
    const cut =
      length === rest.shape[axis] ? shared(backend, rest) : part(backend, rest, axis, from[axis] ?? 0, length);
    if (rest !== x) backend.disposeData(rest.dataId);
    return cut;
  }, x);
}

function split(backend: BackendWasm, x: TensorInfo, { numOrSizeSplits, axis }: SplitVAttrs): TensorInfo[] {
  const [along = 0] = util.parseAxisParam(axis, x.shape);
  const lengths = backend_util.prepareSplitSize(x, numOrSizeSplits, along);
  return lengths.map((length, i) => {
    const from = lengths.slice(0, i).reduce((sum, before) => sum + before, 0);
    return part(backend, x, along, from, length);
  });
}

/**
 * a [.., I, J] · b [.., J, K] in float32, either of them transposed, or without the batch of the other. The stock kernel is fast
 * in plain products of two matrices only, a tenth as fast otherwise: so it gets each pair, as views of the tensors' memory.
 */
function batchMatMul(backend: BackendWasm): (inputs: Operands, attrs: BatchMatMulAttrs) => TensorInfo {
  const { wasm } = backend;
  const multiply: (...args: number[]) => void = wasm.cwrap('BatchMatMul', null, Array<string>(9).fill('number'));
  const shapes = backend.getMemoryOffset(backend.write(null, [2, 3], 'int32'));
  /** A view of the n-th matrix, of `size` numbers, under an id that the backend, which counts up from 1, never gives. */
  const view = (id: number, { dataId }: TensorInfo, size: number, n: number): void =>
    wasm.tfjs.registerTensor(id, size, backend.getMemoryOffset(dataId) + n * size * 4);

  return (inputs, { transposeA, transposeB }) => {
    const a = transposeA ? swapped(backend, inputs.a) : shared(backend, inputs.a);
    const b = transposeB ? swapped(backend, inputs.b) : shared(backend, inputs.b);
    const [I = 0, J = 0] = a.shape.slice(-2);
    const K = b.shape.at(-1) ?? 0;
    const [batchA, batchB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
    const [ofA, ofB] = [util.sizeFromShape(batchA), util.sizeFromShape(batchB)];
    if (Math.min(ofA, ofB) !== 1 && !util.arraysEqual(batchA, batchB)) {
      throw new Error(`matrices in batches of [${batchA.join()}] and [${batchB.join()}] are not multiplied here`);
    }
    const out = backend.makeOutput([...(ofA < ofB ? batchB : batchA), I, K], 'float32');
    wasm.HEAP32.set([1, I, J, 1, J, K], shapes / 4);
    for (let n = 0; n < Math.max(ofA, ofB); n++) {
      view(-1, a, I * J, n % ofA);
      view(-2, b, J * K, n % ofB);
      view(-3, out, I * K, n);
      multiply(-1, shapes, 3, -2, shapes + 12, 3, 0, 0, -3);
      for (const id of [-1, -2, -3]) wasm.tfjs.disposeData(id);
    }
    backend.disposeData(a.dataId);
    backend.disposeData(b.dataId);
    return out;
  };
}
