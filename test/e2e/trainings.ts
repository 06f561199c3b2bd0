import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/** A training of a second or two, with a checkpoint a step. */
export const config = `
architecture: ghost
training: geometric
experts: 3
ghosts: 2
layers: 1
embed_dim: 8
heads: 2
vocab_size: 11
context: 6
batch_size: 2
rotation_angles: 3
max_steps: 40
eval_every: 10
checkpoint_every: 1
eval_batches: 2
target: { above_floor: 9 }
`;

/** The arguments of a training into a folder. */
export const to = (run: string, ...more: string[]): string[] => [
  'train',
  '--config',
  'ghost.yaml',
  '--backend',
  'cpu',
  '--out',
  run,
  ...more,
];

/** Waits until a file has a line, or the process that is to write it is gone. */
export async function onceThere(file: string, child: { exitCode: number | null }): Promise<void> {
  while (linesIn(file) === 0 && child.exitCode === null) await setTimeout(5);
}

/** Line breaks in a file; 0 where it is not there. */
export function linesIn(file: string): number {
  try {
    return readFileSync(file, 'utf8').split('\n').length - 1;
  } catch {
    return 0;
  }
}
