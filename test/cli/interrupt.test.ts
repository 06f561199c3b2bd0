import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';

const dist = path.join(import.meta.dirname, '../../dist/cli/interrupt.cjs');

/**
 * A process whose work says "started", and "cleaned up" some time after it was told to stop. `null`: it never stops by
 * itself.
 */
function start(cleanUpMs: number | null, patienceMs?: number) {
  const program = `
    import { interruptible } from ${JSON.stringify(dist)};
    const keepAlive = setInterval(() => {}, 1000);
    const work = (signal) => new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => {
        console.log('told: ' + signal.reason.message);
        const cleanUpMs = ${cleanUpMs};
        if (cleanUpMs !== null) setTimeout(() => { console.log('cleaned up'); reject(signal.reason); }, cleanUpMs);
      });
      console.log('started');
    });
    await interruptible(work, (error) => { console.log('gave up: ' + error.message); process.exit(130); }, ${patienceMs})
      .catch((error) => console.log('rejected: ' + error.name));
    clearInterval(keepAlive);
    process.exit(process.listenerCount('SIGINT') === 0 ? 0 : 1);
  `;
  return spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function run(
  cleanUpMs: number | null,
  act: (kill: (signal: NodeJS.Signals) => void) => Promise<void>,
  patienceMs?: number,
) {
  const child = start(cleanUpMs, patienceMs);
  const output = text(child.stdout);
  await once(child.stdout, 'data');
  await act((signal) => child.kill(signal));
  await once(child, 'exit');
  return { lines: (await output).trim().split('\n'), exitCode: child.exitCode };
}

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('lets the work clean up on %s', async (signal) => {
  const { lines, exitCode } = await run(10, async (kill) => kill(signal));
  expect(lines).toEqual(['started', `told: interrupted by ${signal}`, 'cleaned up', 'rejected: Interrupted']);
  expect(exitCode).toBe(0);
});

it('gives up at once on a second signal', async () => {
  const { lines, exitCode } = await run(null, async (kill) => {
    kill('SIGINT');
    await setTimeout(600);
    kill('SIGTERM');
  });
  expect(lines).toEqual(['started', 'told: interrupted by SIGINT', 'gave up: interrupted by SIGTERM']);
  expect(exitCode).toBe(130);
});

it('gives up when cleaning up does not come to an end', async () => {
  const { lines, exitCode } = await run(null, async (kill) => kill('SIGTERM'), 100);
  expect(lines).toEqual(['started', 'told: interrupted by SIGTERM', 'gave up: interrupted by SIGTERM']);
  expect(exitCode).toBe(130);
});

it('takes a Ctrl-C that is delivered twice for one', async () => {
  const { lines } = await run(400, async (kill) => {
    kill('SIGINT');
    await setTimeout(20);
    kill('SIGINT');
  });
  expect(lines.at(-1)).toBe('rejected: Interrupted');
});
