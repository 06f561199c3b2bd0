import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { backendNames } from '../../src/reference/backend.js';

const dist = path.join(import.meta.dirname, '../../dist');
const tensorflow = path.join(dist, 'chunks/tensorflow.cjs');

/** What is loaded with a built file, whatever the file then does. */
function loadedWith(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  // What is loaded later stands within a function, and so is indented.
  for (const [, from = ''] of readFileSync(file, 'utf8').matchAll(/^\S.*\brequire\("(\.[^"]+)"\)/gm)) {
    loadedWith(path.join(path.dirname(file), from), seen);
  }
  return seen;
}

it('is loaded by no command before it trains', () => {
  const commands = readdirSync(path.join(dist, 'commands'), { recursive: true, encoding: 'utf8' });
  const files = [...commands.filter((name) => name.endsWith('.cjs')).map((name) => `commands/${name}`), 'cli/main.cjs'];
  expect(files).toContain('commands/train.cjs');
  expect(files.filter((name) => loadedWith(path.join(dist, name)).has(tensorflow))).toEqual([]);
  // The test would see it: this is what the command loads when it trains.
  expect(loadedWith(path.join(dist, 'chunks/train-runs.cjs')).has(tensorflow)).toBe(true);
});

it('has the backends that can be asked for', () => {
  // The command cannot take the list from where TensorFlow.js is loaded.
  const { commands } = JSON.parse(readFileSync(path.join(dist, '../oclif.manifest.json'), 'utf8'));
  expect(commands.train.flags.backend.options).toEqual(backendNames);
});
