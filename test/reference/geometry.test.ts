import { beforeAll, expect, it } from 'vitest';
import { tensor2d } from '#tensorflow';
import { openBackend } from '../../src/reference/backend.js';
import { resolveReferenceConfig, rotationKinds } from '../../src/reference/config.js';
import { rotations } from '../../src/reference/geometry.js';
import { normals } from '../../src/reference/random.js';
import { rotationBound } from '../../src/reference/rotation-schedule.js';

beforeAll(async () => void (await openBackend('cpu')));

const D = 7;

/** By Gauss's elimination with pivoting. */
function determinant(matrix: readonly (readonly number[])[]): number {
  const [first = []] = matrix;
  if (matrix.length === 0) return 1;
  const pivot = matrix.reduce(
    (best, row, i) => (Math.abs(row[0] ?? 0) > Math.abs(matrix[best]?.[0] ?? 0) ? i : best),
    0,
  );
  const lead = matrix[pivot] ?? first;
  const rest = matrix.map((row, i) => (i === pivot ? first : row)).slice(1);
  const reduced = rest.map((row) =>
    row.slice(1).map((x, j) => x - ((row[0] ?? 0) / (lead[0] ?? 1)) * (lead[j + 1] ?? 0)),
  );
  return (pivot === 0 ? 1 : -1) * (lead[0] ?? 0) * determinant(reduced);
}

it.each(rotationKinds.flatMap((kind) => [0, 1e-6, 0.5, 3].map((size) => [kind, size] as const)))(
  '%s with angles of size %f is orthogonal, of determinant 1',
  (kind, size) => {
    const angles = tensor2d(normals(5 * 3, size, 1, kind), [5, 3]);
    const all = rotations(kind, angles, D).arraySync() as number[][][];
    for (const R of all) {
      for (const [i, a] of R.entries()) {
        for (const [j, b] of R.entries()) {
          const dot = a.reduce((sum, x, d) => sum + x * (b[d] ?? 0), 0);
          expect(Math.abs(dot - (i === j ? 1 : 0))).toBeLessThan(1e-6);
        }
      }
      expect(determinant(R)).toBeCloseTo(1, 5);
    }
    const turned = all.some((R) => R.some((row, i) => row.some((x, j) => Math.abs(x - (i === j ? 1 : 0)) > 0.1)));
    expect(turned).toBe(size >= 0.5);
  },
);

it('bounds the angles as its schedule says', () => {
  const bounds = (rotation_schedule: string): number[] => {
    const config = resolveReferenceConfig({ training: 'geometric', rotation_schedule, max_rotation: 2, max_steps: 8 });
    return [0, 1, 3, 4, 7].map((step) => rotationBound(config, step, 0.25));
  };
  expect(bounds('fixed')).toEqual([2, 2, 2, 2, 2]);
  expect(bounds('curriculum')).toEqual([0.5, 1, 2, 2, 2]);
  expect(bounds('adaptive')).toEqual([1, 1, 1, 1, 1]);
});
