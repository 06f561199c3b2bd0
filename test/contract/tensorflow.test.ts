import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { backendNames } from '../../src/reference/backend.js';

const dist = path.join(import.meta.dirname, '../../dist');

/** What is loaded with a built file, whatever the file then does. */
function loadedWith(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, from = ''] of readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b[^;'"(]*["']([^"']+)["']/gm)) {
    if (!from.startsWith('.')) seen.add(from);
    else loadedWith(path.join(path.dirname(file), from), seen);
  }
  return seen;
}

it('is loaded by no command before it trains', () => {
  const commands = readdirSync(path.join(dist, 'commands'), { recursive: true, encoding: 'utf8' });
  const files = [...commands.filter((name) => name.endsWith('.js')).map((name) => `commands/${name}`), 'cli/main.js'];
  expect(files).toContain('commands/train.js');
  expect(files.filter((name) => loadedWith(path.join(dist, name)).has('#tensorflow'))).toEqual([]);
  // The test would see it: this is what the command loads when it trains.
  const trainer = path.join(dist, 'chunks/train-runs.js');
  expect(existsSync(trainer) && loadedWith(trainer).has('#tensorflow')).toBe(true);
});

it('has the backends that can be asked for', () => {
  // The command cannot take the list from where TensorFlow.js is loaded.
  const { commands } = JSON.parse(readFileSync(path.join(dist, '../oclif.manifest.json'), 'utf8'));
  expect(commands.train.flags.backend.options).toEqual(backendNames);
});
