import { expect, it } from 'vitest';
import { type Tensor, dispose, engine, matMul, memory, reshape, slice, split, tensor1d, tidy } from '#tensorflow';
import { openBackend } from '../../src/reference/backend.js';
import { normals } from '../../src/reference/random.js';

/** Shapes and values of what `compute` gives on a backend. */
async function on(backend: 'cpu' | 'wasm', compute: () => Tensor[]): Promise<{ shape: number[]; values: number[] }[]> {
  await openBackend(backend);
  return tidy(compute).map((tensor) => {
    const values = [...tensor.dataSync()];
    tensor.dispose();
    return { shape: tensor.shape, values };
  });
}

const random = (shape: number[], name: string): Tensor =>
  reshape(
    tensor1d(
      normals(
        shape.reduce((product, length) => product * length, 1),
        1,
        7,
        name,
      ),
    ),
    shape,
  );

const batches: [number[], number[]][] = [
  [[], []],
  [[5], [5]],
  [
    [2, 3],
    [2, 3],
  ],
  [[1], [5]],
  [[5], [1]],
];
const transposed = [false, true].flatMap((a) => [false, true].map((b) => [a, b] as const));

it.each(batches.flatMap((of) => transposed.map((swap) => ({ of, swap }))))(
  'multiplies as the cpu backend does: $of, transposed $swap',
  async ({ of: [ofA, ofB], swap: [swapA, swapB] }) => {
    const product = (): Tensor[] => {
      const a = random([...ofA, ...(swapA ? [11, 7] : [7, 11])], 'a');
      const b = random([...ofB, ...(swapB ? [6, 11] : [11, 6])], 'b');
      return [matMul(a, b, swapA, swapB)];
    };
    const [[expected], [actual]] = [await on('cpu', product), await on('wasm', product)];
    expect(actual?.shape).toEqual(expected?.shape);
    const apart = actual?.values.map((value, i) => Math.abs(value - (expected?.values[i] ?? Number.NaN))) ?? [];
    expect(Math.max(...apart)).toBeLessThan(1e-5);
  },
);

it.each<[string, () => Tensor[]]>([
  ['along the first axis', () => [slice(random([4, 3, 5], 'x'), [1, 0, 0], [2, 3, 5])]],
  ['along the last axis', () => [slice(random([4, 3, 5], 'x'), [0, 0, 2], [4, 3, 2])]],
  ['along all axes', () => [slice(random([4, 3, 5], 'x'), [1, 1, 1], [2, 2, 3])]],
  ['of everything', () => [slice(random([4, 3], 'x'), [0, 0], [4, 3])]],
  ['up to the end', () => [slice(random([4, 3], 'x'), [1, 1])]],
  ['of whole numbers', () => [slice(tensor1d([1, 2, 3, 4], 'int32'), 1, 2)]],
  ['in equal parts', () => split(random([4, 6, 5], 'x'), 3, 1)],
  ['in unequal parts', () => split(random([4, 6], 'x'), [1, 3, 2], -1)],
])('cuts as the cpu backend does: %s', async (_, cut) => {
  expect(await on('wasm', cut)).toEqual(await on('cpu', cut));
});

it('finds the input where it is after the memory has grown for the output', async () => {
  await openBackend('wasm');
  const x = tensor1d(Float32Array.from({ length: 5_000_000 }, (_, i) => i));
  const cut = slice(x, 1_000_000, 4_000_000);
  expect(cut.dataSync().findIndex((value, i) => value !== 1_000_000 + i)).toBe(-1);
  dispose([x, cut]);
});

it('shares the numbers of a copy until both are gone', async () => {
  await openBackend('wasm');
  const before = memory().numBytes;
  const x = tensor1d([1, 2, 3]);
  const copy = x.clone();
  x.dispose();
  tensor1d([7, 8, 9]).dispose();
  expect([...copy.dataSync()]).toEqual([1, 2, 3]);
  copy.dispose();
  expect(memory().numBytes).toBe(before);
});

it('multiplies no batches that it would have to pair crosswise', async () => {
  await openBackend('wasm');
  const multiply = () => tidy(() => void matMul(random([2, 1, 2, 3], 'a'), random([1, 3, 3, 2], 'b')));
  expect(multiply).toThrow('in batches of [2,1] and [1,3]');
});

it('leaves nothing behind in the memory of the backend', async () => {
  await openBackend('wasm');
  const held = (): number => engine().backend.numDataIds();
  const before = held();
  tidy(() => {
    const [part = random([2, 3], 'x')] = split(slice(random([2, 4, 5], 'x'), [0, 1, 1], [2, 3, 4]), 2, 2);
    matMul(part, part, true, false);
    matMul(part, part, false, true);
  });
  expect(held()).toBe(before);
});
