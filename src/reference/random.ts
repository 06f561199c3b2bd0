import { createHash } from 'node:crypto';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Numbers in [0, 1), 32 bits each, the same for the same seed and stream. */
export type Uniform = () => number;

/**
 * A stream of its own for every purpose (`parameters/tok`, `train/17`): what one draws never shifts what another draws,
 * and any position can be reached without the ones before it.
 */
export function uniform(seed: number, stream: string): Uniform {
  const digest = createHash('sha256').update(`${seed}/${stream}`).digest();
  const generator = xoroshiro128plus(digest.readInt32LE(0));
  return () => (generator.next() >>> 0) / 2 ** 32;
}

/** Draws from a normal distribution around 0, by Box and Muller. */
export function normals(count: number, deviation: number, seed: number, stream: string): Float32Array {
  const next = uniform(seed, stream);
  const values = new Float32Array(count);
  for (let i = 0; i < count; i += 2) {
    const radius = deviation * Math.sqrt(-2 * Math.log(1 - next()));
    const angle = 2 * Math.PI * next();
    values[i] = radius * Math.cos(angle);
    if (i + 1 < count) values[i + 1] = radius * Math.sin(angle);
  }
  return values;
}
