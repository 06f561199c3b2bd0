import { Config } from '@oclif/core/config';
import { run } from '@oclif/core/run';
import { reportFailure } from './failure.js';
import { packageRoot } from '../util/package-root.js';

/** Runs the command line and ends the process with its exit code, after everything written has left it. */
export async function main(argv: readonly string[]): Promise<void> {
  // Who reads us may stop reading: `moe-check … | head`. That is no error of anybody's.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  process.on('uncaughtException', (error) => {
    const command = argv[0] === 'preflight' ? { command: argv[0] } : {};
    reportFailure(error, { argv, ...command, target: process.cwd() });
    process.exit();
  });
  // Whoever waits for something that nobody works on any more must not pass for done.
  process.once('beforeExit', () => {
    reportFailure(new Error('it came to rest before it was done'), { argv, target: process.cwd() });
    process.exit();
  });
  try {
    await run([...argv], { root: packageRoot });
  } catch (error) {
    const { commandIDs } = await Config.load({ root: packageRoot });
    const known = commandIDs.map((id) => id.replaceAll(':', ' '));
    reportFailure(error, { argv, target: process.cwd(), known });
  }
  await Promise.all([process.stdout, process.stderr].map(flushed));
  process.exit();
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}
