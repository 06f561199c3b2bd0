import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { createFixture } from 'fs-fixture';
import { expect, it } from 'vitest';
import { goodRecord } from '../metrics/records.js';
import { root } from './moe-check.js';

/** Far less than the files below take, and not much more than Node itself does. */
const heapMB = 40;
const fileMB = 50;

const events = readFileSync(
  path.join(root, 'fixtures/metrics/tensorboard-scalars/events.out.tfevents.1700000000.host.1.0'),
);

const writers: Record<string, { name: string; block: (index: number) => string | Buffer; head?: string }> = {
  JSONL: { name: 'm.jsonl', block: (index) => lines(index, (step) => JSON.stringify(goodRecord(step))) },
  CSV: {
    name: 'm.csv',
    head: 'step,loss,learning_rate,note\n',
    block: (index) => lines(index, (step) => `${step},${Math.random()},${1 / (step + 1)},${'x'.repeat(2000)}`),
  },
  TensorBoard: { name: 'events.out.tfevents.1', block: () => events },
  MLflow: {
    name: 'run/metrics/loss',
    block: (index) => lines(index, (step) => `1700000000000 ${Math.random()} ${step}`, 10_000),
  },
};

function lines(index: number, line: (step: number) => string, count = 200): string {
  return Array.from({ length: count }, (_, at) => `${line(index * count + at)}\n`).join('');
}

it.each(Object.keys(writers))(`reads ${fileMB} MB of %s with a heap of ${heapMB} MB`, async (format) => {
  const { name, block, head = '' } = writers[format] ?? { name: '', block: () => '' };
  await using fixture = await createFixture({ 'run/meta.yaml': '' });
  const file = fixture.getPath(name);
  mkdirSync(path.dirname(file), { recursive: true });
  const handle = openSync(file, 'w');
  let bytes = writeSync(handle, head);
  for (let index = 0; bytes < fileMB * 1e6; index++) bytes += writeSync(handle, Buffer.from(block(index)));
  closeSync(handle);
  const target = format === 'MLflow' ? fixture.getPath('run') : file;
  const args = [`--max-old-space-size=${heapMB}`, path.join(root, 'bin/run.cjs'), 'validate', target, '--json'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  expect(stderr).toBe('');
  // The event file is the same one again and again, so its steps go back: invalid, and told once.
  const { runs } = JSON.parse(stdout);
  expect({ code: child.exitCode, problems: runs[0].problems.length }).toEqual(
    format === 'TensorBoard' ? { code: 1, problems: 1 } : { code: 0, problems: 0 },
  );
});
